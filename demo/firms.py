"""Made-up firms. Their codes carry a mark that no really issued code has (`credit_code.synthetic`)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from demo.people import DIVISION
from mingcha.kernel import credit_code
from mingcha.registry.models import Subject

#: One seed, so that every demo county is the same.
SEED = 20261123
WORDS = ("晨光", "远山", "新禾", "百川", "青石", "长风", "明德", "同心", "金穗", "白杨", "清源", "安泰")
TRADES = (
    ("机械制造", "C34"),
    ("食品加工", "C13"),
    ("纺织服装", "C18"),
    ("建筑工程", "E47"),
    ("餐饮服务", "H62"),
    ("物流运输", "G54"),
    ("劳务派遣", "7263"),
    ("职业培训", "8391"),
    ("商贸", "F51"),
)
TOWNS = ("示范镇", "东河镇", "西岭镇", "南桥镇", "北店乡")
KINDS = (
    (Subject.Kind.ENTERPRISE, "91", "有限公司", 60),
    (Subject.Kind.HOUSEHOLD, "92", "店", 25),
    (Subject.Kind.NON_ENTERPRISE, "52", "学校", 5),
)


def firms() -> Iterator[dict[str, Any]]:
    """The cleaned values that `registry.services.enter_subject` takes, ninety of them."""
    chance = random.Random(SEED)
    serial = 0
    for kind, category, ending, count in KINDS:
        for _number in range(count):
            serial += 1
            trade, industry = chance.choice(TRADES)
            yield {
                "name": f"示范{chance.choice(WORDS)}{chance.choice(WORDS)}{trade}{ending}（{serial:02d}）",
                "kind": kind,
                "credit_code": credit_code.synthetic(serial, category=category, division=DIVISION),
                "registration": _registration(serial),
                "division_code": DIVISION,
                "town": chance.choice(TOWNS),
                "industry_code": industry,
            }


def _registration(serial: int) -> str:
    if serial % 29 == 0:
        return Subject.Registration.REVOKED
    if serial % 17 == 0:
        return Subject.Registration.SUSPENDED
    return Subject.Registration.ACTIVE

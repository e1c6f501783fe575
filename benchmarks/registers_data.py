"""Synthetic subjects that look like a province's: names of place, word and trade, skewed as real ones are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

PLACES = (
    "石家庄市",
    "石家庄",
    "河北",
    "栾城区",
    "石家庄市栾城区",
    "晋州市",
    "正定县",
    "保定",
    "邯郸市",
    "唐山",
)
CHARACTERS = (
    "恒泰永兴盛达鑫源华瑞宏伟天成金鼎博远诚信安康顺和美佳丰隆利通万里东方新世纪龙腾凯旋明珠晨光润泽海洋"
    "嘉禾福祥德茂裕宝聚益同昌荣庆广中冀燕赵太行众合力创智慧云汇科"
)
#: Trade, its industry code, how often.
TRADES = (
    ("商贸", "5211", 30),
    ("建筑工程", "4710", 10),
    ("科技", "6510", 12),
    ("餐饮管理", "6210", 9),
    ("机械制造", "3311", 8),
    ("物流", "5430", 6),
    ("纺织", "1711", 3),
    ("食品", "1391", 3),
    ("劳务派遣", "7263", 1),
    ("人力资源服务", "7269", 1),
    ("房地产开发", "7010", 3),
    ("装饰装修", "5010", 6),
    ("教育咨询", "8391", 4),
    ("农业开发", "0111", 4),
)
#: End of the name, kind, how often.
ENDS = (
    ("有限公司", "enterprise", 62),
    ("有限责任公司", "enterprise", 8),
    ("股份有限公司", "enterprise", 1),
    ("厂", "enterprise", 4),
    ("经营部", "household", 14),
    ("门市部", "household", 8),
    ("农民专业合作社", "cooperative", 3),
)
TOWNS = tuple(
    f"{name}镇" for name in ("栾城", "郄马", "冶河", "窦妪", "楼底", "南高", "西营", "方村", "宋营")
)
DIVISIONS = ("130111", "130102", "130104", "130105", "130108", "130183", "130123", "130181")
STATES = (("active", 84), ("deregistered", 9), ("revoked", 5), ("suspended", 1), ("moved_out", 1))
COLUMNS = (
    "id",
    "name",
    "initials",
    "kind",
    "credit_code",
    "old_number",
    "public_number",
    "code_warnings",
    "registration",
    "registered_on",
    "legal_form",
    "capital_text",
    "scope",
    "address",
    "division_code",
    "town",
    "industry_code",
    "workers",
    "insured",
    "grade_hrss",
    "grade_market",
    "grade_dispatch",
    "version",
    "created_at",
)
_SCOPE = "五金交电、建筑材料、日用百货的批发与零售；道路普通货物运输；机械设备租赁（依法须经批准的项目除外）"


def subjects(first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """Rows of `COLUMNS` with the ids from first to last, the same every time."""
    from mingcha.kernel.credit_code import synthetic
    from mingcha.registry.search import initials_of

    chance = random.Random(first)
    trades, trade_weights = TRADES, [weight for *_rest, weight in TRADES]
    ends, end_weights = ENDS, [weight for *_rest, weight in ENDS]
    states, state_weights = zip(*STATES, strict=True)
    for number in range(first, last + 1):
        word = "".join(chance.choices(CHARACTERS, k=chance.choice((2, 2, 2, 3, 4))))
        trade, industry, _often = chance.choices(trades, trade_weights)[0]
        end, kind, _often = chance.choices(ends, end_weights)[0]
        name = f"{chance.choice(PLACES)}{word}{trade}{end}"
        workers = int(chance.paretovariate(0.9)) if chance.random() < 0.6 else None
        yield (
            number,
            name,
            initials_of(name),
            kind,
            synthetic(number - 1),
            f"1301240000{number:07d}" if number % 50 == 0 else "",
            "",
            "校验位不符" if number % 200 == 0 else "",
            chance.choices(states, state_weights)[0],
            f"{chance.randint(1990, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            "有限责任公司（自然人投资或控股）",
            "100万人民币",
            _SCOPE,
            f"栾城区示范路{number % 977}号",
            chance.choice(DIVISIONS),
            chance.choice(TOWNS),
            industry,
            workers and min(workers, 50_000),
            workers and min(workers, 50_000) // 2,
            chance.choices(("", "A", "B", "C"), (60, 25, 12, 3))[0],
            chance.choices(("", "A", "B", "C", "D"), (30, 40, 20, 7, 3))[0],
            "",
            1,
            "2026-01-05 08:00:00+00:00",
        )

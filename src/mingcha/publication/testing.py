"""Made-up kinds of publication and the people who handle them; nothing in production imports this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.testing import load_initial
from mingcha.base.viewers import Officer
from mingcha.publication import services, types
from mingcha.publication.models import Publication
from mingcha.publication.types import Field, PublicationType

_BASIS = "《政府信息公开条例》第二十条"

RESULTS = PublicationType(
    code="sample-results",
    label="示范检查结果",
    slug="sample-results",
    basis="冀政办发〔2015〕22号",
    description="示范：抽查结果",
    fields=(
        Field("code", "编号", _BASIS, kind="text"),
        Field("name", "检查对象", _BASIS, kind="text"),
        Field("result", "检查结果", _BASIS, kind="text"),
        Field("people", "涉及人数", _BASIS, kind="integer"),
        Field("contact", "负责人", "《个人信息保护法》第十三条", personal=True),
        Field("day", "检查日期", _BASIS, kind="date"),
        Field("items", "检查事项", _BASIS, kind="list"),
        Field("rectified", "已整改", _BASIS, kind="boolean"),
    ),
    term_parameter="PUBLIC_YEARS_LEGAL",
    other_terms=(("PUBLIC_YEARS_PERSON", "自然人"),),
    row_key="code",
    does_not_show=("没有列出的单位不一定没有问题，只是没有被抽到。",),
)
LISTS = PublicationType(
    code="sample-list",
    label="示范清单",
    slug="sample-list",
    basis="国办发〔2015〕58号",
    fields=(Field("code", "编号", "国办发〔2015〕58号"), Field("name", "名称", "国办发〔2015〕58号")),
    row_key="code",
)
THING = Thing("sample.campaign", 7, "示范抽查")


@dataclass(frozen=True)
class Bureau:
    """Who prepares and who reviews."""

    clerk: Officer
    head: Officer
    leader: Officer


def make_bureau() -> Bureau:
    """Three people of a bureau that has the initial data of basics and publication."""
    load_initial("accounts.initial", "basics.initial", "publication.initial")
    register_types()
    return Bureau(
        clerk=as_officer(make_officer(Role.COORDINATOR, name="周经办")),
        head=as_officer(make_officer(Role.SECTION_HEAD, name="吴股长")),
        leader=as_officer(make_officer(Role.BUREAU_LEADER, name="郑局长")),
    )


def register_types() -> None:
    """Make the made-up kinds known."""
    types.register(RESULTS)
    types.register(LISTS)


def forget_types() -> None:
    """Take the made-up kinds out again."""
    types.forget(RESULTS.code)
    types.forget(LISTS.code)


def row(number: int, **values: Any) -> dict[str, Any]:
    """A row of results."""
    return {
        "code": f"{number:03d}",
        "name": f"示范企业{number:02d}有限公司",
        "result": "未发现问题",
        "people": 10 + number,
        "contact": "王小明",
        "day": "2026-11-20",
        "items": ["工资支付", "劳动合同"],
        "rectified": False,
    } | values


def prepared(bureau: Bureau, count: int = 3, **values: Any) -> Publication:
    """Results that wait for their review."""
    given: dict[str, Any] = {
        "type": RESULTS.code,
        "thing": THING,
        "title": "示范抽查结果",
        "rows": [row(number) for number in range(1, count + 1)],
    }
    return services.prepare(actor=bureau.clerk, **(given | values))


def published(bureau: Bureau, count: int = 3, **values: Any) -> Publication:
    """Results that stand before the public."""
    waiting = prepared(bureau, count, **values)
    return services.publish(actor=bureau.head, publication_id=waiting.pk)

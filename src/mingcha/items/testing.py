"""Small factories for tests; nothing in production imports this.

version = published_item("工资支付与最低工资")
content = make_content(code="T01", points=(make_point(),))
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mingcha.base.service import service
from mingcha.base.viewers import System, Viewer
from mingcha.items.content import Content, Point
from mingcha.items.models import Item, ItemVersion
from mingcha.items.services.common import advance
from mingcha.items.services.listing import publish_version
from mingcha.items.services.versions import create_item
from mingcha.laws.models import Law, Rank
from mingcha.laws.services.library import add_law, add_text

_TESTS = System(purpose="tests")
LAW = "示范劳动条例"
TEXT = """示范劳动条例

第一条 用人单位应当按时足额支付工资。

工资应当以货币形式支付。

第二条 用人单位不得有下列行为：

（一）克扣工资；

（二）扣押证件。

第三条 违反本条例的，责令限期改正。
"""
BEGAN = date(2020, 1, 1)


def a_law(title: str = LAW, text: str = TEXT, since: date = BEGAN) -> Law:
    """A short made-up regulation of three articles; made once."""
    known = Law.objects.filter(title=title).first()
    if known is not None:
        return known
    law = add_law(actor=_TESTS, title=title, rank=Rank.REGULATION)
    add_text(actor=_TESTS, law_id=law.pk, label="初版", effective_from=since, source="测试", content=text)
    return law


def make_point(**values: Any) -> Point:
    """A check point that rests on the made-up regulation."""
    point = Point(
        question="上月工资按时支付了吗？",
        standard="有银行代发记录",
        answer="yes_no",
        bases=(f"《{LAW}》第一条第一款",),
        consequence="责令限期支付",
        consequence_bases=(f"《{LAW}》第三条",),
    )
    return replace(point, **values)


def make_content(**values: Any) -> Content:
    """An item that can be published; the regulation it cites is there afterwards."""
    a_law()
    content = Content(
        code="T01",
        name="工资支付",
        family="工资支付",
        key=True,
        kinds=("enterprise",),
        kinds_note="",
        manners=("on_site", "paper"),
        body="bureau",
        body_name="示范县人力资源和社会保障局",
        bases=(f"《{LAW}》第一条",),
        points=(make_point(),),
    )
    return replace(content, **values)


def published_item(name: str = "工资支付", *, begins: date = BEGAN, **values: Any) -> ItemVersion:
    """The published version of the item of that name, made when it is not there yet."""
    known = ItemVersion.objects.filter(name=name, state="published").order_by("-number").first()
    if known is not None:
        return known
    code = values.pop("code", f"T{Item.objects.count() + 1:02d}")
    version = create_item(actor=_TESTS, content=make_content(code=code, name=name, **values))
    return publish(version, begins)


@service
def _publish(*, actor: Viewer, version: ItemVersion, begins: date) -> None:
    advance(version, "propose", actor)
    version.save(update_fields=["state"])
    publish_version(version, begins, actor)


def publish(version: ItemVersion, begins: date) -> ItemVersion:
    """Put a draft into force without an approval, as the initial list is."""
    _publish(actor=_TESTS, version=version, begins=begins)
    version.refresh_from_db()
    return version

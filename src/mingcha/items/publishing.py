"""The published list (公示的抽查事项清单): its fields, its rows, putting a new version before the public."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.items import selectors
from mingcha.items.content import Content
from mingcha.items.models import ItemVersion
from mingcha.items.storing import content_of
from mingcha.items.vocabulary import Body, Manner, labels
from mingcha.publication import services as publication
from mingcha.publication import types
from mingcha.publication.types import Field, PublicationType
from mingcha.registry.models import Subject

TYPE_CODE: Final = "item-list"
_LIST = _("国办发〔2015〕58号：随机抽查事项清单载明抽查依据、主体、内容、方式并向社会公布")
_STANDARD = _("国办发〔2024〕54号五：检查标准向社会公布")
_SCOPE = _("国办发〔2024〕54号三：检查事项依法确定并公布")
_CAP = _("国办发〔2024〕54号四：公布年度检查频次上限")
_LENIENT = _("《行政处罚法》第三十三条；本局方案：监管容错")

ITEM_LIST = PublicationType(
    code=TYPE_CODE,
    label=_("随机抽查事项清单"),
    slug="items",
    basis=_("国办发〔2015〕58号；国办发〔2024〕54号三"),
    fields=(
        Field("code", _("事项编码"), _LIST, kind="text"),
        Field("family", _("抽查类别"), _LIST, kind="text"),
        Field("name", _("抽查事项"), _LIST, kind="text"),
        Field("category", _("事项类别"), _LIST, kind="text"),
        Field("subjects", _("检查对象"), _LIST, kind="text"),
        Field("manners", _("检查方式"), _LIST, kind="text"),
        Field("body", _("检查主体"), _LIST, kind="text"),
        Field("bases", _("检查依据"), _LIST, kind="list"),
        Field("standards", _("检查内容及要求"), _STANDARD, kind="list"),
        Field("materials", _("需要企业出示的材料"), _STANDARD, kind="list"),
        Field("held", _("本局已掌握，不向企业索取"), _STANDARD, kind="list"),
        Field("cap", _("年度频次上限"), _CAP, kind="text"),
        Field("exemptions", _("容错情形"), _LENIENT, kind="list"),
        Field("effective_from", _("施行日期"), _SCOPE, kind="date"),
        Field("effective_until", _("施行至"), _SCOPE, kind="date"),
        Field("remarks", _("备注"), _SCOPE, kind="list"),
    ),
    row_key="code",
    description=_("本局可以检查什么、凭什么检查、看什么、怎样算合格。不在清单上的，不得检查。"),
    does_not_show=(_("列入清单只表示可以检查，不表示会检查；查谁由公开的随机抽取决定。"),),
    template="items/public_list.html",
    order=10,
)


def register() -> None:
    """Make the type known; called once at start-up."""
    types.register(ITEM_LIST)


def listed() -> list[ItemVersion]:
    """The versions on the list: in force today, or published to begin later."""
    parts = ("points", "materials", "outcomes", "exemptions", "all_bases")
    return list(selectors.on_the_list().prefetch_related(*parts))


def row_of(version: ItemVersion) -> dict[str, Any]:
    """One row of the published list."""
    content = content_of(version)
    return {
        "code": content.code,
        "family": content.family,
        "name": content.name,
        "category": version.category_text,
        "subjects": subjects_text(content),
        "manners": labels(Manner, content.manners),
        "body": f"{content.body_name}（{labels(Body, [content.body])}）",
        "bases": list(content.bases),
        "standards": [standard_line(place, point) for place, point in enumerate(content.points, start=1)],
        "materials": [row.name for row in content.materials if not row.held_by_bureau],
        "held": [row.name for row in content.materials if row.held_by_bureau],
        "cap": cap_text(content),
        "exemptions": [exemption_line(row) for row in content.exemptions],
        "effective_from": version.effective_from,
        "effective_until": version.effective_until,
        "remarks": remarks_of(version),
    }


def remarks_of(version: ItemVersion) -> list[str]:
    """What nobody has checked yet, said so; once somebody has, only that a source is not in the library."""
    if not version.awaits_confirmation:
        said = gettext("%(source)s：原文未入库，本局已核对")
    else:
        said = gettext("%(source)s：原文未入库，待确认")
    remarks = [said % {"source": source} for source in version.unverified_lines]
    if version.awaits_confirmation and not remarks:
        return [gettext("按法律法规条文整理，本局正在核对，待确认")]
    return remarks


def subjects_text(content: Content) -> str:
    """To whom it applies, in words."""
    kinds = labels(Subject.Kind, content.kinds)
    return f"{kinds}（{content.kinds_note}）" if content.kinds_note else kinds


def cap_text(content: Content) -> str:
    """How often, in words: what is planned for this item, and the bureau's cap, which alone is counted.

    Visits are counted for a firm as a whole (54号 E6), so the public is promised no count for one item.
    """
    capped = gettext("按本局公布的年度频次上限，各事项合并计算")
    planned = gettext("计划同一对象每年至多 %(cap)s 次") % {"cap": content.cap} if content.cap else ""
    most = f"{planned}；{capped}" if planned else capped
    return f"{most}；{content.ratio_note}" if content.ratio_note else most


def standard_line(place: int, point: Any) -> str:
    """One check point with its standard and articles, as one line of the list."""
    bases = "、".join(point.bases)
    rests = gettext("（依据：%(bases)s）") % {"bases": bases} if bases else ""
    return f"{place}. {point.question} {gettext('标准：')}{point.standard}{rests}"


def exemption_line(row: Any) -> str:
    """One case of 容错 as one line."""
    bases = "、".join(row.bases)
    line = f"{row.condition}（{bases}）" if bases else row.condition
    return (
        gettext("%(line)s；不适用：%(except)s") % {"line": line, "except": row.except_when}
        if (row.except_when)
        else line
    )


def publish_list(*, note: str, summary: str = "") -> None:
    """Publish the list as it now stands; `note` tells the public what has changed.

    The leader's approval, or the decision to stop or to confirm, is the review.
    """
    clerk = System(purpose="item-list")
    prepared = publication.prepare(
        actor=clerk,
        type=TYPE_CODE,
        title=gettext("随机抽查事项清单（%(day)s公布）") % {"day": clock.today().isoformat()},
        rows=_unique(listed()),
        summary=summary,
        change_note=note,
    )
    publication.publish(actor=clerk, publication_id=prepared.pk)


def _unique(versions: list[ItemVersion]) -> list[dict[str, Any]]:
    """One row a version; a code that stands twice (now, and changed from a later day) tells its version."""
    rows = [row_of(version) for version in versions]
    codes = [row["code"] for row in rows]
    for version, row in zip(versions, rows, strict=True):
        if codes.count(row["code"]) > 1:
            row["code"] = gettext("%(code)s（第%(number)d版）") % {
                "code": row["code"],
                "number": version.number,
            }
    return rows

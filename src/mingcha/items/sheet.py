"""The list in the columns in which Hebei publishes such lists (domain §2.4), to print and as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.selectors import bureau
from mingcha.base import clock
from mingcha.items import publishing
from mingcha.items.storing import content_of
from mingcha.items.vocabulary import Manner, labels
from mingcha.web.text import Text

HEADINGS: tuple[Text, ...] = (
    _("单位名称"),
    _("序号"),
    _("抽查类别名称"),
    _("事项名称"),
    _("事项类别"),
    _("检查对象"),
    _("检查依据"),
    _("检查方式"),
    _("检查内容及要求"),
    _("检查主体"),
    _("检查频次"),
    _("备注"),
)


def rows() -> list[list[str]]:
    """One row an item in force today."""
    unit = bureau()
    name = unit.name if unit is not None else ""
    today = clock.today()
    found: list[list[str]] = []
    for version in publishing.listed():
        if not version.in_force(today):
            continue
        content = content_of(version)
        points = "\n".join(
            f"{place}. {point.question}（{point.standard}）"
            for place, point in enumerate(content.points, start=1)
        )
        found.append(
            [
                name,
                str(len(found) + 1),
                content.family,
                f"{content.code} {content.name}",
                version.category_text,
                publishing.subjects_text(content),
                "\n".join(content.bases),
                labels(Manner, content.manners),
                points,
                content.body_name,
                publishing.cap_text(content),
                "\n".join([gettext("属地负责、分级监管"), *publishing.remarks_of(version)]),
            ]
        )
    return found

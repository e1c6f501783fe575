"""公告送达: what the public reads when a 告知书 could be delivered in no other way (T14)."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.basics.selectors import deadlines, parameters
from mingcha.inspection import terms
from mingcha.inspection.models import ResultNotice
from mingcha.inspection.notice import CHECK_PHONES
from mingcha.publication.types import Field, PublicationType

_95: Final = gettext_lazy("《民事诉讼法》（2023）第九十五条：公告送达，自发出公告之日起经过三十日视为送达")

#: Nothing of the result: whoever is looked for collects the paper.
TYPE = PublicationType(
    code="service-announcement",
    label=gettext_lazy("送达公告"),
    slug="service-announcement",
    basis=_95,
    fields=(
        Field("number", gettext_lazy("文书文号"), _95, kind="text"),
        Field("paper", gettext_lazy("文书名称"), _95, kind="text"),
        Field("subject", gettext_lazy("受送达人"), _95, kind="text"),
        Field("tried", gettext_lazy("公告的原因"), _95, kind="text"),
        Field("collect", gettext_lazy("到哪里领取"), _95, kind="text"),
        Field("effect", gettext_lazy("视为送达"), _95, kind="text"),
    ),
    term_parameter="PUBLIC_SERVICE_TERM",
    row_key="number",
    description=gettext_lazy("直接送达、邮寄送达都没有成功的文书：谁来领、到哪里领、哪天视为送达"),
    does_not_show=(gettext_lazy("公告不说明文书的内容；列在这里不等于有违法行为"),),
    order=45,
)


def title_of(notice: ResultNotice) -> str:
    """The title of the publication. No firm: the line stays when the content has come down."""
    return _("送达公告：%(number)s") % {"number": notice.number}


def row_of(notice: ResultNotice) -> dict[str, Any]:
    """The one row of the announcement."""
    return {
        "number": notice.number,
        "paper": _("行政检查结果告知书"),
        "subject": notice.inspection.name,
        "tried": _("直接送达、邮寄送达均未能送达"),
        "collect": _("%(unit)s，电话：%(phones)s")
        % {
            "unit": notice.inspection.unit.name,
            "phones": "；".join(parameters.value(CHECK_PHONES).as_list()),
        },
        "effect": _("请自公告之日起%(term)s内前来领取；逾期不领取的，公告期满即视为送达")
        % {"term": deadlines.term_of(deadlines.rule(terms.ANNOUNCED), clock.today()).label},
    }

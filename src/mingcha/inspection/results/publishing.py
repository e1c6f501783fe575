"""What the public reads of an inspection: the columns of 抽查结果公示表, each with its basis."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.basics.selectors import parameters
from mingcha.inspection.models import Inspection
from mingcha.items.vocabulary import Result
from mingcha.publication.types import Field, PublicationType
from mingcha.registry.models import Subject
from mingcha.web.text import Text

PERSON_KINDS = "PUBLIC_PERSON_KINDS"
_54: Final = gettext_lazy("《优化营商环境条例》第五十四条：抽查事项及查处结果及时向社会公布")
_INFO: Final = gettext_lazy("《企业信息公示暂行条例》第十五条：抽查结果通过公示系统公示")
_HEBEI: Final = gettext_lazy("冀政办发〔2015〕22号：抽查结果公示")
_118: Final = gettext_lazy("国办发〔2018〕118号：行政执法公示，公示执法机关、执法对象、执法类别、执法结论")

TYPE = PublicationType(
    code="inspection-result",
    label=gettext_lazy("检查结果"),
    slug="inspection-result",
    basis=gettext_lazy("《优化营商环境条例》第五十四条；冀政办发〔2015〕22号；国办发〔2018〕118号"),
    fields=(
        Field("number", gettext_lazy("检查编号"), _HEBEI, kind="text"),
        Field("campaign", gettext_lazy("抽查任务"), _54, kind="text"),
        Field("subject", gettext_lazy("检查对象"), _118, kind="text"),
        Field("code", gettext_lazy("统一社会信用代码"), _INFO, kind="text"),
        Field("items", gettext_lazy("检查事项"), _54, kind="list"),
        Field("inspected_on", gettext_lazy("检查日期"), _118, kind="date"),
        Field("authority", gettext_lazy("检查机关"), _118, kind="text"),
        Field("result", gettext_lazy("检查结果"), _54, kind="text"),
        Field("item_results", gettext_lazy("各事项的结果"), _54, kind="list"),
        Field("handling", gettext_lazy("处置"), _54, kind="text"),
    ),
    term_parameter="PUBLIC_YEARS_LEGAL",
    other_terms=(
        ("PUBLIC_YEARS_PERSON", gettext_lazy("发现问题，自然人")),
        ("PUBLIC_CLEAN_LEGAL", gettext_lazy("没有发现问题，单位")),
        ("PUBLIC_CLEAN_PERSON", gettext_lazy("没有发现问题，自然人")),
    ),
    row_key="number",
    description=gettext_lazy("每一次检查查了谁、查了什么、结果怎样、怎样处置"),
    does_not_show=(
        gettext_lazy("没有列出的单位不一定没有问题，只是没有被抽到或者还没有检查"),
        gettext_lazy("不公开在场人员、企业的陈述、证据和涉及的人数金额：个人隐私和商业秘密不公开"),
    ),
    order=40,
    gathered=True,
)

#: Results that hold nothing against anybody.
CLEAN: Final = frozenset(
    {
        Result.NOTHING_FOUND,
        Result.NO_SUCH_ACTIVITY,
        Result.CLOSED,
        Result.DEREGISTERED,
        Result.MOVED_OUT,
    }
)
#: What follows from a result, in the words of the national system (domain §2.5 后续处置).
HANDLING: Final[dict[str, Text]] = {
    Result.NOTHING_FOUND: gettext_lazy("无需后续处置"),
    Result.NOT_PUBLISHED: gettext_lazy("抄告市场监管部门"),
    Result.FALSE_INFORMATION: gettext_lazy("抄告市场监管部门"),
    Result.UNREACHABLE: gettext_lazy("抄告市场监管部门"),
    Result.CORRECTED: gettext_lazy("问题已改正，无需后续处置"),
    Result.PENDING: gettext_lazy("依法后续处理，处理结果另行公布"),
    Result.UNCOOPERATIVE: gettext_lazy("依法后续处理，处理结果另行公布"),
    Result.NO_SUCH_ACTIVITY: gettext_lazy("停止检查，反馈至日常监管部门"),
    Result.CLOSED: gettext_lazy("停止检查，抄告市场监管部门"),
    Result.DEREGISTERED: gettext_lazy("停止检查，反馈至日常监管部门"),
    Result.REVOKED: gettext_lazy("停止检查，反馈至日常监管部门"),
    Result.CANCELLED: gettext_lazy("停止检查，反馈至日常监管部门"),
    Result.MOVED_OUT: gettext_lazy("停止检查，反馈至日常监管部门"),
    Result.BREACH: gettext_lazy("责令改正，后续跟踪由日常监管部门负责"),
    Result.OTHER_BREACH: gettext_lazy("抄告相关部门"),
}


def title_of(inspection: Inspection) -> str:
    """The title of the publication. No firm: the line stays when the content has come down."""
    return _("%(campaign)s：检查结果 %(number)s") % {
        "campaign": campaign_of(inspection),
        "number": number_of(inspection),
    }


def campaign_of(inspection: Inspection) -> str:
    """Of what it was part. What a single inspection was about may name a complaint: only its kind is said."""
    return inspection.purpose if inspection.task_id else str(inspection.get_kind_display())


def number_of(inspection: Inspection) -> str:
    """The number of the inspection before the public: its notice's, or its own."""
    return (
        inspection.notice_number or f"{inspection.created_at.astimezone(clock.SHANGHAI).year}-{inspection.pk}"
    )


def inspected_on(inspection: Inspection) -> date:
    """The day on which the visit ended."""
    at = inspection.left_at or inspection.entered_at
    assert at is not None  # noqa: S101  nothing is submitted without an entry
    return clock.day_of(at)


def row_of(inspection: Inspection) -> dict[str, Any]:
    """The one row: what the type lists and nothing else."""
    items = list(inspection.items.select_related("version__item").order_by("version__item__code"))
    return {
        "number": number_of(inspection),
        "campaign": campaign_of(inspection),
        "subject": inspection.name,
        "code": inspection.subject.credit_code,
        "items": [item.version.name for item in items],
        "inspected_on": inspected_on(inspection),
        "authority": authority_of(inspection),
        "result": str(inspection.get_result_display()),
        "item_results": [
            _("%(item)s：%(result)s") % {"item": item.version.name, "result": item.get_result_display()}
            for item in items
        ],
        "handling": str(HANDLING[inspection.result]),
    }


def term_of(inspection: Inspection) -> str:
    """How long it stays public, by the class of its result and of whom it is about (domain §3.6)."""
    clean = inspection.result in CLEAN
    if is_person(inspection.subject):
        return "PUBLIC_CLEAN_PERSON" if clean else "PUBLIC_YEARS_PERSON"
    return "PUBLIC_CLEAN_LEGAL" if clean else "PUBLIC_YEARS_LEGAL"


def is_person(subject: Subject) -> bool:
    """Whether the shorter term of natural persons applies (R7), by the bureau's parameter."""
    return str(subject.get_kind_display()) in parameters.value(PERSON_KINDS).as_list()


def authority_of(inspection: Inspection) -> str:
    """In whose name the items were inspected (domain §3.6: an audit is the insurance agency's)."""
    names = inspection.items.order_by("version__item__code").values_list("version__body_name", flat=True)
    return "、".join(dict.fromkeys(name for name in names if name)) or inspection.unit.name

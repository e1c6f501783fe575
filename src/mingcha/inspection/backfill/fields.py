"""What an inspection gives to the superior's platform, field by field, and what that platform says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.selectors import bureau
from mingcha.base import clock
from mingcha.inspection.models import Entry, Inspection, ReturnTemplate
from mingcha.inspection.selectors import with_people
from mingcha.items.vocabulary import Manner
from mingcha.planning.campaigns.superior import CODE_COLUMN, NAME_COLUMN, TASK_COLUMN
from mingcha.registry.sheets import FIELDS, FieldSpec, RegisterFields
from mingcha.registry.sheets.model import plain_field as _field

REGISTER: Final = "platform_export"
#: The number of a row on the list, which the platform's blank may ask for; it says nothing of the firm.
PLACE: Final = "place"
#: Fields by which their row is one of ours; they are not compared.
KEYS: Final = (PLACE, "number", "code", "name")


#: In the order in which a record of an inspection is usually entered (domain §2.5, §9.2 抽查结果公示表).
_GIVEN: Final = (
    _field(PLACE, gettext_lazy("序号"), "行序号"),
    _field("number", gettext_lazy("任务编号"), "抽查任务编号 任务编号 抽查批次号 批次号 抽查编号 计划编号"),
    TASK_COLUMN,
    CODE_COLUMN,
    NAME_COLUMN,
    _field("items", gettext_lazy("抽查事项"), "抽查事项 检查事项 事项名称 抽查事项名称 检查内容 事项"),
    _field("manner", gettext_lazy("检查方式"), "检查方式 抽查方式 方式"),
    _field("unit", gettext_lazy("检查机关"), "检查机关 检查单位 实施机关 检查部门 执法机关 抽查机关"),
    _field("people", gettext_lazy("检查人员"), "检查人员 执法人员 执法检查人员 检查人 检查人员姓名"),
    _field("certificates", gettext_lazy("执法证号"), "执法证号 执法证件号 执法证编号 证件号码 检查人员证号"),
    _field("day", gettext_lazy("检查日期"), "检查日期 检查时间 抽查日期 实施日期 检查实施日期 抽查时间"),
    _field("notice", gettext_lazy("检查通知书文号"), "检查通知书文号 通知书文号 通知书编号 文书编号"),
    _field("result", gettext_lazy("检查结果"), "检查结果 抽查结果 抽查检查结果 结果 检查结论", required=True),
    _field("reason", gettext_lazy("具体情形"), "具体情形 问题描述 发现问题 发现的问题 结果说明 备注 说明"),
    _field("reviewed", gettext_lazy("审核日期"), "审核日期 审核时间 审核通过日期"),
)
#: What only their platform knows; read from its export and never typed.
_THEIRS: Final = (
    _field("record", gettext_lazy("平台记录号"), "平台记录号 检查结果编号 结果编号 记录编号 对象编号 结果ID"),
    _field("published", gettext_lazy("公示日期"), "公示日期 公示时间 公开日期 公开时间 发布日期"),
    _field("status", gettext_lazy("公示状态"), "公示状态 状态 公开状态 办理状态"),
)


def register() -> None:
    """Let the readers of lists know these columns; called once at start-up."""
    FIELDS[REGISTER] = RegisterFields(
        REGISTER,
        gettext_lazy("省平台导出的检查结果"),
        (*_GIVEN, *_THEIRS),
        lambda values, known: [],
        lambda values: str(values.get("code") or values.get("name", "")),
    )


def given() -> tuple[FieldSpec, ...]:
    """The fields that can be handed over."""
    return _GIVEN


def label_of(code: str) -> str:
    """The Chinese name of a field."""
    return next(str(spec.label) for spec in (*_GIVEN, *_THEIRS) if spec.code == code)


def with_returns(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """The rows with everything that `values_of` reads, in a bounded number of queries."""
    return (
        with_people(rows)
        .select_related("task__dispatch__campaign", "entry")
        .prefetch_related("items__version__item", "entry__people")
    )


@dataclass(frozen=True)
class Spelling:
    """How values are spelled on one list: the platform's words of our codes of results, and who inspects."""

    words: Mapping[str, str]
    authority: str

    @classmethod
    def of(cls, template: ReturnTemplate | None) -> Spelling:
        """As a blank asks for it; without one, as we say it."""
        return cls(template.words if template else {}, str(bureau() or ""))


def values_of(inspection: Inspection, place: int, spelling: Spelling) -> dict[str, str]:
    """What is handed over about a visit that was made, as text; `place` is its number on the list."""
    entry: Entry = inspection.entry
    there = list(entry.people.all())
    campaign = inspection.task.dispatch.campaign if inspection.task is not None else None
    return {
        PLACE: str(place),
        "number": campaign.superior_number if campaign else "",
        "task": campaign.title if campaign else inspection.purpose,
        "code": inspection.subject.credit_code,
        "name": inspection.name,
        "items": _("、").join(item.version.name for item in inspection.items.all()),
        "manner": str(Manner.ON_SITE.label),
        "unit": spelling.authority or str(inspection.unit),
        "people": _("、").join(one.name for one in there),
        "certificates": _("、").join(one.certificate_number for one in there),
        "day": _day(inspection.entered_at),
        "notice": inspection.notice_number,
        "result": spelling.words.get(inspection.result) or str(inspection.get_result_display()),
        "reason": inspection.result_reason,
        "reviewed": _day(inspection.reviewed_at),
    }


def _day(moment: Any) -> str:
    return clock.day_of(moment).isoformat() if moment else ""


def labels(codes: Iterable[str]) -> str:
    """Names of fields, joined."""
    return _("、").join(label_of(code) for code in codes)

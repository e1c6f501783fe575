"""What happens in basics. `ApprovalGranted` and `ApprovalReturned` are what other apps react to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from mingcha.base.events import Event
from mingcha.base.viewers import Viewer
from mingcha.kernel.refusal import gettext_noop as _

#: The Chinese names of the values that events of basics carry.
FIELD_LABELS: Mapping[str, str] = {
    "active": _("启用"),
    "basis": _("依据"),
    "by_telephone": _("电话批准"),
    "changed": _("变动的日子"),
    "code": _("代码"),
    "confirmed": _("已确认"),
    "due": _("到期日"),
    "duplicate": _("重复上传"),
    "emergency": _("允许紧急电话批准"),
    "from": _("起始日期"),
    "is_workday": _("工作日"),
    "kind": _("类型"),
    "known": _("已公布"),
    "label": _("名称"),
    "media_type": _("文件类型"),
    "name": _("名称"),
    "number": _("文号"),
    "on": _("办结日期"),
    "owner": _("责任人"),
    "pattern": _("格式"),
    "provisional": _("暂定"),
    "purpose": _("用途"),
    "route": _("审批事项"),
    "rule": _("期限规则"),
    "series": _("文号序列"),
    "sha256": _("SHA-256"),
    "signed_on": _("纸面签字日期"),
    "size": _("大小（字节）"),
    "source": _("来源"),
    "stage": _("阶段"),
    "state": _("状态"),
    "step": _("环节"),
    "steps": _("环节"),
    "term": _("期限"),
    "value": _("取值"),
    "workdays": _("工作日数"),
}


class BasicsEvent(Event):
    """An event of basics."""

    field_labels: ClassVar[Mapping[str, str]] = FIELD_LABELS


class ParameterDefined(BasicsEvent):
    code: ClassVar[str] = "basics.parameter_defined"
    label: ClassVar[str] = _("登记参数")


class ParameterSet(BasicsEvent):
    code: ClassVar[str] = "basics.parameter_set"
    label: ClassVar[str] = _("录入参数取值")


class RowConfirmed(BasicsEvent):
    code: ClassVar[str] = "basics.row_confirmed"
    label: ClassVar[str] = _("确认取值或规则")


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(BasicsEvent):
    """Days of a year were published, computed or corrected; terms that touch them are computed again."""

    code: ClassVar[str] = "basics.calendar_changed"
    label: ClassVar[str] = _("更新工作日历")

    year: int
    by: Viewer


class RuleSet(BasicsEvent):
    code: ClassVar[str] = "basics.rule_set"
    label: ClassVar[str] = _("录入期限规则")


class DeadlineStarted(BasicsEvent):
    code: ClassVar[str] = "basics.deadline_started"
    label: ClassVar[str] = _("期限起算")


class DeadlineMet(BasicsEvent):
    code: ClassVar[str] = "basics.deadline_met"
    label: ClassVar[str] = _("期限内事项办结")


class DeadlineExtended(BasicsEvent):
    code: ClassVar[str] = "basics.deadline_extended"
    label: ClassVar[str] = _("期限延长")


class DeadlineCancelled(BasicsEvent):
    code: ClassVar[str] = "basics.deadline_cancelled"
    label: ClassVar[str] = _("期限取消")


class DeadlineMoved(BasicsEvent):
    code: ClassVar[str] = "basics.deadline_moved"
    label: ClassVar[str] = _("期限重新计算")


class DeadlineHandedOver(BasicsEvent):
    code: ClassVar[str] = "basics.deadline_handed_over"
    label: ClassVar[str] = _("期限改由他人负责")


@dataclass(frozen=True, kw_only=True)
class DeadlineStage(BasicsEvent):
    """A stage of a deadline was reached; `thing` is what the deadline is about."""

    deadline_id: int
    rule_code: str
    due_on: date


class DeadlineWarned(DeadlineStage):
    code: ClassVar[str] = "basics.deadline_warned"
    label: ClassVar[str] = _("期限提醒")


class DeadlinePassed(DeadlineStage):
    code: ClassVar[str] = "basics.deadline_passed"
    label: ClassVar[str] = _("期限届满未办结")


class DeadlineEscalated(DeadlineStage):
    code: ClassVar[str] = "basics.deadline_escalated"
    label: ClassVar[str] = _("超期上报")


class SeriesChanged(BasicsEvent):
    code: ClassVar[str] = "basics.series_changed"
    label: ClassVar[str] = _("设置文号序列")


class NumberIssued(BasicsEvent):
    code: ClassVar[str] = "basics.number_issued"
    label: ClassVar[str] = _("取用文号")


class NumbersIssued(BasicsEvent):
    """A block of numbers for the things of one list."""

    code: ClassVar[str] = "basics.numbers_issued"
    label: ClassVar[str] = _("成批取用文号")


class NumberVoided(BasicsEvent):
    code: ClassVar[str] = "basics.number_voided"
    label: ClassVar[str] = _("作废文号")


class AttachmentAdded(BasicsEvent):
    code: ClassVar[str] = "basics.attachment_added"
    label: ClassVar[str] = _("上传附件")


class RouteChanged(BasicsEvent):
    code: ClassVar[str] = "basics.route_changed"
    label: ClassVar[str] = _("设置审批路线")


@dataclass(frozen=True, kw_only=True)
class ApprovalEvent(BasicsEvent):
    """Something about an approval. `thing` is what is decided on; `kind` is the route, `by` who acted.

    A handler tells its own by `kind`, and calls its service as `event.by`.
    """

    kind: str
    approval_id: int
    by: Viewer


class ApprovalDrafted(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_drafted"
    label: ClassVar[str] = _("起草审批")


class ApprovalSubmitted(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_submitted"
    label: ClassVar[str] = _("提请审批")


class ApprovalStepTaken(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_step_taken"
    label: ClassVar[str] = _("审批环节同意")


class ApprovalGranted(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_granted"
    label: ClassVar[str] = _("批准")


class ApprovalReturned(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_returned"
    label: ClassVar[str] = _("退回")


class ApprovalWithdrawn(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_withdrawn"
    label: ClassVar[str] = _("撤回审批")


class ApprovalMadeUp(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_made_up"
    label: ClassVar[str] = _("补办审批手续")


class SignedPaperKept(ApprovalEvent):
    code: ClassVar[str] = "basics.signed_paper_kept"
    label: ClassVar[str] = _("回传签字原件")

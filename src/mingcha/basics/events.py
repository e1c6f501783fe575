"""What happens in basics. `ApprovalGranted` and `ApprovalReturned` are what other apps react to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingcha.base.events import Event
from mingcha.base.viewers import Viewer

Label = str | Promise


class ParameterDefined(Event):
    code: ClassVar[str] = "basics.parameter_defined"
    label: ClassVar[Label] = _("登记参数")


class ParameterSet(Event):
    code: ClassVar[str] = "basics.parameter_set"
    label: ClassVar[Label] = _("录入参数取值")


class RowConfirmed(Event):
    code: ClassVar[str] = "basics.row_confirmed"
    label: ClassVar[Label] = _("确认取值或规则")


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """Days of a year were published, computed or corrected; terms that touch them are computed again."""

    code: ClassVar[str] = "basics.calendar_changed"
    label: ClassVar[Label] = _("更新工作日历")

    year: int
    by: Viewer


class RuleSet(Event):
    code: ClassVar[str] = "basics.rule_set"
    label: ClassVar[Label] = _("录入期限规则")


class DeadlineStarted(Event):
    code: ClassVar[str] = "basics.deadline_started"
    label: ClassVar[Label] = _("期限起算")


class DeadlineMet(Event):
    code: ClassVar[str] = "basics.deadline_met"
    label: ClassVar[Label] = _("期限内事项办结")


class DeadlineExtended(Event):
    code: ClassVar[str] = "basics.deadline_extended"
    label: ClassVar[Label] = _("期限延长")


class DeadlineCancelled(Event):
    code: ClassVar[str] = "basics.deadline_cancelled"
    label: ClassVar[Label] = _("期限取消")


class DeadlineMoved(Event):
    code: ClassVar[str] = "basics.deadline_moved"
    label: ClassVar[Label] = _("期限重新计算")


@dataclass(frozen=True, kw_only=True)
class DeadlineStage(Event):
    """A stage of a deadline was reached; `thing` is what the deadline is about."""

    deadline_id: int
    rule_code: str
    due_on: date


class DeadlineWarned(DeadlineStage):
    code: ClassVar[str] = "basics.deadline_warned"
    label: ClassVar[Label] = _("期限提醒")


class DeadlinePassed(DeadlineStage):
    code: ClassVar[str] = "basics.deadline_passed"
    label: ClassVar[Label] = _("期限届满未办结")


class DeadlineEscalated(DeadlineStage):
    code: ClassVar[str] = "basics.deadline_escalated"
    label: ClassVar[Label] = _("超期上报")


class SeriesChanged(Event):
    code: ClassVar[str] = "basics.series_changed"
    label: ClassVar[Label] = _("设置文号序列")


class NumberIssued(Event):
    code: ClassVar[str] = "basics.number_issued"
    label: ClassVar[Label] = _("取用文号")


class NumberVoided(Event):
    code: ClassVar[str] = "basics.number_voided"
    label: ClassVar[Label] = _("作废文号")


class AttachmentAdded(Event):
    code: ClassVar[str] = "basics.attachment_added"
    label: ClassVar[Label] = _("上传附件")


class RouteChanged(Event):
    code: ClassVar[str] = "basics.route_changed"
    label: ClassVar[Label] = _("设置审批路线")


@dataclass(frozen=True, kw_only=True)
class ApprovalEvent(Event):
    """Something about an approval. `thing` is what is decided on; `kind` is the route, `by` who acted.

    A handler tells its own by `kind`, and calls its service as `event.by`.
    """

    kind: str
    approval_id: int
    by: Viewer


class ApprovalDrafted(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_drafted"
    label: ClassVar[Label] = _("起草审批")


class ApprovalSubmitted(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_submitted"
    label: ClassVar[Label] = _("提请审批")


class ApprovalStepTaken(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_step_taken"
    label: ClassVar[Label] = _("审批环节同意")


class ApprovalGranted(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_granted"
    label: ClassVar[Label] = _("批准")


class ApprovalReturned(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_returned"
    label: ClassVar[Label] = _("退回")


class ApprovalWithdrawn(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_withdrawn"
    label: ClassVar[Label] = _("撤回审批")


class ApprovalMadeUp(ApprovalEvent):
    code: ClassVar[str] = "basics.approval_made_up"
    label: ClassVar[Label] = _("补办审批手续")


class SignedPaperKept(ApprovalEvent):
    code: ClassVar[str] = "basics.signed_paper_kept"
    label: ClassVar[Label] = _("回传签字原件")

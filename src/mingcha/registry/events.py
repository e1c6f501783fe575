"""What happens in the registers."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event


@dataclass(frozen=True, kw_only=True)
class SubjectEntered(Event):
    code = "registry.subject.entered"
    label = _("录入检查对象")


@dataclass(frozen=True, kw_only=True)
class SubjectChanged(Event):
    code = "registry.subject.changed"
    label = _("修改检查对象")


@dataclass(frozen=True, kw_only=True)
class InspectorEntered(Event):
    code = "registry.inspector.entered"
    label = _("录入执法人员")


@dataclass(frozen=True, kw_only=True)
class InspectorChanged(Event):
    code = "registry.inspector.changed"
    label = _("修改执法人员")


@dataclass(frozen=True, kw_only=True)
class RecusalDeclared(Event):
    code = "registry.recusal.declared"
    label = _("登记回避")


@dataclass(frozen=True, kw_only=True)
class RecusalChanged(Event):
    code = "registry.recusal.changed"
    label = _("修改回避登记")


@dataclass(frozen=True, kw_only=True)
class RecusalApproved(Event):
    code = "registry.recusal.approved"
    label = _("批准回避")


@dataclass(frozen=True, kw_only=True)
class RecusalRejected(Event):
    code = "registry.recusal.rejected"
    label = _("不予回避")


@dataclass(frozen=True, kw_only=True)
class RecusalReplaced(Event):
    """An approved recusal whose approved change holds now instead; who is concerned is not said."""

    code = "registry.recusal.replaced"
    label = _("回避由批准的变更取代")


@dataclass(frozen=True, kw_only=True)
class RecusalRetracted(Event):
    """A list that brought it in was undone before anybody decided."""

    code = "registry.recusal.retracted"
    label = _("撤回回避登记")


@dataclass(frozen=True, kw_only=True)
class LeaveEntered(Event):
    code = "registry.leave.entered"
    label = _("登记离岗安排")


@dataclass(frozen=True, kw_only=True)
class LeaveChanged(Event):
    code = "registry.leave.changed"
    label = _("修改离岗安排")


@dataclass(frozen=True, kw_only=True)
class LeaveCancelled(Event):
    code = "registry.leave.cancelled"
    label = _("取消离岗安排")


@dataclass(frozen=True, kw_only=True)
class VisitRecorded(Event):
    code = "registry.visit.recorded"
    label = _("录入入企记录")


@dataclass(frozen=True, kw_only=True)
class VisitChanged(Event):
    code = "registry.visit.changed"
    label = _("修改入企记录")

"""What happens to tasks."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event, Moved


@dataclass(frozen=True, kw_only=True)
class TasksPrepared(Event):
    code = "planning.dispatch.prepared"
    label = _("按抽取结果列出检查任务")
    field_labels = {
        "tasks": _("户数"),
        "short": _("人员不足的户数"),
        "served": _("接替原来缺人的户数"),
    }


@dataclass(frozen=True, kw_only=True)
class TasksMoved(Moved):
    code = "planning.dispatch.moved"
    label = _("办理检查任务")
    field_labels = {"tasks": _("户数"), "short": _("人员不足、没有派发的户数")}


@dataclass(frozen=True, kw_only=True)
class TaskMoved(Moved):
    """One visit began, or led to its result; the firm is not named."""

    code = "planning.task.moved"
    label = _("检查任务的进展")


@dataclass(frozen=True, kw_only=True)
class PartConfirmed(Event):
    code = "planning.dispatch.part_confirmed"
    label = _("参与单位确认了自己的部分")
    field_labels = {"unit": _("参与股室或部门")}


@dataclass(frozen=True, kw_only=True)
class VisitsArranged(Event):
    code = "planning.visits.arranged"
    label = _("按乡镇排出检查时间")
    field_labels = {"tasks": _("排进的户数"), "left": _("没有排进的户数")}


@dataclass(frozen=True, kw_only=True)
class VisitMoved(Event):
    code = "planning.visits.moved"
    label = _("改到另一周检查")
    field_labels = {"slot": _("检查时间")}


@dataclass(frozen=True, kw_only=True)
class CompanionAdded(Event):
    code = "planning.companions.added"
    label = _("列入协助人员")
    field_labels = {"companion": _("协助人员"), "purpose": _("协助什么")}


@dataclass(frozen=True, kw_only=True)
class CompanionLeft(Event):
    code = "planning.companions.left"
    label = _("取消协助人员")
    field_labels = {"companion": _("协助人员")}


@dataclass(frozen=True, kw_only=True)
class ChangeAsked(Event):
    """Somebody asks for a 候补 or a 更换; about whom and why is told only under its own key."""

    code = "planning.change.asked"
    label = _("提出候补或更换")
    field_labels = {"kind": _("种类")}


@dataclass(frozen=True, kw_only=True)
class ChangeMoved(Moved):
    code = "planning.change.moved"
    label = _("办理候补、更换申请")


@dataclass(frozen=True, kw_only=True)
class TeamsChanged(Event):
    """A 候补 or a 更换 was carried out; `digest` is that of its line in the public register's bundle."""

    code = "planning.dispatch.teams_changed"
    label = _("候补、更换")
    field_labels = {
        "event": _("事项"),
        "teams": _("变动的检查组"),
        "short": _("因此缺人的户数"),
        "digest": _("公开登记簿上的摘要"),
    }


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(Event):
    code = "planning.extension.asked"
    label = _("申请延长检查期限")
    field_labels = {"until": _("延长到")}


@dataclass(frozen=True, kw_only=True)
class ExtensionMoved(Moved):
    code = "planning.extension.moved"
    label = _("办理延长检查期限的申请")


@dataclass(frozen=True, kw_only=True)
class WindowExtended(Event):
    """The visits of a batch to which nobody has gone yet may be made until a later day."""

    code = "planning.dispatch.extended"
    label = _("延长检查期限")
    field_labels = {"until": _("检查结束日期"), "tasks": _("户数")}

"""What happens to inspections. No firm is named: who is inspected is told by `visible_to` alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event, Moved


@dataclass(frozen=True, kw_only=True)
class InspectionsPrepared(Event):
    """The confirmed tasks of a batch became inspections; `thing` is the batch."""

    code = "inspection.prepared"
    label = _("按确认的任务列出现场检查")
    field_labels = {"inspections": _("户数"), "cancelled": _("随任务撤销的户数")}


@dataclass(frozen=True, kw_only=True)
class InspectionMoved(Moved):
    """An inspection went on along its lifecycle; `verb` tells how."""

    code = "inspection.moved"
    label = _("办理现场检查")
    field_labels = {"via": _("登记方式"), "at": _("登记的时间")}

    verb: str


@dataclass(frozen=True, kw_only=True)
class EntryMadeUp(Event):
    """After an emergency came in without a code, one was shown or the licence scanned."""

    code = "inspection.entry_made_up"
    label = _("补扫入企码")
    field_labels = {"via": _("补扫方式")}


@dataclass(frozen=True, kw_only=True)
class FormFilled(Event):
    """Somebody wrote into the form of an inspection; what, stands in the form alone."""

    code = "inspection.form.filled"
    label = _("填写检查表")
    field_labels = {"changes": _("改动的栏数")}


@dataclass(frozen=True, kw_only=True)
class EvidenceDropped(Event):
    """A file that had been announced will not come, or was no file of its kind."""

    code = "inspection.evidence.dropped"
    label = _("放弃没有传完的证据")
    field_labels = {"kind": _("种类")}


@dataclass(frozen=True, kw_only=True)
class NumbersTaken(Event):
    """Somebody of the team took along whom to call at the firm, for the visit."""

    code = "inspection.numbers_taken"
    label = _("检查组取得联系电话")
    field_labels = {"contacts": _("联系人数")}


@dataclass(frozen=True, kw_only=True)
class PackageIssued(Event):
    """What the team takes along was issued, with the code that it shows; older codes are void."""

    code = "inspection.package_issued"
    label = _("下发检查资料包")
    field_labels = {"number": _("第几次下发"), "until": _("检查码有效至")}


@dataclass(frozen=True, kw_only=True)
class InspectionDrafted(Event):
    """Somebody drafted an inspection of a lead."""

    code = "inspection.drafted"
    label = _("拟定检查")
    field_labels = {"leads": _("线索"), "people": _("检查人员数"), "helpers": _("协助人员数")}


@dataclass(frozen=True, kw_only=True)
class InspectionChanged(Event):
    """A draft was written anew."""

    code = "inspection.changed"
    label = _("修改拟定的检查")
    field_labels = {"people": _("检查人员数"), "helpers": _("协助人员数")}


@dataclass(frozen=True, kw_only=True)
class RecusalApplied(Event):
    """A firm applied that somebody stays away; who, and why, is told only under its own key."""

    code = "inspection.recusal.applied"
    label = _("登记当事人的回避申请")
    field_labels = {"how": _("怎样提出"), "by_the_rule": _("按规则推算接替的人")}


@dataclass(frozen=True, kw_only=True)
class RecusalDecided(Moved):
    """The head decided on it, or nothing was left to be decided."""

    code = "inspection.recusal.decided"
    label = _("决定当事人的回避申请")


@dataclass(frozen=True, kw_only=True)
class UnvisitedAsked(Event):
    """Somebody says that a visit will not be made; the words stand with the request alone."""

    code = "inspection.unvisited.asked"
    label = _("提出未检查")
    field_labels = {"reason": _("未检查的理由")}


@dataclass(frozen=True, kw_only=True)
class UnvisitedMoved(Moved):
    """Somebody else decided on it, or nothing was left to be decided."""

    code = "inspection.unvisited.moved"
    label = _("办理未检查")
    #: What is now called "cause" was called "reason" at first.
    field_labels = {"cause": _("未检查的理由"), "reason": _("未检查的理由")}

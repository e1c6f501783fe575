"""What happens to a lead. Who complained or reported stands in none of them, not even encrypted."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event, Moved


@dataclass(frozen=True, kw_only=True)
class LeadRegistered(Event):
    code = "leads.lead.registered"
    label = _("登记线索")


@dataclass(frozen=True, kw_only=True)
class LeadChanged(Event):
    code = "leads.lead.changed"
    label = _("修改线索登记")


@dataclass(frozen=True, kw_only=True)
class LeadAssessed(Event):
    code = "leads.lead.assessed"
    label = _("核对受理条件")


@dataclass(frozen=True, kw_only=True)
class LeadIdentified(Event):
    code = "leads.lead.identified"
    label = _("认定检查对象")


@dataclass(frozen=True, kw_only=True)
class LeadAssigned(Event):
    code = "leads.lead.assigned"
    label = _("指定承办人")


@dataclass(frozen=True, kw_only=True)
class LeadMoved(Moved):
    code = "leads.lead.moved"
    label = _("办理线索")
    field_labels = {
        "ground": _("理由"),
        "notice": _("文书"),
        "addressee": _("转往"),
        "into": _("并入"),
    }


@dataclass(frozen=True, kw_only=True)
class LeadProposed(Event):
    code = "leads.lead.proposed"
    label = _("承办人提出建议")
    field_labels = {"ground": _("理由")}


@dataclass(frozen=True, kw_only=True)
class ProposalSetAside(Event):
    code = "leads.lead.proposal_set_aside"
    label = _("不同意承办人的建议")


@dataclass(frozen=True, kw_only=True)
class PersonAdded(Event):
    """That somebody complained or reported, and nothing about who."""

    code = "leads.lead.person_added"
    label = _("登记投诉人或举报人")
    field_labels = {"who": _("身份")}


@dataclass(frozen=True, kw_only=True)
class NoticeWritten(Event):
    code = "leads.notice.written"
    label = _("制作线索文书")
    field_labels = {"notice": _("文书")}


@dataclass(frozen=True, kw_only=True)
class NoticeServed(Event):
    """When and how a paper was served; who signed for it stands in none of it."""

    code = "leads.notice.served"
    label = _("送达线索文书")
    field_labels = {"notice": _("文书"), "on": _("送达日期"), "how": _("送达方式")}


@dataclass(frozen=True, kw_only=True)
class ComplainantRevealed(Event):
    """The handler looked at how to reach a complainant (个人信息保护法第五十一条)."""

    code = "leads.complainant.revealed"
    label = _("查看投诉人联系方式")

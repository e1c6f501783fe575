"""行政检查审批表 with every field of domain §9.1, as it is approved, printed and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mingcha.base.events import Thing
from mingcha.base.viewers import System, Viewer
from mingcha.basics.models import Approval
from mingcha.basics.selectors import approvals, attachments
from mingcha.inspection import lifecycle as states
from mingcha.inspection.counted import cap_for
from mingcha.inspection.drafting import leads_of, meeting_text, meetings_of
from mingcha.inspection.models import Inspection, KeptPaper
from mingcha.inspection.papers import kept
from mingcha.items.models import ItemVersion
from mingcha.registry.models import Contact
from mingcha.registry.selectors import standing_entry
from mingcha.registry.services.parts import masked_contact

_PLATFORM = System(purpose="approval sheet")
#: Routes of approval: an inspection; a visit that is none (调研、督导、观摩).
ROUTE, OTHER_ROUTE = "inspection", "visit-other"
#: Where the source stands among the fields: what is told of it depends on who reads.
_SOURCE_PLACE = 2
#: Until it is decided, what else is to come bears on it.
_UNDECIDED = (states.DRAFT, states.PROPOSED)


@dataclass(frozen=True)
class Sheet:
    """The sheet: `facts` are its fields in order, `items` what is looked at, each with its articles."""

    inspection: Inspection
    facts: Sequence[tuple[str, str]]
    items: Sequence[tuple[str, Sequence[str]]]
    meetings: Sequence[str]
    papers: Sequence[object]
    approval: Approval | None


def sheet_of(inspection: Inspection, viewer: Viewer) -> Sheet:
    """The sheet as this viewer may know it: a draft as it reads now, then what was handed in for approval."""
    drafted = inspection.state == states.DRAFT
    handed_in = None if drafted else kept(inspection, KeptPaper.Kind.SHEET)
    content = handed_in if handed_in is not None else content_of(inspection)
    facts = [(label, text) for label, text in content["facts"]]
    facts.insert(_SOURCE_PLACE, (_("任务来源"), _source(inspection, viewer)))
    asks = inspection.enforcing and inspection.state in _UNDECIDED
    return Sheet(
        inspection,
        facts,
        [(name, bases) for name, bases in content["items"]],
        [meeting_text(one) for one in meetings_of(inspection, viewer)] if asks else [],
        list(attachments.of_thing(sheet(inspection), viewer)),
        approval_of(inspection),
    )


def content_of(inspection: Inspection) -> dict[str, Any]:
    """What the sheet says now, as it is kept (`papers.keep`): without its source and its approval."""
    rows = inspection.items.select_related("version__item").prefetch_related("version__all_bases")
    return {
        "facts": [[label, text] for label, text in _facts(inspection)],
        "items": [_looked(one.version) for one in rows.order_by("version__item__code")],
    }


def sheet(inspection: Inspection) -> Thing:
    """The sheet as it is approved: by its number, without the firm (the ledger names none)."""
    thing = Thing.nameless(inspection)
    return Thing(thing.type, thing.id, inspection.approval_number or str(inspection.get_kind_display()))


def route_of(inspection: Inspection) -> str:
    """By which route it is approved."""
    return ROUTE if inspection.enforcing else OTHER_ROUTE


def other_route_of(inspection: Inspection) -> str:
    """By which route it would be approved if it were of the other kind, as a draft may have been."""
    return OTHER_ROUTE if inspection.enforcing else ROUTE


def approval_of(inspection: Inspection) -> Approval | None:
    """The approval of a single inspection that stands."""
    return approvals.of_thing(route_of(inspection), sheet(inspection))


def _looked(version: ItemVersion) -> list[Any]:
    own = [one.cited for one in version.all_bases.all() if one.point_id is None and one.exemption_id is None]
    return [str(version), own]


def _facts(one: Inspection) -> Iterator[tuple[str, str]]:
    subject = one.subject
    yield _("文号"), one.approval_number or "—"
    yield _("检查类型"), str(one.get_kind_display())
    yield _("检查对象"), f"{one.name}（{subject.credit_code or subject.roster_id}）"
    yield _("地址"), f"{subject.town} {subject.address}".strip() or "—"
    yield _("法定代表人或负责人"), _legal(one)
    yield _("事由"), one.purpose
    if one.enforcing:
        yield _("检查方式"), _("现场检查")
        yield _("为何必须入企"), one.why_on_site or "—"
    days = {"first": one.visit_from.isoformat(), "last": one.visit_until.isoformat()}
    yield _("拟检查时间"), _("%(first)s 至 %(last)s") % days
    yield _("检查人员（首位主检）"), _people(one)
    helpers = [f"{row.inspector.name}：{row.purpose}" for row in one.helpers.all() if row.left_at is None]
    yield _("协助人员"), _("%(n)d 人　%(who)s") % {"n": len(helpers), "who": "；".join(helpers)}
    if one.enforcing:
        yield _("本年度已检查次数、上限"), _counted(one)
        yield _("不计入频次上限的理由"), one.exempt_reason or "—"
        joining = {str(row.unit) for row in one.items.all()} - {str(one.unit)}
        yield _("联合部门"), "、".join(sorted(joining)) or "—"
        if one.joins is not None:
            yield _("一并检查"), meeting_text(one.joins)
        if one.apart_reason:
            yield _("不一并检查的理由"), one.apart_reason
    yield _("承办股室"), str(one.unit)


def _source(one: Inspection, viewer: Viewer) -> str:
    leads, others = leads_of(one, viewer)
    told = [f"{lead.get_kind_display()} {lead}" for lead in leads]
    if one.task is not None:
        told.insert(0, one.task.dispatch.campaign.title)
    if others:
        told.append(_("由别人承办的线索 %(n)d 件") % {"n": others})
    return "；".join(told) or one.asked_by or "—"


def _legal(one: Inspection) -> str:
    """Masked as everywhere; whoever needs the name asks for it in the register and is recorded (N10)."""
    rows = Contact.objects.visible_to(_PLATFORM).filter(subject=standing_entry(one.subject), ended_on=None)
    found = rows.filter(post=Contact.Post.LEGAL).first()
    return masked_contact(found)[0] or "—" if found is not None else "—"


def _people(one: Inspection) -> str:
    return "；".join(f"{who.name}（{who.certificate_number or '—'}）" for who in one.team) or "—"


def _counted(one: Inspection) -> str:
    cap = cap_for(one)
    return _("已查 %(visits)d 次，上限 %(most)d 次；入企共 %(entries)d 次") % {
        "visits": cap.visits,
        "most": cap.most,
        "entries": cap.entries,
    }

"""What a single inspection has on its page before anybody goes: its source, its approval, its buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import media
from mingcha.basics.models.approvals import ApprovalState
from mingcha.basics.services import attachments
from mingcha.inspection import lifecycle as states
from mingcha.inspection.counted import cap_for
from mingcha.inspection.drafting import LETTER, SOURCES, leads_of
from mingcha.inspection.facts import InspectionFacts
from mingcha.inspection.lifecycle import INSPECTION
from mingcha.inspection.links import page_of
from mingcha.inspection.models import Inspection
from mingcha.inspection.pages import Part, part
from mingcha.inspection.selectors import facts_of, with_people
from mingcha.inspection.sheets import approval_of, sheet_of
from mingcha.leads import ways
from mingcha.leads.models import Lead
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import NextStep, next_steps

#: Verbs of a draft; everything else on the page belongs to the visit.
_OWN = ("propose", "change", "cancel")
_ICONS = {"propose": "send", "change": "pencil", "cancel": "ban"}
#: Drafts that stand one by one on a home page.
SHOWN = 5


def register() -> None:
    """Called once at start-up."""
    attachments.declare(attachments.Purpose(LETTER, gettext_noop("协助函"), (*media.PAPERS, *media.OFFICE)))
    ways.buttons.register("inspection")(_buttons)
    ways.followed.register("inspection")(_followed)
    next_steps.register("inspection.drafts")(_steps)


@part("draft", order=10)
def draft(viewer: Viewer, inspection: Inspection) -> Part:
    """Sources and approval; a drawn inspection to which leads were added shows these."""
    leads, others = leads_of(inspection, viewer)
    if inspection.task_id is not None and not leads:
        return Part()
    approval = approval_of(inspection) if inspection.task_id is None else None
    by_telephone = approval is not None and approval.state == ApprovalState.BY_TELEPHONE
    values = {
        "inspection": inspection,
        "leads": leads,
        "others": others,
        "helpers": inspection.helpers.all() if inspection.task_id is None else (),
        "approval": approval,
        "by_telephone": by_telephone,
        "single": inspection.task_id is None,
        "joins": inspection.joins if _may_see(viewer, inspection.joins_id) else None,
        "cap": cap_for(inspection) if inspection.state in states.AHEAD else None,
    }
    return Part(list(_actions(viewer, inspection)), "inspection/draft_card.html", values)


def _may_see(viewer: Viewer, pk: int | None) -> bool:
    return pk is not None and Inspection.objects.visible_to(viewer).filter(pk=pk).exists()


def _actions(viewer: Viewer, one: Inspection) -> Iterator[Action]:
    if one.task_id is not None or not isinstance(viewer, Officer):
        return
    addresses = {
        "propose": reverse("inspection:draft-verb", args=[one.pk, "propose"]),
        "cancel": reverse("inspection:draft-verb", args=[one.pk, "cancel"]),
        "change": reverse("inspection:change", args=[one.pk]),
    }
    facts = facts_of(one, viewer) if one.state == states.DRAFT else InspectionFacts()
    made = verb_actions(
        INSPECTION,
        state=one.state,
        roles=viewer.roles,
        facts=facts,
        url_for=lambda row: addresses.get(row.verb, ""),
        icons=_ICONS,
        danger=("cancel",),
    )
    for action in made:
        if not action.url or (action.verb == "cancel" and one.state == states.PROPOSED):
            continue
        yield replace(action, post=False) if action.verb == "change" else action
    if one.state != states.DRAFT and one.enforcing:
        yield Action(_("行政检查审批表"), reverse("inspection:sheet", args=[one.pk]), "printer")


def for_approval(viewer: Viewer, pk: int) -> SafeString:
    """The sheet as whoever approves it reads it."""
    one = with_people(Inspection.objects.visible_to(viewer)).get(pk=pk)
    return SafeString(
        render_to_string("inspection/sheet_body.html", {"sheet": sheet_of(one, viewer), "embedded": True})
    )


def _buttons(viewer: Officer, lead: Lead) -> Iterable[Action]:
    """拟定检查, of an accepted lead about a known firm."""
    if (
        lead.state in SOURCES
        and lead.subject_id is not None
        and viewer.has(*INSPECTION.roles_that_may("propose"))
    ):
        made = Inspection.objects.visible_to(viewer).filter(leads=lead)
        begun = made.exclude(state__in=states.OVER).first()
        if begun is not None:
            open_it = page_of(begun.pk)
            yield Action(_("打开正在办的检查"), open_it, "footprints", primary=True)
        address = reverse("inspection:draft", args=[lead.pk])
        yield Action(_("拟定检查"), address, "clipboard-check", primary=begun is None)


def _followed(viewer: Viewer, lead: Lead) -> Iterator[ways.Followed]:
    """The inspections that were made of a lead, and those to which it was added."""
    rows: QuerySet[Inspection] = Inspection.objects.visible_to(viewer).filter(leads=lead)
    for one in rows.order_by("created_at"):
        yield ways.Followed(
            kind=gettext_lazy("现场检查"),
            title=one.purpose or str(one.get_kind_display()),
            state=str(one.get_state_display()),
            day=clock.day_of(one.created_at),
            url=page_of(one.pk),
            open=one.state not in states.OVER,
        )


def _steps(officer: Officer) -> Iterator[NextStep]:
    """Drafts that nobody has proposed: those one has written, and those of the section for its head."""
    if not officer.has(Role.COORDINATOR, Role.SECTION_HEAD, Role.INSPECTOR):
        return
    drafts = Inspection.objects.visible_to(officer).filter(state=states.DRAFT)
    if not officer.has(Role.SECTION_HEAD):
        drafts = drafts.filter(created_by=officer.id)
    for one in drafts.order_by("visit_from")[:SHOWN]:
        yield NextStep(
            title=_("提请批准检查：%(firm)s") % {"firm": one.name},
            detail=_("拟定以后还没有提请，批准以前不得入企"),
            url=page_of(one.pk),
            due=one.visit_from,
            icon="send",
        )

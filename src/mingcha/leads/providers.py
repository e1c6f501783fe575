"""What leads add to the shared pages: menu, next steps, a firm's timeline, attachments."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things, uses
from mingcha.leads import lifecycle as states
from mingcha.leads.links import page_of
from mingcha.leads.models import (
    LEAD_KEEPERS,
    LEAD_READERS,
    OVERSEEING,
    Complainant,
    Lead,
    LeadNotice,
    NoticeService,
)
from mingcha.leads.models.leads import LeadQuerySet
from mingcha.leads.registers import LATE, MINE, OWED, UNASSIGNED
from mingcha.leads.selectors import late, owed
from mingcha.leads.vocabulary import Proposal
from mingcha.ledger.protection import append_only
from mingcha.registry.models import Subject
from mingcha.web import navigation
from mingcha.web.providers import NextStep, TimelineEntry, next_steps, timelines

LEADS = gettext_lazy("线索")
#: Proposals that stand one by one on a home page.
SHOWN = 5


def register() -> None:
    """Called once at start-up."""
    navigation.add(
        navigation.Entry(
            code="leads.leads",
            label=LEADS,
            url_name="leads:leads-list",
            icon="inbox",
            group="inspection",
            order=10,
            roles=LEAD_READERS,
        )
    )
    navigation.add_public(
        navigation.Entry(
            code="leads.progress",
            label=gettext_lazy("举报进度"),
            url_name="leads:progress",
            icon="search",
            group="",
            order=40,
        )
    )
    describe(states.LEAD)
    next_steps.register("leads")(_steps)
    timelines.register("leads")(_timeline)
    append_only(LeadNotice)
    append_only(NoticeService)
    things.register(Lead, label=LEADS, url=page_of)
    things.register(Complainant, label=gettext_lazy("投诉人"), url=None)
    things.register(NoticeService, label=gettext_lazy("送达回证"), visible=_proofs, url=None)
    uses.register("LEAD_SAME_FIRM", label=gettext_lazy("线索：提示并案"), url_name="leads:leads-list")


def _proofs(viewer: Viewer) -> QuerySet[NoticeService]:
    rows = NoticeService.objects.visible_to(viewer)
    return rows.proofs_for(viewer) if isinstance(viewer, Officer) else rows


def _steps(officer: Officer) -> Iterator[NextStep]:
    """What the terms do not say: who is to be named, what was proposed, what was accepted and rests."""
    seen = Lead.objects.visible_to(officer).open()
    if officer.has(Role.SECTION_HEAD, Role.COORDINATOR):
        yield from _counted(seen.filter(handler=None), _("指定承办人：%(count)d 件线索"), UNASSIGNED)
    yield from _proposed(officer, seen)
    known = Lead.objects.visible_to(officer)
    if officer.has(Role.OVERSEER, Role.BUREAU_LEADER, Role.SECTION_HEAD):
        yield from _counted(late(known), _("线索超期：%(count)d 件"), LATE, tone="danger")
    if officer.has(Role.SECTION_HEAD, Role.INSPECTOR, Role.COORDINATOR):
        mine = owed(known.answered_by(officer))
        yield from _counted(mine, _("答复投诉人、反馈来文单位并登记送达：%(count)d 件线索"), OWED)
    waiting = seen.filter(handler=officer.id, state=states.ACCEPTED)
    yield from _counted(waiting, _("已受理，还没有检查或办结：%(count)d 件线索"), MINE)


def _proposed(officer: Officer, seen: LeadQuerySet) -> Iterator[NextStep]:
    """What others propose: to decline or send on goes to the head, to declare void to another keeper."""
    answered = seen.filter(pk__in=Lead.objects.visible_to(officer).answered_by(officer).values("pk"))
    if officer.has(Role.SECTION_HEAD):
        for lead in answered.exclude(proposal__in=("", Proposal.VOID)).select_related("subject")[:SHOWN]:
            what = {"what": lead.get_proposal_display(), "lead": lead}
            yield _to_decide(lead, _("决定承办人的建议：%(what)s（%(lead)s）") % what)
    if officer.has(*LEAD_KEEPERS):
        reached = seen if officer.has(Role.COORDINATOR) else answered
        waiting = reached.filter(proposal=Proposal.VOID).exclude(proposed_by=officer.id)
        for lead in waiting.select_related("subject")[:SHOWN]:
            yield _to_decide(lead, _("决定是否作废：%(lead)s") % {"lead": lead})


def _to_decide(lead: Lead, title: str) -> NextStep:
    return NextStep(
        title=title, detail=lead.firm_name, url=page_of(lead.pk), tone="warning", icon="message-square"
    )


def _counted(rows: QuerySet[Lead], title: str, work: str, tone: str = "warning") -> Iterator[NextStep]:
    count = rows.count()
    if count:
        one = page_of(rows.values_list("pk", flat=True)[0]) if count == 1 else ""
        yield NextStep(
            title=title % {"count": count},
            url=one or reverse("leads:leads-list") + f"?work={work}",
            tone=tone,  # type: ignore[arg-type]
            icon="inbox",
            count=count,
        )


def _timeline(viewer: Viewer, thing_type: str, thing_id: int) -> Iterator[TimelineEntry]:
    """In a firm's story: that something came in, without a word of who or what."""
    if thing_type != Subject._meta.label_lower or not isinstance(viewer, Officer):
        return
    if not viewer.has(*OVERSEEING):
        return
    subject = Subject.objects.visible_to(viewer).filter(pk=thing_id).first()
    if subject is None:
        return
    for lead in Lead.objects.visible_to(viewer).of_firm(subject):
        yield TimelineEntry(
            day=lead.received_on,
            kind=LEADS,
            title=_("%(kind)s（%(number)s）") % {"kind": lead.get_kind_display(), "number": lead},
            detail=str(lead.get_state_display()),
            url=page_of(lead.pk),
            tone="info",
            icon="inbox",
        )

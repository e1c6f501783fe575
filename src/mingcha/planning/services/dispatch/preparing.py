"""List the tasks that a draw, or a superior's list, makes: one a firm, with the team as it was drawn."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.selectors import parameters
from mingcha.basics.services import deadlines
from mingcha.planning.dispatch.events import TasksPrepared
from mingcha.planning.models import (
    Campaign,
    CampaignTarget,
    Dispatch,
    Draw,
    DrawTarget,
    Task,
    TaskMember,
    TeamMember,
)

#: Rule and parameter of the section's confirmation (domain §2.2).
CONFIRM_RULE = "CONFIRM_DISPATCH"
#: How many days before the visits those who go learn of a sealed list.
KNOWN_BEFORE = "TASK_KNOWN_DAYS_BEFORE"
_BATCH = 1000


@service
def prepare_draw(*, actor: Viewer, draw_id: int) -> Dispatch | None:
    """List the tasks of a complete draw, once; None for a draw of before there were campaigns."""
    draw = Draw.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=draw_id)
    if draw.campaign is None or draw.campaign.lead_unit is None:
        return None
    known = Dispatch.objects.filter(draw=draw).first()
    if known is not None:
        return known
    made = _begin(draw.campaign, draw, draw.visit_from, draw.visit_until)
    made.item_versions.set(draw.item_versions.all())
    known_from = _known_from(draw)
    targets = list(DrawTarget.objects.filter(draw=draw, kind=DrawTarget.Kind.DRAWN).order_by("seq"))
    teams = _teams(draw)
    tasks = Task.objects.bulk_create(
        [
            Task(
                dispatch=made,
                seq=target.seq,
                subject_id=target.subject_id,
                target=target,
                name=target.name,
                visit_from=made.visit_from,
                visit_until=made.visit_until,
                known_from=known_from,
            )
            for target in targets
        ],
        batch_size=_BATCH,
    )
    TaskMember.objects.bulk_create(
        (
            TaskMember(
                task=task,
                inspector_id=member.person.inspector_id,
                code=member.person.code,
                position=member.position,
                joined_at=made.prepared_at,
            )
            for task, target in zip(tasks, targets, strict=True)
            for member in teams[target.pk]
        ),
        batch_size=_BATCH,
    )
    short = sum(len(teams[target.pk]) < draw.per_target for target in targets)
    _listed(actor, made, len(tasks), short)
    return made


@service
def prepare_list(*, actor: Viewer, campaign_id: int) -> Dispatch:
    """List the tasks of a superior's list that names firms and inspectors both, once.

    A firm that was left out by decision is no task.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign_id)
    known = Dispatch.objects.filter(campaign=campaign, draw=None).first()
    if known is not None:
        return known
    made = _begin(campaign, None, campaign.visit_from, campaign.visit_until)
    made.item_versions.set(campaign.item_versions.all())
    kept = CampaignTarget.objects.filter(campaign=campaign).exclude(
        decision=CampaignTarget.Decision.LEAVE_OUT
    )
    targets = list(kept.order_by("place").prefetch_related("inspectors"))
    early = timedelta(days=parameters.value(KNOWN_BEFORE).as_int()) if campaign.unannounced else None
    tasks = Task.objects.bulk_create(
        [
            Task(
                dispatch=made,
                seq=target.place,
                subject_id=target.subject_id,
                name=target.name,
                visit_from=made.visit_from,
                visit_until=made.visit_until,
                known_from=made.visit_from - early if early is not None else clock.today(),
            )
            for target in targets
        ],
        batch_size=_BATCH,
    )
    TaskMember.objects.bulk_create(
        (
            TaskMember(task=task, inspector=person, position=place, joined_at=made.prepared_at)
            for task, target in zip(tasks, targets, strict=True)
            for place, person in enumerate(target.inspectors.all(), start=1)
        ),
        batch_size=_BATCH,
    )
    short = sum(len(target.inspectors.all()) < campaign.team_size for target in targets)
    _listed(actor, made, len(tasks), short)
    return made


def _begin(campaign: Campaign, draw: Draw | None, first: date, last: date) -> Dispatch:
    assert campaign.lead_unit is not None  # noqa: S101  no campaign is approved without one
    return Dispatch.objects.create(
        campaign=campaign,
        draw=draw,
        unit=campaign.lead_unit,
        visit_from=first,
        visit_until=last,
        prepared_at=clock.now(),
    )


def _teams(draw: Draw) -> dict[int, list[TeamMember]]:
    """target id → who was drawn to go there, 主检 first; one question, however many targets there are."""
    members = TeamMember.objects.filter(target__draw=draw).select_related("person")
    found: dict[int, list[TeamMember]] = defaultdict(list)
    for member in members.order_by("target", "position"):
        found[member.target_id].append(member)
    return found


def _known_from(draw: Draw) -> date:
    """At once for a list that is public; shortly before the visits for a sealed one."""
    if draw.mode == Draw.Mode.SEALED:
        return draw.visit_from - timedelta(days=parameters.value(KNOWN_BEFORE).as_int())
    return clock.today()


def _listed(actor: Viewer, made: Dispatch, tasks: int, short: int) -> None:
    """Say so. The term of a superior's campaign runs from the superior's own dispatch, not from ours."""
    emit(TasksPrepared(thing=Thing.of(made), after={"tasks": tasks, "short": short}))
    if made.campaign.superior_at is not None:
        day = made.campaign.superior_at.astimezone(clock.SHANGHAI).date()
        start_term(actor, made, day)


def start_term(actor: Viewer, made: Dispatch, day: date) -> None:
    """The section's term for confirming begins."""
    deadlines.start(
        actor=actor,
        rule=CONFIRM_RULE,
        thing=Thing.of(made),
        started_on=day,
        owner=deadlines.Owner(unit_id=made.unit_id, role=Role.SECTION_HEAD),
    )

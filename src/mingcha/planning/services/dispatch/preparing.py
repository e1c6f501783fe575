"""List the tasks that a draw, or a superior's list, makes: one a firm, with the team as it was drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from mingcha.accounts.models import UnitKind
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import System, Viewer
from mingcha.basics.selectors import parameters
from mingcha.basics.services import deadlines
from mingcha.basics.services.moving import move
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.events import TasksMoved, TasksPrepared
from mingcha.planning.dispatch.facts import facts_of
from mingcha.planning.models import (
    Campaign,
    CampaignTarget,
    Dispatch,
    DispatchPart,
    Draw,
    DrawTarget,
    Task,
    TaskMember,
    TeamMember,
)
from mingcha.planning.services.dispatch.asking import lapse
from mingcha.planning.services.dispatch.companions import require_certified
from mingcha.registry.models import Inspector

#: Rule and parameter of the section's confirmation (domain §2.2).
CONFIRM_RULE = "CONFIRM_DISPATCH"
#: How many days before the visits those who go learn of a sealed list.
KNOWN_BEFORE = "TASK_KNOWN_DAYS_BEFORE"
_BATCH = 1000
_PLATFORM = System(purpose="dispatch")


@dataclass(frozen=True)
class Visit:
    """One firm of a list and who goes there, 主检 first: each person's key, and code in the draw if any."""

    seq: int
    subject_id: int
    name: str
    team: Sequence[tuple[int, str]]
    target: DrawTarget | None = None


@service
def prepare_draw(*, actor: Viewer, draw_id: int) -> Dispatch | None:
    """List the tasks of a complete draw, once; None for a draw of before there were campaigns."""
    rows = Draw.objects.select_for_update(of=("self",)).select_related("campaign", "supplements")
    draw = rows.get(pk=draw_id)
    if draw.campaign is None or draw.campaign.lead_unit is None:
        return None
    known = Dispatch.objects.filter(draw=draw).first()
    if known is not None:
        return known
    made = _begin(draw.campaign, draw, draw.visit_from, draw.visit_until)
    made.item_versions.set(draw.item_versions.all())
    short = _keep(made, _drawn(draw), secret=draw.mode == Draw.Mode.SEALED)
    served = _take_over(made, draw.supplements) if draw.supplements is not None else 0
    _listed(actor, made, short, served)
    return made


@service
def prepare_list(*, actor: Viewer, campaign_id: int) -> Dispatch:
    """List the tasks of those firms of a superior's list for which it names the inspectors, once.

    The others wait for our draw of inspectors. A firm that was left out by decision is no task. Refused when
    the list names somebody without a certificate.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign_id)
    known = Dispatch.objects.filter(campaign=campaign, draw=None).first()
    if known is not None:
        return known
    made = _begin(campaign, None, campaign.visit_from, campaign.visit_until)
    made.item_versions.set(campaign.item_versions.all())
    named = CampaignTarget.inspectors.through.objects.filter(campaigntarget__campaign=campaign)
    require_certified(Inspector.objects.filter(pk__in=named.values("inspector")))
    short = _keep(made, _named(campaign), secret=campaign.unannounced)
    _listed(actor, made, short, 0)
    return made


def _begin(campaign: Campaign, draw: Draw | None, first: date, last: date) -> Dispatch:
    assert campaign.lead_unit is not None  # noqa: S101  no campaign is approved without one
    made = Dispatch.objects.create(
        campaign=campaign,
        draw=draw,
        unit=campaign.lead_unit,
        visit_from=first,
        visit_until=last,
        prepared_at=clock.now(),
    )
    joining = campaign.joining_units.exclude(pk=campaign.lead_unit.pk).order_by("pk")
    DispatchPart.objects.bulk_create(DispatchPart(dispatch=made, unit=unit) for unit in joining)
    return made


def _drawn(draw: Draw) -> list[Visit]:
    """As the draw has it; two questions, however many targets there are."""
    teams: dict[int, list[tuple[int, str]]] = defaultdict(list)
    members = TeamMember.objects.filter(target__draw=draw).select_related("person")
    for member in members.order_by("target", "position"):
        teams[member.target_id].append((member.person.inspector_id, member.person.code))
    targets = DrawTarget.objects.filter(draw=draw, kind=DrawTarget.Kind.DRAWN).order_by("seq")
    return [Visit(one.seq, one.subject_id, one.name, teams[one.pk], one) for one in targets]


def _named(campaign: Campaign) -> list[Visit]:
    """As the superior's list has it."""
    kept = CampaignTarget.objects.filter(campaign=campaign).kept().with_inspectors()
    return [
        Visit(one.place, one.subject_id, one.name, [(person.pk, "") for person in one.inspectors.all()])
        for one in kept.order_by("place").prefetch_related("inspectors")
    ]


def _keep(made: Dispatch, visits: Sequence[Visit], *, secret: bool) -> int:
    """Write tasks and teams; gives how many lack people. Of a secret list those who go learn shortly before
    the visits, of any other at once."""
    early = timedelta(days=parameters.value(KNOWN_BEFORE).as_int())
    tasks = Task.objects.bulk_create(
        [
            Task(
                dispatch=made,
                seq=visit.seq,
                subject_id=visit.subject_id,
                target=visit.target,
                name=visit.name,
                visit_from=made.visit_from,
                visit_until=made.visit_until,
                known_from=made.visit_from - early if secret else clock.today(),
            )
            for visit in visits
        ],
        batch_size=_BATCH,
    )
    TaskMember.objects.bulk_create(
        (
            TaskMember(
                task=task, inspector_id=person, code=code, position=position, joined_at=made.prepared_at
            )
            for task, visit in zip(tasks, visits, strict=True)
            for position, (person, code) in enumerate(visit.team, start=1)
        ),
        batch_size=_BATCH,
    )
    return sum(len(visit.team) < made.campaign.team_size for visit in visits)


def _take_over(made: Dispatch, earlier: Draw) -> int:
    """Firms that this list serves leave the one on which they lacked people; gives how many did.

    A list on which nobody is left is withdrawn.
    """
    waiting = Task.objects.filter(dispatch__draw=earlier, state=states.PREPARED)
    served = waiting.filter(subject__in=made.tasks.values("subject")).update(state=states.CANCELLED)
    batch = Dispatch.objects.filter(draw=earlier).first()
    if batch is None:
        return served
    if batch.state == states.PREPARED and not batch.tasks.exclude(state=states.CANCELLED).exists():
        end_batch(batch, gettext("缺人的户都已由补充抽取的任务接替"))
    else:
        lapse(batch)
    return served


def end_batch(batch: Dispatch, reason: str, **told: Any) -> None:
    """Nobody goes there any more: the list, what waits about it and its terms end. Its tasks are cancelled
    by the caller."""
    move(batch, states.TASK, "cancel", _PLATFORM, facts_of(batch), TasksMoved, reason=reason, **told)
    batch.save(update_fields=["state"])
    lapse(batch)
    for one in (batch, *batch.parts.all()):
        deadlines.call_off(actor=_PLATFORM, thing=Thing.of(one), reason=reason)


def _listed(actor: Viewer, made: Dispatch, short: int, served: int) -> None:
    """Say so. The term of a superior's campaign runs from the superior's own dispatch, not from ours."""
    told = {"tasks": made.tasks.count(), "short": short, "served": served}
    emit(TasksPrepared(thing=Thing.of(made), after=told))
    if made.campaign.superior_at is not None:
        day = clock.day_of(made.campaign.superior_at)
        start_term(actor, made, day)


def start_term(actor: Viewer, made: Dispatch, day: date) -> None:
    """The terms for confirming begin: of the section that answers, and of each that joins for its part."""
    for one in (made, *made.parts.select_related("unit", "dispatch__campaign")):
        department = one.unit.kind == UnitKind.PARTNER
        deadlines.start(
            actor=actor,
            rule=CONFIRM_RULE,
            thing=Thing.of(one),
            started_on=day,
            owner=deadlines.Owner(
                unit_id=one.unit_id, role=Role.PARTNER if department else Role.SECTION_HEAD
            ),
        )

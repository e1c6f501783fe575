"""Decide on a 候补 or a 更换 and carry it out: teams, tasks, public register in one transaction (§7.0 T6)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System
from mingcha.basics.selectors import attachments
from mingcha.kernel import draw as ssj
from mingcha.kernel.refusal import Refused
from mingcha.planning import roster
from mingcha.planning.dispatch import change_rules as rules
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.dispatch.changes import RESERVE, Outcome, codes_of
from mingcha.planning.dispatch.events import TeamsChanged
from mingcha.planning.models import (
    ChangeRequest,
    Dispatch,
    DispatchChange,
    DrawTarget,
    RegisterLine,
    Task,
    TaskMember,
)
from mingcha.planning.services.common import lock_register, register_event
from mingcha.planning.services.dispatch.asking import (
    advance,
    confidential,
    declared_with,
    held,
    lapse,
)
from mingcha.registry.recusal_lifecycle import DECLARED
from mingcha.registry.services import approve_recusal, recusals, reject_recusal

#: Beyond every position in a team: rows stand there while they are put into order.
_ASIDE = 1000
_BATCH = 1000
_PLATFORM = System(purpose="dispatch")
SALT_BYTES = ssj.SALT_DIGITS // 2


@service
def approve(*, actor: Officer, request: ChangeRequest, seen: str) -> ChangeRequest:
    """Agree, and carry it out as the rule has it now.

    `seen` is the digest of the outcome that the person has looked at; another one is not carried out,
    whatever came in between. A recusal behind it that is not yet decided is approved with it.
    """
    request = held(request, actor)
    request.decide(actor, "")
    advance(request, "approve", actor)
    duties.perform(actor=actor, duty="approve", thing=confidential(request))
    # In this order everywhere: recusal, request, people, register, tasks. So whoever waits here waits for
    # nobody who waits.
    lock_register()
    batch = Dispatch.objects.select_for_update(of=("self",)).get(pk=request.dispatch_id)
    found = rules.foresee(batch, request.kind, task=request.task, inspector=request.inspector)
    if found.digest != seen:
        raise Refused(rules.no_longer_as_seen())
    _carry_out(batch, request, found)
    if request.recusal is not None and request.recusal.state == DECLARED:
        approve_recusal(actor=actor, recusal=request.recusal)
    if request.applied_relation:
        _enter_recusal(actor, request)
    return request


@service
def reject(*, actor: Officer, request: ChangeRequest, reason: str) -> ChangeRequest:
    """Do not agree: nothing changes, and the recusal that the request declared finds no ground either."""
    request = held(request, actor)
    request.decide(actor, reason)
    advance(request, "reject", actor, reason=reason)
    duties.perform(actor=actor, duty="approve", thing=confidential(request))
    recusal = declared_with(request)
    if recusal is not None:
        reject_recusal(actor=actor, recusal=recusal, reason=reason)
    return request


def _enter_recusal(actor: Officer, request: ChangeRequest) -> None:
    """What the firm applied for is granted: the person stays away from this firm from now on."""
    assert request.task is not None  # noqa: S101  a replacement has a task
    values = {
        "subject": request.task.subject,
        "inspector": request.inspector,
        "kind": request.applied_relation,
        "basis": request.reason[:200],
        "valid_from": clock.today(),
        "declared_by": gettext("当事人申请"),
    }
    request.recusal = recusals.declare(_PLATFORM, values)
    request.save(update_fields=["recusal"])
    approve_recusal(actor=actor, recusal=request.recusal)


def _carry_out(batch: Dispatch, request: ChangeRequest, found: Outcome) -> None:
    assert batch.draw is not None  # noqa: S101  `foresee` refuses those without
    line, lines, number = _registered(batch, request, found)
    DispatchChange.objects.create(
        dispatch=batch,
        number=number,
        request=request,
        event=found.event,
        public=lines.public.decode(),
        confidential=lines.confidential.decode(),
        line=line,
        made_at=clock.now(),
    )
    if found.event == RESERVE:
        _take_the_place(batch, found)
        lapse(batch)
    short = _keep_teams(batch, found.change.teams)
    emit(
        TeamsChanged(
            thing=Thing.of(batch),
            after={
                "event": found.event,
                "teams": len(found.change.teams),
                "short": short,
                "digest": lines.digest,
            },
        )
    )


def _registered(
    batch: Dispatch, request: ChangeRequest, found: Outcome
) -> tuple[RegisterLine, ssj.ChangeLines, int]:
    """The two lines of the change, and the line of the register that bears the digest of the public one."""
    assert batch.draw is not None  # noqa: S101  `foresee` refuses those without
    number = DispatchChange.objects.filter(dispatch=batch).count() + 1
    evidence = attachments.of_thing(confidential(request), roster.EVERYONE).values_list("sha256", flat=True)
    told: dict[str, Any] = {"teams": found.change.teams}
    if found.event == RESERVE:
        told |= {"leaves": found.leaves, "takes": found.takes, "reason": request.cause}
    lines = ssj.change_lines(
        draw_id=batch.draw.number,
        number=number,
        event=found.event,
        told=told,
        detail={**found.detail, "cause": request.cause, "evidence": sorted(evidence)},
        salt=secrets.token_hex(SALT_BYTES),
    )
    return register_event(batch.draw, found.event, digest=lines.digest), lines, number


def _take_the_place(batch: Dispatch, found: Outcome) -> None:
    """The reserve becomes a task with the number, the days and the state of the firm that leaves."""
    reserve = DrawTarget.objects.get(draw=batch.draw, roster_id=found.takes)
    former = Task.objects.get(dispatch=batch, target__roster_id=found.leaves)
    Task.objects.create(
        dispatch=batch,
        seq=former.seq,
        subject_id=reserve.subject_id,
        target=reserve,
        name=reserve.name,
        visit_from=former.visit_from,
        visit_until=former.visit_until,
        known_from=former.known_from,
        state=former.state,
    )
    former.state = tasks.CANCELLED
    former.save(update_fields=["state"])
    TaskMember.objects.filter(task=former, left_at=None).update(left_at=clock.now())


def _keep_teams(batch: Dispatch, teams: Mapping[str, list[str]]) -> int:
    """Make the rows what the rule has named; gives how many of these tasks lack people now.

    Who leaves stays as a row with the time. A task that lacks people waits to be handed on again, and one
    that has everybody goes the way of its batch.
    """
    assert batch.draw is not None  # noqa: S101  `foresee` refuses those without
    rows = Task.objects.filter(dispatch=batch, target__roster_id__in=teams).select_related("target")
    found = {task.target.roster_id: task for task in rows if task.target is not None}
    _write_members(batch, {found[target]: team for target, team in teams.items()})
    short = 0
    for target, team in teams.items():
        task = found[target]
        if task.state == tasks.CANCELLED:
            continue
        lacking = len(team) < batch.draw.per_target
        short += lacking
        wanted = tasks.PREPARED if lacking else batch.state
        if task.state != wanted:
            task.state = wanted
            task.save(update_fields=["state"])
    return short


def _write_members(batch: Dispatch, teams: Mapping[Task, list[str]]) -> None:
    """A bounded number of statements, however many teams change."""
    assert batch.draw is not None  # noqa: S101  `foresee` refuses those without
    people = {code: person for person, code in codes_of(batch.draw).items()}
    present = TaskMember.objects.filter(task__in=list(teams), left_at=None)
    rows = {(one.task_id, one.code): one for one in present}
    wanted = {(task.pk, code): n for task, team in teams.items() for n, code in enumerate(team, start=1)}
    leaving = [one.pk for key, one in rows.items() if key not in wanted]
    TaskMember.objects.filter(pk__in=leaving).update(left_at=clock.now())
    moving = [one for key, one in rows.items() if key in wanted and one.position != wanted[key]]
    TaskMember.objects.filter(pk__in=[one.pk for one in moving]).update(position=F("position") + _ASIDE)
    for one in moving:
        one.position = wanted[one.task_id, one.code]
    TaskMember.objects.bulk_update(moving, ["position"], batch_size=_BATCH)
    TaskMember.objects.bulk_create(
        (
            TaskMember(
                task_id=task, inspector_id=people[code], code=code, position=position, joined_at=clock.now()
            )
            for (task, code), position in wanted.items()
            if (task, code) not in rows
        ),
        batch_size=_BATCH,
    )

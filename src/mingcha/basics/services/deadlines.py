"""The deadlines engine (design §4.5).

    start(actor=…, rule="T24", thing=Thing.of(draw), started_on=day, owner=Owner(unit_id=…))
    meet(actor=…, rule="T24", thing=Thing.of(draw), on=day)
    restart(actor=…, rule="T24", thing=Thing.of(draw), started_on=day, why="…")
    cancel(actor=…, deadline_id=…, reason="…")
    call_off(actor=…, thing=Thing.of(draw), rule="T24", reason="…")
    watch(actor=…)      daily, by the clock: warns, passes, escalates; each stage once

Terms are counted in dates, Asia/Shanghai. A date whose year is not published is provisional and is
computed again when it is. Extending goes through the approval route "extension" on the deadline.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import System, Viewer
from mingcha.basics.events import (
    DeadlineCancelled,
    DeadlineEscalated,
    DeadlineExtended,
    DeadlineMet,
    DeadlineMoved,
    DeadlinePassed,
    DeadlineStage,
    DeadlineStarted,
    DeadlineWarned,
)
from mingcha.basics.lifecycles import DEADLINE, DeadlineFacts
from mingcha.basics.models import Deadline, DeadlineMove, DeadlineNotice, DeadlineRule
from mingcha.basics.models.deadlines import DeadlineState, Form
from mingcha.basics.rules import acting_roles, refuse
from mingcha.basics.selectors import deadlines as reading
from mingcha.basics.selectors import moving, parameters, workdays
from mingcha.kernel.refusal import Refused, gettext_noop
from mingcha.kernel.terms import Term
from mingcha.kernel.workdays import Due

ESCALATION = "DEADLINE_ESCALATION_DAYS"


@dataclass(frozen=True)
class Owner:
    """Who answers for a deadline; at least one of the three."""

    user_id: int | None = None
    unit_id: int | None = None
    role: Role | None = None


@service
def start(
    *,
    actor: Viewer,
    rule: str,
    thing: Thing,
    started_on: date,
    owner: Owner,
    due_on: date | None = None,
) -> Deadline:
    """Start the clock of a rule on a thing.

    `started_on` is the day of the trigger, which itself does not count; for a NOTICE rule the day of the
    event before which notice must be given. `due_on` is given only where a document states the date.
    Refused when the rule has no clock, or already runs on this thing.
    """
    found = reading.rule(rule, on=started_on)
    term, end = _first_end(found, started_on, due_on)
    if reading.open_for(thing).filter(rule__code=rule).exists():
        raise _running(found, thing)
    try:
        with transaction.atomic():
            deadline = Deadline.objects.create(
                rule=found,
                thing_type=thing.type,
                thing_id=thing.id,
                thing_label=thing.label[:200],
                started_on=started_on,
                due_on=end.date,
                provisional=end.provisional,
                term=str(term) if term else "",
                owner_user_id=owner.user_id,
                owner_unit_id=owner.unit_id,
                owner_role=owner.role or "",
                created_at=clock.now(),
            )
    except IntegrityError:
        # Somebody started the same in this very moment: the database keeps one, the other is told.
        if not reading.open_for(thing).filter(rule__code=rule).exists():
            raise
        raise _running(found, thing) from None
    emit(
        DeadlineStarted(
            thing=thing,
            after={
                "rule": found.code,
                "label": found.label,
                "from": started_on,
                "due": end.date,
                "provisional": end.provisional,
            },
        )
    )
    return deadline


def _running(rule: DeadlineRule, thing: Thing) -> Refused:
    return refuse(
        "deadline.running",
        gettext_noop("“%(rule)s”在“%(thing)s”上已经开始计时"),
        gettext_noop("请先办结或取消原来的期限"),
        basis=rule.source,
        rule=rule.label,
        thing=thing.label or thing.type,
    )


@service
def meet(*, actor: Viewer, rule: str, thing: Thing, on: date | None = None) -> Deadline | None:
    """What the rule asked for was done on a day (today): end the open deadline; None when none is open.

    Done after the last day, it is late for good: the deadline passes first and ends as 逾期办结.
    """
    deadline = _open(rule, thing)
    if deadline is None:
        return None
    day = on or clock.today()
    if day > deadline.due_on and deadline.state == DeadlineState.RUNNING:
        _pass(deadline)
    row = DEADLINE.decide(deadline.state, "meet", acting_roles(actor), DeadlineFacts())
    before = {"state": deadline.get_state_display()}
    deadline.state = DeadlineState(row.target)
    deadline.met_on = day
    deadline.save(update_fields=["state", "met_on"])
    emit(
        DeadlineMet(
            thing=thing,
            before=before,
            after={"rule": rule, "on": day, "due": deadline.due_on, "state": deadline.get_state_display()},
        )
    )
    return deadline


@service
def restart(
    *,
    actor: Viewer,
    rule: str,
    thing: Thing,
    why: str,
    started_on: date | None = None,
    due_on: date | None = None,
) -> Deadline | None:
    """What the open deadline is counted from has moved: count it anew; None when none is open.

    `started_on` is the new day of the trigger (the old one); `due_on` the new date of a document that states
    one. What was overdue and lies ahead again runs again.
    """
    deadline = _open(rule, thing)
    if deadline is None:
        return None
    day = started_on or deadline.started_on
    term, stated = _first_end(deadline.rule, day, due_on)
    deadline.started_on, deadline.term = day, str(term) if term else ""
    found = (
        moving.recomputed(deadline, workdays.calendar())
        if term
        else moving.Recomputed(deadline, stated, stated)
    )
    _count(found, why=why, year=None)
    return deadline


@service
def cancel(*, actor: Viewer, deadline_id: int, reason: str) -> Deadline:
    """End a deadline that no longer has an object, such as a case that was withdrawn."""
    deadline = _locked(actor, deadline_id)
    row = DEADLINE.decide(deadline.state, "cancel", acting_roles(actor), DeadlineFacts(), reason=reason)
    before = {"state": deadline.get_state_display()}
    deadline.state = DeadlineState(row.target)
    deadline.ended_why = reason.strip()[:300]
    deadline.save(update_fields=["state", "ended_why"])
    emit(
        DeadlineCancelled(
            thing=deadline.about,
            before=before,
            after={"rule": deadline.rule.code, "state": deadline.get_state_display()},
            why=reason.strip(),
        )
    )
    return deadline


@service
def call_off(*, actor: Viewer, thing: Thing, reason: str, rule: str = "") -> list[Deadline]:
    """Cancel what runs on a thing, or only its term by `rule`; gives what was cancelled, often nothing."""
    rows = reading.open_for(thing)
    running = rows.filter(rule__code=rule) if rule else rows
    return [cancel(actor=actor, deadline_id=one.pk, reason=reason) for one in running]


@service
def extend(*, actor: Viewer, deadline_id: int, reason: str) -> Deadline:
    """Lengthen a deadline once, by its extension rule; Refused unless an approval was granted.

    The extension is counted on from the former last day.
    """
    deadline = _locked(actor, deadline_id)
    facts = reading.extension_facts(deadline)
    DEADLINE.decide(deadline.state, "extend", acting_roles(actor), facts, reason=reason)
    extension = reading.extension_of(deadline.rule, deadline.started_on)
    assert extension is not None  # noqa: S101  the guard "may be extended" has just held
    term = reading.term_of(extension, deadline.started_on)
    end = _end(extension, deadline.due_on, term)
    before = deadline.due_on
    deadline.extended_from, deadline.extension_rule = before, extension
    deadline.extension_term = str(term)
    _move(deadline, Due(end.date, end.provisional or deadline.provisional), why=reason.strip(), year=None)
    emit(
        DeadlineExtended(
            thing=deadline.about,
            before={"due": before},
            after={"rule": extension.code, "due": deadline.due_on, "basis": extension.source},
            why=reason.strip(),
        )
    )
    return deadline


@service
def recompute(*, actor: Viewer, year: int, why: str) -> list[Deadline]:
    """Compute running deadlines whose days touch the year again; gives those that moved.

    A deadline that was overdue and now lies ahead again runs again; one that moved into the past passes
    at the next watch.
    """
    moved: list[Deadline] = []
    calendar = workdays.calendar()
    for deadline in moving.touching(Deadline.objects.open(), year).select_for_update(of=("self",)):
        found = moving.recomputed(deadline, calendar)
        if not found.changes:
            continue
        if _count(found, why=why, year=year):
            moved.append(deadline)
    return moved


def _count(found: moving.Recomputed, *, why: str, year: int | None) -> bool:
    """Give a deadline the days that it was counted anew to have; True where its last day is another."""
    deadline, end = found.deadline, found.end
    before = deadline.due_on
    if deadline.extended_from is not None:
        deadline.extended_from = found.first.date
    _move(deadline, end, why=why, year=year)
    if before == end.date:
        return False
    emit(
        DeadlineMoved(
            thing=deadline.about,
            before={"due": before},
            after={"due": end.date, "rule": deadline.rule.code, "provisional": end.provisional},
            why=why,
        )
    )
    return True


@service
def watch(*, actor: Viewer) -> dict[str, int]:
    """Announce every stage that open deadlines have reached today, each only once for a date."""
    if not isinstance(actor, System):
        raise TypeError("deadlines are watched by the platform itself")
    counts = {"warned": 0, "passed": 0, "escalated": 0}
    today = clock.today()
    wait = parameters.value(ESCALATION, on=today).as_int()
    rows = Deadline.objects.open().select_related("rule").select_for_update(of=("self",)).order_by("id")
    for deadline in rows:
        stage = reading.stage_of(deadline, today)
        if stage.is_overdue:
            counts["passed"] += _pass(deadline)
            if stage.days > wait:
                counts["escalated"] += _announce(deadline, "escalated", DeadlineEscalated)
        elif stage.code != "running":
            counts["warned"] += _announce(deadline, stage.code, DeadlineWarned)
    return counts


def _first_end(found: DeadlineRule, started_on: date, due_on: date | None) -> tuple[Term | None, Due]:
    """The term and the last day of a new deadline; Refused when the rule has no clock of its own."""
    if found.form == Form.STATED and due_on is not None and due_on >= started_on:
        return None, Due(due_on)
    if found.form in (Form.TERM, Form.NOTICE) and due_on is None:
        term = reading.term_of(found, started_on)
        return term, _end(found, started_on, term)
    raise refuse(
        "rule.no_clock",
        gettext_noop("“%(rule)s”不能这样开始计时：%(form)s"),
        gettext_noop("以文书载明日期的，填写不早于起算日的到期日；其他的不填到期日"),
        basis=found.source,
        rule=found.label,
        form=str(found.get_form_display()),
    )


def _end(found: DeadlineRule, day: date, term: Term) -> Due:
    return moving.end_of(found, day, term, workdays.calendar())


def _open(rule: str, thing: Thing) -> Deadline | None:
    return (
        Deadline.objects.open()
        .select_for_update(of=("self",))
        .select_related("rule")
        .filter(rule__code=rule, thing_type=thing.type, thing_id=thing.id)
        .first()
    )


def _locked(actor: Viewer, deadline_id: int) -> Deadline:
    rows: Any = Deadline.objects.visible_to(actor).select_for_update(of=("self",)).select_related("rule")
    return rows.get(pk=deadline_id)


def _move(deadline: Deadline, end: Due, *, why: str, year: int | None) -> None:
    before = deadline.due_on
    deadline.due_on, deadline.provisional = end.date, end.provisional
    if deadline.state == DeadlineState.OVERDUE and end.date >= clock.today():
        deadline.state = DeadlineState.RUNNING
    deadline.save()
    if before != end.date:
        DeadlineMove.objects.create(
            deadline=deadline,
            from_date=before,
            to_date=end.date,
            why=why[:300],
            calendar_year=year,
            at=clock.now(),
        )


def _pass(deadline: Deadline) -> bool:
    if deadline.state == DeadlineState.RUNNING:
        row = DEADLINE.decide(deadline.state, "pass", ("system",), DeadlineFacts())
        deadline.state = DeadlineState(row.target)
        deadline.save(update_fields=["state"])
    return _announce(deadline, "overdue", DeadlinePassed)


def _announce(deadline: Deadline, stage: str, event: type[DeadlineStage]) -> bool:
    """Emit the stage unless it was announced for this very date."""
    _notice, first = DeadlineNotice.objects.get_or_create(
        deadline=deadline, stage=stage, due_on=deadline.due_on, defaults={"at": clock.now()}
    )
    if first:
        emit(
            event(
                thing=deadline.about,
                after={"rule": deadline.rule.code, "stage": stage, "due": deadline.due_on},
                deadline_id=deadline.pk,
                rule_code=deadline.rule.code,
                due_on=deadline.due_on,
            )
        )
    return first

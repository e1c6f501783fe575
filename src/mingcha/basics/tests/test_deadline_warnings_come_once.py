"""Seven, three and one work days before, on the day, after it, and upwards: each once for a date."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.jobs.registry import find
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics.events import DeadlineEscalated, DeadlinePassed, DeadlineWarned
from mingcha.basics.models import Deadline
from mingcha.basics.providers import due_deadlines
from mingcha.basics.services import approvals, deadlines, extensions
from mingcha.basics.tests.factories import heard, of, thing

pytestmark = pytest.mark.usefixtures("loaded")
SYSTEM = System(purpose="tests")


def watch_on(day: date) -> list[tuple[str, str]]:
    """Watch twice on a day; what was announced, and the stage."""
    with clock.using(clock.FixedClock(datetime(day.year, day.month, day.day, 6, tzinfo=clock.SHANGHAI))):
        with heard() as events:
            deadlines.watch(actor=SYSTEM)
            deadlines.watch(actor=SYSTEM)
        stages = (DeadlineWarned, DeadlinePassed, DeadlineEscalated)
        return [(type(event).__name__, event.after["stage"]) for event in events if isinstance(event, stages)]


@pytest.fixture
def deadline(coordinator: Officer) -> Deadline:
    """Due on 21 December 2026."""
    return deadlines.start(
        actor=coordinator,
        rule="T24",
        thing=thing("抽查结果公示"),
        started_on=date(2026, 11, 23),
        owner=deadlines.Owner(role=Role.COORDINATOR),
    )


def test_each_stage_is_announced_once_in_its_turn(deadline: Deadline) -> None:
    assert watch_on(date(2026, 12, 9)) == []
    assert watch_on(date(2026, 12, 10)) == [("DeadlineWarned", "warn7")]
    assert watch_on(date(2026, 12, 11)) == []
    assert watch_on(date(2026, 12, 16)) == [("DeadlineWarned", "warn3")]
    assert watch_on(date(2026, 12, 18)) == [("DeadlineWarned", "warn1")]
    assert watch_on(date(2026, 12, 21)) == [("DeadlineWarned", "due_today")]
    assert watch_on(date(2026, 12, 22)) == [("DeadlinePassed", "overdue")]
    assert watch_on(date(2026, 12, 24)) == []
    assert watch_on(date(2026, 12, 25)) == [("DeadlineEscalated", "escalated")]
    assert watch_on(date(2026, 12, 28)) == []
    deadline.refresh_from_db()
    assert deadline.state == "overdue"


def test_after_a_pause_the_nearest_stage_is_announced_and_the_missed_ones_are_not(deadline: Deadline) -> None:
    assert watch_on(date(2026, 12, 18)) == [("DeadlineWarned", "warn1")]
    assert watch_on(date(2026, 12, 30)) == [("DeadlinePassed", "overdue"), ("DeadlineEscalated", "escalated")]


def test_what_is_done_is_not_warned_of(deadline: Deadline, coordinator: Officer) -> None:
    deadlines.meet(actor=coordinator, rule="T24", thing=deadline.about)
    assert watch_on(date(2026, 12, 22)) == []


def test_a_moved_date_is_warned_of_again(coordinator: Officer, leader: Officer) -> None:
    running = deadlines.start(
        actor=coordinator,
        rule="T04",
        thing=thing(),
        started_on=date(2026, 9, 1),
        owner=deadlines.Owner(role=Role.COORDINATOR),
    )
    assert watch_on(date(2026, 11, 27)) == [("DeadlineWarned", "warn1")]
    approval = extensions.propose(actor=coordinator, deadline_id=running.pk, reason="涉及人数多")
    approvals.approve(actor=leader, approval_id=approval.pk)
    assert watch_on(date(2027, 1, 11)) == [("DeadlineWarned", "warn1")]


def test_only_the_platform_watches(coordinator: Officer) -> None:
    with pytest.raises(TypeError):
        deadlines.watch(actor=coordinator)


def test_the_clock_of_the_platform_knows_the_watch() -> None:
    assert str(find("basics.watch-deadlines").rule) == "daily 06:10"


def test_a_near_deadline_stands_among_the_owners_next_steps(deadline: Deadline, coordinator: Officer) -> None:
    stranger = as_officer(make_officer(Role.INSPECTOR))
    with clock.using(clock.FixedClock(datetime(2026, 12, 18, 9, tzinfo=clock.SHANGHAI))):
        (step,) = due_deadlines(coordinator)
        assert (step.due, step.tone) == (date(2026, 12, 21), "warning")
        assert list(due_deadlines(stranger)) == []
    with clock.using(clock.FixedClock(datetime(2026, 12, 22, 9, tzinfo=clock.SHANGHAI))):
        (step,) = due_deadlines(coordinator)
        assert step.tone == "danger"


def test_a_far_deadline_does_not(deadline: Deadline, coordinator: Officer) -> None:
    assert list(due_deadlines(coordinator)) == []


def test_announcements_name_the_thing_and_the_rule(deadline: Deadline) -> None:
    with (
        clock.using(clock.FixedClock(datetime(2026, 12, 22, 6, tzinfo=clock.SHANGHAI))),
        heard() as events,
    ):
        deadlines.watch(actor=SYSTEM)
    (passed,) = of(events, DeadlinePassed)
    assert passed.thing == deadline.about
    assert (passed.rule_code, passed.deadline_id) == ("T24", deadline.pk)

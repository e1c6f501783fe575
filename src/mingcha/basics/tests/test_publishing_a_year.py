"""When the State Council's notice is entered, what was provisional is computed again (domain §11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics.events import CalendarChanged, DeadlineMoved
from mingcha.basics.models import CalendarStamp, Deadline, WorkDay
from mingcha.basics.selectors import workdays as reading
from mingcha.basics.services import deadlines, workdays
from mingcha.basics.tests.factories import heard, of, thing
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.usefixtures("loaded")
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"


def span(first: date, last: date) -> dict[date, bool]:
    return {first + timedelta(days=step): False for step in range((last - first).days + 1)}


#: A made-up notice that keeps the law: more days off around 春节 than the computed calendar, two worked.
DAYS_2027 = {
    **span(date(2027, 1, 1), date(2027, 1, 3)),
    **span(date(2027, 2, 5), date(2027, 2, 12)),
    date(2027, 2, 14): True,
    date(2027, 2, 20): True,
    **span(date(2027, 4, 3), date(2027, 4, 5)),
    **span(date(2027, 5, 1), date(2027, 5, 5)),
    **span(date(2027, 6, 9), date(2027, 6, 9)),
    **span(date(2027, 9, 15), date(2027, 9, 15)),
    **span(date(2027, 10, 1), date(2027, 10, 7)),
}


def start(actor: Officer | System, **more: object) -> Deadline:
    values = {"rule": "T04", "thing": thing(), "started_on": date(2026, 11, 23)}
    return deadlines.start(actor=actor, owner=deadlines.Owner(role=Role.COORDINATOR), **{**values, **more})


def test_a_provisional_deadline_becomes_final_and_moves(coordinator: Officer) -> None:
    deadline = start(coordinator)
    assert (deadline.due_on, deadline.provisional) == (date(2027, 2, 18), True)
    with heard() as events:
        workdays.publish_year(actor=coordinator, year=2027, days=DAYS_2027, source=NOTICE)
    deadline.refresh_from_db()
    expected = reading.calendar().add_workdays(date(2026, 11, 23), 60)
    assert (deadline.due_on, deadline.provisional) == (expected.date, False)
    assert deadline.due_on == date(2027, 2, 22)
    (moved,) = of(events, DeadlineMoved)
    assert (moved.before["due"], moved.after["due"]) == (date(2027, 2, 18), date(2027, 2, 22))
    assert [move.deadline_id for move in reading.moved_by(2027, coordinator)] == [deadline.pk]


def test_a_deadline_whose_date_stays_only_loses_its_provisional_mark(coordinator: Officer) -> None:
    deadline = start(coordinator, rule="T07", started_on=date(2026, 11, 23))
    assert deadline.provisional
    before = deadline.due_on
    workdays.publish_year(actor=coordinator, year=2027, days=DAYS_2027, source=NOTICE)
    deadline.refresh_from_db()
    assert before == date(2027, 2, 22)
    assert (deadline.due_on, deadline.provisional) == (before, False)


def test_notice_that_is_given_before_an_event_moves_with_the_year_before_the_event(
    coordinator: Officer,
) -> None:
    """The hearing is in January, the last day of giving notice of it in December (行政处罚法第64条)."""
    workdays.publish_year(actor=coordinator, year=2027, days=DAYS_2027, source=NOTICE)
    notice = start(coordinator, rule="T12", started_on=date(2027, 1, 7))
    last_day = notice.due_on
    assert last_day.year == 2026
    workdays.override_day(actor=coordinator, day=last_day, is_workday=False, why="省政府临时放假通知")
    notice.refresh_from_db()
    assert notice.due_on < last_day


def test_a_deadline_that_is_met_does_not_move(coordinator: Officer) -> None:
    about = thing()
    deadline = start(coordinator, thing=about)
    deadlines.meet(actor=coordinator, rule="T04", thing=about)
    workdays.publish_year(actor=coordinator, year=2027, days=DAYS_2027, source=NOTICE)
    deadline.refresh_from_db()
    assert deadline.due_on == date(2027, 2, 18)


def test_the_published_year_is_known(coordinator: Officer) -> None:
    workdays.publish_year(actor=coordinator, year=2027, days=DAYS_2027, source=NOTICE)
    assert 2027 in reading.known_years()
    assert reading.calendar().is_workday(date(2027, 2, 14))
    assert not reading.calendar().is_workday(date(2027, 2, 12))
    assert WorkDay.objects.filter(date__year=2027, provisional=True).count() == 0


def test_a_year_that_works_on_a_statutory_holiday_is_refused(coordinator: Officer) -> None:
    days = {**DAYS_2027}
    del days[date(2027, 6, 9)]
    with pytest.raises(Refused) as refused:
        workdays.publish_year(actor=coordinator, year=2027, days=days, source=NOTICE)
    assert refused.value.codes == ("basics.calendar.statutory_day",)
    assert "2027-06-09" in refused.value.text()
    assert 2027 not in reading.known_years()


def test_days_of_another_year_are_refused(coordinator: Officer) -> None:
    with pytest.raises(Refused) as refused:
        workdays.publish_year(
            actor=coordinator, year=2027, days={**DAYS_2027, date(2028, 1, 3): False}, source=NOTICE
        )
    assert refused.value.codes == ("basics.calendar.foreign_day",)


def test_a_wrong_sheet_with_hundreds_of_days_is_refused(coordinator: Officer) -> None:
    with pytest.raises(Refused) as refused:
        workdays.publish_year(
            actor=coordinator, year=2027, days=span(date(2027, 1, 1), date(2027, 12, 31)), source=NOTICE
        )
    assert refused.value.codes == ("basics.calendar.too_many",)


def test_publishing_names_the_notice(coordinator: Officer) -> None:
    with pytest.raises(Refused):
        workdays.publish_year(actor=coordinator, year=2027, days=DAYS_2027, source=" ")


def test_an_inspector_may_not_publish() -> None:
    with pytest.raises(Refused) as refused:
        workdays.publish_year(
            actor=as_officer(make_officer(Role.INSPECTOR)), year=2027, days=DAYS_2027, source=NOTICE
        )
    assert refused.value.codes == ("basics.role",)


def test_correcting_one_day_moves_the_deadlines_behind_it(coordinator: Officer) -> None:
    deadline = start(coordinator, rule="T24")
    assert deadline.due_on == date(2026, 12, 21)
    with heard() as events:
        workdays.override_day(
            actor=coordinator, day=date(2026, 12, 1), is_workday=False, why="省政府临时放假通知"
        )
    deadline.refresh_from_db()
    assert deadline.due_on == date(2026, 12, 22)
    (change,) = of(events, CalendarChanged)
    assert change.before["is_workday"] is True


def test_a_deadline_that_was_passed_runs_again_when_its_date_moves_ahead(
    coordinator: Officer, system: System, now
) -> None:
    deadline = start(coordinator, rule="T01", started_on=date(2026, 11, 13))
    assert deadline.due_on == date(2026, 11, 20)
    deadlines.watch(actor=system)
    deadline.refresh_from_db()
    assert deadline.state == "overdue"
    workdays.override_day(actor=coordinator, day=date(2026, 11, 18), is_workday=False, why="临时放假")
    deadline.refresh_from_db()
    assert (deadline.due_on, deadline.state) == (date(2026, 11, 23), "running")


def test_every_change_makes_old_copies_old(coordinator: Officer) -> None:
    before = reading.calendar()
    assert reading.calendar() is before
    stamp = CalendarStamp.objects.get().version
    workdays.override_day(actor=coordinator, day=date(2026, 12, 1), is_workday=False, why="通知")
    assert CalendarStamp.objects.get().version != stamp
    assert reading.calendar() is not before
    assert not reading.calendar().is_workday(date(2026, 12, 1))

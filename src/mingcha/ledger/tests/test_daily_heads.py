from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from mingcha.base import clock
from mingcha.base.jobs.registry import find
from mingcha.base.viewers import System
from mingcha.kernel.digest import GENESIS
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Head, Record
from mingcha.ledger.services import seal_day, seal_yesterday
from mingcha.ledger.tests.happenings import note, note_all
from mingcha.web.providers import signals

pytestmark = pytest.mark.django_db

ACTOR = System("test")


@pytest.fixture
def time():
    """A clock that stands at noon of Monday, 2 March 2026."""
    with clock.using(clock.FixedClock(datetime(2026, 3, 2, 12, tzinfo=clock.SHANGHAI))) as fixed:
        yield fixed


def head_signals() -> list[str]:
    return [signal.code for signal in signals.gather() if signal.code == "ledger.heads"]


def test_the_head_of_a_day_is_its_last_record_in_shanghai_time(time):
    note_all(numbers=[1, 2])
    time.advance(hours=11, minutes=59)
    note_all(numbers=[3])
    time.advance(minutes=2)
    note_all(numbers=[4])

    head = seal_day(actor=ACTOR, day=date(2026, 3, 2))

    assert (head.seq, head.digest) == (3, Record.objects.get(seq=3).digest)


def test_a_sealing_is_itself_an_event_that_names_the_head(time):
    note()
    time.advance(days=1)
    head = seal_day(actor=ACTOR, day=date(2026, 3, 2))

    record = Record.objects.order_by("-seq").first()
    assert record.event == "ledger.day_sealed"
    assert record.after == {"day": "2026-03-02", "seq": 1, "digest": head.digest}


def test_sealing_a_day_twice_changes_nothing(time):
    note()
    time.advance(days=1)
    first = seal_day(actor=ACTOR, day=date(2026, 3, 2))
    count = Record.objects.count()

    assert seal_day(actor=ACTOR, day=date(2026, 3, 2)) == first
    assert (Head.objects.count(), Record.objects.count()) == (1, count)


def test_a_day_that_is_not_over_cannot_be_sealed(time):
    with pytest.raises(Refused, match="还没有结束"):
        seal_day(actor=ACTOR, day=date(2026, 3, 2))
    assert not Head.objects.exists()


def test_an_empty_chain_has_a_head_of_zeros(time):
    head = seal_day(actor=ACTOR, day=date(2026, 3, 1))
    assert (head.seq, head.digest) == (0, GENESIS)


def test_days_on_which_nothing_ran_are_sealed_afterwards(time):
    note()
    time.advance(days=1)
    seal_yesterday()
    time.advance(days=3)

    assert [head.day for head in seal_yesterday()] == [date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)]
    assert seal_yesterday() == []


def test_the_first_sealing_begins_with_yesterday(time):
    note()
    assert [head.day for head in seal_yesterday()] == [date(2026, 3, 1)]


def test_the_clock_seals_every_day(time):
    registered = find("ledger.seal-day")
    assert str(registered.rule) == "daily 00:10"
    assert registered.handler(None) == {"summary": "已封存 1 天的日终摘要"}


def test_a_head_cannot_be_changed(time):
    head = seal_day(actor=ACTOR, day=date(2026, 3, 1))
    head.digest = "f" * 64
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        head.save()


def test_days_left_unsealed_are_shown(time):
    note()
    assert head_signals() == []
    time.advance(days=2, minutes=1)
    assert head_signals() == ["ledger.heads"]
    seal_yesterday()
    assert head_signals() == []
    time.advance(days=2)
    assert head_signals() == ["ledger.heads"]


def test_one_day_late_is_not_yet_alarming(time):
    note()
    seal_yesterday()
    time.advance(days=1)
    assert head_signals() == []
    assert timedelta(days=2) == clock.today() - Head.objects.get().day

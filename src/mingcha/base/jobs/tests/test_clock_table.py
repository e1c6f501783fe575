import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from mingcha.base import clock
from mingcha.base.clock import SHANGHAI
from mingcha.base.jobs import periodic
from mingcha.base.jobs.models import Job, PeriodicTask
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.jobs.tests import handlers
from mingcha.base.jobs.ticker import Ticker, start_due, synchronise


def _due(name: str) -> datetime:
    return PeriodicTask.objects.get(name=name).next_due.astimezone(SHANGHAI)


def _started(name: str) -> int:
    return Job.objects.filter(name=name).count()


@pytest.mark.django_db
def test_a_daily_task_is_due_at_its_time_in_shanghai(at):
    synchronise()
    assert _due("test.daily") == datetime(2026, 3, 3, 0, 5, tzinfo=SHANGHAI)
    start_due()
    assert _started("test.daily") == 0
    at.advance(hours=14, minutes=5)
    start_due()
    assert _started("test.daily") == 1
    assert _due("test.daily") == datetime(2026, 3, 4, 0, 5, tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_after_a_pause_a_task_runs_once_and_not_once_for_each_time_missed(at):
    synchronise()
    start_due()
    run_waiting()
    handlers.done.clear()
    at.advance(days=10, minutes=2)
    start_due()
    assert _due("test.often") == clock.now() + timedelta(minutes=5), "counted from now, not made up"
    start_due()
    run_waiting()
    assert sorted(what for what, _ in handlers.done) == ["daily", "often"]
    assert _due("test.daily") > clock.now()


@pytest.mark.django_db
def test_a_task_is_left_out_while_its_previous_run_is_unfinished(at):
    synchronise()
    start_due()
    at.advance(minutes=5)
    start_due()
    assert _started("test.often") == 1
    run_waiting()
    at.advance(minutes=5)
    start_due()
    assert _started("test.often") == 2


@pytest.mark.django_db
def test_the_table_shows_when_a_task_last_ran(at):
    synchronise()
    start_due()
    at.advance(seconds=30)
    run_waiting()
    task = PeriodicTask.objects.get(name="test.often")
    assert task.last_started == task.last_finished == clock.now()
    assert task.last_error == ""


@pytest.mark.django_db
def test_the_table_follows_what_is_registered(at):
    PeriodicTask.objects.create(name="test.removed", rule="daily 01:00", next_due=clock.now())
    PeriodicTask.objects.create(
        name="test.daily", rule="daily 09:00", next_due=clock.now() + timedelta(days=400)
    )
    synchronise()
    assert not PeriodicTask.objects.filter(name="test.removed").exists()
    assert _due("test.daily") == datetime(2026, 3, 3, 0, 5, tzinfo=SHANGHAI)
    moved = clock.now() + timedelta(hours=1)
    PeriodicTask.objects.filter(name="test.daily").update(next_due=moved)
    synchronise()
    assert _due("test.daily") == moved, "an unchanged rule keeps its place"


@pytest.mark.django_db
def test_the_clock_takes_back_what_a_silent_worker_held(at, owner):
    from mingcha.base.jobs import enqueue, queue

    enqueue("test.note", actor=owner)
    queue.claim("worker-1")
    at.advance(hours=1)
    Ticker().tick()
    assert Job.objects.get(name="test.note").state == "queued"


@pytest.mark.django_db(transaction=True)
def test_clocks_that_tick_together_never_start_a_task_twice():
    synchronise()
    faults: list[BaseException] = []
    ready = threading.Barrier(4)

    def tick() -> None:
        try:
            for _ in range(10):
                ready.wait(30)
                start_due()
                ready.wait(30)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    started_at = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
    fixed = clock.FixedClock(started_at)

    def drive() -> None:
        """Between two rounds the jobs end and the clock moves on to the next due time."""
        for _ in range(10):
            ready.wait(30)
            ready.wait(30)
            Job.objects.update(state="succeeded")
            fixed.advance(minutes=5)

    with clock.using(fixed):
        PeriodicTask.objects.update(next_due=clock.now())
        ready = threading.Barrier(4)
        threads = [threading.Thread(target=tick) for _ in range(3)]
        for thread in threads:
            thread.start()
        drive()
        for thread in threads:
            thread.join(30)
    assert faults == []
    assert _started("test.often") == 10


def test_a_rule_is_one_of_the_two():
    with pytest.raises(TypeError):
        periodic("test.neither", label="都没有")
    with pytest.raises(TypeError):
        periodic("test.both", label="都有", daily_at="00:05", every=timedelta(minutes=1))
    with pytest.raises(TypeError):
        periodic("test.too_often", label="太勤", every=timedelta(0))

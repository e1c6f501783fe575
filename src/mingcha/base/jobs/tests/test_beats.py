import pytest

from mingcha.base.jobs import beats
from mingcha.base.jobs.models import Beat, ProcessKind

pytestmark = pytest.mark.django_db


def test_without_any_sign_of_life_worker_and_clock_are_silent(at):
    assert beats.silent_kinds() == [ProcessKind.WORKER, ProcessKind.CLOCK]


def test_a_kind_is_silent_a_minute_after_its_last_beat(at):
    worker, clock_process = beats.Process(ProcessKind.WORKER), beats.Process(ProcessKind.CLOCK)
    worker.beat()
    clock_process.beat()
    at.advance(seconds=59)
    assert beats.silent_kinds() == []
    clock_process.beat()
    at.advance(seconds=2)
    assert beats.silent_kinds() == [ProcessKind.WORKER]


def test_one_living_process_of_a_kind_is_enough(at):
    beats.Process(ProcessKind.CLOCK).beat()
    beats.Process(ProcessKind.WORKER).beat()
    at.advance(minutes=5)
    beats.Process(ProcessKind.CLOCK).beat()
    beats.Process(ProcessKind.WORKER).beat()
    assert beats.silent_kinds() == []


def test_a_process_that_leaves_leaves_no_row(at):
    process = beats.Process(ProcessKind.WORKER)
    process.beat()
    process.beat()
    assert Beat.objects.count() == 1
    process.leave()
    assert not Beat.objects.exists()

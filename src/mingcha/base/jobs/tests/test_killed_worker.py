"""Real processes, really killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mingcha.base.jobs import enqueue
from mingcha.base.jobs.models import Beat, Job
from mingcha.base.jobs.tests.processes import START_WORKER, environment, is_alive, start_worker, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def _worker(tmp_path, **settings_of_test: object) -> Iterator[subprocess.Popen[str]]:
    process = start_worker(environment(tmp_path, **settings_of_test))
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_the_job_of_a_killed_worker_is_done_by_another_and_ends_once(owner, tmp_path):
    queued = enqueue("test.steps", {"folder": str(tmp_path), "count": 15}, actor=owner)
    with _worker(tmp_path) as first:
        wait_for((tmp_path / "step-3").exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert not (tmp_path / "step-15").exists()
    with _worker(tmp_path):
        wait_for(lambda: Job.objects.get(pk=queued.pk).is_finished)
    ended = Job.objects.get(pk=queued.pk)
    assert (ended.state, ended.attempts) == ("succeeded", 2)
    assert (tmp_path / "ends").read_text().split() == ["2"]
    assert {line[0] for line in (tmp_path / "calls").read_text().split()} == {"1", "2"}


def test_a_worker_told_to_stop_hands_its_job_back_at_once(owner, tmp_path):
    queued = enqueue("test.steps", {"folder": str(tmp_path), "count": 300}, actor=owner)
    with _worker(tmp_path) as worker:
        wait_for((tmp_path / "step-2").exists)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    again = Job.objects.get(pk=queued.pk)
    assert (again.state, again.attempts, again.owner) == ("queued", 0, "")
    assert again.progress_done >= 2
    assert not Beat.objects.exists()


def test_a_job_that_does_not_stop_is_handed_back_when_the_time_is_up(owner, tmp_path):
    queued = enqueue("test.stubborn", {"folder": str(tmp_path)}, actor=owner)
    with _worker(tmp_path, MINGCHA_STOP_SECONDS=1) as worker:
        wait_for((tmp_path / "begun").exists)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    again = Job.objects.get(pk=queued.pk)
    assert (again.state, again.attempts) == ("queued", 0)
    assert not Beat.objects.exists()


def test_the_heartbeat_goes_on_while_the_handler_is_busy(owner, tmp_path):
    queued = enqueue("test.stubborn", {"folder": str(tmp_path)}, actor=owner)
    with _worker(tmp_path, MINGCHA_JOB_LEASE_SECONDS=1.5):
        wait_for((tmp_path / "begun").exists)
        first = Job.objects.get(pk=queued.pk).lease_until
        wait_for(lambda: (Job.objects.get(pk=queued.pk).lease_until - first).total_seconds() > 2)
        assert Job.objects.get(pk=queued.pk).attempts == 1


def test_a_worker_stops_when_its_supervisor_is_gone(tmp_path):
    """The supervisor here is a small process that starts a worker and is killed."""
    env = environment(tmp_path, MINGCHA_STOP_SECONDS=1)
    boot = (
        "import os, sys, subprocess, time\n"
        "os.environ['MINGCHA_SUPERVISOR'] = str(os.getpid())\n"
        f"child = subprocess.Popen([sys.executable, {START_WORKER!r}])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", boot], env=env, stdout=subprocess.PIPE, text=True)
    child = int(supervisor.stdout.readline())
    try:
        wait_for(Beat.objects.exists)
        supervisor.kill()
        supervisor.wait()
        wait_for(lambda: not is_alive(child), seconds=8)
        assert not Beat.objects.exists()
    finally:
        supervisor.kill()
        if is_alive(child):
            os.kill(child, signal.SIGKILL)

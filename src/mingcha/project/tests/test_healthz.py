import json
from datetime import timedelta

import pytest
from django.db import Error as DatabaseFault
from django.db import connection

from mingcha.base import clock
from mingcha.base.jobs.beats import Process
from mingcha.base.jobs.models import Beat, Job, JobState, ProcessKind
from mingcha.project import health
from mingcha.project.serving import readiness
from mingcha.web.providers import Signal, signals


@pytest.fixture
def all_running(db):
    Process(ProcessKind.WORKER).beat()
    Process(ProcessKind.CLOCK).beat()


def _ask(client) -> tuple[int, dict]:
    response = client.get("/healthz")
    return response.status_code, json.loads(response.content)


def test_all_is_well_when_everything_runs(all_running, client):
    status, body = _ask(client)
    assert (status, body["status"]) == (200, "ok"), body
    assert body["checks"]["database"] == body["checks"]["project.processes"] == "ok"
    assert set(body["checks"].values()) == {"ok"}


@pytest.mark.parametrize("kind", [ProcessKind.WORKER, ProcessKind.CLOCK])
def test_a_silent_process_is_unwell_and_everybody_is_told(all_running, client, kind):
    Beat.objects.filter(kind=kind).update(beaten_at=clock.now() - timedelta(seconds=61))
    status, body = _ask(client)
    assert (status, body["checks"]["project.processes"]) == (503, "fail")
    (signal,) = health.silent_processes()
    assert signal.for_everyone
    assert "没有运行" in signal.message
    assert "mingcha serve" in signal.remedy


def test_a_database_that_does_not_answer_is_unwell(client, monkeypatch, all_running):
    def broken() -> None:
        raise DatabaseFault("connection refused at 10.0.0.5 for user mingcha")

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", broken)
        status, body = _ask(client)
    assert (status, body["checks"]) == (503, {"database": "fail"})
    assert "10.0.0.5" not in json.dumps(body)


def test_an_unapplied_migration_is_unwell(all_running, client, monkeypatch):
    newest = readiness._newest_migrations() | {("base", "9999_from_tomorrow")}
    monkeypatch.setattr(readiness, "_newest_migrations", lambda: newest)
    status, body = _ask(client)
    assert (status, body["checks"]["project.migrations"]) == (503, "fail")
    (signal,) = health.database_behind()
    assert "base" in signal.message
    assert not signal.for_everyone


def test_a_disk_that_is_nearly_full_is_unwell(all_running, client, monkeypatch):
    free = health.LEAST_FREE_BYTES
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: type("Usage", (), {"free": free})())
    assert _ask(client)[0] == 200
    free = health.LEAST_FREE_BYTES - 1
    assert _ask(client)[1]["checks"]["project.disk"] == "fail"


def test_failed_jobs_are_told_to_administrators_but_the_platform_is_well(all_running, client):
    now = clock.now()
    failed = {"state": JobState.FAILED, "started_by": "officer:1", "created_at": now, "run_after": now}
    known = Job.objects.create(name="test.note", acknowledged_at=now, **failed)
    assert list(health.failed_jobs()) == []
    Job.objects.filter(pk=known.pk).update(acknowledged_at=None)
    (signal,) = health.failed_jobs()
    assert (signal.tone, signal.for_everyone) == ("warning", False)
    assert _ask(client)[0] == 200


def test_a_check_that_breaks_is_unwell_and_tells_nothing(all_running, client, monkeypatch):
    def broken() -> list[Signal]:
        raise RuntimeError("secret path /srv/x")

    monkeypatch.setitem(signals._functions, "test.broken", broken)
    status, body = _ask(client)
    assert (status, body["checks"]["test.broken"]) == (503, "fail")
    assert "secret" not in json.dumps(body)


def test_codes_only_and_never_from_a_cache(all_running, client):
    response = client.get("/healthz")
    body = json.loads(response.content)
    assert set(body) == {"status", "version", "checks"}
    assert response["Cache-Control"] == "no-store"
    assert client.post("/healthz").status_code == 405

"""Workers really killed while they read, compare, write and undo: nothing is ever half done."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from mingcha.base.jobs.tests.processes import environment, start_worker, wait_for
from mingcha.kernel.credit_code import synthetic
from mingcha.registry.importing import services
from mingcha.registry.importing.tests.conftest import HEADINGS, csv_of
from mingcha.registry.models import Headcount, ImportBatch, StagedSubject, Subject

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 12_000


@pytest.fixture
def home(tmp_path, settings) -> Path:
    """Where the workers keep their files too."""
    settings.MEDIA_ROOT = tmp_path / "home" / "media"
    return tmp_path / "home"


@pytest.fixture
def listed() -> bytes:
    rows = [
        (f"示范企业第{number}号有限公司", synthetic(number), "2019-03-05", "100万", f"东大街{number}号")
        for number in range(1, ROWS + 1)
    ]
    return csv_of([HEADINGS, *rows])


@contextmanager
def working(home: Path) -> Iterator[Callable[[], None]]:
    """A worker process; what is given back kills it as a power cut does."""
    home.mkdir(exist_ok=True)
    process = start_worker(environment(home))

    def kill() -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()

    try:
        yield kill
    finally:
        process.kill()
        process.wait()


def state_of(batch: ImportBatch) -> str:
    batch.refresh_from_db()
    return str(batch.state)


@pytest.fixture
def uploaded(coordinator, listed, home) -> ImportBatch:
    return services.receive(
        actor=coordinator,
        register="subjects",
        source_name="示范来源",
        file=ContentFile(listed, name="名单.csv"),
    )


def test_killed_while_comparing_it_goes_on_after_the_rows_that_are_staged(uploaded, home):
    with working(home) as kill:
        wait_for(lambda: ImportBatch.objects.get(pk=uploaded.pk).rows, seconds=60)
        kill()
    assert 0 < StagedSubject.objects.count() < ROWS
    assert StagedSubject.objects.count() == ImportBatch.objects.get().rows
    with working(home):
        wait_for(lambda: state_of(uploaded) == "ready", seconds=60)
    assert uploaded.created == ROWS
    positions = StagedSubject.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, ROWS + 1))


def test_killed_while_writing_nothing_is_written_and_the_next_worker_writes_it_once(
    uploaded, home, coordinator
):
    with working(home):
        wait_for(lambda: state_of(uploaded) == "ready", seconds=60)
    services.confirm(actor=coordinator, batch_id=uploaded.pk, seen=services.expectation(uploaded))
    with working(home) as kill:
        wait_for(lambda: state_of(uploaded) == "confirming" and claimed(uploaded), seconds=60)
        kill()
    assert Subject.objects.count() in (0, ROWS)
    assert (Subject.objects.count() == ROWS) == (state_of(uploaded) == "done")
    with working(home):
        wait_for(lambda: state_of(uploaded) == "done", seconds=60)
    assert Subject.objects.count() == ROWS
    assert Headcount.objects.count() == 0


def test_killed_while_the_inverse_is_prepared_and_while_it_undoes(uploaded, home, coordinator):
    with working(home):
        wait_for(lambda: state_of(uploaded) == "ready", seconds=60)
        services.confirm(actor=coordinator, batch_id=uploaded.pk, seen=services.expectation(uploaded))
        wait_for(lambda: state_of(uploaded) == "done", seconds=60)
    inverse = services.undo(actor=coordinator, batch_id=uploaded.pk)
    with working(home) as kill:
        wait_for(lambda: ImportBatch.objects.get(pk=inverse.pk).rows, seconds=60)
        kill()
    assert Subject.objects.count() == ROWS
    with working(home):
        wait_for(lambda: state_of(inverse) == "ready", seconds=60)
    assert inverse.removed == ROWS
    services.confirm(actor=coordinator, batch_id=inverse.pk, seen=services.expectation(inverse))
    with working(home) as kill:
        wait_for(lambda: claimed(inverse), seconds=60)
        kill()
    assert Subject.objects.count() in (0, ROWS)
    with working(home):
        wait_for(lambda: state_of(inverse) == "done", seconds=60)
    assert Subject.objects.count() == 0
    assert state_of(uploaded) == "undone"


def claimed(batch: ImportBatch) -> bool:
    """Whether a worker has taken the batch's present job."""
    from mingcha.base.jobs.models import Job, JobState

    batch.refresh_from_db()
    job = Job.objects.get(pk=batch.job_id)
    return job.state != JobState.QUEUED

"""A list so large that filter indexes are set aside while it is written: they are there again afterwards."""

from __future__ import annotations

import pytest
from django.db import connection

from mingcha.base.jobs.testing import run_waiting
from mingcha.kernel.credit_code import synthetic
from mingcha.registry.importing import large_lists, services
from mingcha.registry.importing.tests.conftest import HEADINGS
from mingcha.registry.models import Subject

pytestmark = pytest.mark.django_db(transaction=True)

LIST = (HEADINGS, *((f"示范企业{n}有限公司", synthetic(n), "", "", "") for n in range(1, 6)))


def present() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "registry_subject")
    return {index.name for index in Subject._meta.indexes if index.name in found}


ALL = {index.name for index in Subject._meta.indexes}
#: By this one it is asked, for each subject that goes, whether another was merged into it.
KEPT = {"subject_merged_away"}


@pytest.fixture
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_lists, "LARGE", 5)


def test_while_it_is_written_no_filter_index_is_in_the_way(bring, small_is_large):
    batch = bring(LIST)
    with large_lists.prepared(batch, lambda done, total: None):
        expected = KEPT if connection.vendor == "sqlite" else ALL
        assert present() == expected
    assert present() == ALL


def test_the_register_is_whole_after_the_write(bring, confirm, small_is_large):
    assert confirm(bring(LIST)).state == "done"
    assert Subject.objects.count() == 5
    assert present() == ALL


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one lock for all")
def test_indexes_that_a_killed_worker_left_out_are_built_by_the_next(
    bring, coordinator, small_is_large, monkeypatch
):
    batch = bring(LIST)
    services.confirm(actor=coordinator, batch_id=batch.pk, seen=services.expectation(batch))
    monkeypatch.setattr(large_lists, "put_back", lambda *said: 0)
    run_waiting()
    monkeypatch.undo()
    assert present() == KEPT
    assert large_lists.put_back() == len(ALL - KEPT)
    assert present() == ALL


def test_a_small_list_leaves_the_indexes_alone(bring):
    batch = bring(LIST)
    with large_lists.prepared(batch, lambda done, total: None):
        assert present() == ALL

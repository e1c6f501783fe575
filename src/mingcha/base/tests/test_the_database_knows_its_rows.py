import pytest
from django.db import connection

from mingcha.base import statistics
from mingcha.base.jobs import enqueue
from mingcha.base.jobs.models import Job, JobState
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.viewers import System


def _known(table: str) -> bool:
    """Whether the database has looked at how the rows of a table are spread."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = %s", [table])
        else:
            cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = %s", [table])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
def test_every_night_it_looks_at_all_its_tables() -> None:
    enqueue("base.refresh-statistics", actor=System(purpose="test"))
    run_waiting()
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.SUCCEEDED}
    assert _known(Job._meta.db_table)


@pytest.mark.django_db
def test_after_a_bulk_change_at_the_tables_that_changed() -> None:
    statistics.refresh("django_content_type")
    assert _known("django_content_type")

"""A list that nobody has touched for weeks is given up: its rows and its file go, nothing else changes."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from mingcha.base import clock
from mingcha.base.jobs import enqueue
from mingcha.base.jobs.queue import CLOCK
from mingcha.base.jobs.testing import run_waiting
from mingcha.basics.selectors import parameters
from mingcha.kernel.credit_code import synthetic
from mingcha.registry.importing.jobs import KEPT_DAYS
from mingcha.registry.importing.tests.conftest import HEADINGS
from mingcha.registry.models import StagedSubject, Subject

pytestmark = pytest.mark.django_db(transaction=True)

LIST = (HEADINGS, ("示范商贸有限公司", synthetic(1), "2019-03-05", "100万人民币", "示范县东大街1号"))


@pytest.fixture
def night(now):
    """Let so many days pass; the night's work on lists is done when they are over."""

    def over(days: int) -> None:
        now.advance(days=days)
        enqueue("registry.tidy-lists", actor=CLOCK)
        run_waiting()

    return over


def kept_days() -> int:
    return parameters.value(KEPT_DAYS, on=clock.today()).as_int()


def test_a_list_waits_as_long_as_the_parameter_says(bring, night):
    batch = bring(LIST)
    night(kept_days() - 1)
    batch.refresh_from_db()
    assert batch.state == "ready"
    assert StagedSubject.objects.filter(batch=batch).count() == 1


def test_afterwards_it_is_given_up_with_its_rows_and_its_file(bring, night):
    batch = bring(LIST)
    place = batch.file
    assert default_storage.exists(place)
    night(kept_days() + 1)
    batch.refresh_from_db()
    assert (batch.state, batch.file) == ("cancelled", "")
    assert not StagedSubject.objects.filter(batch=batch).exists()
    assert not default_storage.exists(place)
    assert not Subject.objects.exists()


def test_a_list_that_was_written_is_not_given_up(bring, confirm, night):
    batch = confirm(bring(LIST))
    night(kept_days() + 1)
    batch.refresh_from_db()
    assert batch.state == "done"
    assert Subject.objects.count() == 1

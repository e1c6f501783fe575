from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from mingcha.base import clock
from mingcha.base.testing import load_initial
from mingcha.inspection.models import Inspection
from mingcha.inspection.testing import ready
from mingcha.planning.testing import MORNING, County, make_county


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def county(db: None, now: clock.FixedClock) -> County:
    return _with_duties(make_county(now))


def _with_duties(county: County) -> County:
    """The county where who was there does not review."""
    load_initial("inspection.initial")
    return county


@pytest.fixture(scope="module")
def _built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[County, int, datetime]]:
    """A county with an inspection that is ready, made once for the tests of a file; each undoes its own."""
    fixed = clock.FixedClock(MORNING)
    with django_db_blocker.unblock(), clock.using(fixed), transaction.atomic():
        county = _with_duties(make_county(fixed))
        visit = ready(county)
        yield county, visit.pk, fixed.now()
        transaction.set_rollback(True)


@pytest.fixture
def here(_built: tuple[County, int, datetime], db: None) -> Iterator[County]:
    """The county on the first day of the visits; what a test changes is gone after it."""
    county, _pk, moment = _built
    fixed = clock.FixedClock(moment)
    with clock.using(fixed):
        yield replace(county, clock=fixed)


@pytest.fixture
def visit(_built: tuple[County, int, datetime], here: County) -> Inspection:
    """The inspection of `here` that is ready."""
    found: Inspection = Inspection.objects.get(pk=_built[1])
    return found

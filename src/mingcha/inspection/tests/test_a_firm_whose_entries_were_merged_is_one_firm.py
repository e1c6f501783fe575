"""一户一条目: what is known of the entry that stands counts for visits to the one that was merged into it."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.base import clock
from mingcha.inspection.models import Inspection
from mingcha.inspection.notice import notice_of
from mingcha.inspection.selectors import able, singly_visited
from mingcha.inspection.services.calling import take_numbers
from mingcha.inspection.testing import goes, left, single
from mingcha.planning.testing import County
from mingcha.registry.models import Contact, Recusal, Subject, Visit
from mingcha.registry.services import merge_subjects


@pytest.fixture
def kept(here: County, visit: Inspection) -> Subject:
    """The entry into which the firm of the drawn visit was merged after the draw."""
    other: Subject = next(one for one in here.subjects if one.pk != visit.subject_id)
    merge_subjects(actor=here.coordinator, kept=other, gone=visit.subject, take=(), reason="同一户")
    return other


def again(visit: Inspection) -> Inspection:
    found: Inspection = Inspection.objects.get(pk=visit.pk)
    return found


def test_who_must_stay_away_from_the_entry_that_stands_does_not_come_in(
    here: County, visit: Inspection, kept: Subject
) -> None:
    first, *others = visit.team
    Recusal.objects.create(
        subject=kept,
        inspector=first,
        kind="family",
        state="approved",
        valid_from=date(2026, 1, 1),
        declared_on=date(2026, 1, 1),
    )

    assert able(again(visit), clock.today()) == others


def test_the_visit_is_booked_on_the_entry_that_stands(here: County, visit: Inspection, kept: Subject) -> None:
    left(here, visit)
    assert [one.subject for one in Visit.objects.all()] == [kept]


def test_the_notice_says_how_often_the_firm_was_visited_and_its_telephone_is_found(
    here: County, visit: Inspection, kept: Subject
) -> None:
    Visit.objects.create(
        subject=kept, visited_on=clock.today(), unit_name="劳动监察", recorded_at=clock.now()
    )
    Contact.objects.create(subject=kept, name="王小明", phone="13812345678", recorded_on=clock.today())

    assert notice_of(again(visit)).cap.visits == 1
    taken = take_numbers(actor=goes(visit), inspection=visit)
    assert [one.phone for one in taken] == ["13812345678"]


def test_a_case_of_its_own_keeps_the_entry_that_stands_from_being_drawn(here: County) -> None:
    made = single(here)
    other = here.subjects[5]
    merge_subjects(actor=here.coordinator, kept=other, gone=made.subject, take=(), reason="同一户")
    assert singly_visited(clock.today()) == {other.pk}

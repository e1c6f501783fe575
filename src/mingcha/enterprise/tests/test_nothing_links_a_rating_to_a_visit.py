"""评价匿名 (domain §1.3): counted into a section's month, shown once it is over and enough firms spoke."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.enterprise import services
from mingcha.enterprise.doors import Door, door_viewer, open_door
from mingcha.enterprise.models import RatingMark, RatingTally
from mingcha.enterprise.questions import QUESTIONS
from mingcha.enterprise.rated import LEAST, sums_of
from mingcha.inspection.models import Inspection, VisitPackage
from mingcha.inspection.testing import goes, left
from mingcha.kernel.testing import refused
from mingcha.ledger.models import Record
from mingcha.planning.testing import County

PLATFORM = System(purpose="tests")
GOOD = {question.code: question.answers[0][0] for question in QUESTIONS}


def over(here: County, visit: Inspection) -> Door:
    """The door of a visit that has ended."""
    left(here, visit)
    return open_door(VisitPackage.objects.get(inspection=visit).token)


def rate(door: Door, **answers: str) -> None:
    services.rate(actor=door.viewer, door=door, answers=GOOD | answers)


def test_the_tables_hold_neither_a_visit_nor_a_time_nor_an_order() -> None:
    """What is counted has a section, a month and a number; what is used up has a keyed mark alone."""
    tally = {field.name: type(field) for field in RatingTally._meta.concrete_fields}
    assert set(tally) == {"id", "unit", "month", "question", "answer", "count"}
    assert [field.name for field in RatingMark._meta.concrete_fields] == ["mark"]
    fields = [*RatingTally._meta.get_fields(), *RatingMark._meta.get_fields()]
    assert not any(isinstance(field, models.DateTimeField) for field in fields)
    linked = {field.related_model for field in fields if field.is_relation}
    assert {model._meta.label for model in linked if isinstance(model, type)} == {"accounts.Unit"}


def test_a_rating_leaves_no_record_and_no_row_of_its_own(here: County, visit: Inspection) -> None:
    first, second = over(here, visit), _another(here, visit)
    before = Record.objects.count()
    rate(first)
    rows = RatingTally.objects.count()
    here.clock.advance(hours=3)
    rate(second)

    assert Record.objects.count() == before
    assert RatingTally.objects.count() == rows
    assert set(RatingTally.objects.values_list("count", flat=True)) == {2}
    marks = " ".join(RatingMark.objects.values_list("mark", flat=True))
    assert str(visit.pk) not in marks.split(":")
    assert first.issue.ref not in marks


def _another(here: County, visit: Inspection) -> Door:
    other = Inspection.objects.exclude(pk=visit.pk).first()
    assert other is not None
    return over(here, other)


def test_a_visit_is_rated_once_when_it_is_over_and_within_the_term(here: County, visit: Inspection) -> None:
    door = over(here, visit)
    with refused("rating.empty"):
        services.rate(actor=door.viewer, door=door, answers={})
    rate(door)
    with refused("rating.twice"):
        rate(door)
    with refused("rating.early"):
        rate(Door(door.token, door.standing.VALID, door.issue, door.inspection, door.viewer, {}))
    here.clock.advance(days=31)
    with refused("rating.late"):
        rate(door)


def test_a_month_is_shown_when_it_is_over_and_five_firms_have_spoken(here: County, visit: Inspection) -> None:
    door = over(here, visit)
    month = clock.today().replace(day=1)
    RatingTally.objects.create(unit=visit.unit, month=month, question="", answer="", count=3)
    rate(door, manner="poor")
    RatingTally.objects.filter(question="profit").update(count=4)
    assert sums_of(here.overseer) == ([], 5), LEAST

    next_month = datetime(2026, 12, 1, 9, 0, tzinfo=clock.SHANGHAI)
    here.clock.advance(seconds=(next_month - clock.now()).total_seconds())
    assert sums_of(here.overseer)[0] == []
    RatingTally.objects.filter(question="").update(count=5)

    (shown,) = sums_of(here.overseer)[0]
    assert (shown.ratings, shown.bad) == (5, 1)
    assert sums_of(here.head)[0] == [shown]
    assert sums_of(here.coordinator)[0] == []


def test_a_firm_rates_by_its_code_without_cookie_and_is_told_that_it_counts(
    client: Client, here: County, visit: Inspection
) -> None:
    door = over(here, visit)
    address = reverse("enterprise:rate", args=[door.token])
    assert "本局都查不到" in client.get(address).content.decode()

    answered = client.post(address, GOOD)

    assert not answered.cookies
    assert "评价已计入总数" in client.get(answered["Location"]).content.decode()
    again = client.post(address, GOOD)
    assert again.status_code == 409
    assert "已经评价过" in again.content.decode() and "不是您单位评价的" in again.content.decode()


def test_the_page_behind_the_code_says_the_same_before_and_after_a_rating(
    client: Client, here: County, visit: Inspection
) -> None:
    door = over(here, visit)
    page = reverse("enterprise:door", args=[door.token])
    before = client.get(page).content
    rate(door)
    assert client.get(page).content == before


def test_somebody_who_is_signed_in_rates_nothing(client: Client, here: County, visit: Inspection) -> None:
    door = over(here, visit)
    sign_in(client, User.objects.get(pk=goes(visit).id))
    address = reverse("enterprise:rate", args=[door.token])
    for answered in (client.get(address), client.post(address, GOOD)):
        assert answered.status_code == 409
    assert not RatingTally.objects.exists() and not RatingMark.objects.exists()
    page = client.get(reverse("enterprise:door", args=[door.token])).content.decode()
    assert address not in page


def test_marks_are_forgotten_when_nothing_can_be_rated_any_more(here: County, visit: Inspection) -> None:
    rate(over(here, visit))
    here.clock.advance(days=20)
    later = _another(here, visit)
    rate(later)
    assert services.forget_marks(actor=PLATFORM) == 0
    here.clock.advance(days=11)
    assert services.forget_marks(actor=PLATFORM) == 1
    with refused("rating.twice"):
        rate(later)
    here.clock.advance(days=20)
    assert services.forget_marks(actor=PLATFORM) == 1
    assert not RatingMark.objects.exists()


def test_who_rates_is_known_by_the_code_alone(here: County, visit: Inspection) -> None:
    assert not RatingTally.objects.visible_to(door_viewer(visit.pk)).exists()
    assert not RatingMark.objects.visible_to(here.overseer).exists()


@pytest.mark.parametrize("token", ["x.y", "nothing"])
def test_a_forged_code_rates_nothing(client: Client, db: None, token: str) -> None:
    assert client.post(reverse("enterprise:rate", args=[token]), GOOD).status_code == 404

"""不得随意录入: a short visit, a far place, a picture used before, equal and odd answers are said (S8)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.basics.services import attachments
from mingcha.inspection.arriving import Place
from mingcha.inspection.models import Entry, Evidence, Inspection, RecordedAnswer, RecordVersion
from mingcha.inspection.results import unusual as unusual_module
from mingcha.inspection.results.record import record_of
from mingcha.inspection.results.testing import a_paper, submitted
from mingcha.inspection.results.unusual import unusual
from mingcha.inspection.results.waiting import to_serve
from mingcha.inspection.testing import goes
from mingcha.planning.testing import County
from mingcha.registry.models import Subject

HERE = Place(Decimal("37.900000"), Decimal("114.650000"))


def _said(inspection: Inspection) -> list[str]:
    version = RecordVersion.objects.get(inspection=inspection)
    return unusual(inspection, version, record_of(version))


def _photo(inspection: Inspection, content: bytes, lat: str = "", lon: str = "") -> None:
    actor = goes(inspection)
    kept = attachments.add(
        actor=actor, file=a_paper(content=content), thing=Thing.nameless(inspection), purpose="signed-paper"
    )
    Evidence.objects.create(
        inspection=inspection,
        kind=Evidence.Kind.PHOTO,
        name="照片",
        sha256=kept.sha256,
        size=kept.size,
        received=kept.size,
        taken_at=clock.now(),
        taken_by_id=actor.id,
        announced_at=clock.now(),
        attachment=kept,
        lat=Decimal(lat) if lat else None,
        lon=Decimal(lon) if lon else None,
    )


def test_of_a_usual_visit_nothing_is_said(here: County, visit: Inspection) -> None:
    assert _said(submitted(here, visit)) == []


def test_of_four_minutes_it_is_said(here: County, visit: Inspection) -> None:
    assert _said(submitted(here, visit, minutes=4)) == ["在企业只有 4 分钟，少于 10 分钟"]


def test_a_picture_far_away_and_one_that_another_record_has_are_said(here: County, visit: Inspection) -> None:
    other = Inspection.objects.exclude(pk=visit.pk)[0]
    _photo(other, b"the same gate")
    inspection = submitted(here, visit)
    Entry.objects.filter(inspection=inspection).update(latitude=HERE.latitude, longitude=HERE.longitude)
    _photo(inspection, b"the same gate")
    _photo(inspection, b"far away", "37.91000", "114.65000")
    _photo(inspection, b"at the gate", "37.90100", "114.65000")

    said = _said(inspection)

    assert len(said) == 2
    assert "1112 米" in said[0]
    assert "在另一次检查中也用过" in said[1]


def test_the_same_picture_twice_in_one_visit_is_said(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit)
    for content in (b"the gate", b"the payroll", b"the gate"):
        here.clock.advance(minutes=1)
        _photo(inspection, content)

    assert _said(inspection) == ["证据 2、4 是同一个文件"]
    client = sign_in(Client(), User.objects.get(pk=here.head.id))
    page = client.get(reverse("inspection:inspections-detail", args=[inspection.pk])).content.decode()
    assert page.count("同一文件在这次检查中用了不止一次") == 2
    assert "同一文件也用在另一次检查" not in page


def _another(like: Inspection, subject: Subject) -> Inspection:
    """An inspection of another firm that is public already."""
    made: Inspection = Inspection.objects.create(
        subject=subject,
        name=subject.name,
        unit=like.unit,
        visit_from=like.visit_from,
        visit_until=like.visit_until,
        state="published",
        created_at=clock.now(),
        submitted_at=clock.now(),
    )
    return made


def test_the_same_answers_one_firm_after_another_are_said(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit)
    own = RecordVersion.objects.get(inspection=inspection)
    for number in range(1, 5):
        assert not any("答案完全相同" in one for one in _said(inspection))
        RecordVersion.objects.create(
            inspection=_another(inspection, here.subjects[0]),
            number=1,
            cause=RecordVersion.Cause.SUBMITTED,
            content="{}",
            sha256="0" * 64,
            answers_sha256=own.answers_sha256,
            made_at=own.made_at - timedelta(hours=number),
            made_by=own.made_by,
        )

    assert _said(inspection) == [f"{own.made_by}连续提交的 5 户，答案完全相同"]


def test_an_answer_unlike_those_of_such_firms_is_said(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit)
    point = inspection.answers.get()
    alike = [subject for subject in here.subjects if subject.pk != inspection.subject_id]
    for number in range(20):
        RecordedAnswer.objects.create(
            inspection=_another(inspection, alike[number % len(alike)]),
            version_id=point.version_id,
            point_id=point.point_id,
            answer="bad",
        )

    assert _said(inspection) == ["第 1 项答“符合”；同行业的 20 户里有 20 户答“不符合”"]
    Subject.objects.update(workers=30)
    assert _said(_anew(inspection)) == ["第 1 项答“符合”；同行业、同规模的 20 户里有 20 户答“不符合”"]
    Subject.objects.filter(pk__in=[one.pk for one in alike]).update(workers=300)
    assert _said(_anew(inspection)) == []
    Subject.objects.update(workers=None)
    Subject.objects.filter(pk__in=[one.pk for one in alike]).update(industry_code="63")
    assert _said(_anew(inspection)) == []


def _anew(inspection: Inspection) -> Inspection:
    return Inspection.objects.select_related("subject").get(pk=inspection.pk)


def test_only_the_last_visits_are_looked_at_with_as_many_queries(
    here: County, visit: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspection = submitted(here, visit)
    point = inspection.answers.get()
    alike = [subject for subject in here.subjects if subject.pk != inspection.subject_id]

    def visited(days_ago: int) -> None:
        for number in range(20):
            other = _another(inspection, alike[number % len(alike)])
            Inspection.objects.filter(pk=other.pk).update(
                submitted_at=clock.now() - timedelta(days=days_ago, minutes=number)
            )
            RecordedAnswer.objects.create(
                inspection=other, version_id=point.version_id, point_id=point.point_id, answer="bad"
            )

    visited(days_ago=10)
    _said(inspection)
    with CaptureQueriesContext(connection) as few:
        assert "20 户里有 20 户" in _said(inspection)[0]
    visited(days_ago=500)
    monkeypatch.setattr(unusual_module, "LATELY", 21)
    with CaptureQueriesContext(connection) as many:
        assert "20 户里有 20 户" in _said(inspection)[0]
    assert len(many) == len(few)


def test_what_is_to_be_served_is_found_without_going_through_all_that_was(
    here: County, visit: Inspection
) -> None:
    if connection.vendor == "sqlite":
        assert "inspection_by_told" in to_serve(here.coordinator).explain()
    lead = goes(visit)
    with CaptureQueriesContext(connection) as asked:
        list(to_serve(lead).mine(lead))
    assert len(asked) == 1

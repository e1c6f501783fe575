"""Protocol §7.7 names who comes: from then on code and notice with the former names are void."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.enterprise.doors import Standing, open_door
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Entry, Inspection, VisitPackage
from mingcha.inspection.phone.sync import standing
from mingcha.inspection.testing import entered, goes, ready
from mingcha.kernel.testing import refused
from mingcha.planning import services as planning
from mingcha.planning.testing import County, agreed, grounds
from mingcha.registry.models import Inspector


@pytest.fixture
def visit(county: County) -> Inspection:
    """A drawn visit whose code was issued an hour ago."""
    found = ready(county)
    services.issue_package(actor=goes(found, 1), inspection=found)
    county.clock.advance(hours=1)
    return found


def _replace(county: County, inspection: Inspection) -> Inspector:
    """One of the team cannot go; gives who does not go any more."""
    task, gone = inspection.task, inspection.team[0]
    assert task is not None
    asked = planning.dispatch.ask_replacement(
        actor=county.head, task=task, inspector=gone, grounds=grounds("clash")
    )
    agreed(county, asked)
    return gone


def _again(inspection: Inspection) -> Inspection:
    return Inspection.objects.get(pk=inspection.pk)


def test_the_code_the_digits_and_the_notice_with_the_former_names_are_void(
    client: Client, county: County, visit: Inspection
) -> None:
    issue = VisitPackage.objects.get(inspection=visit)
    gone = _replace(county, visit)

    assert open_door(issue.token).standing == Standing.WITHDRAWN
    answered = client.get(reverse("enterprise:door", args=[issue.token]))
    page = answered.content.decode()
    assert answered.status_code == 410 and "检查人员有变动" in page
    assert gone.certificate_number not in page
    assert not VisitPackage.objects.standing().filter(inspection=visit).exists()
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    assert "这一份已经作废" in client.get(reverse("inspection:notice", args=[visit.pk])).content.decode()

    newer = services.issue_package(actor=goes(_again(visit)), inspection=visit)

    assert open_door(newer.token).standing == Standing.VALID
    assert "这一份已经作废" not in client.get(reverse("inspection:notice", args=[visit.pk])).content.decode()


def test_nobody_comes_in_by_the_void_code_and_who_showed_it_before_did(
    county: County, visit: Inspection
) -> None:
    before = clock.now() - timedelta(minutes=30)
    _replace(county, visit)
    county.clock.advance(minutes=30)
    left = goes(_again(visit))
    people = [one.pk for one in _again(visit).team]
    with refused("entry.no_code"):
        services.enter(actor=left, inspection=visit, via=Entry.Via.CODE, people=people)

    services.enter(actor=left, inspection=visit, via=Entry.Via.CODE, people=people, at=before)

    assert _again(visit).state == states.ON_SITE


def test_the_codes_of_other_visits_of_the_batch_and_of_those_begun_stay(
    county: County, visit: Inspection
) -> None:
    assert visit.task is not None
    others = list(Inspection.objects.filter(task__dispatch=visit.task.dispatch_id).exclude(pk=visit.pk)[:2])
    ahead, begun = others
    services.issue_package(actor=goes(ahead), inspection=ahead)
    entered(county, begun)

    _replace(county, visit)

    standing = VisitPackage.objects.standing().values_list("inspection", flat=True)
    assert set(standing) == {ahead.pk, begun.pk}


def test_who_leaves_sees_the_visit_no_more(county: County, visit: Inspection) -> None:
    officer = goes(visit)
    _replace(county, visit)
    assert not Inspection.objects.visible_to(officer).filter(pk=visit.pk).exists()


def test_the_phone_of_who_stays_is_told_that_its_code_is_void_and_who_goes_on(
    county: County, visit: Inspection
) -> None:
    stays = goes(visit, 1)
    assert standing(stays, visit, 0)["code"] == 1
    _replace(county, visit)
    told = standing(stays, visit, 0)
    assert told["code"] is None
    assert told["team"] == [one.pk for one in _again(visit).team]

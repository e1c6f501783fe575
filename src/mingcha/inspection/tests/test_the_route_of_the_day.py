"""今日路线: what an inspector visits, by day and town; and the empty shell that works without a network."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.inspection.models import Inspection
from mingcha.inspection.phone import route
from mingcha.inspection.phone.route import route_of
from mingcha.inspection.testing import accepted_lead, drafted, entered, goes, proposed, ready, single
from mingcha.planning.models import VisitSlot
from mingcha.planning.testing import County


def test_visits_stand_by_day_and_town_and_what_is_begun_comes_first(county: County) -> None:
    first = ready(county)
    lead = goes(first)
    others = [one for one in Inspection.objects.exclude(pk=first.pk) if one.team[0].pk == first.team[0].pk]
    today = clock.today()
    user = User.objects.get(pk=county.head.id)
    for days, one in enumerate([first, *others]):
        VisitSlot.objects.create(
            task=one.task, day=today + timedelta(days=days), morning=True, set_at=clock.now(), set_by=user
        )

    shown = route_of(lead)
    assert shown[0].label == "今天"
    assert [one.inspection for place in shown[0].places for one in place.visits] == [first]
    assert [place.town for place in shown[0].places] == ["示范镇"]
    assert all(not group.today for group in shown[1:])

    entered(county, first)
    assert route_of(lead)[0].label == "检查中、待提交"
    assert route_of(county.head) == []


def test_of_more_than_can_be_shown_what_is_begun_and_due_comes_first_and_the_rest_is_counted(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "MOST", 2)
    begun = single(county)
    viewer = goes(begun)
    for number, days in enumerate((0, 3, 5), start=1):
        lead = accepted_lead(county, county.subjects[number])
        made = drafted(county, lead, visit_from=clock.today() + timedelta(days=days))
        single(county, proposed(county, made))
    due = Inspection.objects.order_by("pk")[1]
    entered(county, begun)

    shown = route_of(viewer)

    assert [group.places[0].visits[0].inspection for group in shown] == [begun, due]
    assert [group.more for group in shown] == [0, 2]
    client = sign_in(Client(), User.objects.get(pk=viewer.id))
    assert "另有 2 户要去" in client.get(reverse("inspection:phone")).content.decode()


def test_the_page_names_the_firm_and_the_shell_names_none(county: County) -> None:
    inspection = ready(county)
    client = sign_in(Client(), User.objects.get(pk=goes(inspection).id))

    assert inspection.name in client.get(reverse("inspection:phone")).content.decode()
    shell = client.get(reverse("inspection:phone-app")).content.decode()
    assert inspection.name not in shell
    assert shell == Client().get(reverse("inspection:phone-app")).content.decode()


def test_the_worker_keeps_the_shell_and_all_that_it_loads(client: Client, db: None) -> None:
    answer = client.get(reverse("inspection:phone-worker"))
    script = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    shell = client.get(reverse("inspection:phone-app")).content.decode()
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', shell)
    assert len(loaded) > 10
    assert [one for one in loaded if f'"{one}"' not in script] == []
    assert [one for one in loaded if finders.find(one.removeprefix("/static/")) is None] == []

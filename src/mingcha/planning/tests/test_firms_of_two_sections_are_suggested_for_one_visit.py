"""54号 E5, E14: where another section also goes within thirty days, the page says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.planning.campaigns.merging import meetings_of
from mingcha.planning.planned_roster import ALREADY
from mingcha.planning.selectors import preview_of
from mingcha.planning.testing import County, approved_campaign, campaign, draft, drawn
from mingcha.registry.models import Visit

pytestmark = pytest.mark.django_db


def test_whom_another_campaign_has_drawn_is_left_out_and_suggested(county: County) -> None:
    other = drawn(county, items="别的")
    chosen = {target.subject_id for target in other.targets.filter(kind="S")}
    mine = approved_campaign(county)
    seen = preview_of(draft(county, mine))
    assert {entry.subject_id for entry in seen.excluded if entry.row.excluded == ALREADY} == chosen
    found = meetings_of(county.coordinator, mine, {entry.subject_id for entry in seen.entries})
    assert {one.subject_id for one in found} == chosen
    assert {one.address for one in found} == {reverse("planning:campaigns-detail", args=[other.campaign_id])}


def test_a_visit_of_another_section_within_thirty_days_is_told(county: County) -> None:
    mine = campaign(county)
    for subject, days in zip(county.subjects, (10, 40), strict=False):
        Visit.objects.create(
            subject=subject,
            unit_name="社会保险股",
            visited_on=clock.today() - timedelta(days=days),
            recorded_at=clock.now(),
        )
    found = meetings_of(county.coordinator, mine, {one.pk for one in county.subjects})
    assert [(one.subject_id, one.what) for one in found] == [(county.subjects[0].pk, "社会保险股已去过")]


def test_a_campaign_long_after_is_none_of_its_business(county: County) -> None:
    drawn(county, items="别的")
    mine = campaign(county, visit_from=date(2027, 1, 20), visit_until=date(2027, 2, 20))
    assert meetings_of(county.coordinator, mine, {one.pk for one in county.subjects}) == []


def test_the_roster_page_suggests_it(county: County) -> None:
    drawn(county, items="别的")
    mine = campaign(county)
    client = Client()
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    page = client.get(reverse("planning:campaign-roster", args=[mine.pk])).content.decode()
    assert "建议合并检查" in page
    firms = reverse("planning:campaign-firms", args=[mine.pk])
    listed = client.get(firms, {"reason": ALREADY}).content.decode()
    assert "能合并的不得重复" in listed
    assert listed.count("/registry/subjects/") >= 3
    can = client.get(firms, {"stratum": "QY", "reason": "eligible"}).content.decode()
    assert "可以抽取的" in can

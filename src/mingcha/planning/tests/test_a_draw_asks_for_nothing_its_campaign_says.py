"""Nothing is typed twice: what a draw's form leaves open is what was approved (design §5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import idempotency
from mingcha.planning.models import Campaign, Draw
from mingcha.planning.testing import County, approved_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(county: County, client: Client) -> Client:
    return sign_in(client, User.objects.get(pk=county.coordinator.id))


def typed(campaign: Campaign, **changes: str) -> dict[str, Any]:
    """What nobody but the clerk knows: when, where and by which source the value is made."""
    return {
        "_once": idempotency.token(),
        "campaign": campaign.pk,
        "reserve_pct": "50",
        "capacity": "5",
        "mode": Draw.Mode.SEALED,
        "source": Draw.Source.DICE,
        "reveal_at": "2026-11-23T09:30",
        "reveal_place": "政务服务中心",
        **changes,
    }


def test_title_and_days_left_open_are_those_of_the_campaign(county: County, clerk: Client) -> None:
    campaign = approved_campaign(county)
    answer = clerk.post(reverse("planning:draws-create"), typed(campaign))
    assert answer.status_code == 302, answer.content.decode()
    draw = Draw.objects.get(campaign=campaign)
    assert draw.title == campaign.title
    assert (draw.visit_from, draw.visit_until) == (campaign.visit_from, campaign.visit_until)


def test_what_is_typed_stands(county: County, clerk: Client) -> None:
    campaign = approved_campaign(county)
    later = campaign.visit_until.isoformat()
    changes = {"title": "十二月第一次抽取", "visit_from": later, "visit_until": later}
    assert clerk.post(reverse("planning:draws-create"), typed(campaign, **changes)).status_code == 302
    draw = Draw.objects.get(campaign=campaign)
    assert (draw.title, draw.visit_from) == ("十二月第一次抽取", campaign.visit_until)


def test_a_day_that_is_none_is_said_and_nothing_is_put_in_its_place(county: County, clerk: Client) -> None:
    campaign = approved_campaign(county)
    answer = clerk.post(reverse("planning:draws-create"), typed(campaign, visit_from="下周"))
    assert answer.status_code in (200, 422)
    assert "visit_from" in answer.context["form"].errors
    assert "下周" in answer.content.decode()
    assert not Draw.objects.filter(campaign=campaign).exists()

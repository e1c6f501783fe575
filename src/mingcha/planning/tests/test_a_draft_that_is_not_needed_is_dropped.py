"""A draft begun by mistake blocks nobody: it is dropped, has no number, and another takes its place."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import idempotency
from mingcha.base.viewers import PUBLIC
from mingcha.kernel.testing import refused
from mingcha.planning import lifecycle, services
from mingcha.planning.campaigns import lifecycle as campaigns
from mingcha.planning.models import Draw, RegisterLine
from mingcha.planning.testing import County, approved, campaign, draft, drawn, sealed
from mingcha.web.providers import next_steps

pytestmark = pytest.mark.django_db


def waiting(county: County) -> list[str]:
    return [str(step.title) for step in next_steps.gather(county.coordinator)]


def test_a_dropped_draft_leaves_its_campaign_to_another_draw(county: County) -> None:
    made = approved(county, campaign(county))
    first = draft(county, made)
    assert f"封存名单：{first.title}" in waiting(county)
    services.drop(actor=county.coordinator, draw=first, reason="摇号地点填错")
    assert f"封存名单：{first.title}" not in waiting(county)
    assert f"拟定抽取：{made.title}" in waiting(county)
    assert draft(county, made).state == lifecycle.DRAFT


def test_it_takes_no_number_and_nobody_outside_hears_of_it(county: County) -> None:
    lines = RegisterLine.objects.count()
    draw = services.drop(actor=county.coordinator, draw=draft(county), reason="重复")
    assert (draw.number, RegisterLine.objects.count()) == ("", lines)
    assert not Draw.objects.visible_to(PUBLIC).exists()


def test_a_campaign_with_a_dropped_draft_can_be_taken_back(county: County) -> None:
    made = approved(county, campaign(county))
    first = draft(county, made)
    with refused("campaign.nothing_under_way"):
        services.campaigns.cancel(actor=county.leader, campaign=made, reason="上级另有安排")
    services.drop(actor=county.coordinator, draw=first, reason="任务要撤销")
    ended = services.campaigns.cancel(actor=county.leader, campaign=made, reason="上级另有安排")
    assert ended.state == campaigns.CANCELLED


def test_what_is_sealed_or_drawn_is_not_dropped_and_a_reason_is_needed(county: County) -> None:
    for draw in (sealed(county), drawn(county, items="乙")):
        with refused("lifecycle.not_here"):
            services.drop(actor=county.coordinator, draw=draw, reason="不想要了")
    with refused("lifecycle.reason"):
        services.drop(actor=county.coordinator, draw=draft(county, items="丙"), reason=" ")


def test_the_page_drops_and_then_says_why(county: County) -> None:
    clerk = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    draw = draft(county)
    page, drop = (reverse(f"planning:{name}", args=[draw.pk]) for name in ("draws-detail", "draw-drop"))
    assert drop in clerk.get(page).content.decode()
    clerk.post(drop, {"reason": "摇号地点填错", "_once": idempotency.token()})
    text = clerk.get(page).content.decode()
    assert "摇号地点填错" in text
    assert drop not in text
    assert reverse("planning:draw-seal", args=[draw.pk]) not in text

"""作废: the reason stays public, and beside it what the lottery would have drawn (SSJ-1 §5.2, N4)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.viewers import PUBLIC
from mingcha.kernel import draw as ssj
from mingcha.kernel.refusal import Refused
from mingcha.planning import lifecycle, selectors, services
from mingcha.planning.models import Draw, DrawTarget
from mingcha.planning.testing import County, sealed
from mingcha.web.providers import next_steps

NUMBERS = "02.05.11.14.19.23.27.31.36.40.44.47.52.55.58.63.66.70.74.79"


def voided(county: County, mode: str = Draw.Mode.OPEN) -> Draw:
    draw = sealed(county, source="kl8", source_issue="2026198", mode=mode)
    return services.void(actor=county.leader, draw=draw, reason="方案有误")


def page(client: Client, draw: Draw) -> str:
    return client.get(reverse("portal:draw", args=[draw.number])).content.decode()


def test_the_result_is_owed_from_the_moment_of_the_lottery_on(county: County, client: Client) -> None:
    draw = voided(county)
    with pytest.raises(Refused) as raised:
        services.record_void_value(actor=county.overseer, draw=draw, digits=NUMBERS)
    assert raised.value.codes == ("draw.no_void_value",)
    assert "开奖以后补录号码" in page(client, draw)
    county.clock.advance(minutes=31)
    asked = [step.title for step in next_steps.gather(county.overseer)]
    assert any("补录开奖号码" in title for title in asked)


def test_whoever_comes_before_the_lottery_is_told_to_wait_for_it_and_not_for_witnesses(
    county: County, client: Client
) -> None:
    sign_in(client, User.objects.get(pk=county.overseer.id))
    form = client.get(reverse("planning:draw-void-value", args=[voided(county).pk])).content.decode()
    assert "以前不能录入；开奖以后照公布的号码录入" in form
    assert "当着见证人" not in form


@pytest.mark.parametrize("mode", list(Draw.Mode))
def test_everybody_sees_whom_it_would_have_drawn_and_can_repeat_it(
    county: County, client: Client, mode: str
) -> None:
    draw = voided(county, mode)
    county.clock.advance(minutes=31)
    draw = services.record_void_value(actor=county.overseer, draw=draw, digits=NUMBERS)
    assert draw.state == lifecycle.VOID
    files = selectors.files_for(draw, PUBLIC)
    report = ssj.verify(files, draw.plan_digest)
    assert report.match
    text = page(client, draw)
    assert "方案有误" in text
    names = {subject.roster_id: subject.name for subject in county.subjects}
    assert len(report.draw.drawn) == 3
    assert all(names[one.id] in text for one in report.draw.drawn)


def test_nobody_is_dispatched_by_it_and_it_is_recorded_once(county: County) -> None:
    draw = voided(county)
    county.clock.advance(minutes=31)
    draw = services.record_void_value(actor=county.overseer, draw=draw, digits=NUMBERS)
    assert not DrawTarget.objects.exists()
    with pytest.raises(Refused):
        services.record_void_value(actor=county.overseer, draw=draw, digits=NUMBERS)


def test_balls_that_were_never_drawn_leave_nothing_to_record(county: County, client: Client) -> None:
    draw = services.void(actor=county.leader, draw=sealed(county), reason="台风停工")
    county.clock.advance(days=1)
    with pytest.raises(Refused):
        services.record_void_value(actor=county.overseer, draw=draw, digits="1" * 20)
    assert "号码球没有摇" in page(client, draw)

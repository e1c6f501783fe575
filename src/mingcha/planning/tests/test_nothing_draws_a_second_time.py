"""Double clicks, the back button, old forms, a clock that was set back (N4, N11)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.viewers import Officer
from mingcha.kernel.draw import first_gap
from mingcha.kernel.refusal import Refused
from mingcha.planning import lifecycle, selectors, services
from mingcha.planning.models import DigitsAttempt, Draw, DrawTarget, RegisterLine
from mingcha.planning.testing import DIGITS, County, draft, revealed, sealed
from mingcha.web.forms import ONCE

BALLS = {f"d{place}": digit for place, digit in enumerate(DIGITS, start=1)}
ENTRY = BALLS | {"w1_name": "张甲", "w1_role": "enterprise"}


def browser(officer: Officer) -> Client:
    return sign_in(Client(), User.objects.get(pk=officer.id))


def post(client: Client, name: str, draw: Draw, once: str, **values: Any) -> Any:
    return client.post(reverse(f"planning:{name}", args=[draw.pk]), values | {ONCE: once})


def test_confirming_twice_with_one_form_goes_to_the_one_result(county: County) -> None:
    draw = revealed(county)
    client = browser(county.overseer)
    answers = [post(client, "draw-confirm", draw, "a" * 32, compared="on") for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert RegisterLine.objects.filter(event="结果").count() == 1


def test_an_old_form_brought_back_is_told_that_it_was_drawn(county: County) -> None:
    draw = revealed(county)
    client = browser(county.overseer)
    post(client, "draw-confirm", draw, "a" * 32, compared="on")
    first = list(DrawTarget.objects.values_list("pk", "roster_id"))
    answer = post(client, "draw-confirm", draw, "b" * 32, compared="on")
    assert answer.status_code == 409
    assert list(DrawTarget.objects.values_list("pk", "roster_id")) == first


def test_entering_the_digits_twice_enters_them_once(county: County) -> None:
    draw = sealed(county)
    county.clock.advance(minutes=31)
    client = browser(county.coordinator)
    for once in ("a" * 32, "a" * 32, "b" * 32):
        post(client, "draw-digits", draw, once, **ENTRY)
    assert DigitsAttempt.objects.count() == 1


def test_whoever_comes_back_to_a_form_that_is_over_is_led_to_the_draw(county: County) -> None:
    draw = services.confirm_digits(actor=county.overseer, draw=revealed(county))
    for officer, name in ((county.overseer, "draw-confirm"), (county.coordinator, "draw-digits")):
        answer = browser(officer).get(reverse(f"planning:{name}", args=[draw.pk]))
        assert answer.headers["Location"] == reverse("planning:draws-detail", args=[draw.pk])


def test_that_it_is_too_early_is_said_before_twenty_digits_are_typed(county: County) -> None:
    page = reverse("planning:draw-digits", args=[sealed(county).pk])
    said = "还没有到公告的摇号时间"
    assert said in browser(county.coordinator).get(page).content.decode()
    county.clock.advance(minutes=31)
    assert said not in browser(county.coordinator).get(page).content.decode()


def test_digits_that_were_refused_are_still_in_their_boxes(county: County) -> None:
    draw = sealed(county)
    answer = post(browser(county.coordinator), "draw-digits", draw, "a" * 32, **ENTRY)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "还没有到公告的摇号时间" in text
    assert text.count('value="7"') == DIGITS.count("7")
    assert 'value="张甲"' in text


def test_sealing_twice_with_one_form_takes_one_number(county: County) -> None:
    plan = draft(county)
    client = browser(county.coordinator)
    for once in ("a" * 32, "a" * 32, "b" * 32):
        post(client, "draw-seal", plan, once)
    assert RegisterLine.objects.filter(event="登记").count() == 1


@pytest.mark.parametrize(
    "name", ["draw-seal", "draw-open", "draw-void", "draw-return", "draw-escrow", "draw-fallback"]
)
def test_looking_at_the_address_of_a_verb_does_nothing(county: County, name: str) -> None:
    draw = revealed(county)
    for officer in (county.coordinator, county.leader, county.overseer):
        answer = browser(officer).get(reverse(f"planning:{name}", args=[draw.pk]))
        assert answer.status_code in (403, 405)
    draw.refresh_from_db()
    assert draw.state == lifecycle.REVEALED


def test_a_clock_that_was_set_back_stops_the_draw_and_says_so(county: County) -> None:
    draw = revealed(county)
    sealed(county, items="乙")
    county.clock.advance(minutes=-20)
    with pytest.raises(Refused) as raised:
        services.confirm_digits(actor=county.overseer, draw=draw)
    assert raised.value.codes == ("draw.register",)
    assert "核对服务器时间" in raised.value.text()
    assert not DrawTarget.objects.exists()
    assert first_gap(selectors.register_jsonl()) is None

"""The page for the room shows digest, digits and result; nothing that is done to it draws (N11)."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.planning import services
from mingcha.planning.models import Draw, DrawTarget, RegisterLine
from mingcha.planning.testing import DIGITS, County, draft, drawn, make_subject, revealed, sealed
from mingcha.registry.models import Subject


def room(county: County) -> Client:
    """A signed-in browser; signed in now, since the clock of a test jumps by half hours."""
    return sign_in(Client(), User.objects.get(pk=county.coordinator.id))


def wall(county: County, draw: Draw) -> str:
    answer = room(county).get(reverse("planning:draw-wall", args=[draw.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_the_balls_it_counts_down_under_the_whole_digest(county: County) -> None:
    draw = sealed(county)
    text = wall(county, draw)
    assert "data-countdown" in text
    assert "".join(draw.plan_digest[at : at + 8] + "</span> <span>" for at in range(0, 56, 8)) in text
    assert draw.number in text


def test_entered_digits_stand_there_for_the_room_to_compare(county: County) -> None:
    text = wall(county, revealed(county))
    assert "".join(f"<li>{digit}</li>" for digit in DIGITS) in text
    assert "示范企业" not in text


def test_afterwards_it_shows_firms_teams_and_who_was_spared(county: County) -> None:
    make_subject(county.coordinator, 60, registration=Subject.Registration.SUSPENDED)
    draw = drawn(county)
    text = wall(county, draw)
    for target in DrawTarget.objects.filter(draw=draw, kind="S"):
        assert target.name in text
        assert all(member.person.code in text for member in target.members.all())
    assert "歇业 1 户" in text


def test_of_a_sealed_draw_it_shows_the_number_alone(county: County) -> None:
    draw = drawn(county, mode=Draw.Mode.SEALED)
    text = wall(county, draw)
    assert "抽中 3 户" in text
    assert not any(target.name in text for target in DrawTarget.objects.filter(draw=draw))


def test_loading_it_again_changes_nothing(county: County) -> None:
    draw = revealed(county)
    for _time in range(3):
        wall(county, draw)
    assert not DrawTarget.objects.exists()
    services.confirm_digits(actor=county.overseer, draw=draw)
    first = wall(county, draw)
    assert [wall(county, draw) for _time in range(2)] == [first] * 2
    assert RegisterLine.objects.filter(event="结果").count() == 1


def test_there_is_no_wall_for_a_draft_or_a_void_draw(county: County) -> None:
    void = services.void(actor=county.leader, draw=sealed(county), reason="台风停工")
    for draw in (draft(county, items="乙"), void):
        assert room(county).get(reverse("planning:draw-wall", args=[draw.pk])).status_code == 404

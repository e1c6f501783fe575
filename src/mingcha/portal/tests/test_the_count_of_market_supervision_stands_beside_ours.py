"""What a draw cannot prove is said, with the figures by which one may judge it (design §6)."""

from __future__ import annotations

from datetime import date

from django.test import Client
from django.urls import reverse

from mingcha.basics.services import parameters
from mingcha.planning.models import Draw
from mingcha.planning.testing import County, drawn


def page(client: Client, draw: Draw) -> str:
    return client.get(reverse("portal:draw", args=[draw.number])).content.decode()


def test_while_nobody_entered_it_the_page_says_so(client: Client, county: County) -> None:
    text = page(client, drawn(county))
    assert "这次封存的名单共 10 户" in text
    assert "本局还没有录入" in text


def test_entered_it_stands_there_with_its_source(client: Client, county: County) -> None:
    parameters.set_value(
        actor=county.coordinator,
        code="MARKET_ENTERPRISES",
        value=12345,
        effective_from=date(2026, 11, 1),
        source="区市场监管局2026年10月统计月报",
        why="录入",
    )
    text = page(client, drawn(county))
    assert "12345 户（区市场监管局2026年10月统计月报）" in text.replace("12,345", "12345")


def test_of_a_sealed_draw_the_size_of_the_roster_is_not_told_yet(client: Client, county: County) -> None:
    assert "这次封存的名单共" not in page(client, drawn(county, mode=Draw.Mode.SEALED))

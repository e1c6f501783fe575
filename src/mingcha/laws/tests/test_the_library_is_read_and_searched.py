"""Officers and citizens read the laws and find articles by words or by citation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.base.roles import Role
from mingcha.laws.models import Law
from mingcha.laws.tests.samples import SECOND, make_law, make_text

SignIn = Callable[..., None]
pytestmark = pytest.mark.usefixtures("some_laws")


def law(short: str = "劳动合同法") -> Law:
    return Law.objects.get(short_title=short)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_officer_reads_a_law_by_chapters_with_an_anchor_for_every_article(
    client: Client, sign_in_as: SignIn
) -> None:
    sign_in_as(client, Role.INSPECTOR)
    shown = page(client, reverse("laws:laws-detail", args=[law().pk]))
    assert 'id="a82"' in shown and "第二章 劳动合同的订立" in shown and "现行有效" in shown
    assert reverse("laws:text-add", args=[law().pk]) not in shown


def test_a_citizen_reads_the_same_text(client: Client) -> None:
    assert law().title in page(client, reverse("portal:laws"))
    shown = page(client, reverse("portal:law", args=[law().pk]))
    assert 'id="a82"' in shown and "2013-07-01 起施行" in shown


def test_a_notice_shows_its_parts_and_that_it_was_repealed(client: Client) -> None:
    notice = Law.objects.get(title__startswith="关于职工全年月平均工作时间")
    shown = page(client, reverse("portal:law", args=[notice.pk]))
    assert "已废止" in shown and "一、" in shown and "人社部发〔2025〕2号" in shown


@pytest.mark.parametrize("address", ["laws:search", "portal:laws"])
def test_articles_are_found_by_their_words(client: Client, sign_in_as: SignIn, address: str) -> None:
    if address == "laws:search":
        sign_in_as(client, Role.COORDINATOR)
    shown = page(client, reverse(address) + "?q=试用期 工资 最低档")
    assert "<mark>试用期</mark>" in shown and "第二十条" in shown and "现行文本中有 1 条" in shown


def test_a_citation_leads_straight_to_its_words(client: Client) -> None:
    shown = page(client, reverse("portal:laws") + "?q=劳动合同法第82条第1款")
    assert "《劳动合同法》第八十二条第一款" in shown and "二倍的工资" in shown
    assert f"{reverse('portal:law', args=[law().pk])}#a82" in shown


def test_what_is_not_there_is_told(client: Client) -> None:
    assert "没有找到" in page(client, reverse("portal:laws") + "?q=星际旅行津贴")
    assert "法规库里没有《月球法》" in page(client, reverse("portal:laws") + "?q=《月球法》第3条")


def test_words_typed_are_shown_as_text_only(client: Client) -> None:
    shown = page(client, reverse("portal:laws") + "?q=<script>alert(1)</script>")
    assert "<script>alert" not in shown


def test_a_text_of_the_future_is_not_what_applies_today(client: Client) -> None:
    from datetime import date

    own = make_law()
    make_text(own)
    make_text(own, SECOND, date(2027, 3, 1))
    shown = page(client, reverse("portal:law", args=[own.pk]))
    assert "2010年公布" in shown and "第二条之一" not in shown
    assert "自用工之日起建立职工名册" not in page(client, reverse("portal:laws") + "?q=职工名册 用人单位")


def test_a_law_without_a_text_has_no_public_page(client: Client) -> None:
    assert client.get(reverse("portal:law", args=[make_law().pk])).status_code == 404

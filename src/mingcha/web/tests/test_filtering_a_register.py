"""Filtering narrows the list, never breaks it, and offers only what the viewer may know of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from mingcha.base.roles import Role
from mingcha.web.testing import screen_rows
from mingcha.web.tests.sample import Firm, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_tables")]
LIST = "/sample/firm/"


@pytest.fixture(autouse=True)
def rows(sign_in: Callable[..., None], db: None) -> None:
    sign_in(Role.COORDINATOR)
    town = Town.objects.create(name="窦妪镇")
    Firm.objects.create(name="甲建筑公司", code="91130111A", town=town, founded=date(2020, 5, 1))
    Firm.objects.create(name="乙劳务公司", code="91130111B", kind="dispatch", founded=date(2024, 5, 1))
    Firm.objects.create(name="丙建筑劳务公司", code="91130111C", active=False)


def names(client: Client, query: str) -> set[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200
    return {row[0] for row in screen_rows(response.content.decode())}


def test_every_word_of_a_search_must_occur(client: Client) -> None:
    assert names(client, "?q=建筑") == {"甲建筑公司", "丙建筑劳务公司"}
    assert names(client, "?q=建筑 劳务") == {"丙建筑劳务公司"}
    assert names(client, "?q=111B") == {"乙劳务公司"}


def test_of_very_many_words_the_first_are_looked_for_and_the_rest_is_named(client: Client) -> None:
    query = "?q=建筑 劳务 丙 公司 9113 0111 C 91 不相干的词"
    assert names(client, query) == {"丙建筑劳务公司"}
    assert "“不相干的词”没有参加查找" in client.get(LIST + query).content.decode()
    assert "没有参加查找" not in client.get(LIST + "?q=建筑 劳务").content.decode()


def test_choices_foreign_keys_dates_and_booleans_filter(client: Client) -> None:
    town = Town.objects.get(name="窦妪镇")
    assert names(client, "?kind=dispatch") == {"乙劳务公司"}
    assert names(client, f"?town={town.pk}") == {"甲建筑公司"}
    assert names(client, "?founded_from=2024-05-01") == {"乙劳务公司"}
    assert names(client, "?founded_until=2020-05-01") == {"甲建筑公司"}
    assert names(client, "?active=no") == {"丙建筑劳务公司"}
    assert names(client, "?active=yes") == {"甲建筑公司", "乙劳务公司"}


def test_nonsense_in_the_address_is_said_and_breaks_nothing(client: Client) -> None:
    everything = {"甲建筑公司", "乙劳务公司", "丙建筑劳务公司"}
    assert names(client, "?founded_from=yesterday&page=99&size=7&sort=nothing,-hidden") == everything
    assert "mc-filter-error" in client.get(LIST + "?founded_from=yesterday").content.decode()


def test_a_filter_offers_no_object_that_the_viewer_may_not_know_of(client: Client) -> None:
    Town.objects.create(name="看不见的镇")
    html = client.get(LIST).content.decode()
    assert "窦妪镇" in html
    assert "看不见的镇" not in html
    assert "看不见的镇" not in client.get(LIST + "new/").content.decode()


def test_htmx_receives_the_results_alone(client: Client) -> None:
    response = client.get(LIST + "?q=甲", headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<div id="results"')
    assert "HX-Request" in response["Vary"]


def test_going_back_in_the_browser_gives_the_whole_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<!doctype html>" in client.get(LIST, headers=headers).content


def test_links_of_the_list_keep_the_filter(client: Client) -> None:
    html = client.get(LIST + "?kind=firm").content.decode()
    assert "/sample/firm/export/?kind=firm" in html
    assert "?kind=firm&amp;sort=name" in html


def test_an_empty_result_says_how_to_go_on(client: Client) -> None:
    html = client.get(LIST + "?q=没有这个名字").content.decode()
    assert "没有符合条件的记录" in html
    assert "清空筛选" in html

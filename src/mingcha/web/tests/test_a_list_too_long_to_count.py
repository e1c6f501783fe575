"""A very long list is not counted to its end: it says so, lists the newest, and offers no slow sorting."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from mingcha.base.roles import Role
from mingcha.web.registers import listing, views
from mingcha.web.testing import response_bytes, screen_rows, workbook_sheets
from mingcha.web.tests.sample import Firm, FirmRegister

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_tables")]
LIST = "/sample/firm/"


@pytest.fixture(autouse=True)
def long_list(sign_in: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(Role.COORDINATOR)
    monkeypatch.setattr(listing, "COUNTED", 10)
    monkeypatch.setattr(views, "COUNTED", 10)
    monkeypatch.setattr(listing, "REACHABLE", 6)
    monkeypatch.setattr(FirmRegister, "page_sizes", (4, 50))
    monkeypatch.setattr(FirmRegister, "sorts_many", ("name",))
    for number in range(15):
        kind = "dispatch" if number % 5 == 0 else "firm"
        Firm.objects.create(name=f"单位{number:02d}", code=f"{20 - number:02d}", kind=kind)


def shown(client: Client, query: str = "") -> list[str]:
    return [row[0] for row in screen_rows(client.get(LIST + query).content.decode())]


def test_it_says_that_there_are_more_and_lists_the_newest_first(client: Client) -> None:
    html = client.get(LIST).content.decode()
    assert re.search(r"多于 <strong>10</strong> 条", html)
    assert "加上条件" in html
    assert shown(client) == ["单位14", "单位13", "单位12", "单位11"]


def test_only_the_first_pages_can_be_reached(client: Client) -> None:
    assert shown(client, "?page=2") == ["单位10", "单位09"]
    assert shown(client, "?page=99") == ["单位10", "单位09"]


def test_it_sorts_only_by_what_an_index_serves(client: Client) -> None:
    assert shown(client, "?sort=name") == ["单位00", "单位01", "单位02", "单位03"]
    assert shown(client, "?sort=-name") == ["单位14", "单位13", "单位12", "单位11"]
    assert shown(client, "?sort=code") == ["单位14", "单位13", "单位12", "单位11"]
    html = client.get(LIST).content.decode()
    assert "?sort=name" in html
    assert "?sort=code" not in html


def test_with_a_condition_that_narrows_it_is_exact_again(client: Client) -> None:
    html = client.get(LIST + "?kind=dispatch&sort=-code").content.decode()
    assert re.search(r"共 <strong>3</strong> 条", html)
    assert [row[0] for row in screen_rows(html)] == ["单位00", "单位05", "单位10"]


def test_with_a_condition_that_leaves_too_many_it_does_not_sort(client: Client) -> None:
    assert shown(client, "?kind=firm&sort=name") == ["单位14", "单位13", "单位12", "单位11"]


@pytest.mark.parametrize("windows", [(1, 2), (3, 6), (5, 100)])
def test_what_satisfies_a_condition_is_found_wherever_it_stands_in_the_list(
    client: Client, monkeypatch: pytest.MonkeyPatch, windows: tuple[int, int]
) -> None:
    monkeypatch.setattr(listing, "WINDOWS", windows)
    newest = ["单位14", "单位13", "单位12", "单位11", "单位09", "单位08"]
    assert shown(client, "?kind=firm") == newest[:4]
    assert shown(client, "?kind=firm&page=2") == newest[4:]


def test_an_export_holds_all_of_it_in_the_order_of_the_screen(client: Client) -> None:
    (sheet,) = workbook_sheets(response_bytes(client.get(LIST + "export/?kind=firm&sort=name")))
    assert [row[0] for row in sheet[1:5]] == ["单位14", "单位13", "单位12", "单位11"]
    assert len(sheet) == 1 + 12


def test_an_export_that_would_be_too_long_says_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_EXPORT_ROWS", "14")
    refused = client.get(LIST + "export/")
    assert refused.status_code == 409
    assert "多于 14 条" in refused.content.decode()
    assert client.get(LIST + "export/?kind=firm").status_code == 200
    personal = client.post("/sample/personal/export/", {"reason": "向市局报送"})
    assert personal.status_code == 409
    assert "向市局报送" in personal.content.decode()

"""The home page of an officer is a list of next steps; everybody else is led to what is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.web import providers
from mingcha.web.providers import NextStep, Signal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_providers(own_addresses: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(providers, "next_steps", providers.Providers())
    monkeypatch.setattr(providers, "signals", providers.Providers())
    yield


def give(*steps: NextStep) -> None:
    providers.next_steps.register("test")(lambda officer: steps)


def test_a_citizen_is_led_to_what_is_published(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"] == "/open/"


def test_the_most_pressing_step_stands_first_and_one_without_a_date_last(
    client: Client, sign_in: Callable[..., None]
) -> None:
    sign_in(Role.COORDINATOR)
    today = clock.today()
    give(
        NextStep("没有期限的事", "/a/"),
        NextStep("明天的事", "/b/", due=today + timedelta(days=1)),
        NextStep("逾期的事", "/c/", due=today - timedelta(days=2), count=3),
        NextStep("今天的事", "/d/", due=today),
    )
    html = client.get("/").content.decode()
    places = [html.index(title) for title in ("逾期的事", "今天的事", "明天的事", "没有期限的事")]
    assert places == sorted(places)
    assert "有 6 件事要办" in html
    assert "<strong>4</strong> 件今天必须处理" in html
    assert "已逾期 2 天" in html
    assert 'href="/c/"' in html


def test_who_has_nothing_to_do_sees_that(client: Client, sign_in: Callable[..., None]) -> None:
    sign_in(Role.INSPECTOR)
    assert "眼下没有要办的事" in client.get("/").content.decode()


def test_who_has_no_role_is_told_whom_to_ask(client: Client, sign_in: Callable[..., None]) -> None:
    sign_in()
    assert "您还没有岗位" in client.get("/").content.decode()


def test_only_administrators_see_the_signals_and_all_see_those_for_everyone(
    client: Client, sign_in: Callable[..., None]
) -> None:
    signals = [
        Signal("a", "备份失败", "请检查磁盘"),
        Signal("b", "时钟没有运行", "请执行 mingcha serve", for_everyone=True),
    ]
    providers.signals.register("test")(lambda: signals)
    sign_in(Role.COORDINATOR)
    html = client.get("/").content.decode()
    assert "时钟没有运行" in html
    assert "备份失败" not in html
    sign_in(Role.ADMINISTRATOR)
    html = client.get("/").content.decode()
    assert "备份失败" in html
    assert html.count("时钟没有运行") == 1

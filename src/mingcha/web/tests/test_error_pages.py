"""Every error page says plainly what happened and what to do, in the frame of who looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_citizen_and_an_officer_each_see_a_missing_page_in_their_own_frame(
    client: Client, sign_in: Callable[..., None]
) -> None:
    public = client.get("/nowhere/")
    assert public.status_code == 404
    assert "没有找到这个页面" in public.content.decode()
    assert "mc-sidebar" not in public.content.decode()
    sign_in()
    officer = client.get("/nowhere/")
    assert officer.status_code == 404
    assert "mc-sidebar" in officer.content.decode()


def test_a_failure_shows_the_number_by_which_it_is_found_in_the_log(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/fail/")
    assert response.status_code == 500
    html = response.content.decode()
    assert response.wsgi_request.correlation_id in html
    assert "RuntimeError" not in html


def test_a_body_over_the_limit_is_told_apart_from_a_broken_one(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = client.post("/body/", {"text": "x" * 100})
    assert response.status_code == 413
    assert "送来的内容太大" in response.content.decode()


@pytest.mark.parametrize("address", ["/looked-for/?q=a%00b", "/looked-for/?q=a&page=%00"])
def test_what_nobody_can_have_typed_is_no_failure_of_ours(client: Client, address: str) -> None:
    client.raise_request_exception = False
    assert client.get(address).status_code == 400
    assert client.get("/looked-for/?q=a").status_code == 500


def test_an_old_page_is_told_to_be_loaded_again(client: Client, own_addresses: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/body/", {"text": "x"}, headers={"Referer": "http://testserver/patterns/"})
    assert response.status_code == 403
    html = response.content.decode()
    assert "页面已经过期" in html
    assert 'href="http://testserver/patterns/"' in html


def test_the_way_back_never_leads_to_another_site(own_addresses: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/body/", {"text": "x"}, headers={"Referer": "https://evil.example/page"})
    assert "evil.example" not in response.content.decode()


def test_an_officer_without_the_role_is_told_whom_to_ask(
    client: Client, sign_in: Callable[..., None]
) -> None:
    sign_in()
    response = client.get("/sample/firm/")
    assert response.status_code == 403
    assert "请联系系统管理员" in response.content.decode()

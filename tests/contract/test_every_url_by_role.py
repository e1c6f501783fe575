"""Every URL × every kind of viewer. A new URL without a row here fails; so does a row without a URL.

A row says who may open a page. Whoever may gets anything but a refusal (200, a 404 for an object that is
not there, 405 for a page that only answers POST); an officer who may not gets 403; an anonymous viewer is
sent to sign in, a script gets 401. Nobody changes anything by opening pages, and no browser keeps what a
signed-in person was shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client

from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.ledger.models import Record
from mingcha.project.tests import demo_urls
from tests.contract.table import DEMO_PAGES, EVERYONE, OFFICERS, PAGES, Audience
from tests.contract.urls import Page, pages

#: Says 503 while no worker runs, which is so in tests.
UNHEALTHY = "healthz"
ALL = {page.name: page for page in pages()}


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    assert set(ALL) == set(PAGES)


@pytest.mark.parametrize("page", ALL.values(), ids=lambda page: page.name)
def test_a_page_declares_the_access_that_the_table_gives_it(page: Page) -> None:
    assert _declares(page, PAGES[page.name])


def _declares(page: Page, allowed: Audience) -> bool:
    declared = page.view.access
    if allowed is EVERYONE:
        return bool(declared.public)
    if allowed is OFFICERS:
        return bool(declared.any_officer)
    return bool(declared.roles == frozenset(str(role) for role in allowed))


def test_the_demo_has_these_addresses_besides() -> None:
    besides = [page for page in pages(demo_urls.__name__) if page.name not in ALL]
    assert {page.name for page in besides} == set(DEMO_PAGES)
    assert [page.name for page in besides if not _declares(page, DEMO_PAGES[page.name])] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_an_officer_opens_the_pages_of_the_role_and_no_others_and_changes_nothing(
    client: Client, role: Role
) -> None:
    sign_in(client, make_officer(role))
    wrong, kept = {}, []
    with nothing_changes():
        for page in ALL.values():
            allowed = PAGES[page.name]
            may = allowed is EVERYONE or allowed is OFFICERS or role in allowed
            response = client.get(page.url)
            status = response.status_code
            if not page.view.access.public and "no-store" not in response.get("Cache-Control", ""):
                kept.append(page.name)
            broken = status >= 500 and page.name != UNHEALTHY
            if broken or may == (status == 403):
                wrong[page.name] = status
    assert wrong == {}
    assert kept == []


@pytest.mark.django_db
def test_an_officer_without_a_role_opens_only_what_every_officer_may(client: Client) -> None:
    sign_in(client, make_officer())
    with nothing_changes():
        opened = {page.name for page in ALL.values() if client.get(page.url).status_code != 403}
    assert opened == {name for name, allowed in PAGES.items() if allowed in (EVERYONE, OFFICERS)}


@pytest.mark.django_db
def test_an_anonymous_viewer_opens_public_pages_and_is_sent_to_sign_in_from_the_rest(
    client: Client,
) -> None:
    sign_in_page = resolve_url(settings.LOGIN_URL)
    wrong = {}
    with nothing_changes():
        for page in ALL.values():
            response = client.get(page.url)
            sent = response.status_code == 302 and response["Location"].startswith(f"{sign_in_page}?")
            # A script is told so; it leads the person there itself.
            sent = sent or (page.view.access.api and response.status_code == 401)
            public = PAGES[page.name] is EVERYONE
            broken = response.status_code >= 500 and page.name != UNHEALTHY
            if broken or sent == public:
                wrong[page.name] = (response.status_code, response.get("Location", ""))
    assert wrong == {}


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Pages that are opened by GET leave no record behind: every change has one."""
    before = Record.objects.count()
    yield
    assert Record.objects.count() == before

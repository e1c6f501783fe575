"""In the demo a visitor turns into another of its people at one click; nowhere else is there such a door."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from mingcha.accounts.models import EndedBecause, SignIn, User
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.ledger.models import Record

pytestmark = pytest.mark.django_db
DOOR = "/demo/switch/"


@pytest.fixture
def people() -> dict[str, User]:
    return {
        "jingban": make_officer(Role.COORDINATOR, username="jingban", name="周经办"),
        "juzhang": make_officer(Role.BUREAU_LEADER, username="juzhang", name="郑局长"),
        "zhenren": make_officer(Role.ADMINISTRATOR, username="zhenren", name="真人"),
    }


@pytest.fixture
def demo(settings) -> None:
    # The addresses of the product, read before anything says that this is a demo, stay as they are.
    _ = get_resolver().url_patterns
    settings.DEMO = True
    settings.DEMO_PEOPLE = "jingban=周经办=综合经办,juzhang=郑局长=局领导"
    settings.DEMO_PASSWORD = "nur-zum-zeigen"
    settings.TOTP_ROLES = []
    settings.ROOT_URLCONF = "mingcha.project.tests.demo_urls"


def name_on(page: str) -> str:
    return page.split('class="mc-person-name">', 1)[1].split("</div>", 1)[0]


def test_one_click_and_the_visitor_is_somebody_else(client: Client, demo: None, people) -> None:
    page = client.post(DOOR, {"who": "jingban"}, follow=True)
    assert page.redirect_chain == [("/", 302)]
    assert "周经办" in name_on(page.content.decode())
    page = client.post(DOOR, {"who": "juzhang"}, follow=True)
    assert "郑局长" in name_on(page.content.decode())
    assert "现在您是郑局长（局领导）" in page.content.decode()


def test_whoever_turns_into_themselves_stays_signed_in(client: Client, demo: None, people) -> None:
    client.post(DOOR, {"who": "jingban"})
    page = client.post(DOOR, {"who": "jingban"}, follow=True)
    assert page.redirect_chain == [("/", 302)]
    assert "周经办" in name_on(page.content.decode())
    assert SignIn.objects.filter(user=people["jingban"], ended_at=None).count() == 1


def test_the_former_session_ends_and_both_are_on_record(client: Client, demo: None, people) -> None:
    client.post(DOOR, {"who": "jingban"})
    before = Record.objects.count()
    client.post(DOOR, {"who": "juzhang"})
    former = SignIn.objects.get(user=people["jingban"])
    assert former.ended_because == EndedBecause.SIGNED_OUT
    assert SignIn.objects.filter(user=people["juzhang"], ended_at=None).count() == 1
    assert Record.objects.count() == before + 2


def test_every_page_of_the_demo_offers_the_roles(client: Client, demo: None, people) -> None:
    for address in ("/accounts/sign-in/", "/open/"):
        page = client.get(address).content.decode()
        assert page.count('name="who"') == 2, address
    assert "nur-zum-zeigen" in client.get("/accounts/sign-in/").content.decode()


@pytest.mark.parametrize("who", ["zhenren", "niemand", ""])
def test_only_the_cast_of_the_demo_can_be_taken(client: Client, demo: None, people, who: str) -> None:
    assert client.post(DOOR, {"who": who}).status_code == 404
    assert not SignIn.objects.exists()


def test_it_is_a_post_that_another_site_cannot_make(demo: None, people) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(DOOR).status_code == 405
    assert strict.post(DOOR, {"who": "jingban"}).status_code == 403
    assert not SignIn.objects.exists()


def test_without_the_demo_there_is_no_such_address(client: Client, people) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("demo:switch")
    assert client.post(DOOR, {"who": "jingban"}).status_code == 404
    page = client.get("/accounts/sign-in/").content.decode()
    assert 'name="who"' not in page
    assert "mc-demo" not in page


def test_a_door_that_was_left_open_still_takes_nobody(client: Client, settings, people) -> None:
    settings.ROOT_URLCONF = "mingcha.project.tests.demo_urls"
    settings.DEMO_PEOPLE = "jingban=周经办=综合经办"
    sign_in(client, people["zhenren"])
    assert client.post(DOOR, {"who": "jingban"}).status_code == 404
    assert SignIn.objects.filter(ended_at=None).get().user == people["zhenren"]

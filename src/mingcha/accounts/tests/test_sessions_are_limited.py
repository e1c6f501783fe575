import pytest
from django.test import Client

from mingcha.accounts import services
from mingcha.accounts.models import SignIn
from mingcha.accounts.testing import PASSWORD, make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.base.viewers import System

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/sign-in/"
HOME = "/accounts/me/"


def arrive(username: str = "zhangsan") -> Client:
    client = Client()
    assert client.post(SIGN_IN, {"username": username, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def user():
    return make_officer(Role.COORDINATOR, username="zhangsan", password=PASSWORD)


def test_a_third_session_ends_the_oldest_which_is_told_why(user, at):
    first = arrive()
    at.advance(minutes=1)
    second = arrive()
    at.advance(minutes=1)
    third = arrive()

    assert first.get(HOME).status_code == 302
    assert "同一账号在别处登录" in first.get(SIGN_IN).content.decode()
    assert second.get(HOME).status_code == 200
    assert third.get(HOME).status_code == 200


def test_the_limit_is_each_persons_own(user, at):
    make_officer(username="lisi", password=PASSWORD)
    mine = [arrive(), arrive()]
    arrive("lisi")
    assert [client.get(HOME).status_code for client in mine] == [200, 200]


def test_the_limit_is_a_setting(user, at, settings):
    settings.MAX_SESSIONS = 1
    first, second = arrive(), arrive()
    assert (first.get(HOME).status_code, second.get(HOME).status_code) == (302, 200)


def test_a_session_ends_after_half_an_hour_without_a_request(user, at):
    client = arrive()
    at.advance(minutes=29)
    assert client.get(HOME).status_code == 200
    at.advance(minutes=30)
    assert client.get(HOME).status_code == 200
    at.advance(minutes=30, seconds=1)
    response = client.get(HOME)
    assert response["Location"] == f"{SIGN_IN}?next={HOME}"
    assert "长时间未操作" in client.get(response["Location"]).content.decode()
    assert SignIn.objects.get().ended_because == "idle"


def test_the_reason_is_told_once(user, at):
    client = arrive()
    at.advance(minutes=31)
    client.get(HOME)
    assert "长时间未操作" in client.get(SIGN_IN).content.decode()
    assert "长时间未操作" not in client.get(SIGN_IN).content.decode()


def test_a_session_ends_after_its_longest_time_however_busy(user, at, settings):
    settings.SESSION_COOKIE_AGE = 3600
    client = arrive()
    for _i in range(3):
        at.advance(minutes=20)
        assert client.get(HOME).status_code == 200
    at.advance(minutes=1)
    assert client.get(HOME).status_code == 302
    assert SignIn.objects.get().ended_because == "expired"


def test_an_abandoned_session_does_not_count(user, at):
    abandoned, kept = arrive(), arrive()
    at.advance(minutes=20)
    kept.get(HOME)
    at.advance(minutes=20)
    fresh = arrive()

    assert [client.get(HOME).status_code for client in (abandoned, kept, fresh)] == [302, 200, 200]


def test_reading_pages_writes_at_most_once_a_minute(user, at, django_assert_num_queries):
    client = arrive()
    seen = SignIn.objects.get().last_seen_at
    at.advance(seconds=59)
    client.get(HOME)
    assert SignIn.objects.get().last_seen_at == seen
    at.advance(seconds=1)
    client.get(HOME)
    assert SignIn.objects.get().last_seen_at > seen


def test_one_ends_ones_own_session_elsewhere(user, at):
    here, there = arrive(), arrive()
    record = SignIn.objects.get(session_key=there.session.session_key)
    page = here.get(HOME).content.decode()
    token = page.split(f"sessions/{record.pk}/end/")[1].split('name="_once" value="')[1].split('"')[0]

    assert here.post(f"/accounts/me/sessions/{record.pk}/end/", {"_once": token}).status_code == 302
    assert there.get(HOME).status_code == 302
    assert here.get(HOME).status_code == 200


def test_nobody_ends_a_colleagues_session(user, at, client):
    arrive()
    record = SignIn.objects.get()
    sign_in(client, make_officer(Role.SECTION_HEAD))

    assert client.post(f"/accounts/me/sessions/{record.pk}/end/", {"_once": "x" * 32}).status_code == 404
    record.refresh_from_db()
    assert record.ended_at is None


def test_not_even_an_administrator_ends_it_from_the_own_account_page(user, at, client):
    arrive()
    record = SignIn.objects.get()
    sign_in(client, make_officer(Role.ADMINISTRATOR))
    assert client.post(f"/accounts/me/sessions/{record.pk}/end/", {"_once": "x" * 32}).status_code == 404


def test_the_nightly_job_closes_what_was_abandoned_and_leaves_the_rest(user, at):
    abandoned = arrive()
    at.advance(minutes=31)
    make_officer(username="lisi", password=PASSWORD)
    used = arrive("lisi")

    assert services.close_abandoned_sessions(actor=System(purpose="clock")) == 1

    assert abandoned.get(HOME).status_code == 302
    assert used.get(HOME).status_code == 200
    assert SignIn.objects.get(user=user).ended_because == "idle"


def test_a_request_costs_at_most_two_queries_more_for_knowing_who_looks(user, at, rf):
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection
    from django.http import HttpResponse
    from django.test.utils import CaptureQueriesContext

    from mingcha.accounts.middleware import ViewerMiddleware

    client = arrive()
    request = rf.get("/")
    request.session = client.session
    request.user = user
    request.user.is_verified = lambda: True
    assert request.session["seen"]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ViewerMiddleware(lambda _request: HttpResponse())(request)
    assert request.viewer.id == user.pk
    assert len(captured) <= 2

    request = rf.get("/")
    request.session, request.user = {}, AnonymousUser()
    with CaptureQueriesContext(connection) as captured:
        ViewerMiddleware(lambda _request: HttpResponse())(request)
    assert request.viewer.kind == "public"
    assert len(captured) == 0

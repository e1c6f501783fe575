import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from mingcha.accounts import lockout, services
from mingcha.accounts.testing import PASSWORD, as_officer, make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.service import add_sink
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db

URL = "/accounts/sign-in/"


def fail(client: Client, username: str, times: int, **headers: str):
    for _i in range(times):
        response = client.post(URL, {"username": username, "password": "wrong"}, headers=headers or None)
    return response


@pytest.fixture
def user():
    return make_officer(Role.COORDINATOR, username="zhangsan", password=PASSWORD)


def test_the_fifth_failure_locks_and_says_how_long_and_whom_to_call(client, user, admin):
    assert fail(client, "zhangsan", 4).status_code == 422
    response = fail(client, "zhangsan", 1)

    text = response.content.decode()
    assert response.status_code == 429
    assert "请等 30 分钟再试" in text
    assert "管理员甲" in text
    assert lockout.is_locked(user)


def test_a_locked_account_is_refused_even_with_the_right_password(client, user):
    fail(client, "zhangsan", 5)
    response = client.post(URL, {"username": "zhangsan", "password": PASSWORD})

    assert response.status_code == 429
    assert client.get("/accounts/me/").status_code == 302


def test_an_unknown_name_is_locked_with_the_same_page(client, user):
    known, unknown = fail(client, "zhangsan", 5), fail(client, "nobody", 5)

    assert known.status_code == unknown.status_code == 429
    assert known.content == unknown.content


def test_changing_the_browser_does_not_help(client, user):
    fail(client, "zhangsan", 3, **{"user-agent": "one"})
    assert fail(client, "zhangsan", 2, **{"user-agent": "two"}).status_code == 429
    assert lockout.is_locked(user)


def test_behind_a_proxy_whoever_guesses_elsewhere_locks_nobody_out(client, user, settings):
    settings.PROXIES = 1
    stranger, own = {"x-forwarded-for": "203.0.113.9"}, {"x-forwarded-for": "198.51.100.7"}
    assert fail(client, "zhangsan", 5, **stranger).status_code == 429
    # Another word at the left is no other address.
    assert fail(client, "zhangsan", 1, **{"x-forwarded-for": "192.0.2.1, 203.0.113.9"}).status_code == 429

    signed_in = client.post(URL, {"username": "zhangsan", "password": PASSWORD}, headers=own)

    assert signed_in.status_code == 302


@pytest.mark.parametrize(
    ("proxies", "told", "found"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "nonsense", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (2, "192.0.2.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_an_address_is_the_one_that_our_own_proxy_was_asked_from(rf, settings, proxies, told, found):
    settings.PROXIES = proxies
    assert lockout.address_of(rf.get("/", headers={"x-forwarded-for": told})) == found


def test_a_colleague_at_the_same_computer_is_not_locked(client, user):
    make_officer(username="lisi", password=PASSWORD)
    fail(client, "zhangsan", 5)

    assert client.post(URL, {"username": "lisi", "password": PASSWORD}).status_code == 302


def test_the_lock_ends_after_the_time_that_was_said(client, user):
    fail(client, "zhangsan", 5)
    AccessAttempt.objects.update(attempt_time=clock.now() - lockout.cool_off())

    assert not lockout.is_locked(user)
    assert client.post(URL, {"username": "zhangsan", "password": PASSWORD}).status_code == 302


def test_an_administrator_unlocks_from_the_persons_page(client, user, admin):
    from mingcha.accounts.models import User

    fail(client, "zhangsan", 5)
    desk = sign_in(Client(), User.objects.get(pk=admin.id))
    page = desk.get(f"/accounts/users/{user.pk}/").content.decode()
    assert "已锁定" in page

    token = page.split('name="_once" value="')[1].split('"')[0]
    assert desk.post(f"/accounts/users/{user.pk}/unlock/", {"_once": token}).status_code == 302

    assert not lockout.is_locked(user)
    assert client.post(URL, {"username": "zhangsan", "password": PASSWORD}).status_code == 302


def test_the_command_unlocks(client, user):
    fail(client, "zhangsan", 5)
    call_command("unlock", "ZhangSan")
    assert client.post(URL, {"username": "zhangsan", "password": PASSWORD}).status_code == 302


def test_the_command_says_when_nothing_was_locked(user):
    with pytest.raises(CommandError, match="没有被锁定"):
        call_command("unlock", "zhangsan")


def test_only_administrators_unlock(client, user):
    fail(client, "zhangsan", 5)
    with pytest.raises(Refused) as refused:
        services.unlock(actor=as_officer(user), user=user)
    assert refused.value.codes == ("accounts.administrators_only",)


def test_the_lock_is_put_on_record_once(client, user):
    seen: list[str] = []
    from mingcha.base import service

    def sink(happenings) -> None:
        seen.extend(one.event.code for one in happenings)

    add_sink(sink)
    try:
        fail(client, "zhangsan", 8)
    finally:
        service._sinks.remove(sink)

    assert seen.count("accounts.locked_out") == 1

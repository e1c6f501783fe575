"""Passwords, codes, secrets, session keys and phone numbers appear neither in events nor in logs."""

import json
from collections.abc import Iterator

import pytest

from mingcha.accounts import services, totp
from mingcha.accounts.models import Authenticator, SignIn, User
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock, service
from mingcha.base.events import catalogue
from mingcha.base.roles import Role

pytestmark = pytest.mark.django_db

PHONE = "13800138000"


@pytest.fixture
def recorded() -> Iterator[list]:
    found: list = []

    def sink(happenings) -> None:
        found.extend(one.event for one in happenings)

    service.add_sink(sink)
    yield found
    service._sinks.remove(sink)


def in_clear(events) -> str:
    """All that an event says outside its personal values."""
    return json.dumps(
        [[one.code, one.thing.label, dict(one.before), dict(one.after), one.why] for one in events],
        ensure_ascii=False,
    )


def test_a_whole_life_of_an_account_leaves_no_secret(admin, recorded, client, caplog, capsys, at):
    user = services.create_user(actor=admin, username="zhangsan", name="张三", phone=PHONE)
    reached = {"phone": "13900139000", "email": "zhangsan@example.com"}
    services.edit_user(actor=admin, user=user, name="张三", unit=None, **reached)
    services.grant_role(actor=admin, user=user, role=Role.COORDINATOR)
    given = services.reset_password(actor=admin, user=user, why="新入职")
    own = "Zhengque-1-Mima"
    services.change_password(actor=as_officer(user), user=user, old_password=given, new_password=own)
    device = services.start_enrolment(actor=as_officer(user), user=user)
    code = totp.code_at(device.secret, totp.step_at(clock.now()))
    outcome = services.confirm_enrolment(actor=as_officer(user), user=user, code=code)
    client.post("/accounts/sign-in/", {"username": "zhangsan", "password": "Wrong-guess-1"})
    client.post("/accounts/sign-in/", {"username": "zhangsan", "password": own})
    client.post("/accounts/second-step/", {"code": outcome.recovery_codes[0]})
    assert SignIn.objects.filter(user=user).exists()
    keys = list(SignIn.objects.values_list("session_key", flat=True))
    services.deactivate(actor=admin, user=user, why="退休")

    printed = capsys.readouterr()
    texts = {
        "events": in_clear(recorded),
        "logs": caplog.text + printed.out + printed.err,
    }
    secrets = [
        PHONE,
        *reached.values(),
        given,
        own,
        "Wrong-guess-1",
        Authenticator.objects.get(user=user).secret,
        code,
        *outcome.recovery_codes,
        *keys,
        User.objects.get(pk=user.pk).password,
    ]
    assert len(recorded) > 8
    for place, text in texts.items():
        assert [secret for secret in secrets if secret in text] == [], place


def test_a_phone_number_goes_into_the_record_only_under_the_persons_own_key(admin, recorded):
    user = services.create_user(actor=admin, username="zhangsan", name="张三", phone=PHONE)

    (event,) = [one for one in recorded if one.code == "accounts.user_created"]
    assert event.personal.subject == f"accounts.user:{user.pk}"
    assert event.personal.values == {"phone": PHONE}


def test_a_lock_out_is_not_recorded_for_names_that_do_not_exist(client, recorded):
    for _i in range(6):
        client.post("/accounts/sign-in/", {"username": "my-password-typed-here", "password": "x"})
    assert recorded == []


def test_every_event_of_accounts_has_a_chinese_name():
    labels = [str(kind.label) for code, kind in catalogue.items() if code.startswith("accounts.")]
    assert len(labels) >= 20
    assert all("\u4e00" <= label[0] <= "\u9fff" for label in labels)


def test_signing_in_is_put_on_record(client, recorded):
    user = make_officer(Role.COORDINATOR, username="lisi", password="Zhengque-1-Mima")
    client.post("/accounts/sign-in/", {"username": "lisi", "password": "Zhengque-1-Mima"})

    assert [one.thing.id for one in recorded if one.code == "accounts.signed_in"] == [user.pk]

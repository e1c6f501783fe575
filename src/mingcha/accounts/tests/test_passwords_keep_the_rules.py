import pytest
from django.core.exceptions import ValidationError

from mingcha.accounts import passwords, services
from mingcha.accounts.models import User
from mingcha.accounts.testing import PASSWORD, as_officer, make_officer, sign_in
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def change(user: User, old: str, new: str) -> User:
    return services.change_password(actor=as_officer(user), user=user, old_password=old, new_password=new)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Ab1-45678", "password_too_short"),
        ("abcdefgh12345", "password_too_uniform"),
        ("ABCDEFGH-----", "password_too_uniform"),
    ],
)
def test_a_weak_password_is_refused(password, code):
    with pytest.raises(ValidationError) as error:
        passwords.LengthAndVarietyValidator().validate(password)
    assert error.value.code == code


@pytest.mark.parametrize("password", ["Abcdefgh12", "abcdefg-12", "ABCDEFG-12", "Abcdefgh-x"])
def test_three_classes_in_ten_characters_are_enough(password):
    passwords.LengthAndVarietyValidator().validate(password)


def test_a_common_password_or_ones_own_name_is_refused():
    user = make_officer(username="luancheng2026", password=PASSWORD)
    for bad in ("Password123", "Luancheng2026"):
        with pytest.raises(ValidationError):
            change(user, PASSWORD, bad)


def test_none_of_the_last_five_passwords_comes_back():
    user = make_officer(password="Start-0-Start")
    old = "Start-0-Start"
    for number in range(1, 7):
        new = f"Zhengque-{number}-Mima"
        change(user, old, new)
        old = new

    for recent in range(2, 7):
        with pytest.raises(ValidationError) as error:
            change(user, old, f"Zhengque-{recent}-Mima")
        assert [one.code for one in error.value.error_list] == ["password_used_recently"]
    assert change(user, old, "Zhengque-1-Mima")


def test_the_old_password_is_asked():
    user = make_officer(password=PASSWORD)
    with pytest.raises(Refused) as refused:
        change(user, "wrong", "Zhengque-1-Mima")
    assert refused.value.codes == ("accounts.old_password_wrong",)


def test_nobody_changes_another_persons_password(admin):
    user = make_officer(password=PASSWORD)
    with pytest.raises(Refused) as refused:
        services.change_password(
            actor=admin, user=user, old_password=PASSWORD, new_password="Zhengque-1-Mima"
        )
    assert refused.value.codes == ("accounts.own_password_only",)


def test_a_reset_gives_a_password_that_keeps_the_rules_and_must_be_changed(admin):
    user = make_officer(password=PASSWORD)
    given = services.reset_password(actor=admin, user=user)

    passwords.LengthAndVarietyValidator().validate(given)
    user.refresh_from_db()
    assert user.check_password(given)
    assert passwords.must_change(user)
    change(user, given, "Zhengque-1-Mima")
    user.refresh_from_db()
    assert not passwords.must_change(user)


def test_one_time_passwords_never_repeat():
    assert len({passwords.initial_password() for _i in range(200)}) == 200


def test_a_password_runs_out_after_ninety_days(at):
    user = make_officer(password=PASSWORD)
    at.advance(days=90)
    assert not passwords.must_change(user)
    at.advance(seconds=1)
    assert passwords.must_change(user)


def test_an_installation_may_let_passwords_last(at, settings):
    settings.PASSWORD_DAYS = 0
    user = make_officer(password=PASSWORD)
    at.advance(days=4000)
    assert not passwords.must_change(user)


def test_until_the_password_is_changed_nothing_else_opens(client):
    user = make_officer("coordinator", password=PASSWORD)
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    sign_in(client, user)

    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/me/password/")
    assert not response.wsgi_request.viewer.roles
    assert client.get("/accounts/roles/").status_code == 302

    response = client.post(
        "/accounts/me/password/",
        {"old_password": PASSWORD, "new_password": "Zhengque-1-Mima", "repeated": "Zhengque-1-Mima"},
    )
    assert (response.status_code, response["Location"]) == (302, "/accounts/me/")
    response = client.get("/accounts/roles/")
    assert response.status_code == 200
    assert response.wsgi_request.viewer.roles == {"coordinator"}


def test_a_change_of_password_ends_the_other_sessions_and_keeps_this_one(client):
    from django.test import Client

    user = make_officer("coordinator", password=PASSWORD)
    elsewhere = sign_in(Client(), user)
    sign_in(client, user)
    key = client.session.session_key

    client.post(
        "/accounts/me/password/",
        {"old_password": PASSWORD, "new_password": "Zhengque-1-Mima", "repeated": "Zhengque-1-Mima"},
    )

    assert client.get("/accounts/me/").status_code == 200
    assert client.session.session_key != key
    assert elsewhere.get("/accounts/me/").status_code == 302
    # The record followed the new key: this session can still be ended and counted.
    assert user.sign_ins.get(ended_at=None).session_key == client.session.session_key


def test_a_mistake_is_explained_beside_the_field(client):
    user = make_officer("coordinator", password=PASSWORD)
    sign_in(client, user)
    response = client.post(
        "/accounts/me/password/",
        {"old_password": PASSWORD, "new_password": "short", "repeated": "other"},
    )
    assert response.status_code == 422
    assert "两次输入的新密码不一样" in response.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)

import pytest

from mingcha.accounts import services
from mingcha.accounts.models import RoleGrant, SignIn, User
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base.crypto.fields import blind
from mingcha.base.roles import Role
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def test_a_new_person_cannot_sign_in_before_a_password_was_given(admin):
    user = services.create_user(actor=admin, username="Zhang.San", name="张三")

    assert user.username == "zhang.san"
    assert not user.has_usable_password()
    assert user.must_change_password


def test_a_login_name_is_taken_once(admin):
    services.create_user(actor=admin, username="zhangsan", name="张三")
    with pytest.raises(Refused) as refused:
        services.create_user(actor=admin, username="ZhangSan", name="张珊")
    assert refused.value.codes == ("accounts.username_taken",)


def test_everything_wrong_with_a_new_person_is_said_at_once(admin):
    with pytest.raises(Refused) as refused:
        services.create_user(actor=admin, username="张 三", name=" ")
    assert set(refused.value.codes) == {"accounts.username", "accounts.name_missing"}


def test_a_phone_number_is_found_by_exact_match_and_not_stored_in_clear(admin):
    from django.db import connection

    user = services.create_user(actor=admin, username="zhangsan", name="张三", phone="138 0013 8000")

    assert User.objects.get(**blind("phone_index", "+86 13800138000")) == user
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_index FROM accounts_user WHERE id = %s", [user.pk])
        assert not any("8000" in str(value) and "138" in str(value)[:6] for value in cursor.fetchone())


def test_deactivating_ends_the_sessions_and_keeps_the_person(admin, client):
    user = make_officer(Role.COORDINATOR)
    sign_in(client, user)
    services.deactivate(actor=admin, user=user, why="退休")

    assert User.objects.filter(pk=user.pk).exists()
    assert SignIn.objects.get(user=user).ended_because == "deactivated"
    assert client.get("/accounts/me/").status_code == 302


def test_a_reactivated_person_needs_a_new_password(admin):
    user = make_officer(Role.COORDINATOR, password="Kang-7-zhuang-da-dao")
    services.deactivate(actor=admin, user=user, why="借调")
    user = services.reactivate(actor=admin, user=user, why="返回")

    assert user.is_active
    assert not user.has_usable_password()


def test_the_last_administrator_cannot_be_deactivated(admin):
    last = User.objects.get(pk=admin.id)
    with pytest.raises(Refused) as refused:
        services.deactivate(actor=admin, user=last, why="退休")
    assert refused.value.codes == ("accounts.last_administrator",)
    assert User.objects.get(pk=last.pk).is_active


def test_the_last_administrators_role_cannot_be_taken_back(admin):
    grant = RoleGrant.objects.get(user_id=admin.id)
    with pytest.raises(Refused) as refused:
        services.revoke_role(actor=admin, grant=grant, why="调岗")
    assert refused.value.codes == ("accounts.last_administrator",)


def test_an_administrator_for_a_while_does_not_count_as_the_remaining_one(admin):
    from datetime import timedelta

    from mingcha.base import clock

    helper = make_officer()
    services.grant_role(
        actor=admin,
        user=helper,
        role=Role.ADMINISTRATOR,
        valid_until=clock.today() + timedelta(days=5),
    )
    with pytest.raises(Refused):
        services.deactivate(actor=admin, user=User.objects.get(pk=admin.id), why="退休")


def test_with_a_second_lasting_administrator_the_first_may_go(admin):
    second = make_officer(Role.ADMINISTRATOR)
    first = User.objects.get(pk=admin.id)

    assert not services.deactivate(actor=as_officer(second), user=first, why="退休").is_active


def test_an_inactive_administrator_does_not_count_as_the_remaining_one(admin):
    second = make_officer(Role.ADMINISTRATOR)
    services.deactivate(actor=admin, user=second, why="退休")
    with pytest.raises(Refused) as refused:
        services.deactivate(actor=admin, user=User.objects.get(pk=admin.id), why="退休")
    assert refused.value.codes == ("accounts.last_administrator",)

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mingcha.accounts import initial, passwords, selectors
from mingcha.accounts.models import DutyConflict, User
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role

pytestmark = pytest.mark.django_db


def create(**options: object) -> str:
    out = StringIO()
    call_command("create_admin", stdout=out, **options)
    return out.getvalue()


def test_the_first_administrator_gets_a_one_time_password():
    printed = create(username="admin", name="张三")
    user = User.objects.get(username="admin")
    password = re.search(r"：(\S+)\s*$", printed)[1]

    assert user.check_password(password)
    assert passwords.must_change(user)
    assert as_officer(user).has(Role.ADMINISTRATOR)
    assert list(selectors.lasting_administrators()) == [user]


def test_a_second_one_must_be_asked_for():
    create(username="admin", name="张三")
    with pytest.raises(CommandError, match="--another"):
        create(username="second", name="李四")
    assert not User.objects.filter(username="second").exists()
    create(username="second", name="李四", another=True)
    assert selectors.lasting_administrators().count() == 2


def test_a_deactivated_administrator_does_not_stand_in_the_way():
    user = make_officer(Role.ADMINISTRATOR)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert "已创建" in create(username="admin", name="张三")


def test_a_bad_login_name_creates_nobody():
    with pytest.raises(CommandError, match="登录名"):
        create(username="张 三", name="张三")
    assert not User.objects.exists()


def test_initial_data_may_be_loaded_again():
    out = StringIO()
    call_command("load_initial", stdout=out)
    count = DutyConflict.objects.count()
    call_command("load_initial", stdout=out)

    assert count >= len(initial.CONFLICTS) > 0
    assert DutyConflict.objects.count() == count
    assert f"人员与权限（accounts）：{len(initial.CONFLICTS)}" in out.getvalue()

import pytest

from mingcha.accounts import providers, services
from mingcha.accounts.models import RecoveryCode, User
from mingcha.accounts.testing import PASSWORD, as_officer, make_authenticator, make_officer
from mingcha.base.roles import Role

pytestmark = pytest.mark.django_db


def titles(user: User) -> list[str]:
    return [step.title for step in providers.steps(as_officer(user))]


def test_a_person_in_order_owes_nothing():
    assert titles(make_officer(Role.COORDINATOR)) == []


def test_a_password_is_announced_seven_days_before_it_runs_out(at):
    user = make_officer(Role.COORDINATOR, password=PASSWORD)
    at.advance(days=82)
    assert titles(user) == []
    at.advance(days=1)
    assert titles(user) == ["密码快到期了，请修改"]
    at.advance(days=8)
    assert titles(user) == ["修改密码"]


def test_whose_role_demands_it_is_told_to_enrol():
    assert "绑定两步验证" in titles(make_officer(Role.BUREAU_LEADER))


def test_few_recovery_codes_are_announced():
    user = make_officer(Role.COORDINATOR)
    make_authenticator(user)
    for number in range(4):
        RecoveryCode.objects.create(user=user, digest=str(number) * 64)
    assert titles(user) == []
    RecoveryCode.objects.filter(user=user).first().delete()
    assert titles(user) == ["恢复码快用完了，请重新生成"]


def test_an_administrator_is_told_of_people_without_a_role(admin):
    administrator = User.objects.get(pk=admin.id)
    make_authenticator(administrator)
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=administrator, digest=str(number) * 64) for number in range(9)
    )
    assert titles(administrator) == []
    idle = make_officer(name="无事")
    assert titles(administrator) == ["给人员授予角色"]
    services.grant_role(actor=admin, user=idle, role=Role.COORDINATOR)
    assert titles(administrator) == []

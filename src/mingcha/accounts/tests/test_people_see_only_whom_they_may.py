import pytest

from mingcha.accounts import initial
from mingcha.accounts.models import (
    Authenticator,
    DutyConflict,
    DutyRecord,
    PastPassword,
    RecoveryCode,
    RoleGrant,
    SignIn,
    Unit,
    User,
)
from mingcha.accounts.testing import PASSWORD, as_officer, make_officer, make_unit, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Capability, Officer, System

pytestmark = pytest.mark.django_db

PRIVATE = (DutyConflict, DutyRecord, SignIn, Authenticator, RecoveryCode, PastPassword)
EVERYTHING = (User, Unit, RoleGrant, *PRIVATE)


@pytest.fixture
def filled(client) -> User:
    """One row at least of everything."""
    user = make_officer(Role.INSPECTOR, unit=make_unit("股"), password=PASSWORD)
    sign_in(client, user)
    RecoveryCode.objects.create(user=user, digest="0" * 64)
    PastPassword.objects.create(user=user, encoded="x", set_at=clock.now())
    initial.load(actor=System(purpose="tests"))
    DutyRecord.objects.create(thing_type="t", thing_id=1, duty="inspect", user=user, at=clock.now())
    for model in EVERYTHING:
        assert model.objects.exists()
    return user


@pytest.mark.parametrize("model", EVERYTHING)
@pytest.mark.parametrize(
    "viewer",
    [PUBLIC, Capability(purpose="own", thing_type="registry.subject", thing_id=1)],
    ids=["public", "firm"],
)
def test_nobody_outside_sees_anything(filled, model, viewer):
    assert not model.objects.visible_to(viewer).exists()


@pytest.mark.parametrize("model", PRIVATE)
def test_a_colleague_sees_nothing_of_how_another_signs_in_or_what_they_did(filled, model):
    colleague = as_officer(make_officer(Role.COORDINATOR))
    assert not model.objects.visible_to(colleague).exists()


def test_nobody_sees_past_passwords_not_even_an_administrator(filled, admin):
    assert not PastPassword.objects.visible_to(admin).exists()


def test_a_section_head_sees_the_section_with_what_is_below_and_nobody_else():
    brigade = make_unit("大队")
    head = make_officer(Role.SECTION_HEAD, unit=brigade)
    below = make_officer(Role.INSPECTOR, unit=make_unit("中队", parent=brigade))
    make_officer(Role.INSPECTOR, unit=make_unit("别的股"))

    assert set(User.objects.visible_to(as_officer(head))) == {head, below}


def test_an_inspector_sees_only_themselves():
    inspector = make_officer(Role.INSPECTOR)
    make_officer(Role.INSPECTOR)
    assert list(User.objects.visible_to(as_officer(inspector))) == [inspector]


def test_a_person_without_any_role_still_sees_themselves():
    user = make_officer()
    make_officer()
    assert list(User.objects.visible_to(as_officer(user))) == [user]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OVERSEER, Role.BUREAU_LEADER, Role.COORDINATOR])
def test_who_reaches_the_bureau_sees_everyone(role):
    viewer = make_officer(role)
    other = make_officer(Role.INSPECTOR)
    assert set(User.objects.visible_to(as_officer(viewer))) == {viewer, other}


def test_an_officer_without_grants_sees_nobody_else(filled):
    assert not User.objects.visible_to(Officer(id=0, name="")).exists()


def test_someone_elses_person_page_is_absent(client):
    head = make_officer(Role.SECTION_HEAD, unit=make_unit("甲股"))
    stranger = make_officer(Role.INSPECTOR, unit=make_unit("乙股"))
    sign_in(client, head)

    assert client.get(f"/accounts/users/{head.pk}/").status_code == 200
    assert client.get(f"/accounts/users/{stranger.pk}/").status_code == 404
    assert stranger.name not in client.get("/accounts/users/").content.decode()

from datetime import timedelta

import pytest

from mingcha.accounts import selectors, services
from mingcha.accounts.models import RoleGrant
from mingcha.accounts.testing import as_officer, make_officer, make_unit
from mingcha.base import clock
from mingcha.base.roles import Reach, Role
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def test_a_role_holds_on_its_first_and_its_last_day_and_not_outside(at, admin):
    user = make_officer()
    services.grant_role(
        actor=admin,
        user=user,
        role=Role.COORDINATOR,
        valid_from=clock.today() + timedelta(days=1),
        valid_until=clock.today() + timedelta(days=2),
    )
    held = []
    for _day in range(4):
        held.append(as_officer(user).has(Role.COORDINATOR))
        at.advance(days=1)

    assert held == [False, True, True, False]


def test_the_day_changes_at_midnight_in_shanghai(at, admin):
    user = make_officer()
    services.grant_role(
        actor=admin, user=user, role=Role.COORDINATOR, valid_from=clock.today() + timedelta(days=1)
    )
    at.advance(hours=13, minutes=59)
    assert not as_officer(user).has(Role.COORDINATOR)
    at.advance(minutes=1)
    assert as_officer(user).has(Role.COORDINATOR)


def test_a_revoked_role_is_gone_at_once_and_stays_in_the_record(admin):
    user = make_officer()
    grant = services.grant_role(actor=admin, user=user, role=Role.OVERSEER)
    services.revoke_role(actor=admin, grant=grant, why="调离")

    assert not as_officer(user).has(Role.OVERSEER)
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_a_section_grant_reaches_the_units_below_also_those_made_later(admin):
    brigade = make_unit("大队")
    head = make_officer(Role.SECTION_HEAD, unit=brigade)
    team = make_unit("中队", parent=brigade)
    other = make_unit("别的股")

    (grant,) = as_officer(head).grants

    assert grant.reach == Reach.SECTION
    assert grant.unit_ids == {brigade.pk, team.pk}
    assert other.pk not in grant.unit_ids


def test_a_division_bounds_a_grant(admin):
    user = make_officer()
    services.grant_role(actor=admin, user=user, role=Role.COORDINATOR, division="130111")

    assert as_officer(user).grants[0].division == "130111"


def test_a_section_role_without_a_section_is_refused(admin):
    with pytest.raises(Refused) as refused:
        services.grant_role(actor=admin, user=make_officer(), role=Role.SECTION_HEAD)
    assert refused.value.codes == ("accounts.grant_unit",)


def test_a_section_head_cannot_reach_the_whole_bureau(admin):
    with pytest.raises(Refused) as refused:
        services.grant_role(actor=admin, user=make_officer(), role=Role.SECTION_HEAD, reach=Reach.BUREAU)
    assert refused.value.codes == ("accounts.grant_reach",)


def test_the_same_role_is_not_granted_twice(admin):
    user = make_officer(Role.COORDINATOR)
    with pytest.raises(Refused) as refused:
        services.grant_role(actor=admin, user=user, role=Role.COORDINATOR)
    assert refused.value.codes == ("accounts.grant_twice",)


def test_a_grant_that_ends_before_it_begins_is_refused(admin):
    with pytest.raises(Refused) as refused:
        services.grant_role(
            actor=admin,
            user=make_officer(),
            role=Role.COORDINATOR,
            valid_until=clock.today() - timedelta(days=1),
        )
    assert refused.value.codes == ("accounts.grant_dates",)


def test_nobody_but_an_administrator_grants_roles():
    leader = make_officer(Role.BUREAU_LEADER)
    with pytest.raises(Refused) as refused:
        services.grant_role(actor=as_officer(leader), user=leader, role=Role.ADMINISTRATOR)
    assert refused.value.codes == ("accounts.administrators_only",)


def test_one_person_may_hold_two_roles():
    user = make_officer(Role.COORDINATOR, Role.INSPECTOR)
    assert as_officer(user).roles == {"coordinator", "inspector"}


def test_the_viewer_costs_two_queries_at_most(admin, django_assert_max_num_queries):
    unit = make_unit()
    user = make_officer(Role.SECTION_HEAD, Role.COORDINATOR, Role.INSPECTOR, unit=unit)
    with django_assert_max_num_queries(2):
        selectors.officer_of(user)

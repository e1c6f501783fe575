from datetime import timedelta

import pytest

from mingcha.accounts import selectors, services
from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def name(person: User, deputy: User, *, start: int = 0, days: int = 7) -> None:
    since = clock.today() + timedelta(days=start)
    services.name_deputy(
        actor=as_officer(person), user=person, deputy=deputy, since=since, until=since + timedelta(days=days)
    )


def test_a_deputy_holds_the_roles_within_the_period_only(at):
    head, deputy = make_officer(Role.SECTION_HEAD), make_officer()
    name(head, deputy, start=1, days=1)
    held = []
    for _day in range(4):
        held.append(as_officer(deputy).has(Role.SECTION_HEAD))
        at.advance(days=1)

    assert held == [False, True, True, False]


def test_a_borrowed_role_is_marked_and_reaches_as_far():
    head, deputy = make_officer(Role.SECTION_HEAD), make_officer(Role.COORDINATOR)
    name(head, deputy)

    own, lent = (
        as_officer(deputy).grants
        if as_officer(deputy).grants[0].deputy_for is None
        else reversed(as_officer(deputy).grants)
    )

    assert own.role == Role.COORDINATOR
    assert lent.role == Role.SECTION_HEAD
    assert lent.deputy_for == head.pk
    assert lent.unit_ids == {head.unit_id}


def test_the_inspectors_certificate_is_not_lent():
    inspector, deputy = make_officer(Role.INSPECTOR, Role.COORDINATOR), make_officer()
    name(inspector, deputy)

    assert as_officer(deputy).roles == {"coordinator"}


def test_a_deputys_deputy_borrows_nothing_from_the_first():
    leader, first, second = make_officer(Role.BUREAU_LEADER), make_officer(), make_officer()
    name(leader, first)
    name(first, second)

    assert as_officer(first).has(Role.BUREAU_LEADER)
    assert not as_officer(second).has(Role.BUREAU_LEADER)


def test_an_inactive_persons_roles_are_not_lent(admin):
    head, deputy = make_officer(Role.SECTION_HEAD), make_officer()
    name(head, deputy)
    services.deactivate(actor=admin, user=head, why="退休")

    assert not as_officer(deputy).has(Role.SECTION_HEAD)


def test_nobody_is_their_own_deputy():
    head = make_officer(Role.SECTION_HEAD)
    with pytest.raises(Refused) as refused:
        name(head, head)
    assert refused.value.codes == ("accounts.deputy_unfit",)


def test_a_period_that_is_over_is_refused():
    head, deputy = make_officer(Role.SECTION_HEAD), make_officer()
    with pytest.raises(Refused) as refused:
        name(head, deputy, start=-9, days=1)
    assert refused.value.codes == ("accounts.deputy_period",)


def test_a_colleague_cannot_name_a_deputy_for_somebody_else():
    head, colleague = make_officer(Role.SECTION_HEAD), make_officer(Role.COORDINATOR)
    with pytest.raises(Refused) as refused:
        services.name_deputy(
            actor=as_officer(colleague),
            user=head,
            deputy=colleague,
            since=clock.today(),
            until=clock.today(),
        )
    assert refused.value.codes == ("accounts.own_account_only",)


def test_removing_the_deputy_ends_it_at_once():
    head, deputy = make_officer(Role.SECTION_HEAD), make_officer()
    name(head, deputy)
    services.remove_deputy(actor=as_officer(head), user=head)

    assert not as_officer(deputy).has(Role.SECTION_HEAD)


def test_a_page_says_in_whose_place_a_role_is_held():
    head, deputy = make_officer(Role.SECTION_HEAD, name="王主任"), make_officer()
    name(head, deputy)

    (held,) = selectors.held_roles(deputy)

    assert held.for_whom == "王主任"

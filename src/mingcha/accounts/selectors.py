"""What can be asked about people and their roles. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mingcha.accounts import options
from mingcha.accounts.models import Authenticator, RoleGrant, SignIn, Unit, UnitKind, User
from mingcha.base import clock
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Grant, Officer

#: Bound to the person: a certificate to enforce the law (行政处罚法 42) cannot be lent to a deputy.
PERSONAL_ROLES = frozenset({Role.INSPECTOR.value})


def officer_of(user: User) -> Officer:
    """The viewer that a user is today: their own grants, and those of people they stand in for.

    At most two queries. A deputy's borrowed grants carry `deputy_for`; a deputy's deputy borrows
    nothing, and neither the inspector's role nor an inactive person's grants are lent.
    """
    day = clock.today()
    rows = list(_grants_in_force_for(user, day))
    below = _subtrees([row.unit for row in rows if row.unit is not None])
    return Officer(
        id=user.pk,
        name=user.name,
        unit_id=user.unit_id,
        grants=tuple(
            Grant(
                role=Role(row.role),
                reach=Reach(row.reach),
                unit_ids=below[row.unit_id] if row.unit_id is not None else frozenset(),
                division=row.division,
                deputy_for=None if row.user_id == user.pk else row.user_id,
            )
            for row in rows
        ),
    )


def without_grants(user: User) -> Officer:
    """The viewer of someone who must first change the password or enrol: nothing but themselves."""
    return Officer(id=user.pk, name=user.name, unit_id=user.unit_id)


def _grants_in_force_for(user: User, day: date) -> QuerySet[RoleGrant]:
    lent = Q(
        user__deputy_id=user.pk,
        user__deputy_from__lte=day,
        user__deputy_until__gte=day,
        user__is_active=True,
    ) & ~Q(role__in=PERSONAL_ROLES)
    return (
        RoleGrant.objects.in_force(day)
        .filter(Q(user_id=user.pk) | lent)
        .select_related("unit")
        .order_by("id")
    )


def _subtrees(units: Sequence[Unit]) -> dict[int, frozenset[int]]:
    """For each unit the ids of itself and everything below it; one query, none without units."""
    if not units:
        return {}
    condition = Q()
    for unit in units:
        condition |= Q(path__startswith=unit.path)
    found = list(Unit.objects.filter(condition).values_list("id", "path"))
    return {unit.pk: frozenset(pk for pk, path in found if path.startswith(unit.path)) for unit in units}


def officer_by_id(user_id: int) -> Officer | None:
    """The viewer of an active user; None when there is none."""
    user = active_user(user_id)
    return officer_of(user) if user is not None else None


def active_user(user_id: int) -> User | None:
    """The person with this id who may sign in; None when there is none."""
    found: User | None = User.objects.active().filter(pk=user_id).first()
    return found


def active_user_named(username: str) -> User | None:
    """The person with this login name who may sign in; None when there is none."""
    found: User | None = User.objects.active().filter(username=username).first()
    return found


def holders(roles: Iterable[Role | str], *, on: date | None = None) -> QuerySet[User]:
    """Active people who themselves hold one of the roles on the day (today), by name."""
    day = on or clock.today()
    wanted = [str(role) for role in roles]
    grants = RoleGrant.objects.in_force(day).filter(role__in=wanted).values("user_id")
    found: QuerySet[User] = User.objects.active().filter(pk__in=grants).order_by("name", "id")
    return found


def lasting_administrators() -> QuerySet[User]:
    """Active people with an administrator's grant in force that has no end."""
    grants = RoleGrant.objects.in_force(clock.today()).filter(
        role=Role.ADMINISTRATOR, reach=Reach.BUREAU, division="", valid_until=None
    )
    found: QuerySet[User] = User.objects.active().filter(pk__in=grants.values("user_id"))
    return found


def authenticator_of(user: User) -> Authenticator | None:
    """The confirmed authenticator of a person, or None."""
    found: Authenticator | None = Authenticator.objects.filter(user=user, confirmed=True).first()
    return found


def unconfirmed_authenticator_of(user: User) -> Authenticator | None:
    """The authenticator that a person is about to enrol, or None."""
    found: Authenticator | None = Authenticator.objects.filter(user=user, confirmed=False).first()
    return found


def bureau() -> Unit | None:
    """The bureau itself: the open unit of that kind at the root of the tree, the first one made."""
    return Unit.objects.open().filter(kind=UnitKind.BUREAU, parent=None).order_by("id").first()


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody holds today, in words for a page."""

    role: Role
    reach: str
    until: date | None
    #: The name of the person in whose place it is held, empty for one's own.
    for_whom: str = ""


def held_roles(user: User) -> list[HeldRole]:
    """The roles a person holds today, their own first, then those held as a deputy."""
    rows = _grants_in_force_for(user, clock.today()).select_related("unit", "user")
    found = [
        HeldRole(
            role=Role(row.role),
            reach=row.unit.name if row.unit is not None else str(Reach(row.reach).label),
            until=row.valid_until if row.user_id == user.pk else row.user.deputy_until,
            for_whom="" if row.user_id == user.pk else row.user.name,
        )
        for row in rows
    ]
    return sorted(found, key=lambda held: (held.for_whom, held.role.value))


def grants_of(user: User) -> QuerySet[RoleGrant]:
    """Every grant of a person, the newest first; revoked and expired ones too."""
    return (
        RoleGrant.objects.filter(user=user)
        .select_related("unit", "granted_by")
        .order_by("-granted_at", "-id")
    )


def open_sign_ins(user: User) -> QuerySet[SignIn]:
    """Sessions that are still open, the most recently used first."""
    since = clock.now() - options.idle_limit()
    return SignIn.objects.filter(user=user, ended_at=None, last_seen_at__gte=since).order_by(
        "-last_seen_at", "-id"
    )

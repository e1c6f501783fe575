"""Who decides for a section: its heads and their deputies (AB 岗), and a leader where none of them may.

Reviewing a result and taking a section's step of an approval ask the same: nothing that waits for a section
is left with nobody because its head was there, asked for it, or is not appointed.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from datetime import date
from typing import Final, TypeVar

from mingcha.accounts.models import RoleGrant, Unit, User
from mingcha.base import clock
from mingcha.base.roles import Reach, Role

#: Who decides for their own section or department; a department that joins in has its partner for a head.
HEADS: Final = (Role.SECTION_HEAD, Role.PARTNER)
#: Who decides where none of them may.
INSTEAD: Final = Role.BUREAU_LEADER
K = TypeVar("K", bound=Hashable)


def heads_by_unit(units: Collection[int]) -> dict[int, set[int]]:
    """unit → ids of those who decide for it as its head, or in a head's place today; two queries."""
    found: dict[int, set[int]] = {unit: set() for unit in units}
    paths = Unit.objects.filter(pk__in=units).values_list("pk", "path") if units else ()
    today = clock.today()
    grants = RoleGrant.objects.in_force(today).filter(role__in=HEADS, user__is_active=True)
    held = list(grants.select_related("user__deputy", "unit")) if units else []
    for unit, path in paths:
        for grant in held:
            if grant.reach == Reach.BUREAU or (grant.unit is not None and path.startswith(grant.unit.path)):
                found[unit] |= _in_whose_place(grant.user, today)
    return found


def _in_whose_place(head: User, today: date) -> set[int]:
    deputy = head.deputy if head.has_deputy_on(today) else None
    return {head.pk} if deputy is None or not deputy.is_active else {head.pk, deputy.pk}


def left_to_a_leader(cases: Mapping[K, tuple[int, Collection[int | None]]]) -> set[K]:
    """Those of the cases for which no head is left; a case is its unit and the ids of who may not decide."""
    heads = heads_by_unit({unit for unit, _barred in cases.values()})
    return {key for key, (unit, barred) in cases.items() if not heads[unit] - set(barred)}

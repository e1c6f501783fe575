"""Roles: grant with a reach and dates, revoke at once."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from mingcha.accounts.events import RoleGranted, RoleRevoked
from mingcha.accounts.models import RoleGrant, Unit, User
from mingcha.accounts.models.units import DIVISION_CODE
from mingcha.accounts.rules import granting_user_id, refuse, require_administrator
from mingcha.accounts.services.people import keep_an_administrator
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Reach, Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer

#: How far a role may reach; the first is proposed in the form.
REACHES: dict[Role, tuple[Reach, ...]] = {
    Role.COORDINATOR: (Reach.BUREAU,),
    Role.SECTION_HEAD: (Reach.SECTION,),
    Role.BUREAU_LEADER: (Reach.BUREAU, Reach.SECTION),
    Role.INSPECTOR: (Reach.OWN, Reach.SECTION),
    Role.OVERSEER: (Reach.BUREAU,),
    Role.PARTNER: (Reach.SECTION, Reach.OWN),
    Role.ADMINISTRATOR: (Reach.BUREAU,),
}


@service
def grant_role(
    *,
    actor: Viewer,
    user: User,
    role: Role | str,
    reach: Reach | str | None = None,
    unit: Unit | None = None,
    division: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> RoleGrant:
    """Give a person a role. `valid_from` is today unless said; both dates are inclusive."""
    require_administrator(actor)
    role = Role(role)
    reach = Reach(reach) if reach is not None else REACHES[role][0]
    since = valid_from or clock.today()
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if reach == Reach.SECTION and unit is None:
        unit = user.unit
    if reach != Reach.SECTION:
        unit = None
    _check(user, role, reach, unit, division, since, valid_until)
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        reach=reach,
        unit=unit,
        division=division,
        valid_from=since,
        valid_until=valid_until,
        granted_by_id=granting_user_id(actor),
        granted_at=clock.now(),
    )
    emit(RoleGranted(thing=Thing.of(user), after=_facts(grant)))
    return grant


@service
def revoke_role(*, actor: Viewer, grant: RoleGrant, why: str) -> RoleGrant:
    """Take a role back at once; the grant stays in the history."""
    require_administrator(actor)
    grant = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if grant.revoked_at is not None:
        return grant
    lasting = grant.role == Role.ADMINISTRATOR and grant.valid_until is None
    if lasting and grant.is_in_force(clock.today()):
        keep_an_administrator(grant.user)
    grant.revoked_at = clock.now()
    grant.save(update_fields=["revoked_at"])
    emit(RoleRevoked(thing=Thing.of(grant.user), before=_facts(grant), why=why))
    return grant


def _check(
    user: User,
    role: Role,
    reach: Reach,
    unit: Unit | None,
    division: str,
    since: date,
    until: date | None,
) -> None:
    if not user.is_active:
        raise refuse(
            "grant_inactive",
            gettext_noop("%(name)s的账号已停用，不能授予角色"),
            gettext_noop("请先恢复该账号"),
            name=user.name,
        )
    if reach not in REACHES[role]:
        raise refuse(
            "grant_reach",
            gettext_noop("“%(role)s”不能按“%(reach)s”授予"),
            gettext_noop("请选择范围：%(possible)s"),
            role=role.label,
            reach=reach.label,
            possible="、".join(str(one.label) for one in REACHES[role]),
        )
    if reach == Reach.SECTION and (unit is None or not unit.is_open):
        raise refuse(
            "grant_unit",
            gettext_noop("按股室授予的角色须指明一个在用的股室"),
            gettext_noop("请选择股室"),
        )
    if until is not None and (until < since or until < clock.today()):
        raise refuse(
            "grant_dates",
            gettext_noop("截止日期早于开始日期，或者已经过去"),
            gettext_noop("请改截止日期，长期有效的不填"),
        )
    try:
        if division:
            DIVISION_CODE(division)
    except ValidationError as error:
        raise refuse(
            "grant_division", str(error.messages[0]), gettext_noop("请核对 GB/T 2260 代码")
        ) from None
    standing = RoleGrant.objects.in_force(clock.today()).filter(
        user=user, role=role, reach=reach, unit=unit, division=division
    )
    if since <= clock.today() and standing.exists():
        raise refuse(
            "grant_twice",
            gettext_noop("%(name)s已经有范围相同的“%(role)s”角色"),
            gettext_noop("不必重复授予；要改期限的，请先收回再授予"),
            name=user.name,
            role=role.label,
        )


def _facts(grant: RoleGrant) -> dict[str, str]:
    return {
        "role": str(grant.role),
        "reach": str(grant.reach),
        "unit": grant.unit.name if grant.unit is not None else "",
        "division": grant.division,
        "from": grant.valid_from.isoformat(),
        "until": grant.valid_until.isoformat() if grant.valid_until is not None else "",
    }

"""Separation of duty: on one thing, nobody performs two duties that exclude each other (design §4.7).

    @service
    def confirm_seal(*, actor, campaign): ...
        duties.perform(actor=actor, duty="draw.confirm", thing=Thing.of(campaign))

A bureau has six to fifteen people, so a person may well hold both roles; what is refused is only doing
both on the same thing. The acting person counts, also when acting as a deputy. Which pairs exclude each
other is data (`DutyConflict`); what each duty is called and which roles may perform it is declared here
and by the apps that own the duty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop

from mingcha.accounts import selectors
from mingcha.accounts.models import DutyConflict, DutyRecord, User
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.kernel.refusal import Refusal, Refused

#: How many colleagues a refusal names.
_NAMED = 5


@dataclass(frozen=True)
class Duty:
    """A duty that is separated from another: its code, its Chinese name, the roles that perform it."""

    code: str
    label: str
    roles: tuple[Role, ...]


catalogue: dict[str, Duty] = {}


def declare(*duties: Duty) -> None:
    """Make duties known; apps call it in `ready()`. The same code again replaces."""
    catalogue.update({duty.code: duty for duty in duties})


_CLERKS = (Role.COORDINATOR, Role.SECTION_HEAD)
_DECIDERS = (Role.SECTION_HEAD, Role.BUREAU_LEADER)
_WITNESSES = (Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER)

declare(
    Duty("draw.agree-repeat", gettext_noop("同意再次抽取"), (Role.BUREAU_LEADER, Role.OVERSEER)),
    Duty("draw.seal", gettext_noop("封存名单"), (Role.COORDINATOR,)),
    Duty("draw.confirm", gettext_noop("确认抽取"), _WITNESSES),
    Duty("draw.enter-digits", gettext_noop("录入摇号数字"), _CLERKS),
    Duty("draw.confirm-digits", gettext_noop("复核摇号数字"), _WITNESSES),
    Duty("inspect", gettext_noop("实施检查"), (Role.INSPECTOR,)),
    Duty("review", gettext_noop("审核检查结果"), _DECIDERS),
    Duty("draft-item", gettext_noop("起草抽查事项"), _CLERKS),
    Duty("publish-item", gettext_noop("发布抽查事项"), (Role.COORDINATOR, *_DECIDERS)),
    Duty("request-correction", gettext_noop("申请更正结果"), (Role.INSPECTOR, *_CLERKS)),
    Duty("approve-correction", gettext_noop("批准更正结果"), (*_DECIDERS, Role.PARTNER)),
    Duty("propose", gettext_noop("提请审批"), _CLERKS),
    Duty("approve", gettext_noop("审批"), _DECIDERS),
)


def label_of(code: str) -> str:
    """The Chinese name of a duty, translated; the code when nobody declared it."""
    duty = catalogue.get(code)
    return gettext(duty.label) if duty is not None else code


@service
def perform(*, actor: Viewer, duty: str, thing: Thing, once: bool = False) -> DutyRecord | None:
    """Record that the actor performs a duty on a thing; Refused when they did a conflicting one on it.

    Called inside the service that does the work, so both stand or fall together. The platform itself
    (System) has no duties and leaves no record. With `once`, what is on record already is not recorded
    again: for work that is done bit by bit. Raises ValueError for a duty nobody declared and
    TypeError for viewers who cannot have duties.
    """
    if duty not in catalogue:
        raise ValueError(f"unknown duty {duty!r}")
    if isinstance(actor, System):
        return None
    if not isinstance(actor, Officer):
        raise TypeError(f"{actor.reference} cannot perform a duty")
    if once and _records(thing).filter(user_id=actor.id, duty=duty).exists():
        return None
    # The row lock makes two requests of one person see each other's record.
    User.objects.select_for_update(of=("self",)).get(pk=actor.id)
    noticed: DutyConflict | None = None
    refusals: list[Refusal] = []
    for conflict, earlier in _conflicts(actor.id, duty, thing):
        if conflict.enforced:
            refusals.append(_refusal(conflict, earlier, duty, thing))
        else:
            noticed = conflict
    if refusals:
        raise Refused(*refusals)
    return DutyRecord.objects.create(
        thing_type=thing.type,
        thing_id=thing.id,
        duty=duty,
        user_id=actor.id,
        at=clock.now(),
        noticed=noticed,
    )


def would_conflict(*, actor: Viewer, duty: str, thing: Thing) -> Refusal | None:
    """The refusal that `perform` would raise first, for pages that explain a missing button."""
    if not isinstance(actor, Officer):
        return None
    for conflict, earlier in _conflicts(actor.id, duty, thing):
        if conflict.enforced:
            return _refusal(conflict, earlier, duty, thing)
    return None


def who_else_may(duty: str, thing: Thing) -> list[User]:
    """Active people with a role for the duty who have done nothing on the thing that excludes it."""
    partners = [conflict.other(duty) for conflict in _cells(duty) if conflict.enforced]
    busy = _records(thing).filter(duty__in=partners).values("user_id")
    return list(selectors.holders(catalogue[duty].roles).exclude(pk__in=busy))


def _cells(duty: str) -> Iterable[DutyConflict]:
    return DutyConflict.objects.filter(Q(duty_a=duty) | Q(duty_b=duty))


def _records(thing: Thing) -> QuerySet[DutyRecord]:
    return DutyRecord.objects.filter(thing_type=thing.type, thing_id=thing.id)


def _conflicts(user_id: int, duty: str, thing: Thing) -> list[tuple[DutyConflict, DutyRecord]]:
    """Each cell that the person's earlier duties on the thing touch, with the earliest such record."""
    cells = {cell.other(duty): cell for cell in _cells(duty)}
    earlier = _records(thing).filter(user_id=user_id, duty__in=cells).order_by("at", "id")
    found: dict[str, DutyRecord] = {}
    for record in earlier:
        found.setdefault(record.duty, record)
    return [(cells[code], record) for code, record in found.items()]


def _refusal(conflict: DutyConflict, earlier: DutyRecord, duty: str, thing: Thing) -> Refusal:
    others = [user.name for user in who_else_may(duty, thing) if user.pk != earlier.user_id]
    params = {
        "when": date_format(localtime(earlier.at), "Y-m-d H:i"),
        "thing": thing.label or thing.type,
        "earlier": label_of(earlier.duty),
        "duty": label_of(duty),
        "others": "、".join(others[:_NAMED]),
    }
    if others:
        remedy = gettext_noop("请由另一人办理，例如：%(others)s")
    else:
        remedy = gettext_noop("目前没有其他人有权办理“%(duty)s”，请系统管理员给另一人授予相应角色")
    return Refusal(
        "accounts.duty_conflict",
        gettext_noop("您已于 %(when)s 对“%(thing)s”办理过“%(earlier)s”，同一人不能再办理“%(duty)s”"),
        conflict.basis,
        remedy,
        params,
    )

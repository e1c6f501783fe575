"""The register of people: certificates, experts and helpers, days of leave (plan 二（二）3)."""

from __future__ import annotations

from typing import Any

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.events import (
    InspectorChanged,
    InspectorEntered,
    LeaveCancelled,
    LeaveChanged,
    LeaveEntered,
)
from mingcha.registry.models import Inspector, Leave

#: Who keeps the register of inspectors.
INSPECTOR_KEEPERS = (Role.COORDINATOR,)
#: Who enters days of leave: heads do it for their own section.
LEAVE_KEEPERS = (Role.COORDINATOR, Role.SECTION_HEAD)
INSPECTOR_FIELDS = (
    "name",
    "kind",
    "unit",
    "post",
    "duties",
    "certificate_number",
    "authority",
    "field",
    "territory",
    "valid_from",
    "valid_until",
    "specialties",
    "scope",
    "yearly_limit",
    "status",
    "user",
)
LEAVE_FIELDS = ("inspector", "kind", "first_day", "last_day")


@service
def enter_inspector(*, actor: Viewer, values: dict[str, Any]) -> Inspector:
    """Enter a person; `values` are cleaned `INSPECTOR_FIELDS`, those left out keep their default."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("录入检查人员"))
    given = {name: values[name] for name in INSPECTOR_FIELDS if name in values and name != "specialties"}
    inspector = Inspector(**given)
    _check_certificate(inspector)
    inspector.save()
    inspector.specialties.set(values.get("specialties", ()))
    emit(InspectorEntered(thing=Thing.of(inspector), after=snapshot(inspector, INSPECTOR_FIELDS)))
    return inspector


@service
def change_inspector(*, actor: Viewer, inspector: Inspector, values: dict[str, Any]) -> Inspector:
    """Update a person: a renewed certificate, another section, another specialty, no longer at work."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("修改检查人员"))
    inspector = Inspector.objects.visible_to(actor).select_for_update().get(pk=inspector.pk)
    before = snapshot(inspector, INSPECTOR_FIELDS)
    for name in INSPECTOR_FIELDS:
        if name in values and name != "specialties":
            setattr(inspector, name, values[name])
    _check_certificate(inspector)
    inspector.save()
    if "specialties" in values:
        inspector.specialties.set(values["specialties"])
    old, new = changes(before, snapshot(inspector, INSPECTOR_FIELDS))
    if new:
        emit(InspectorChanged(thing=Thing.of(inspector), before=old, after=new))
    return inspector


def _check_certificate(person: Inspector) -> None:
    """Who is to be drawn has a certificate with its dates; experts and helpers need none (54号 E1, E8)."""
    complete = person.certificate_number and person.valid_from and person.valid_until
    if person.kind == Inspector.Kind.CERTIFIED and not complete:
        raise Refused(
            Refusal(
                "inspector.certificate_missing",
                gettext_noop("执法人员须有执法证件号码和有效期"),
                gettext_noop("《行政处罚法》第四十二条：执法人员应当具有行政执法资格"),
                gettext_noop("请对照证件填写；没有证件的，人员类别选“协助人员”或“专家”"),
            )
        )


@service
def enter_leave(*, actor: Viewer, values: dict[str, Any]) -> Leave:
    """Record days on which a person cannot inspect; `values` are the cleaned fields of `LEAVE_FIELDS`."""
    require_role(actor, LEAVE_KEEPERS, gettext_noop("登记离岗安排"))
    _reachable(actor, values["inspector"])
    leave = Leave(**{name: values[name] for name in LEAVE_FIELDS})
    _check_overlap(leave)
    leave.save()
    emit(LeaveEntered(thing=Thing.of(leave), after=snapshot(leave, LEAVE_FIELDS)))
    return leave


@service
def change_leave(*, actor: Viewer, leave: Leave, values: dict[str, Any]) -> Leave:
    """Move, shorten or lengthen it."""
    require_role(actor, LEAVE_KEEPERS, gettext_noop("修改离岗安排"))
    leave = Leave.objects.visible_to(actor).select_for_update().get(pk=leave.pk)
    _reachable(actor, values["inspector"])
    before = snapshot(leave, LEAVE_FIELDS)
    for name in LEAVE_FIELDS:
        setattr(leave, name, values[name])
    _check_overlap(leave)
    leave.save()
    old, new = changes(before, snapshot(leave, LEAVE_FIELDS))
    if new:
        emit(LeaveChanged(thing=Thing.of(leave), before=old, after=new))
    return leave


@service
def cancel_leave(*, actor: Viewer, leave: Leave) -> Leave:
    """It does not take place; it stays on record. Again, it stays cancelled."""
    require_role(actor, LEAVE_KEEPERS, gettext_noop("取消离岗安排"))
    leave = Leave.objects.visible_to(actor).select_for_update().get(pk=leave.pk)
    if leave.cancelled_on is None:
        leave.cancelled_on = clock.today()
        leave.save(update_fields=["cancelled_on"])
        emit(LeaveCancelled(thing=Thing.of(leave), after={"cancelled_on": leave.cancelled_on.isoformat()}))
    return leave


def _reachable(actor: Viewer, inspector: Inspector) -> None:
    """A head enters leave for people of the own section only."""
    if not Inspector.objects.visible_to(actor).filter(pk=inspector.pk).exists():
        raise Refused(
            Refusal(
                "leave.other_section",
                gettext_noop("%(name)s 不在您的股室"),
                gettext_noop("岗位权限：股室负责人只登记本股室人员的离岗安排"),
                gettext_noop("请由其所在股室负责人或综合经办登记"),
                {"name": inspector.name},
            )
        )


def _check_overlap(leave: Leave) -> None:
    standing = Leave.objects.filter(inspector=leave.inspector).touching(leave.first_day, leave.last_day)
    other = standing.exclude(pk=leave.pk).first()
    if other is not None:
        raise Refused(
            Refusal(
                "leave.overlaps",
                gettext_noop("%(name)s 在 %(first)s 至 %(last)s 已经登记了离岗"),
                gettext_noop("本局方案二（二）3：执法检查人员名录库"),
                gettext_noop("请修改原来的那一条，不要重复登记"),
                {"name": leave.inspector.name, "first": other.first_day, "last": other.last_day},
            )
        )

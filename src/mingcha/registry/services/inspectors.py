"""Entering and changing inspectors: one certificate one person."""

from __future__ import annotations

from typing import Any

from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.events import InspectorChanged, InspectorEntered
from mingcha.registry.models import Inspector

#: Who keeps the register of inspectors.
INSPECTOR_KEEPERS = (Role.COORDINATOR,)
INSPECTOR_FIELDS = (
    "name",
    "unit",
    "certificate_number",
    "authority",
    "valid_from",
    "valid_until",
    "specialties",
    "status",
    "user",
)


@service
def enter_inspector(*, actor: Viewer, values: dict[str, Any]) -> Inspector:
    """Enter a certified person; `values` are the cleaned fields of `INSPECTOR_FIELDS`."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("录入执法人员"))
    inspector = Inspector.objects.create(
        **{name: values[name] for name in INSPECTOR_FIELDS if name != "specialties"}
    )
    inspector.specialties.set(values["specialties"])
    emit(InspectorEntered(thing=Thing.of(inspector), after=snapshot(inspector, INSPECTOR_FIELDS)))
    return inspector


@service
def change_inspector(*, actor: Viewer, inspector: Inspector, values: dict[str, Any]) -> Inspector:
    """Update a certified person: a renewed certificate, another section, another specialty."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("修改执法人员"))
    inspector = Inspector.objects.visible_to(actor).select_for_update().get(pk=inspector.pk)
    before = snapshot(inspector, INSPECTOR_FIELDS)
    for name in INSPECTOR_FIELDS:
        if name != "specialties":
            setattr(inspector, name, values[name])
    inspector.save()
    inspector.specialties.set(values["specialties"])
    old, new = changes(before, snapshot(inspector, INSPECTOR_FIELDS))
    if new:
        emit(InspectorChanged(thing=Thing.of(inspector), before=old, after=new))
    return inspector

"""Objects are reached only through `Model.objects.visible_to(viewer)` (design §4.4).

A queryset that says nothing shows nothing: each model opens itself to each kind of viewer by
overriding one method. Someone else's object is therefore absent, and its page a 404.
"""

from __future__ import annotations

import functools
import operator
from dataclasses import replace
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Capability, Grant, Officer, Public, System, Viewer


class VisibleQuerySet(models.QuerySet[Any]):
    """A queryset with one door. Override `for_officer`, `for_capability`, `for_public`."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Only what this viewer may know of; lists, counts, exports and API all start here."""
        if isinstance(viewer, System):
            return self
        if isinstance(viewer, Officer):
            return self.for_officer(viewer)
        if isinstance(viewer, Capability):
            return self.for_capability(viewer)
        if isinstance(viewer, Public):
            return self.for_public()
        raise TypeError(f"not a viewer: {viewer!r}")

    def for_officer(self, officer: Officer) -> Self:
        return self.none()

    def for_capability(self, capability: Capability) -> Self:
        return self.none()

    def for_public(self) -> Self:
        return self.none()


M = TypeVar("M", bound=models.Model)


def locked(row: M, viewer: Viewer) -> M:
    """The row anew and locked: of two people who press at once one waits and is then told.

    Raises DoesNotExist for what the viewer may not know of.
    """
    rows: Any = type(row)._default_manager
    found: M = rows.visible_to(viewer).select_for_update(of=("self",)).get(pk=row.pk)
    return found


#: Conditions that stay right when joined to others with "or": an empty `Q()` would vanish there.
EVERYTHING = ~Q(pk__in=[])
NOTHING = Q(pk__in=[])


def reach_filter(
    officer: Officer,
    roles: tuple[Role, ...],
    *,
    section: str = "",
    own: str = "",
    division: str = "",
    whole_territory: bool = False,
) -> Q:
    """The condition under which an officer's grants reach a row; `EVERYTHING` or `NOTHING` at the ends.

    `section`, `own` and `division` name the fields holding the row's unit id, person id and division
    code; a reach for which the model has no field reaches nothing. An empty division code on a row
    belongs to everyone: location is maintained by hand and may still be missing (domain 0.8).
    With `whole_territory` a role reaches every row of its territory, whatever its reach: for rows that
    belong to no section.
    """
    if whole_territory:
        bureau = tuple(replace(grant, reach=Reach.BUREAU) for grant in officer.grants)
        officer = replace(officer, grants=bureau)
    conditions = [
        condition
        for grant in officer.grants_of(roles)
        if (condition := _reached(grant, officer, section, own, division)) is not None
    ]
    if EVERYTHING in conditions:
        return EVERYTHING
    return functools.reduce(operator.or_, conditions) if conditions else NOTHING


def _reached(grant: Grant, officer: Officer, section: str, own: str, division: str) -> Q | None:
    """What one grant reaches, None for nothing."""
    bounded = bool(division and grant.division)
    territory = Q(**{f"{division}__startswith": grant.division}) | Q(**{division: ""}) if bounded else Q()
    if grant.reach == Reach.BUREAU:
        return territory if bounded else EVERYTHING
    if grant.reach == Reach.SECTION and section:
        return Q(**{f"{section}__in": grant.unit_ids}) & territory
    if grant.reach == Reach.OWN and own:
        return Q(**{own: officer.id}) & territory
    return None

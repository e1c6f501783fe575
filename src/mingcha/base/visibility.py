"""Objects are reached only through `Model.objects.visible_to(viewer)` (design §4.4).

A queryset that says nothing shows nothing: each model opens itself to each kind of viewer by
overriding one method. Someone else's object is therefore absent, and its page a 404.
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Capability, Officer, Public, System, Viewer


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


def reach_filter(
    officer: Officer,
    roles: tuple[Role, ...],
    *,
    section: str = "",
    own: str = "",
    division: str = "",
) -> Q | None:
    """The condition under which an officer's grants reach a row, or None when no grant does.

    `section`, `own` and `division` name the fields holding the row's unit id, person id and division
    code; a reach for which the model has no field reaches nothing. An empty division code on a row
    belongs to everyone: location is maintained by hand and may still be missing (domain 0.8).
    """
    reached: Q | None = None
    for grant in officer.grants_of(roles):
        if grant.reach == Reach.BUREAU:
            condition = Q()
        elif grant.reach == Reach.SECTION and section:
            condition = Q(**{f"{section}__in": grant.unit_ids})
        elif grant.reach == Reach.OWN and own:
            condition = Q(**{own: officer.id})
        else:
            continue
        if division and grant.division:
            condition &= Q(**{f"{division}__startswith": grant.division}) | Q(**{division: ""})
        if not condition:
            return Q()
        reached = condition if reached is None else reached | condition
    return reached

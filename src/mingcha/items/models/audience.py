"""Who sees what of the item list: all officers what is published, drafts only those who work on them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db.models import Q

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.items.lifecycle import PUBLIC

#: Who works on the list or decides on it: these see drafts, flags and superiors' lists.
LIST_WORKERS = (Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER)


class OfVersionQuerySet(VisibleQuerySet):
    """Rows of a version are as visible as the version; `path` leads to it."""

    path: ClassVar[str] = "version__"

    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*LIST_WORKERS) else self.for_public()

    def for_public(self) -> Self:
        return self.filter(Q(**{f"{self.path}state__in": PUBLIC}))


class VersionQuerySet(OfVersionQuerySet):
    path = ""


class WorkersQuerySet(VisibleQuerySet):
    """Only for those who work on the list."""

    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*LIST_WORKERS) else self.none()

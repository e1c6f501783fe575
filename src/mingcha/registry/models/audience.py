"""Who works with the registers."""

from __future__ import annotations

from typing import Self

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter

#: Who works with the two registers; the rest see firms only through their own tasks.
REGISTER_READERS = (
    Role.COORDINATOR,
    Role.SECTION_HEAD,
    Role.BUREAU_LEADER,
    Role.OVERSEER,
)


class OfSubjectQuerySet(VisibleQuerySet):
    """Rows about one subject: whoever sees the subject in the register sees them."""

    #: The path from the row to its subject.
    subject = "subject"

    def for_officer(self, officer: Officer) -> Self:
        return self.filter(
            reach_filter(
                officer, REGISTER_READERS, division=f"{self.subject}__division_code", whole_territory=True
            )
        )


class CommonKnowledgeQuerySet(VisibleQuerySet):
    """Dictionaries and reference tables: no secret inside the house."""

    def for_officer(self, officer: Officer) -> Self:
        return self

"""Who works with the registers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from mingcha.accounts.selectors import bureau
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


#: Who sees who must stay away from whom, in the register (`RecusalQuerySet`) and in lists.
RECUSAL_READERS = (Role.COORDINATOR, Role.OVERSEER, Role.BUREAU_LEADER)


def over_everything(officer: Officer, roles: Iterable[Role]) -> bool:
    """Whether one of these roles reaches the bureau's whole territory, not only a part of it.

    A list of firms is matched with the whole register, so nobody bounded to a town or county handles one.
    """
    grants = officer.grants_of(roles)
    if any(not grant.division for grant in grants):
        return True
    home = bureau() if grants else None
    return home is not None and any(home.division_code.startswith(grant.division) for grant in grants)


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

"""Who is looking: every read and every verb names its viewer (design §4.4).

A viewer is a value, loaded once per request, so that kernel-like code can decide without queries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from mingcha.base.roles import Reach, Role


@dataclass(frozen=True)
class Grant:
    """One role with its reach.

    `unit_ids` holds the unit and all below it when the reach is a section; `division` is the prefix of
    the GB/T 2260 code that bounds the role's territory (辖区), empty for none. `deputy_for` is the id
    of the person in whose place it is held (AB 岗), None for one's own.
    """

    role: Role
    reach: Reach = Reach.BUREAU
    unit_ids: frozenset[int] = frozenset()
    division: str = ""
    deputy_for: int | None = None


@dataclass(frozen=True)
class Officer:
    """A signed-in person of the bureau or of a partner department."""

    id: int
    name: str
    grants: tuple[Grant, ...] = ()
    unit_id: int | None = None
    kind: Literal["officer"] = "officer"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(str(grant.role.value) for grant in self.grants)

    def has(self, *roles: Role | str) -> bool:
        """Whether the officer holds at least one of the roles."""
        return not self.roles.isdisjoint(str(role) for role in roles)

    def grants_of(self, roles: Iterable[Role | str]) -> tuple[Grant, ...]:
        wanted = {str(role) for role in roles}
        return tuple(grant for grant in self.grants if str(grant.role) in wanted)

    @property
    def reference(self) -> str:
        return f"officer:{self.id}"


@dataclass(frozen=True)
class Capability:
    """What a firm holds in its hand: a door code, a service link, or its own page (design §4.4)."""

    purpose: Literal["door", "service", "own"]
    thing_type: str
    thing_id: int
    roles: frozenset[str] = frozenset()
    kind: Literal["capability"] = "capability"

    @property
    def reference(self) -> str:
        return f"capability:{self.purpose}:{self.thing_type}:{self.thing_id}"

    @property
    def name(self) -> str:
        return "企业（凭码）"


@dataclass(frozen=True)
class Public:
    """Anyone: sees what is published and nothing else."""

    roles: frozenset[str] = frozenset()
    kind: Literal["public"] = "public"
    reference: str = "public"
    name: str = "公众"


@dataclass(frozen=True)
class System:
    """The platform itself: the clock, a job, a command; `purpose` says which, for the ledger."""

    purpose: str
    roles: frozenset[str] = field(default_factory=frozenset)
    kind: Literal["system"] = "system"

    @property
    def reference(self) -> str:
        return f"system:{self.purpose}"

    @property
    def name(self) -> str:
        return "系统"


Viewer = Officer | Capability | Public | System
PUBLIC = Public()

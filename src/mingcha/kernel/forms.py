"""A form that several people fill without a network: a register for each field, merged from what each wrote.

Every change is an `Op`: who wrote (`client`, counting its own changes with `seq`), which field, the value,
and `parents`, the ops of the field that the writer had before the eyes. What has been written over is no
longer a head. Where the heads of a field say different things, people wrote without knowing of each other:
both values stand until somebody writes with both before the eyes. No clock decides anything.

A form is its set of ops, so that ops may arrive late, twice and in any order: merging is commutative,
associative and idempotent. `static/inspection/phone/form-merge.js` does the same in the browser.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["Form", "Op", "OpId", "Scalar", "Sight", "merge", "seen", "sight"]

Scalar = str | int | None
"""What a field may hold; None for what was erased again."""

OpId = tuple[str, int]
"""Who wrote, and the writer's how manieth change it is."""


@dataclass(frozen=True)
class Op:
    """One change of one field. Raises ValueError for a `seq` below 1 or a parent that is the op itself."""

    client: str
    seq: int
    field: str
    value: Scalar
    parents: frozenset[OpId] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "parents", frozenset(self.parents))
        if self.seq < 1:
            raise ValueError("a client counts its changes from 1")
        if self.id in self.parents:
            raise ValueError("nothing is written over before it is written")

    @property
    def id(self) -> OpId:
        return self.client, self.seq


@dataclass(frozen=True)
class Form:
    """A merged form: its ops, and of each field those that nobody has written over, in a fixed order."""

    ops: frozenset[Op]
    _heads: Mapping[str, tuple[Op, ...]] = field(repr=False, compare=False)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that somebody wrote, in order of name."""
        return tuple(sorted(self._heads))

    def heads(self, field: str) -> tuple[Op, ...]:
        """What stands in a field, one op for each writer who knew nothing of the others."""
        return self._heads.get(field, ())

    def values(self, field: str) -> tuple[Scalar, ...]:
        """The different values that stand in a field: none, one, or those in conflict, in a fixed order."""
        kept = {spelled(op.value): op.value for op in self.heads(field)}
        return tuple(kept[text] for text in sorted(kept))

    def value(self, field: str) -> Scalar:
        """What a field holds; None while it is empty, and while two values stand."""
        found = self.values(field)
        return found[0] if len(found) == 1 else None

    def conflicts(self) -> tuple[str, ...]:
        """The fields in which different values stand, in order of name."""
        return tuple(name for name in self.fields if len(self.values(name)) > 1)

    @property
    def text(self) -> str:
        """What the form says, in its one spelling: each field with the values that stand in it."""
        said = [[name, list(self.values(name))] for name in self.fields]
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of what the form says, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Sight:
    """What somebody had before the eyes: each writer's changes up to a count, and the digest of the form
    that these made."""

    upto: Mapping[str, int]
    digest: str


def spelled(value: Scalar) -> str:
    """The one spelling of a value: 1 and "1" are different, and told apart in the browser too."""
    return json.dumps(value, ensure_ascii=False)


def merge(ops: Iterable[Op]) -> Form:
    """The form that these ops make; ops of a `Form` are merged further with `merge(form.ops | others)`.

    Raises ValueError when one op stands twice with different contents: then somebody has forged one.
    """
    known: dict[OpId, Op] = {}
    for op in ops:
        if known.setdefault(op.id, op) != op:
            raise ValueError(f"two different changes are both {op.id}")
    latest: dict[tuple[str, str], int] = {}
    over: set[tuple[str, OpId]] = set()
    for op in known.values():
        over.update((op.field, parent) for parent in op.parents)
        mine = (op.client, op.field)
        latest[mine] = max(op.seq, latest.get(mine, 0))
    heads: dict[str, list[Op]] = {}
    for key in sorted(known):
        op = known[key]
        # A writer has its own earlier words before the eyes.
        if (op.field, key) not in over and latest[op.client, op.field] == op.seq:
            heads.setdefault(op.field, []).append(op)
    return Form(frozenset(known.values()), {name: tuple(found) for name, found in heads.items()})


def sight(ops: Iterable[Op]) -> Sight:
    """What is before the eyes of whoever knows exactly these ops."""
    form = merge(ops)
    upto: dict[str, int] = {}
    for op in form.ops:
        upto[op.client] = max(op.seq, upto.get(op.client, 0))
    return Sight(upto, form.digest)


def seen(ops: Iterable[Op], before: Sight) -> Form:
    """The form as it stood then; its digest is not `before.digest` where these ops are not all."""
    return merge(op for op in ops if op.seq <= before.upto.get(op.client, 0))

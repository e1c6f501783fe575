"""A row on its way from the file into the staging table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mingcha.base.crypto import masking
from mingcha.registry.importing import sets
from mingcha.registry.models import ImportBatch, Staged, StagedProblem
from mingcha.registry.sheets import Problem, ReadRow, verdict_of

Action = Staged.Action

#: What every staged row has, in the order in which it is written.
COMMON = (
    "batch",
    "position",
    "sheet",
    "row",
    "verdict",
    "action",
    "key",
    "name",
    "cells",
    "before",
    "target_version",
)
_PROBLEM = ("batch", "position", "column", "value", "reason", "group", "severity", "accepted")
_QUOTED = re.compile("“[^”]*”")
EMPTY = "{}"
#: A row that was read, is clean and was made ready for the staging table at once (`subject_rows.pack`).
Packed = tuple[Any, ...]
#: Such a row with its position, of an object that the register does not know.
Fresh = tuple[int, Packed]
_MASKS = {"contact_name": masking.mask_name, "contact_phone": masking.mask_phone}


@dataclass
class Draft:
    """One row with what will be done with it: what it becomes (`values`), and what was there (`before`)."""

    position: int
    read: ReadRow
    key: str = ""
    action: str = Action.CREATE
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    target_id: int | None = None
    target_version: int = 0
    problems: list[Problem] = field(default_factory=list)
    #: Whether nothing but a name identifies it: two firms may bear one name.
    by_name: bool = False

    @property
    def verdict(self) -> str:
        return verdict_of(self.problems)

    @property
    def name(self) -> str:
        return str(self.values.get("name") or self.read.values.get("name") or "")[:200]

    def refuse(self, reason: str, *, column: str = "", value: str = "") -> None:
        """Add something for which the row cannot come in."""
        self.problems.append(Problem(column, value, reason, "error"))
        self.action = Action.SKIP

    def warn(self, reason: str, *, column: str = "", value: str = "") -> None:
        """Add something that somebody should look at."""
        self.problems.append(Problem(column, value, reason, "warning"))

    def cells_text(self, model: type[Staged]) -> str:
        """The cells as they stood, encrypted for their table; kept where somebody may correct them."""
        if not self.problems:
            return ""
        column: Any = model._meta.get_field("cells")
        return str(column.encipher(_json(self.read.raw)))

    def before_text(self) -> str:
        """`before` as the database takes it."""
        return _json(self.before) if self.before else EMPTY

    def common(self, batch_id: int, model: type[Staged]) -> tuple[Any, ...]:
        """The values of `COMMON`."""
        return (
            batch_id,
            self.position,
            self.read.sheet[:100],
            self.read.row,
            self.verdict,
            self.action,
            self.key[:200],
            self.name,
            self.cells_text(model),
            self.before_text(),
            self.target_version,
        )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def draft_of(position: int, read: ReadRow, key: str, *, by_name: bool) -> Draft:
    """A draft of a row that was read; a refused one is not imported."""
    action = Action.SKIP if read.verdict == "refused" else Action.CREATE
    return Draft(position, read, key, action, problems=list(read.problems), by_name=by_name)


def group_of(reason: str) -> str:
    """The reason without what differs from row to row, by which rows are gathered."""
    return _QUOTED.sub("“…”", reason)[:200]


def _shown_value(problem: Problem) -> str:
    """What stood in the cell; personal data masked, since problems stay after the list was written (N10)."""
    hide = _MASKS.get(problem.field)
    return hide(problem.value) if hide else problem.value


def insert_problems(batch: ImportBatch, drafts: Iterable[Draft]) -> None:
    """Write down what is doubtful or wrong about the rows."""
    rows = [
        (
            batch.pk,
            draft.position,
            p.column[:100],
            _shown_value(p)[:200],
            p.reason[:200],
            group_of(p.reason),
            p.severity,
            False,
        )
        for draft in drafts
        for p in draft.problems
    ]
    if rows:
        sets.insert_rows(StagedProblem, _PROBLEM, rows)


def mark_repeated(draft: Draft, seen: set[str]) -> None:
    """Refuse a row whose identity was `seen` in the same file; else it is seen now.

    Where only the name is the same, say so and leave the decision to the person.
    """
    if not draft.key or draft.action == Action.SKIP:
        return
    if draft.key not in seen:
        seen.add(draft.key)
    elif draft.by_name:
        draft.warn(_("同一份名单里前面已有同名的行，都没有代码，可能重复"), value=draft.name)
    else:
        draft.refuse(_("同一份名单里前面已有这一编号或名称的行，这一行不导入"), value=draft.key)

"""What changed from one version of a publication to the next: rows and fields, pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from mingcha.publication.types import key_text

Row = Mapping[str, Any]
#: What is longer, in characters, is no name of a row.
_LONGEST_NAME = 60
#: What is longer is no word of a list but a sentence.
_LONGEST_WORD = 16


@dataclass(frozen=True)
class Change:
    """One field of a row that reads otherwise now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRow:
    """A row that stands in both versions with other values."""

    key: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """Rows that came, rows that went, rows that changed."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[ChangedRow, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def shown(value: Any) -> str:
    """A published value as text: 是/否, short words joined by 、, sentences one a line, nothing empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        return ("\n" if any(len(part) > _LONGEST_WORD for part in value) else "、").join(value)
    return str(value)


def difference(
    before: Sequence[Row], after: Sequence[Row], *, key: Sequence[str], labels: Mapping[str, str]
) -> Difference:
    """What changed. Without a key, rows are compared whole: one that changed goes and comes.

    `labels` name the fields in the order in which they are told: a database may keep a row's in another.
    """
    old, new = _by_key(before, key, labels), _by_key(after, key, labels)
    changed = [
        ChangedRow(_called(code, row, key, labels), found)
        for code, row in new.items()
        if code in old and (found := _changes(old[code], row, labels))
    ]
    return Difference(
        added=tuple(_called(code, row, key, labels) for code, row in new.items() if code not in old),
        removed=tuple(_called(code, row, key, labels) for code, row in old.items() if code not in new),
        changed=tuple(changed),
    )


def _called(code: str, row: Row, key: Sequence[str], labels: Mapping[str, str]) -> str:
    """A row's key with the first words that stand beside it: "003 示范企业03有限公司"."""
    words = (row.get(name) for name in labels if key and name not in key)
    name = next((word for word in words if word and isinstance(word, str)), "")
    return f"{code} {name}" if 0 < len(name) <= _LONGEST_NAME else code


def _by_key(rows: Sequence[Row], key: Sequence[str], labels: Mapping[str, str]) -> dict[str, Row]:
    return {key_text(row, key) if key else _whole(row, labels): row for row in rows}


def _whole(row: Row, labels: Mapping[str, str]) -> str:
    return "；".join(f"{label}：{shown(row.get(name))}" for name, label in labels.items())


def _changes(before: Row, after: Row, labels: Mapping[str, str]) -> tuple[Change, ...]:
    return tuple(
        Change(label, *map(shown, _apart(before.get(name), after.get(name))))
        for name, label in labels.items()
        if before.get(name) != after.get(name)
    )


def _apart(before: Any, after: Any) -> tuple[Any, Any]:
    """Of two lists only what is not in the other, unless merely their order changed."""
    if not (isinstance(before, list) and isinstance(after, list)):
        return before, after
    gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
    return (gone, come) if gone or come else (before, after)

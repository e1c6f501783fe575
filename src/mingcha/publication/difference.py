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
    """What changed. Without a key, rows are compared whole: one that changed goes and comes."""
    old, new = _by_key(before, key, labels), _by_key(after, key, labels)
    names = list(dict.fromkeys(name for row in (*old.values(), *new.values()) for name in row))
    changed = [
        ChangedRow(_called(code, row, key), found)
        for code, row in new.items()
        if code in old and (found := _changes(old[code], row, names, labels))
    ]
    return Difference(
        added=tuple(_called(code, row, key) for code, row in new.items() if code not in old),
        removed=tuple(_called(code, row, key) for code, row in old.items() if code not in new),
        changed=tuple(changed),
    )


def _called(code: str, row: Row, key: Sequence[str]) -> str:
    """A row's key with the first words that stand beside it: "003 示范企业03有限公司"."""
    words = (row[name] for name in row if key and name not in key and isinstance(row[name], str))
    name = next(filter(None, words), "")
    return f"{code} {name}" if 0 < len(name) <= _LONGEST_NAME else code


def _by_key(rows: Sequence[Row], key: Sequence[str], labels: Mapping[str, str]) -> dict[str, Row]:
    return {key_text(row, key) if key else _whole(row, labels): row for row in rows}


def _whole(row: Row, labels: Mapping[str, str]) -> str:
    return "；".join(f"{labels.get(name, name)}：{shown(value)}" for name, value in row.items())


def _changes(before: Row, after: Row, names: Sequence[str], labels: Mapping[str, str]) -> tuple[Change, ...]:
    return tuple(
        Change(labels.get(name, name), *map(shown, _apart(before.get(name), after.get(name))))
        for name in names
        if before.get(name) != after.get(name)
    )


def _apart(before: Any, after: Any) -> tuple[Any, Any]:
    """Of two lists only what is not in the other, unless merely their order changed."""
    if not (isinstance(before, list) and isinstance(after, list)):
        return before, after
    gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
    return (gone, come) if gone or come else (before, after)

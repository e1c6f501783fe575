"""The platform's export beside our own inspections: what agrees, differs, is not there. No database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from mingcha.inspection.backfill.fields import KEYS
from mingcha.registry.sheets import ReadRow, name_form
from mingcha.registry.sheets.dates import read_day

_SPLIT: Final = re.compile(r"[、；;，,\s/]+")
_DAYS: Final = frozenset({"day", "reviewed"})
_LISTS: Final = frozenset({"people", "certificates", "items"})


@dataclass(frozen=True)
class Found:
    """What the export says of one of ours. `published_on` only where it names a day that is not ahead."""

    outcome: str
    differences: list[dict[str, str]] = field(default_factory=list)
    record: str = ""
    published_on: date | None = None


@dataclass(frozen=True)
class Compared:
    """Ours by their key, and the rows of the export that are none of ours, each with why."""

    found: Mapping[int, Found]
    strangers: list[dict[str, Any]]


def compare(
    rows: Sequence[ReadRow], ours: Mapping[int, Mapping[str, str]], handed: Iterable[str], today: date
) -> Compared:
    """Match the rows with ours by task number and credit code, else by name; compare what was handed over.

    Of two visits to one firm each gets the row that is like it.

    `ours` are values as they stand now, by any key; `handed` the fields that were given to the platform.
    """
    by_code: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for key, values in ours.items():
        by_code.setdefault(values["code"], []).append(key)
        by_name.setdefault(name_form(values["name"]), []).append(key)
    compared = [name for name in handed if name not in KEYS]
    wanted: dict[tuple[int, ...], list[ReadRow]] = {}
    strangers = []
    for row in rows:
        code = row.raw.get("code", "").replace(" ", "").upper()
        keys = by_code.get(code, []) if code else by_name.get(name_form(row.raw.get("name", "")), [])
        fitting = tuple(key for key in keys if not _strange(row, ours[key]))
        if fitting:
            wanted.setdefault(fitting, []).append(row)
            continue
        reason = _strange(row, ours[keys[0]] if keys else None)
        strangers.append({"row": row.row, "name": row.raw.get("name", ""), "code": code, "reason": reason})
    matched: dict[int, list[ReadRow]] = {}
    for fitting, found in wanted.items():
        for key, row in _shared_out(fitting, found, ours, compared):
            matched.setdefault(key, []).append(row)
    return Compared(
        {key: _found(matched.get(key, []), values, compared, today) for key, values in ours.items()},
        strangers,
    )


def _shared_out(
    keys: Sequence[int], rows: Sequence[ReadRow], ours: Mapping[int, Mapping[str, str]], names: Sequence[str]
) -> Iterator[tuple[int, ReadRow]]:
    """Each row with the visit it is about, where a firm was visited more than once: the likest pairs first.

    What is more than there are visits stays with the visit it is like: there it is too many.
    """
    likeness = {
        (key, place): sum(agree(name, ours[key][name], row.raw[name]) for name in names if name in row.raw)
        for key in keys
        for place, row in enumerate(rows)
    }
    free_keys, free_rows = set(keys), set(range(len(rows)))
    for key, place in sorted(likeness, key=lambda pair: (-likeness[pair], pair[1], keys.index(pair[0]))):
        if place in free_rows and key in free_keys:
            free_keys.discard(key)
            free_rows.discard(place)
            yield key, rows[place]
    for place in sorted(free_rows):
        yield max(keys, key=lambda key: likeness[key, place]), rows[place]


def _strange(row: ReadRow, values: Mapping[str, str] | None) -> str:
    if values is None:
        return _("这份回填清单里没有这一户")
    number = row.raw.get("number", "").strip()
    if number and values["number"] and number != values["number"]:
        return _("任务编号 %(number)s 是另一项任务的") % {"number": number}
    return ""


def _found(rows: Sequence[ReadRow], values: Mapping[str, str], names: Sequence[str], today: date) -> Found:
    if not rows:
        return Found("missing")
    if len(rows) > 1:
        places = _("、").join(str(row.row) for row in rows)
        return Found("doubled", [{"field": "name", "ours": _("1 行"), "theirs": _("第 %s 行") % places}])
    (row,) = rows
    differences = [
        {"field": name, "ours": values[name], "theirs": row.raw.get(name, "")}
        for name in names
        if name in row.raw and not agree(name, values[name], row.raw[name])
    ]
    day = read_day(row.raw["published"])[0] if row.raw.get("published") else None
    published = day if day is not None and day <= today else None
    record = row.raw.get("record", "")[:100]
    if differences:
        return Found("differs", differences, record)
    return Found("published" if published else "unpublished", [], record, published)


def agree(name: str, ours: str, theirs: str) -> bool:
    """Whether two texts of a field mean the same: dates as days, people and items in any order."""
    if name in _DAYS:
        return _day(ours) == _day(theirs)
    if name in _LISTS:
        return _parts(ours) == _parts(theirs)
    return name_form(ours) == name_form(theirs)


def _day(text: str) -> date | str:
    if not text.strip():
        return ""
    return read_day(text)[0] or text


def _parts(text: str) -> list[str]:
    return sorted(part for part in _SPLIT.split(text) if part)

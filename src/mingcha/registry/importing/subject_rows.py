"""A row of a list of subjects as its typed staging table holds it.

Nearly every row of a large list is clean and of a firm that the register does not know. Such a row is
`packed` where it is read: one flat tuple in the order of the staging table, which travels between processes
and into the database without being taken apart again. Every other row goes the long way, as a `Draft`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from mingcha.registry.importing.drafts import EMPTY, Action, Draft, Packed
from mingcha.registry.models import Contact, ImportBatch, StagedSubject, Subject
from mingcha.registry.search import initials_of
from mingcha.registry.sheets import ReadRow

#: Columns that a list can fill in `Subject`, typed alike in `StagedSubject`.
TEXTS = (
    "name",
    "kind",
    "credit_code",
    "old_number",
    "code_warnings",
    "registration",
    "legal_form",
    "capital_text",
    "scope",
    "address",
    "division_code",
    "town",
    "industry_code",
    "grade_hrss",
    "grade_market",
    "grade_dispatch",
)
OTHERS = (
    "registered_on",
    "registration_since",
    "capital_yuan",
    "workers",
    "insured",
    "dispatched",
    "counted_on",
)
COLUMNS = (*TEXTS, *OTHERS)
COUNTS = ("workers", "insured", "dispatched")
#: What a list says that goes into tables of its own.
BESIDE = ("former_name", "tags")
#: Values of a new subject about which a list says nothing.
USUAL = {"kind": Subject.Kind.ENTERPRISE.value, "registration": Subject.Registration.ACTIVE.value}
_CONTACT = ("contact_name", "contact_phone")

#: The staging table: what is given to a row here, then what a packed row holds, then what follows from it.
_OWN = ("batch", "position", "action", "before", "target_version", "target")
_HEAD = ("sheet", "row", "verdict", "key", "name", "cells", "initials", "public_number")
_VALUES = (*TEXTS[1:], *BESIDE, *OTHERS, *_CONTACT)
STAGED = (*_OWN, *_HEAD, *_VALUES, "contact_phone_index", "has_contact")
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("public_number", *TEXTS, *BESIDE, *_CONTACT), ""),
    **dict.fromkeys(OTHERS),
}
_values_of = itemgetter(*_VALUES)
#: Where the parts of a packed row stand.
SHEET, ROW, KEY, NAME = (_HEAD.index(name) for name in ("sheet", "row", "key", "name"))
CODE, OLD_NUMBER = (len(_HEAD) + _VALUES.index(name) for name in ("credit_code", "old_number"))
_UNSAID = len(_HEAD) + len(_VALUES)


def known_empty(field: str) -> Any:
    """What stands in a column about which nothing is known."""
    return _NOTHING[field]


def pack(row: ReadRow, key: str) -> Packed | None:
    """The row as it is staged when its firm is new; None when something about it must be looked at.

    At its end stands which of the `USUAL` values it does not say itself.
    """
    values = row.values
    if row.problems or "tags" in values:
        return None
    unsaid = tuple([field for field in USUAL if field not in values])
    name = values["name"]
    return (
        row.sheet[:100],
        row.row,
        row.verdict,
        key,
        name,
        "",
        initials_of(name),
        "",
        *_values_of({**_NOTHING, **USUAL, **values}),
        unsaid,
    )


def unpack(packed: Packed) -> ReadRow:
    """What a packed row said, when its firm turns out to be known; its cells are the values as understood."""
    said = dict(zip(_VALUES, packed[len(_HEAD) : _UNSAID], strict=True))
    values = {field: value for field, value in said.items() if value not in ("", None)}
    values["name"] = packed[NAME]
    for field in packed[_UNSAID]:
        del values[field]
    raw = {field: str(value) for field, value in values.items()}
    return ReadRow(packed[SHEET], packed[ROW], raw, values, [], packed[2])


def fresh_rows(batch: ImportBatch, rows: Iterable[tuple[int, int, Packed]]) -> Iterable[tuple[Any, ...]]:
    """Packed rows, with position and the id of the new subject, as the values of `STAGED`."""
    batch_id, create = batch.pk, Action.CREATE.value
    for position, subject_id, packed in rows:
        head = (batch_id, position, create, EMPTY, 0, subject_id)
        if packed[_UNSAID - 1] or packed[_UNSAID - 2]:
            *cells, name, phone = packed[:_UNSAID]
            yield (*head, *cells, *_contact(name, phone))
        else:
            yield (*head, *packed[:_UNSAID], "", False)


def row_of(batch_id: int, draft: Draft) -> tuple[Any, ...]:
    """A draft as the values of `STAGED`."""
    values = {**_NOTHING, **(draft.values or draft.read.values)}
    *cells, name, phone = _values_of(values)
    return (
        batch_id,
        draft.position,
        draft.action,
        draft.before_text(),
        draft.target_version,
        draft.target_id,
        draft.read.sheet[:100],
        draft.read.row,
        draft.verdict,
        draft.key[:200],
        draft.name,
        draft.cells_text(StagedSubject),
        initials_of(draft.name),
        values["public_number"],
        *cells,
        *_contact(name, phone),
    )


def _contact(name: str, phone: str) -> tuple[str, str, str, bool]:
    """A contact encrypted for its later place, the mark of its number, and whether there is one."""
    return (
        _cipher("contact_name", name),
        _cipher("contact_phone", phone),
        mark_of(phone) if phone else "",
        bool(name or phone),
    )


def mark_of(phone: str) -> str:
    """The blind index of a telephone number as `Contact` has it."""
    return str(_PHONE_INDEX.mark_of(phone))


_PHONE_INDEX: Any = Contact._meta.get_field("phone_index")
_TOKENS: Mapping[str, Any] = {field: StagedSubject._meta.get_field(field) for field in _CONTACT}


def _cipher(field: str, value: str | None) -> str:
    return str(_TOKENS[field].encipher(value)) if value else ""

"""A publication as data: CSV for spreadsheets, JSON with its JSON Schema (draft 2020-12)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mingcha.base.viewers import Viewer
from mingcha.publication import lifecycle, selectors
from mingcha.publication.difference import shown
from mingcha.publication.models import SHOWN_STATES, Publication

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: What a spreadsheet takes for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_PLAIN: dict[str, Any] = {
    "": {"type": ["string", "integer", "boolean", "array", "null"], "items": {"type": "string"}},
    "text": {"type": ["string", "null"]},
    "integer": {"type": ["integer", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "list": {"type": ["array", "null"], "items": {"type": "string"}},
}


def csv_of(publication: Publication, viewer: Viewer) -> bytes:
    """The rows under their Chinese headings."""
    headings = {field["name"]: field["label"] for field in publication.fields}
    return b"".join(csv_lines(headings, selectors.rows_for(publication, viewer)))


def csv_lines(headings: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A table line by line, UTF-8 with BOM so that Excel and WPS read it; `headings` by field names."""
    yield b"\xef\xbb\xbf" + _line(headings.values())
    for row in rows:
        yield _line(cell(row.get(name)) for name in headings)


def _line(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode()


def as_script(lines: Sequence[Mapping[str, Any]]) -> str:
    """The lines of an index as a script: a page that was opened from a disk may load no JSON."""
    return f"window.mingchaPublished = {json.dumps(lines, ensure_ascii=False, indent=1)};\n"


def cell(value: Any) -> str:
    """A published value as a text that no spreadsheet runs as a formula."""
    text = shown(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def document(publication: Publication, viewer: Viewer) -> dict[str, Any]:
    """Everything about a publication that this viewer may read; `schema` describes it."""
    return {
        "$schema": "schema.json",
        "number": publication.number,
        "type": publication.type,
        "type_label": publication.type_label,
        "title": publication.title,
        "summary": publication.summary if publication.is_readable else "",
        "version": publication.version,
        "state": publication.state,
        "from": _day(publication.from_day),
        "until": _day(publication.until_day),
        "change_note": publication.change_note if publication.is_readable else "",
        "withdrawn_because": publication.ended_why if publication.state == lifecycle.WITHDRAWN else "",
        "sha256": publication.digest,
        "fields": [
            {name: field[name] for name in ("name", "label", "basis", "masked")}
            for field in publication.fields
        ],
        "rows": selectors.rows_for(publication, viewer),
    }


def schema(publication: Publication) -> dict[str, Any]:
    """The JSON Schema of this publication's `document`: every field with its meaning and basis."""
    text = {"type": "string"}
    day = {"type": ["string", "null"], "format": "date"}
    row = {
        field["name"]: {**_PLAIN[field["kind"]], "title": field["label"], "description": field["basis"]}
        for field in publication.fields
    }
    properties = {
        "$schema": text,
        "number": text,
        "type": {"const": publication.type},
        "type_label": text,
        "title": text,
        "summary": text,
        "version": {"type": "integer", "minimum": 1},
        "state": {"enum": list(SHOWN_STATES)},
        "from": day,
        "until": day,
        "change_note": text,
        "withdrawn_because": text,
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "fields": {
            "type": "array",
            "items": _closed(
                {"name": text, "label": text, "basis": text, "masked": {"type": "boolean"}},
            ),
        },
        "rows": {"type": "array", "items": _closed(row)},
    }
    return {"$schema": DIALECT, "title": publication.type_label, **_closed(properties)}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day is not None else None

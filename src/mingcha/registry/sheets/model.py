"""The words of this package: cells, sheets, books; fields and faults of values; layouts; rows as read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple, Protocol, Self

from django.utils.functional import Promise

Severity = Literal["warning", "error"]
Verdict = Literal["understood", "warned", "refused"]
How = Literal["remembered", "synonym", "content", "none"]

Label = str | Promise
"""What people read; translated when it is shown."""

Cell = str
"""What a person sees in a cell: numbers without ".0", dates as ISO text."""


class Formula(str):
    """A cell whose text was computed by a formula; empty when the file holds no result."""

    __slots__ = ()


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a book. `rows` is an estimate, good enough for a progress bar.
    `formulas`: whether some of its cells are formulas.
    """

    title: str
    rows: int
    hidden: bool = False
    formulas: bool = False


class Book(Protocol):
    """A file that was opened. `epoch1904`: bare serial numbers count days from 1904 (old Macs)."""

    sheets: tuple[Sheet, ...]
    epoch1904: bool

    def rows(self, title: str) -> Iterator[tuple[int, Row]]:
        """The rows of a sheet in file order, numbered as Excel shows them. Raises KeyError, Refused."""
        ...


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong ("error": the row cannot enter) or doubtful ("warning") about a row.

    column  the heading, or the field's label where the file has no column for it
    value   what stood in the cell
    field   code of the field, empty for the row as a whole
    """

    column: str
    value: str
    reason: str
    severity: Severity
    field: str = ""

    def to_json(self) -> dict[str, str]:
        return asdict(self)


class Fault(NamedTuple):
    """What a parser has to say about one text; the reader adds column and value."""

    reason: str
    severity: Severity = "warning"


class Parsed(NamedTuple):
    """What a text means. An empty value means that nothing is recorded.

    value  JSON-able; dates as ISO text, counts and money as whole numbers
    also   values of other fields that the same text tells
    """

    value: Any = ""
    problems: tuple[Fault, ...] = ()
    also: Mapping[str, Any] | None = None


Parse = Callable[[str], Parsed]


@dataclass(frozen=True)
class FieldSpec:
    """One field of a register that a column can fill.

    synonyms  headings under which it is known, the surest first
    note      what can stand in it, for the clerk
    repeats   the same texts come again and again: what they mean is remembered while reading
    money     a unit in the heading (万元) holds for bare numbers
    day       a bare number is a day's serial number
    personal  personal data: encrypted and masked wherever it is kept
    """

    code: str
    label: Label
    synonyms: tuple[str, ...]
    parse: Parse
    required: bool = False
    note: Label = ""
    repeats: bool = False
    money: bool = False
    day: bool = False
    personal: bool = False


def plain_field(code: str, label: Label, synonyms: str, *, required: bool = False) -> FieldSpec:
    """A field whose text is kept as it stands, but for its blanks; `synonyms` are set apart by blanks."""
    return FieldSpec(code, label, tuple(synonyms.split()), _as_it_stands, required=required)


def _as_it_stands(text: str) -> Parsed:
    return Parsed(" ".join(text.split()))


@dataclass(frozen=True)
class Known:
    """What the installation knows and a file only hints at.

    towns       names of the towns of the default division
    industries  name → code of the national classification
    today       the day on which the list is read; later days are doubtful
    """

    towns: tuple[str, ...] = ()
    industries: Mapping[str, str] = field(default_factory=dict)
    today: str = ""


Values = dict[str, Any]
Check = Callable[[Values, Known], list[Problem]]


@dataclass(frozen=True)
class RegisterFields:
    """The fields of one register, and what is said about a whole row.

    completes  adds to the values what follows from several of them together; says what is doubtful
    identify   by what a row is matched and duplicates within one file are found
    """

    code: str
    label: Label
    fields: tuple[FieldSpec, ...]
    completes: Check
    identify: Callable[[Values], str]

    def __getitem__(self, code: str) -> FieldSpec:
        for spec in self.fields:
            if spec.code == code:
                return spec
        raise KeyError(code)

    def __contains__(self, code: str) -> bool:
        return any(spec.code == code for spec in self.fields)

    def check(self, values: Values, known: Known | None = None) -> list[Problem]:
        """Complete `values` in place and return what is wrong with the row as a whole."""
        return self.completes(values, known or Known())

    def key(self, values: Values) -> str:
        """The identity of a row, at most 64 characters; empty when nothing identifies it."""
        return self.identify(values)


@dataclass(frozen=True)
class Column:
    """One column of a sheet (index from 0) and the field that it fills; `field` is empty when none.

    unit  what the heading says of its bare numbers, e.g. 万元
    """

    index: int
    heading: str
    field: str = ""
    how: How = "none"
    unit: str = ""


@dataclass(frozen=True)
class SheetLayout:
    """How one sheet is read. Rows are counted from 1, as Excel shows them."""

    title: str
    used: bool
    header_rows: tuple[int, ...]
    first_row: int
    columns: tuple[Column, ...]
    #: Why it is not used, or what the clerk should know about it.
    remark: str = ""
    epoch1904: bool = False

    def fields(self) -> set[str]:
        return {column.field for column in self.columns if column.field}


@dataclass(frozen=True)
class Layout:
    """How a book is read; goes through JSON unchanged, so that a clerk can correct it."""

    sheets: tuple[SheetLayout, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(tuple(_sheet_from(sheet) for sheet in data["sheets"]))


def _sheet_from(data: Mapping[str, Any]) -> SheetLayout:
    columns = tuple(Column(**column) for column in data["columns"])
    return SheetLayout(**{**data, "columns": columns, "header_rows": tuple(data["header_rows"])})


class ReadRow(NamedTuple):
    """One row as it stood and as it was understood.

    raw     field → text of the cell
    values  field → value; fields about which the row says nothing are not in it
    """

    sheet: str
    row: int
    raw: dict[str, str]
    values: Values
    problems: list[Problem]
    verdict: Verdict


def verdict_of(problems: list[Problem]) -> Verdict:
    """refused with an error, warned with a warning, else understood."""
    if not problems:
        return "understood"
    return "refused" if any(problem.severity == "error" for problem in problems) else "warned"

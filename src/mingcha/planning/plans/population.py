"""The register as it counts for a plan on its base day: every firm once, into its strata (S1, S2, N6)."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from mingcha.base import clock
from mingcha.basics.selectors import parameters
from mingcha.kernel.coverage import Cell
from mingcha.planning.models import AnnualPlan, PlanBase, PlanLine
from mingcha.planning.plans import scope
from mingcha.planning.plans.scope import EVERYONE, Firm, Scope
from mingcha.planning.territory import division_code
from mingcha.registry.models import Grading, Subject
from mingcha.registry.selectors import at_cap, seen_in_year, with_records

BASE_STATES = "COVERAGE_BASE_STATES"
#: The pseudo-line of firms that were inspected this year before the base was frozen.
SEEN: Cell = ("", "seen")
HEADER = ("id", "subject", "kind", "strata")
_COLUMNS = (
    "pk",
    "kind",
    "town",
    "industry_code",
    "workers",
    "grade_hrss",
    "grade_market",
    "grade_dispatch",
    "registration",
    "registration_since",
    "credit_code",
    "public_number",
)
_CHUNK = 5000
_BETWEEN = ";"
_BEST = Grading.GRADES[Grading.System.HRSS][0]

#: Firms done so far.
Progress = Callable[[int], None]


@dataclass
class Tally:
    """One stratum while it is counted."""

    population: int = 0
    at_cap: int = 0
    class_a: int = 0
    seen: int = 0


@dataclass
class Counted:
    """Everything that freezing keeps; `without_cases`: line → firms left out, their cases being unknown."""

    size: int = 0
    seen: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    strata: dict[tuple[int, str], Tally] = field(default_factory=dict)
    groups: Counter[tuple[Cell, ...]] = field(default_factory=Counter)
    without_cases: Counter[int] = field(default_factory=Counter)
    scopes: dict[int, str] = field(default_factory=dict)
    digest: str = ""
    content: bytes = b""


@dataclass(frozen=True)
class _Line:
    pk: int
    scope: Scope
    capped: bool
    spares_class_a: bool
    avoids: bool


def base_states() -> list[str]:
    """Codes of the registration states that count as 企业总数, from the parameter's Chinese names."""
    names = parameters.value(BASE_STATES).as_list()
    return [state.value for state in Subject.Registration if str(state.label) in names]


def firms_on(base_day: date) -> Iterator[tuple[Firm, str]]:
    """Everybody of this territory who counted on the base day, with the id that lists know them by.

    The register keeps no former states, only since when the present one holds: who left after the base day
    still counted then, who was established after it did not.
    """
    states = frozenset(base_states())
    divisions = scope.sections_of_divisions()
    rows = Subject.objects.visible_to(EVERYONE).current()
    home = division_code()
    if home:
        rows = rows.filter(division_code__startswith=home) | rows.filter(division_code="")
    rows = rows.exclude(registered_on__gt=base_day).order_by("pk")
    for row in rows.values_list(*_COLUMNS).iterator(chunk_size=_CHUNK):
        pk, kind, town, code, workers, hrss, market, dispatch, state, since, credit, public = row
        if state not in states and (since is None or since <= base_day):
            continue
        section, industry = scope.industry_of(code, divisions)
        yield (
            Firm(pk, kind, town, section, industry, workers, hrss, market, dispatch),
            credit or public,
        )


def about_how_many() -> int:
    """Rows of the register that freezing has to look at; for a progress bar."""
    return Subject.objects.visible_to(EVERYONE).current().count()


def count(plan: AnnualPlan, progress: Progress = lambda done: None) -> Counted:
    """Pass the register once and count it for every line of the plan."""
    found = Counted()
    lines = [_line(line) for line in plan.lines.order_by("number")]
    found.scopes = {line.pk: scope.digest_of(line) for line in plan.lines.all()}
    today = clock.today()
    seen = seen_in_year(plan.year)
    capped = at_cap(today) if today.year == plan.year else set()
    records = with_records()
    packed, digest = io.BytesIO(), hashlib.sha256()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as archive:
        for text in _rows(found, lines, firms_on(plan.base_day), _Known(seen, capped, records), progress):
            archive.write(text)
            digest.update(text)
    found.content, found.digest = packed.getvalue(), digest.hexdigest()
    return found


@dataclass(frozen=True)
class _Known:
    seen: set[int]
    capped: set[int]
    records: set[int]


def _rows(
    found: Counted,
    lines: list[_Line],
    firms: Iterable[tuple[Firm, str]],
    known: _Known,
    progress: Progress,
) -> Iterator[bytes]:
    """The lines of the kept list, counting on the way."""
    yield _csv([HEADER])
    asking = [line for line in lines if line.scope.asks_cases]
    buffered: list[tuple[str, ...]] = []
    for firm, name in firms:
        reached = [(line, line.scope.stratum(firm)) for line in lines if line.scope.reaches(firm)]
        found.without_cases.update(line.pk for line in asking if line.scope.lacks_cases(firm))
        found.size += 1
        found.kinds[firm.kind] += 1
        cells = [
            (str(line.pk), code) for line, code in reached if _can_be_drawn(found, line, code, firm, known)
        ]
        if firm.kind == Subject.Kind.ENTERPRISE:
            if firm.pk in known.seen:
                found.seen += 1
                cells.append(SEEN)
            found.groups[tuple(cells)] += 1
        strata = _BETWEEN.join(f"{line.pk}/{code}" for line, code in reached)
        buffered.append((name, str(firm.pk), firm.kind, strata))
        if len(buffered) == _CHUNK:
            yield _csv(buffered)
            buffered.clear()
            progress(found.size)
    yield _csv(buffered)


def _can_be_drawn(found: Counted, line: _Line, code: str, firm: Firm, known: _Known) -> bool:
    """Count the firm in its stratum; whether it can be drawn, or the first reason why not."""
    tally = found.strata.setdefault((line.pk, code), Tally())
    tally.population += 1
    if line.capped and firm.pk in known.capped:
        tally.at_cap += 1
    elif firm.pk not in known.seen:
        return True
    elif line.spares_class_a and firm.grade_hrss == _BEST and firm.pk not in known.records:
        tally.class_a += 1
    elif line.avoids:
        tally.seen += 1
    else:
        return True
    return False


def _line(line: PlanLine) -> _Line:
    """The cap holds for planned visits on site, a superior's special inspection apart (E6); S2 spares class A
    from everything but a special inspection."""
    return _Line(
        pk=line.pk,
        scope=scope.scope_of(line),
        capped=line.on_site and not line.beyond_cap,
        spares_class_a=not line.special,
        avoids=line.avoid_seen,
    )


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode()


@dataclass(frozen=True)
class Member:
    """One firm of the frozen list."""

    id: str
    subject_id: int
    kind: str
    strata: frozenset[str]


def members(base: PlanBase) -> Iterator[Member]:
    """Who counted, from the frozen list."""
    with gzip.open(io.BytesIO(bytes(base.content)), "rt", encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        next(rows)
        for name, subject, kind, strata in rows:
            yield Member(name, int(subject), kind, frozenset(strata.split(_BETWEEN)))

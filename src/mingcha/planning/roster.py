"""From the registers to the canonical rows that a seal freezes (draw protocol §7.2).

Everything here is read at one moment and depends on nothing random, so that the preview before sealing
and the seal itself show the same thing.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import System
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.draw import RosterRow
from mingcha.kernel.draw.quotas import quotas
from mingcha.kernel.draw.roster import write_roster
from mingcha.planning import planned_roster as planned
from mingcha.planning.models import Draw, DrawFile
from mingcha.registry.models import Inspector, Subject
from mingcha.registry.selectors import availability

#: The roster is read as the platform: a firm out of somebody's reach must not vanish from it.
EVERYONE = System(purpose="draw")
#: Names as they were at sealing, for readers; beside the canonical files (draw protocol §7.2).
NAMES_FILE = "evidence/names.csv"
#: Which register row stands behind each id; internal.
SUBJECTS_FILE = "subjects.csv"

#: Strata are made only of publishable facts: the kind of subject (design §6).
STRATA = {
    Subject.Kind.ENTERPRISE: "QY",
    Subject.Kind.HOUSEHOLD: "GTH",
    Subject.Kind.COOPERATIVE: "HZS",
    Subject.Kind.NON_ENTERPRISE: "MFDW",
    Subject.Kind.PUBLIC_BODY: "JGSY",
    Subject.Kind.PROJECT: "GCXM",
}
STRATUM_LABELS = {code: kind.label for kind, code in STRATA.items()}

#: Gone for good: these are no longer anybody's subjects and do not count in the base of the ratio.
GONE = (
    Subject.Registration.DEREGISTERED,
    Subject.Registration.CANCELLED,
    Subject.Registration.MOVED_OUT,
)
OUTSIDE = "OUTSIDE"
#: Why a subject stays on the roster but cannot be drawn; the coarse code is published (draw protocol §4).
EXCLUSIONS = {
    Subject.Registration.SUSPENDED: "SUSPENDED",
    Subject.Registration.CLOSED: "CLOSED",
    Subject.Registration.LIQUIDATING: "LIQUIDATING",
    Subject.Registration.REVOKED: "REVOKED",
}
EXCLUSION_LABELS = (
    {code: state.label for state, code in EXCLUSIONS.items()}
    | {OUTSIDE: _("所在地不在本辖区")}
    | planned.LABELS
)


@dataclass(frozen=True)
class Entry:
    """One subject on the roster with the name it bears at this moment."""

    subject_id: int
    name: str
    row: RosterRow


@dataclass(frozen=True)
class Candidate:
    """One person: why this person cannot be drawn, if so, and the most targets he or she may take."""

    inspector: Inspector
    obstacle: str
    capacity: int


@dataclass(frozen=True)
class Preview:
    """What would be sealed now."""

    entries: tuple[Entry, ...]
    candidates: tuple[Candidate, ...]
    to_draw: dict[str, int]

    @property
    def rows(self) -> dict[str, int]:
        """Subjects on the roster per stratum."""
        return dict(sorted(Counter(entry.row.stratum for entry in self.entries).items()))

    @property
    def eligible(self) -> dict[str, int]:
        """Subjects that can be drawn per stratum."""
        found = Counter(entry.row.stratum for entry in self.entries if not entry.row.excluded)
        return {stratum: found[stratum] for stratum in self.rows}

    @property
    def excluded(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.row.excluded)

    @property
    def available(self) -> tuple[Candidate, ...]:
        return tuple(candidate for candidate in self.candidates if not candidate.obstacle)

    @property
    def drawn_total(self) -> int:
        return sum(self.to_draw.values())


def preview(draw: Draw, *, division: str) -> Preview:
    """The roster, the people and the quota as they would be sealed now."""
    entries = tuple(_entries(draw, division))
    return Preview(entries, tuple(_candidates(draw)), _to_draw(draw, entries))


def quota_of(draw: Draw, strata: Iterable[str]) -> dict[str, object]:
    """The quota of plan.json (draw protocol §7.5); a rate is rounded up, because the rule says 不低于."""
    if draw.quota_mode == Draw.QuotaMode.RATE:
        return {"mode": "rate", "base": "all", "bp": dict.fromkeys(strata, draw.rate_bp), "min": {}}
    return {"mode": "total", "base": "all", "k": draw.total, "factor": {}}


def _entries(draw: Draw, division: str) -> Iterable[Entry]:
    skill = draw.specialty.code if draw.specialty else ""
    everybody = Subject.objects.visible_to(EVERYONE).current()
    subjects = everybody.filter(kind__in=draw.kinds).exclude(registration__in=GONE)
    fields = ("pk", "name", "kind", "registration", "division_code", "credit_code", "public_number")
    line = planned.planned_roster(draw)
    for subject in subjects.only(*fields, *planned.FIELDS).iterator(chunk_size=5000):
        if line is not None and not line.reaches(subject):
            continue
        excluded = EXCLUSIONS.get(Subject.Registration(subject.registration), "")
        if division and subject.division_code and not subject.division_code.startswith(division):
            excluded = OUTSIDE
        if line is not None and not excluded:
            excluded = line.reason(subject)
        row = RosterRow(subject.roster_id, STRATA[Subject.Kind(subject.kind)], 1, skill, excluded)
        yield Entry(subject.pk, subject.name, row)


def _candidates(draw: Draw) -> Iterable[Candidate]:
    for found in availability(EVERYONE, draw.visit_from, draw.visit_until):
        obstacle = found.obstacles[0].shown("message", gettext) if found.obstacles else ""
        room = draw.capacity if found.remaining is None else min(draw.capacity, found.remaining)
        yield Candidate(found.inspector, obstacle, room)


def _to_draw(draw: Draw, entries: tuple[Entry, ...]) -> dict[str, int]:
    everyone = Counter(entry.row.stratum for entry in entries)
    eligible = Counter(entry.row.stratum for entry in entries if not entry.row.excluded)
    complete = {stratum: eligible[stratum] for stratum in everyone}
    return quotas(quota_of(draw, sorted(everyone)), dict(everyone), complete)


def roster_csv(seen: Preview) -> bytes:
    """roster.csv of the preview, canonical (draw protocol §7.2)."""
    return write_roster(entry.row for entry in seen.entries)


def digest_of(seen: Preview) -> str:
    """The digest that sealing this preview would commit to."""
    return hex_digest(roster_csv(seen))


def names_csv(seen: Preview) -> bytes:
    """id and name of every subject at this moment."""
    return _csv(("id", "name"), ((entry.row.id, entry.name) for entry in seen.entries))


def subjects_csv(seen: Preview) -> bytes:
    """id and register key of every subject at this moment."""
    return _csv(("id", "subject"), ((entry.row.id, str(entry.subject_id)) for entry in seen.entries))


def read_pairs(content: bytes) -> dict[str, str]:
    """id → second column of a file that `names_csv` or `subjects_csv` wrote."""
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    next(rows)
    return {row[0]: row[1] for row in rows}


def sealed_subjects() -> set[int]:
    """Register keys of every subject on a frozen roster; one file at a time is held in memory."""
    found: set[int] = set()
    files = DrawFile.objects.visible_to(EVERYONE).filter(name=SUBJECTS_FILE)
    for content in files.values_list("content", flat=True).iterator(chunk_size=1):
        found.update(map(int, read_pairs(bytes(content)).values()))
    return found


def _csv(header: tuple[str, str], rows: Iterable[tuple[str, str]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted(rows))
    return buffer.getvalue().encode()

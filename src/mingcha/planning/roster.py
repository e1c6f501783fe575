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
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import System
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.draw import RosterRow
from mingcha.kernel.draw.quotas import quotas
from mingcha.kernel.draw.roster import write_roster
from mingcha.kernel.ratios import FULL
from mingcha.kernel.refusal import gettext_noop
from mingcha.planning import planned_roster as planned
from mingcha.planning.campaigns.strata import KIND_LABELS, code_of, codes_and_labels
from mingcha.planning.models import Campaign, Draw, DrawFile
from mingcha.planning.plans.arithmetic import rates_of
from mingcha.registry.models import Inspector, Subject
from mingcha.registry.selectors import availability

#: The roster is read as the platform: a firm out of somebody's reach must not vanish from it.
EVERYONE = System(purpose="draw")
#: Names as they were at sealing, for readers; beside the canonical files (draw protocol §7.2).
NAMES_FILE = "evidence/names.csv"
#: Which register row stands behind each id; internal.
SUBJECTS_FILE = "subjects.csv"


#: Gone for good: these are no longer anybody's subjects and do not count in the base of the ratio.
GONE = (
    Subject.Registration.DEREGISTERED,
    Subject.Registration.CANCELLED,
    Subject.Registration.MOVED_OUT,
)
OUTSIDE = "OUTSIDE"
#: Why a subject stays on the roster but cannot be drawn; the coarse code is published (draw protocol §4).
EXCLUSIONS: dict[str, str] = {
    Subject.Registration.SUSPENDED: "SUSPENDED",
    Subject.Registration.CLOSED: "CLOSED",
    Subject.Registration.LIQUIDATING: "LIQUIDATING",
    Subject.Registration.REVOKED: "REVOKED",
}
EXCLUSION_LABELS = (
    {code: Subject.Registration(state).label for state, code in EXCLUSIONS.items()}
    | {OUTSIDE: _("所在地不在本辖区")}
    | planned.LABELS
)
_NOT_IN_BUSINESS = gettext_noop("国办发〔2015〕58号：检查对象名录库；登记状态见名录库")
#: What each reason rests on.
EXCLUSION_BASES = (
    dict.fromkeys(EXCLUSIONS.values(), _NOT_IN_BUSINESS)
    | {OUTSIDE: gettext_noop("国办发〔2024〕54号：属地管辖，严禁违规异地检查")}
    | planned.BASES
)


class Entry(NamedTuple):
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
    """What would be sealed now; `quota` is the rule of plan.json, `labels` says each stratum in words.

    `entries` are in no order that means anything; pages show them `by_name`.
    """

    entries: tuple[Entry, ...]
    candidates: tuple[Candidate, ...]
    to_draw: dict[str, int]
    quota: dict[str, object]
    labels: dict[str, str]

    @cached_property
    def rows(self) -> dict[str, int]:
        """Subjects on the roster per stratum."""
        return dict(sorted(Counter(entry.row.stratum for entry in self.entries).items()))

    @cached_property
    def eligible(self) -> dict[str, int]:
        """Subjects that can be drawn per stratum."""
        found = Counter(entry.row.stratum for entry in self.entries if not entry.row.excluded)
        return {stratum: found[stratum] for stratum in self.rows}

    @cached_property
    def excluded(self) -> tuple[Entry, ...]:
        """Those that cannot be drawn, by name."""
        return tuple(by_name(entry for entry in self.entries if entry.row.excluded))

    @property
    def available(self) -> tuple[Candidate, ...]:
        return tuple(candidate for candidate in self.candidates if not candidate.obstacle)

    @property
    def drawn_total(self) -> int:
        return sum(self.to_draw.values())


def by_name(entries: Iterable[Entry]) -> list[Entry]:
    """As readers look for somebody."""
    return sorted(entries, key=lambda entry: (entry.name, entry.subject_id))


def preview(draw: Draw, *, division: str) -> Preview:
    """The roster, the people and the quota as they would be sealed now."""
    planned_strata: dict[str, str] = {}  # filled while the register is passed
    entries = tuple(_entries(draw, division, planned_strata))
    rows = Counter(entry.row.stratum for entry in entries)
    quota = _quota(draw, {code: planned_strata.get(code, code) for code in sorted(rows)})
    labels = _labels(draw, planned_strata)
    return Preview(entries, tuple(_candidates(draw)), _to_draw(quota, rows, entries), quota, labels)


def _quota(draw: Draw, strata: dict[str, str]) -> dict[str, object]:
    """The quota of plan.json (draw protocol §7.5); a rate is rounded up, because the rule says 不低于.

    `strata` gives for each stratum of the roster what the plan calls it.
    """
    campaign = draw.campaign
    if draw.supplements_id is not None or (campaign is not None and campaign.from_above):
        return {"mode": "total", "base": "all", "bp": FULL, "factor": {}}
    if draw.quota_mode == Draw.QuotaMode.TOTAL:
        return {"mode": "total", "base": "all", "k": draw.total, "factor": {}}
    if campaign is None:
        return {"mode": "rate", "base": "all", "bp": dict.fromkeys(strata, draw.rate_bp), "min": {}}
    rates = rates_of(campaign, strata.values())
    least = _least(campaign)
    return {
        "mode": "rate",
        "base": "all",
        "bp": {code: rates[named] for code, named in strata.items()},
        "min": {code: least[named] for code, named in strata.items() if least.get(named)},
    }


def _least(campaign: Campaign) -> dict[str, int]:
    """What the plan promised of each stratum, where the campaign carries its task out as it stands (N5)."""
    promised: dict[str, int] = {}
    for line in campaign.plan_lines.prefetch_related("strata"):
        if any(getattr(line, name) != getattr(campaign, name) for name in ("quota_mode", "rate_bp", "rates")):
            continue
        for stratum in line.strata.all():
            promised[stratum.code] = max(promised.get(stratum.code, 0), stratum.quota)
    return promised


def _labels(draw: Draw, planned_strata: dict[str, str]) -> dict[str, str]:
    if draw.campaign is None:
        return {code: str(label) for code, label in KIND_LABELS.items()}
    return dict(codes_and_labels(sorted(planned_strata.values()), draw.campaign.stratify).values())


def _entries(draw: Draw, division: str, strata: dict[str, str]) -> Iterable[Entry]:
    """Everybody on the roster; `strata` receives for each stratum that occurs what the plan calls it."""
    skill = draw.specialty.code if draw.specialty else ""
    subjects = Subject.objects.visible_to(EVERYONE).current()
    rule = planned.planned_roster(draw)
    if rule is not None and rule.only is not None:
        subjects = subjects.filter(pk__in=rule.only)
    else:
        subjects = subjects.filter(kind__in=draw.kinds).exclude(registration__in=GONE)
    by_kind = draw.campaign is None
    stratify = "" if draw.campaign is None else draw.campaign.stratify
    codes: dict[str, str] = {}
    columns = subjects.order_by().values_list(*planned.Listed._fields)
    for subject in map(planned.Listed._make, columns.iterator(chunk_size=5000)):
        place = subject.kind if rule is None else rule.place(subject)
        if place is None:
            continue
        if by_kind:
            place = subject.kind
        if place not in codes:
            codes[place] = code_of(place, stratify)
            strata[codes[place]] = place
        excluded = _obstacle(subject, division, rule)
        row = RosterRow(subject.roster_id, codes[place], 1, skill, excluded)
        yield Entry(subject.pk, subject.name, row)


def _obstacle(subject: planned.Listed, division: str, rule: planned.PlannedRoster | None) -> str:
    """The code of the first reason why a subject cannot be drawn, empty when it can.

    What a superior drew is not sorted out by us: what has become of such a firm is for the visit to find.
    """
    if rule is not None and rule.only is not None:
        return rule.reason(subject)
    if division and subject.division_code and not subject.division_code.startswith(division):
        return OUTSIDE
    gone = EXCLUSIONS.get(subject.registration, "")
    return gone or ("" if rule is None else rule.reason(subject))


def _candidates(draw: Draw) -> Iterable[Candidate]:
    for found in availability(EVERYONE, draw.visit_from, draw.visit_until):
        obstacle = found.obstacles[0].shown("message", gettext) if found.obstacles else ""
        room = draw.capacity if found.remaining is None else min(draw.capacity, found.remaining)
        yield Candidate(found.inspector, obstacle, room)


def _to_draw(quota: dict[str, object], rows: Counter[str], entries: tuple[Entry, ...]) -> dict[str, int]:
    eligible = Counter(entry.row.stratum for entry in entries if not entry.row.excluded)
    return quotas(quota, dict(rows), {stratum: eligible[stratum] for stratum in rows})


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

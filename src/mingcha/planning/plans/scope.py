"""Whom a line of a plan reaches, and in which stratum: one firm at a time, without a query.

A million firms pass once, and every line looks at each; so what needs the database (tags, licences, records,
counts of cases) is read before, by id.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.kernel.digest import canonical_json, hex_digest
from mingcha.planning.models import PlanLine
from mingcha.planning.models.scopes import Scoped
from mingcha.registry import sizes
from mingcha.registry.models import Industry, Licence, Subject, SubjectTag
from mingcha.registry.selectors import UNKNOWN as NO_CASES
from mingcha.registry.selectors import Cases, recent_cases, with_records

EVERYONE = System(purpose="annual plan")
NO_GRADE = "none"
UNKNOWN = "unknown"
#: One case a worker, in hundredths of a case a hundred workers.
_HUNDREDTHS_A_HUNDRED = 10_000


class Firm(NamedTuple):
    """What a line looks at. `industry` is the code without its section's letter."""

    pk: int
    kind: str
    town: str
    section: str
    industry: str
    workers: int | None
    grade_hrss: str
    grade_market: str
    grade_dispatch: str


class Stratum(NamedTuple):
    """A stratum's code, which begins with the kind, and what it is called."""

    code: str
    kind: str
    label: str


@dataclass(frozen=True)
class Scope:
    """The filter of one line; an empty condition lets everybody pass.

    `disputes_from` and `complaints_from` as in `PlanLine`; `cases` holds what is known of firms, by id.
    """

    kinds: frozenset[str]
    sections: frozenset[str]
    industries: tuple[str, ...]
    towns: frozenset[str]
    workers_from: int | None
    workers_until: int | None
    grades: tuple[frozenset[str], frozenset[str], frozenset[str]]
    among: tuple[frozenset[int], ...]
    without: frozenset[int]
    stratify: str
    disputes_from: int | None = None
    complaints_from: int | None = None
    cases: Mapping[int, Cases] = field(default_factory=dict)

    def reaches(self, firm: Firm) -> bool:
        """Whether the line is about this firm."""
        return self._fits(firm) and self._has_cases(firm) is True

    def lacks_cases(self, firm: Firm) -> bool:
        """Whether the line would be about this firm, if only its disputes and complaints were known."""
        return self._has_cases(firm) is None and self._fits(firm)

    @property
    def asks_cases(self) -> bool:
        """Whether it looks at disputes or complaints at all."""
        return self.disputes_from is not None or self.complaints_from is not None

    def _fits(self, firm: Firm) -> bool:
        return (
            firm.kind in self.kinds
            and (not self.towns or firm.town in self.towns)
            and self._industry(firm)
            and self._size(firm.workers)
            and self._graded(firm)
            and firm.pk not in self.without
            and all(firm.pk in ids for ids in self.among)
        )

    def _has_cases(self, firm: Firm) -> bool | None:
        """Whether it has as many cases as are asked for; None where that cannot be told."""
        if not self.asks_cases:
            return True
        cases = self.cases.get(firm.pk, NO_CASES)
        answers = (
            self._has_disputes(cases.disputes, firm.workers),
            self._has_complaints(cases.complaints),
        )
        if False in answers:
            return False
        return None if None in answers else True

    def _has_disputes(self, disputes: int | None, workers: int | None) -> bool | None:
        if self.disputes_from is None:
            return True
        if disputes == 0:
            return False
        if disputes is None or not workers:
            return None
        return disputes * _HUNDREDTHS_A_HUNDRED >= self.disputes_from * workers

    def _has_complaints(self, complaints: int | None) -> bool | None:
        if self.complaints_from is None or complaints is None:
            return True if self.complaints_from is None else None
        return complaints >= self.complaints_from

    def _industry(self, firm: Firm) -> bool:
        if not self.sections and not self.industries:
            return True
        return firm.section in self.sections or bool(
            firm.industry and firm.industry.startswith(self.industries)
        )

    def _size(self, workers: int | None) -> bool:
        if self.workers_from is None and self.workers_until is None:
            return True
        if workers is None:
            return False
        return (self.workers_from or 0) <= workers and (
            self.workers_until is None or workers <= self.workers_until
        )

    def _graded(self, firm: Firm) -> bool:
        # Once for each of a million firms, and most rules ask for no grade.
        hrss, market, dispatch = self.grades
        return (
            (not hrss or (firm.grade_hrss or NO_GRADE) in hrss)
            and (not market or (firm.grade_market or NO_GRADE) in market)
            and (not dispatch or (firm.grade_dispatch or NO_GRADE) in dispatch)
        )

    def stratum(self, firm: Firm) -> str:
        """The code of the firm's stratum: its kind, and what the line is stratified by."""
        part = self._part(firm)
        return f"{firm.kind}:{part}" if part else firm.kind

    def _part(self, firm: Firm) -> str:
        if self.stratify == PlanLine.Stratify.NONE:
            return ""
        if self.stratify == PlanLine.Stratify.HRSS:
            return firm.grade_hrss or NO_GRADE
        if self.stratify == PlanLine.Stratify.MARKET:
            return firm.grade_market or NO_GRADE
        if self.stratify == PlanLine.Stratify.INDUSTRY:
            return firm.section or UNKNOWN
        if self.stratify == PlanLine.Stratify.TOWN:
            return firm.town or UNKNOWN
        if firm.workers is None:
            return UNKNOWN
        return str(sizes.floor_of(firm.workers))


def scope_of(line: Scoped) -> Scope:
    """The filter of a line, with what the register knows now."""
    codes = [code.upper() for code in line.industry_codes]
    among = []
    tags = list(line.tags.values_list("pk", flat=True))
    if tags:
        among.append(_ids(SubjectTag.objects.visible_to(EVERYONE).filter(tag__in=tags)))
    if line.licence_codes:
        valid = Licence.objects.visible_to(EVERYONE).filter(state=Licence.State.VALID)
        among.append(_ids(valid.filter(kind__in=line.licence_codes)))
    recorded = frozenset(with_records()) if line.records else frozenset[int]()
    if line.records == PlanLine.Records.YES:
        among.append(recorded)
    return Scope(
        kinds=frozenset(line.kind_codes),
        sections=frozenset(code for code in codes if code.isalpha()),
        industries=tuple(code.lstrip("ABCDEFGHIJKLMNOPQRST") for code in codes if not code.isalpha()),
        towns=frozenset(line.town_names),
        workers_from=line.workers_from,
        workers_until=line.workers_until,
        grades=(
            frozenset(_list(line.grades_hrss)),
            frozenset(_list(line.grades_market)),
            frozenset(_list(line.grades_dispatch)),
        ),
        among=tuple(among),
        without=recorded if line.records == PlanLine.Records.NO else frozenset(),
        stratify=line.stratify,
        disputes_from=line.disputes_from,
        complaints_from=line.complaints_from,
        cases=recent_cases(clock.today()) if line.asks_cases else {},
    )


def digest_of(line: PlanLine) -> str:
    """Changes when something changes on which the strata or what can be drawn of them depends."""
    fields = (
        "kinds",
        "licences",
        "industries",
        "towns",
        "workers_from",
        "workers_until",
        "records",
        "grades_hrss",
        "grades_market",
        "grades_dispatch",
        "stratify",
        "manner",
        "special",
        "avoid_seen",
    )
    said = {name: getattr(line, name) for name in fields}
    # Named only where they are asked for: the digests of all other lines are as they were before.
    aims = {"disputes_from": line.disputes_from, "complaints_from": line.complaints_from}
    said |= {name: least for name, least in aims.items() if least is not None}
    said["tags"] = sorted(line.tags.values_list("code", flat=True))
    return hex_digest(canonical_json(said))


def stratum_of(code: str, stratify: str, sections: Mapping[str, str]) -> Stratum:
    """A stratum by its code, with its name for readers; `sections` are names of 门类."""
    kind, _colon, part = code.partition(":")
    kind_label = str(Subject.Kind(kind).label)
    return Stratum(
        code, kind, f"{kind_label} · {_part_label(part, stratify, sections)}" if part else kind_label
    )


def _part_label(part: str, stratify: str, sections: Mapping[str, str]) -> str:
    if part == UNKNOWN:
        return _("没有登记")
    if stratify == PlanLine.Stratify.HRSS:
        return _("未评守法诚信等级") if part == NO_GRADE else _("守法诚信%(grade)s级") % {"grade": part}
    if stratify == PlanLine.Stratify.MARKET:
        return _("未分信用风险") if part == NO_GRADE else _("信用风险%(grade)s类") % {"grade": part}
    if stratify == PlanLine.Stratify.INDUSTRY:
        return f"{part} {sections.get(part, '')}".strip()
    if stratify == PlanLine.Stratify.SIZE:
        return sizes.label_of(int(part))
    return part


def section_names() -> dict[str, str]:
    """门类 → its name."""
    return dict(Industry.objects.filter(level=1).values_list("section", "name"))


def sections_of_divisions() -> dict[str, str]:
    """大类 (two digits) → its 门类: codes stand in the register with or without the letter."""
    return dict(Industry.objects.filter(level=2).values_list("code", "section"))


def industry_of(code: str, divisions: Mapping[str, str]) -> tuple[str, str]:
    """(section, code without its letter) of an industry code as it stands in the register."""
    plain = code.strip().upper()
    if plain[:1].isalpha():
        return plain[0], plain[1:]
    return divisions.get(plain[:2], ""), plain


def _list(text: str) -> Collection[str]:
    return [code for code in text.split(",") if code]


def _ids(rows: object) -> frozenset[int]:
    return frozenset(rows.order_by().values_list("subject_id", flat=True))  # type: ignore[attr-defined]

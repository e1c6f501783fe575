"""How often a firm was visited, and how often it may be (rule N6; 54号 E6; domain §1.3, §12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from mingcha.base.viewers import System
from mingcha.basics.selectors import parameters
from mingcha.registry.models import Grading, Subject, Violation, Visit
from mingcha.registry.selectors.subjects import standing_entry

#: The cap is counted over every section, whoever asks.
_PLATFORM = System(purpose="visit cap")
#: What is a record in the sense of the cap: 处罚（处理）(domain §1.3).
_PUNISHED = (Violation.Handling.PENALTY, Violation.Handling.DECISION)

#: SQLite takes no more values in one statement than about three times this.
_AT_ONCE = 10_000

CAP_CLEAN, CAP_DEFAULT, CAP_C = "CAP_CLEAN", "CAP_DEFAULT", "CAP_C"


@dataclass(frozen=True)
class Cap:
    """A firm's yearly cap with how much of it is used; `value` says which parameter applied, and why."""

    visits: int
    value: parameters.Value
    #: Every time somebody of a bureau came that year, for whatever reason (54号: 变相检查 shows here).
    entries: int = 0

    @property
    def most(self) -> int:
        """How many visits a year are allowed."""
        return self.value.as_int()

    @property
    def reached(self) -> bool:
        return self.visits >= self.most


def visits_in_year(year: int, subjects: Iterable[int] | None = None) -> dict[int, int]:
    """subject id → visits of a calendar year that the cap counts; subjects without one are left out.

    Several sections that came together count once: what bears the same `together` key is one visit.
    """
    rows = Visit.objects.visible_to(_PLATFORM).of_year(year).counting()
    if subjects is not None:
        rows = rows.filter(subject__in=subjects)
    counted = rows.order_by().values("subject").annotate(visits=Count(_occasion(), distinct=True))
    return dict(counted.values_list("subject", "visits"))


def visits_of(subject: Subject, year: int) -> int:
    """How many visits of a calendar year the cap counts for one subject."""
    return visits_in_year(year, [subject.pk]).get(subject.pk, 0)


def _occasion() -> Case:
    """What makes rows one visit: the `together` key of those who came together."""
    alone = Concat(Value("#"), Cast("pk", CharField()))
    return Case(When(together="", then=alone), default=F("together"), output_field=CharField())


def cap_of(subject: Subject, on: date) -> Cap:
    """The cap that applies to a subject on a day, its visits of that calendar year, and all entries on site:
    exempt ones and those that were no inspection (调研、督导、观摩) too. An entry that was merged away has
    those of the one that stands for it. Two queries."""
    subject = standing_entry(subject)
    rows = Visit.objects.visible_to(_PLATFORM).of_year(on.year).filter(subject=OuterRef("pk"))
    punished = _records(on.year - 1).filter(subject=OuterRef("pk"))
    values = (
        Exists(punished),
        _number_of(rows.counting()),
        _number_of(rows.filter(manner=Visit.Manner.ON_SITE)),
    )
    was_punished, visits, entries = (
        Subject.objects.visible_to(_PLATFORM).filter(pk=subject.pk).values_list(*values).get()
    )
    code = _cap_code(subject.grade_hrss, punished=was_punished)
    return Cap(visits, parameters.value(code, on=on), entries)


def _number_of(rows: QuerySet[Visit]) -> Coalesce:
    counted = rows.order_by().values("subject").annotate(number=Count(_occasion(), distinct=True))
    return Coalesce(Subquery(counted.values("number")), 0)


def at_cap(on: date) -> set[int]:
    """Subjects that may not be visited again in the calendar year of a day; the set-based `cap_of`."""
    caps = {code: parameters.value(code, on=on).as_int() for code in (CAP_CLEAN, CAP_DEFAULT, CAP_C)}
    visits = visits_in_year(on.year)
    # Only a cap of nothing at all is reached by those who were never visited.
    if min(caps.values()) <= 0:
        everybody = Subject.objects.visible_to(_PLATFORM).current().values_list("pk", flat=True)
        visits = dict.fromkeys(everybody.iterator(), 0) | visits
    grades: dict[int, str] = {}
    ids = list(visits)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        rows = Subject.objects.visible_to(_PLATFORM).filter(pk__in=part)
        grades.update(rows.values_list("pk", "grade_hrss"))
    punished = _punished(on.year - 1)
    return {
        pk for pk, grade in grades.items() if visits[pk] >= caps[_cap_code(grade, punished=pk in punished)]
    }


def seen_in_year(year: int) -> set[int]:
    """Subjects to which the bureau came for enforcement in a calendar year, on site or off site (S2)."""
    rows = Visit.objects.visible_to(_PLATFORM).of_year(year).filter(own_bureau=True)
    rows = rows.exclude(kind=Visit.Kind.OTHER).order_by()
    return set(rows.values_list("subject_id", flat=True).distinct())


def with_records() -> set[int]:
    """Subjects with a standing violation on record."""
    rows = Violation.objects.visible_to(_PLATFORM).standing().order_by()
    return set(rows.values_list("subject_id", flat=True).distinct())


def _cap_code(grade_hrss: str, *, punished: bool) -> str:
    """Which of the three caps applies (domain §1.3)."""
    if grade_hrss == Grading.GRADES[Grading.System.HRSS][-1]:
        return CAP_C
    return CAP_DEFAULT if punished else CAP_CLEAN


def _punished(year: int) -> set[int]:
    return set(_records(year).order_by().values_list("subject_id", flat=True))


def _records(year: int) -> QuerySet[Violation]:
    """What was imposed or ordered in a year and stands."""
    records = Violation.objects.visible_to(_PLATFORM).standing().filter(handling__in=_PUNISHED)
    return records.filter(decided_on__year=year)

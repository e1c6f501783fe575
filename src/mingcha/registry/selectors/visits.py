"""How often a firm was visited, and how often it may be (rule N6; 54号 E6; domain §1.3, §12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, Value, When
from django.db.models.functions import Cast, Concat

from mingcha.base.viewers import System
from mingcha.basics.selectors import parameters
from mingcha.registry.models import Grading, Subject, Violation, Visit

#: The cap is counted over every section, whoever asks.
_PLATFORM = System(purpose="visit cap")
#: What is a record in the sense of the cap: 处罚（处理）(domain §1.3).
_PUNISHED = (Violation.Handling.PENALTY, Violation.Handling.DECISION)

CAP_CLEAN, CAP_DEFAULT, CAP_C = "CAP_CLEAN", "CAP_DEFAULT", "CAP_C"


@dataclass(frozen=True)
class Cap:
    """A firm's yearly cap with how much of it is used; `value` says which parameter applied, and why."""

    visits: int
    value: parameters.Value

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
    alone = Concat(Value("#"), Cast("pk", CharField()))
    occasion = Case(When(together="", then=alone), default=F("together"), output_field=CharField())
    counted = rows.order_by().values("subject").annotate(visits=Count(occasion, distinct=True))
    return dict(counted.values_list("subject", "visits"))


def visits_of(subject: Subject, year: int) -> int:
    """How many visits of a calendar year the cap counts for one subject."""
    return visits_in_year(year, [subject.pk]).get(subject.pk, 0)


def cap_of(subject: Subject, on: date) -> Cap:
    """The cap that applies to a subject on a day, and its visits of that calendar year."""
    code = CAP_DEFAULT
    if subject.grade_hrss == Grading.GRADES[Grading.System.HRSS][-1]:
        code = CAP_C
    elif not _punished_in(subject, on.year - 1):
        code = CAP_CLEAN
    return Cap(visits_of(subject, on.year), parameters.value(code, on=on))


def _punished_in(subject: Subject, year: int) -> bool:
    records = (
        Violation.objects.visible_to(_PLATFORM).standing().filter(subject=subject, handling__in=_PUNISHED)
    )
    return records.filter(decided_on__year=year).exists()

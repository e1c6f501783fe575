"""Finding one subject, and what its page says first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from mingcha.base.viewers import System
from mingcha.kernel import credit_code
from mingcha.registry import search
from mingcha.registry.models import Grading, Subject

_PLATFORM = System(purpose="subjects")
#: What is shorter is no code: the part of a name that very many may have.
_SHORTEST_CODE = 4


def named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those among the subjects `rows` that a text means: with this exact name, else with this number.

    A number is a code, an old or a public number. "code name", as a look-up offers it, is found by its code.
    The one rule for every box in which one firm is typed.
    """
    wanted = " ".join(text.split())
    if not wanted:
        return rows.none()
    by_name = rows.filter(name=wanted)
    first = wanted.split(maxsplit=1)[0]
    if len(first) < _SHORTEST_CODE or by_name.exists():
        return by_name
    code = credit_code.normalise(first)
    by_number = Q(credit_code=code) | Q(old_number=code) | Q(public_number=first)
    return search.narrow(rows, first).filter(by_number).order_by("-pk")


def find_subject(text: str) -> Subject | None:
    """The one current subject that a text means; None for none or several."""
    found = list(named(Subject.objects.visible_to(_PLATFORM).current(), text)[:2])
    return found[0] if len(found) == 1 else None


def kept_entry(subject: Subject) -> Subject | None:
    """The entry that a merged one became, through as many merges as there were; None for a current one."""
    if subject.merged_into_id is None:
        return None
    while subject.merged_into is not None:
        subject = subject.merged_into
    return subject


def standing_entry(subject: Subject) -> Subject:
    """The entry under which the register knows a subject now: itself, or what it was merged into."""
    return kept_entry(subject) or subject


def every_entry(subject: Subject) -> list[int]:
    """Ids of all entries of the subject that this entry, standing or merged away, is of."""
    return entries_of(standing_entry(subject))


def stand_ins() -> dict[int, int]:
    """Entry that was merged away → the entry that stands for it now; one query for all.

    In no order: by name, SQLite walks the whole register and passes by the index of the few.
    """
    merged = Subject.objects.visible_to(_PLATFORM).filter(merged_into__isnull=False).order_by()
    into = {pk: kept for pk, kept in merged.values_list("pk", "merged_into_id") if kept is not None}
    found = {}
    for first in into:
        last = first
        while last in into:
            last = into[last]
        found[first] = last
    return found


def same_firms() -> dict[int, tuple[int, ...]]:
    """Entry → every entry of its firm, for those of which entries were merged; one query for all."""
    firms: dict[int, list[int]] = {}
    for gone, kept in stand_ins().items():
        firms.setdefault(kept, [kept]).append(gone)
    return {entry: tuple(entries) for entries in firms.values() for entry in entries}


def entries_of(subject: Subject) -> list[int]:
    """Ids of a subject and of everything that was merged into it: draws point at either."""
    known, fresh = [subject.pk], [subject.pk]
    while fresh:
        fresh = list(Subject.objects.filter(merged_into__in=fresh).values_list("pk", flat=True))
        known += fresh
    return known


@dataclass(frozen=True)
class Grade:
    """The newest grade of one of the three systems, never without the system's name (rule N12)."""

    system: str
    grade: str


def grades_of(subject: Subject) -> list[Grade]:
    """All three systems, each with its grade or an empty one."""
    return [
        Grade(str(Grading.System(system).label), getattr(subject, column))
        for system, column in Grading.COLUMNS.items()
    ]

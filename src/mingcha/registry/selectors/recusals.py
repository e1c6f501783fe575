"""Reads that other apps ask of the registers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from mingcha.base.viewers import System
from mingcha.registry.models import Recusal, Subject
from mingcha.registry.selectors.subjects import every_entry, same_firms

#: Read as the system: who must stay away counts whoever asks; nobody is shown why.
_PLATFORM = System(purpose="recusals")


def recusals_between(first: date, last: date) -> list[tuple[int, int]]:
    """(subject id, inspector id) pairs that hold on any day from `first` to `last`, each once: one for every
    entry of the firm, under whichever it was written."""
    return sorted(_pairs(Recusal.objects.visible_to(_PLATFORM).in_force(first, last)))


def kept_away(subject: Subject, first: date, last: date) -> set[int]:
    """Ids of the inspectors who must stay away from a firm on any day from `first` to `last`, under
    whichever of its entries that was written."""
    rows = Recusal.objects.visible_to(_PLATFORM).in_force(first, last)
    return set(rows.filter(subject__in=every_entry(subject)).values_list("inspector_id", flat=True))


def firms_kept_from(inspectors: Collection[int], first: date, last: date) -> set[int]:
    """Ids of every entry of the firms from which one of these inspectors must stay away on any day from
    `first` to `last`."""
    rows = Recusal.objects.visible_to(_PLATFORM).in_force(first, last).filter(inspector__in=inspectors)
    return {subject for subject, _inspector in _pairs(rows)}


def _pairs(rows: QuerySet[Recusal]) -> set[tuple[int, int]]:
    firms = same_firms()
    return {
        (entry, inspector)
        for subject, inspector in rows.values_list("subject_id", "inspector_id")
        for entry in firms.get(subject, (subject,))
    }

"""Reads that other apps ask of the registers."""

from __future__ import annotations

from datetime import date

from mingcha.base.viewers import System
from mingcha.registry.models import Recusal


def recusals_between(first: date, last: date) -> list[tuple[int, int]]:
    """(subject id, inspector id) pairs that hold on any day from `first` to `last`, each once.

    Read as the system: the draw must know every pair, whoever runs it; nobody is shown them.
    """
    everyone = Recusal.objects.visible_to(System("draw"))
    return sorted(set(everyone.in_force(first, last).values_list("subject_id", "inspector_id")))

"""The same picture twice, in one visit or in two: flagged wherever it is, for whoever reviews (domain §12
录入真实性)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from mingcha.base.viewers import Viewer
from mingcha.inspection.models import Evidence, Inspection


@dataclass(frozen=True)
class Repeat:
    """A file of this inspection that is kept more than once.

    `others` counts the other inspections that have it, `seen` are those that the viewer may know of; `here`
    says whether this inspection itself has it more than once.
    """

    evidence: Evidence
    others: int
    seen: tuple[Inspection, ...]
    here: bool = False


def repeats_of(inspection: Inspection, viewer: Viewer) -> list[Repeat]:
    """The files of an inspection whose very bytes are kept once more, here or elsewhere, the oldest first."""
    own = list(inspection.evidence.filter(attachment__isnull=False).order_by("taken_at", "id"))
    times = Counter(one.sha256 for one in own)
    elsewhere: defaultdict[str, set[int]] = defaultdict(set)
    rows = Evidence.objects.filter(sha256__in=times, attachment__isnull=False).exclude(inspection=inspection)
    for digest, other in rows.values_list("sha256", "inspection"):
        elsewhere[digest].add(other)
    found = [one for one in own if times[one.sha256] > 1 or one.sha256 in elsewhere]
    if not found:
        return []
    known = Inspection.objects.visible_to(viewer).in_bulk(set().union(*elsewhere.values()))
    return [
        Repeat(
            one,
            len(elsewhere[one.sha256]),
            tuple(known[pk] for pk in sorted(elsewhere[one.sha256]) if pk in known),
            times[one.sha256] > 1,
        )
        for one in found
    ]

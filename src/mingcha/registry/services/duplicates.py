"""Writing down which entries look alike, for somebody to judge."""

from __future__ import annotations

from django.db.models import Q

from mingcha.base import clock
from mingcha.base.service import service
from mingcha.base.viewers import System, Viewer
from mingcha.basics.rules import require_role
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.models import Subject, Suspicion
from mingcha.registry.selectors.duplicates import Pairs, find_pairs
from mingcha.registry.services.subjects import SUBJECT_KEEPERS

_PLATFORM = System(purpose="duplicates")


def look() -> Pairs:
    """Every suspicious pair of the register now; reads only, and takes as long as it takes."""
    return find_pairs(Subject.objects.visible_to(_PLATFORM).current())


@service
def keep_suspicions(*, actor: Viewer, pairs: Pairs) -> int:
    """Put what was found on the list; what was judged before stays judged. How many are new.

    A pair that waits and no longer looks alike comes off the list: somebody corrected an entry. Nothing
    of a subject changes, so nothing enters the ledger.
    """
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("查找疑似重复"))
    known = {(row.first_id, row.second_id): row for row in Suspicion.objects.all()}
    now = clock.now()
    new = [
        Suspicion(first_id=first, second_id=second, reasons=",".join(signs), found_at=now)
        for (first, second), signs in pairs.items()
        if (first, second) not in known
    ]
    Suspicion.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    gone = [row.pk for pair, row in known.items() if row.state == Suspicion.State.OPEN and pair not in pairs]
    for start in range(0, len(gone), 500):
        Suspicion.objects.filter(pk__in=gone[start : start + 500], state=Suspicion.State.OPEN).delete()
    return len(new)


def suspicions_of(subject: Subject, viewer: Viewer) -> list[Suspicion]:
    """Open pairs that a subject is in."""
    rows = Suspicion.objects.visible_to(viewer).open().filter(Q(first=subject) | Q(second=subject))
    return list(rows.select_related("first", "second"))

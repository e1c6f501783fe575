"""Asking for the state of a report with its code: by anybody, about nothing else, not too often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from mingcha.base import clock, limits
from mingcha.base.crypto.keys import index_keys
from mingcha.base.service import service
from mingcha.base.viewers import Viewer
from mingcha.leads.codes import mark_of
from mingcha.leads.models import Lead, ProgressWindow

WINDOW = timedelta(minutes=1)
_LIMIT = "progress_queries"


@dataclass(frozen=True)
class Progress:
    """What the public learns of a report: its state and days, no firm and no person."""

    received_on: date
    state: str
    since: date


@service
def count_try(*, actor: Viewer, address: str) -> None:
    """Count one question from a network address; Refused beyond the limit of a minute."""
    now = clock.now()
    ProgressWindow.objects.filter(ends_at__lt=now).delete()
    minute = now.replace(second=0, microsecond=0)
    mark = index_keys().mark(f"{address} {minute.isoformat()}".encode(), b"leads.progress")
    window, _made = ProgressWindow.objects.get_or_create(mark=mark, defaults={"ends_at": minute + WINDOW})
    ProgressWindow.objects.filter(pk=window.pk).update(tries=F("tries") + 1)
    window.refresh_from_db()
    limits.check(_LIMIT, window.tries)


def progress_of(code: str) -> Progress | None:
    """The state of the report with this code; of the one into which it was merged, where it was."""
    mark = mark_of(code)
    lead = Lead.objects.filter(query_mark=mark).first() if mark else None
    if lead is None:
        return None
    received = lead.received_on
    while lead.merged_into is not None:
        lead = lead.merged_into
    return Progress(received, str(lead.get_state_display()), lead.state_since)

"""Every process of the platform says regularly that it lives."""

from __future__ import annotations

import os
import socket
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max

import mingcha
from mingcha.base import clock
from mingcha.base.jobs import timing
from mingcha.base.jobs.models import Beat, ProcessKind

#: Rows of processes that died without a word are removed after this.
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Process:
    """This process as the others see it."""

    kind: ProcessKind
    host: str = field(default_factory=socket.gethostname)
    pid: int = field(default_factory=os.getpid)
    mark: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    started_at: datetime = field(default_factory=clock.now)

    @property
    def instance(self) -> str:
        """A name that no other process has, also after a restart with the same process id."""
        return f"{self.kind.value}@{self.host[:150]}:{self.pid}:{self.mark}"

    def beat(self) -> None:
        """Write a sign of life."""
        now = clock.now()
        if not Beat.objects.filter(instance=self.instance).update(beaten_at=now):
            Beat.objects.create(
                kind=self.kind,
                instance=self.instance,
                host=self.host[:255],
                pid=self.pid,
                version=mingcha.__version__,
                started_at=self.started_at,
                beaten_at=now,
            )

    def leave(self) -> None:
        """Remove the sign of life: the process stops in order."""
        Beat.objects.filter(instance=self.instance).delete()


def silent_kinds() -> list[ProcessKind]:
    """The kinds without which the platform stands still, and of which none is alive."""
    latest = dict(Beat.objects.order_by().values_list("kind").annotate(Max("beaten_at")))
    limit = clock.now() - timing.SILENT_AFTER
    needed = (ProcessKind.WORKER, ProcessKind.CLOCK)
    return [kind for kind in needed if kind.value not in latest or latest[kind.value] < limit]


def forget_dead() -> int:
    """Remove the rows of processes that have been silent for a day; gives how many."""
    limit = clock.now() - FORGOTTEN_AFTER
    return Beat.objects.filter(beaten_at__lt=limit).delete()[0]

"""Ask for the write lock of the configured database again and again; at the end print the longest wait.

`python -m benchmarks.lock_probe` runs until a line comes in on its standard input.
"""

from __future__ import annotations

import select
import sys
import time

import django

#: Seconds between two tries.
PAUSE = 0.02
_KEY = "lock-probe-lock-probe"


def write_once() -> None:
    """A short transaction that writes, as a form of the platform does."""
    from django.db import transaction

    from mingcha.base import clock
    from mingcha.base.idempotency import IdempotencyKey

    with transaction.atomic():
        IdempotencyKey.objects.filter(key=_KEY).delete()
        IdempotencyKey.objects.create(key=_KEY, viewer="probe", verb="probe", at=clock.now())


def main() -> int:
    """Seconds of the longest wait, on standard output."""
    django.setup()
    from django.db import connection

    connection.settings_dict.setdefault("OPTIONS", {})[
        "timeout" if connection.vendor == "sqlite" else "connect_timeout"
    ] = 300
    write_once()
    longest = 0.0
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        began = time.perf_counter()
        write_once()
        longest = max(longest, time.perf_counter() - began)
    sys.stdout.write(f"{longest:.3f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

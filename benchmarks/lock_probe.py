"""Ask for the write lock of the configured database again and again; at the end print how long it took.

`python -m benchmarks.lock_probe` runs until a line comes in on its standard input.
"""

from __future__ import annotations

import json
import select
import sys
import time

import django

#: Seconds between two tries.
PAUSE = 0.02
#: Shorter waits (seconds) are nobody's trouble.
NOTICEABLE = 0.05
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
    """Every noticeable wait, on standard output, as JSON: [when it began on the machine's clock, seconds]."""
    django.setup()
    from django.db import connection

    connection.settings_dict.setdefault("OPTIONS", {})[
        "timeout" if connection.vendor == "sqlite" else "connect_timeout"
    ] = 300
    write_once()
    waits = []
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        began = time.monotonic()
        write_once()
        if (waited := time.monotonic() - began) > NOTICEABLE:
            waits.append((began, waited))
    sys.stdout.write(json.dumps(waits) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

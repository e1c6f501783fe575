"""The process that reads a large file: one order, its rows (see `reading`)."""

from __future__ import annotations

import gc
import json
import sys

import django

from mingcha.kernel.refusal import Refused


def main() -> int:
    """Read the order, give the rows; 1 when nobody takes them any more."""
    django.setup()
    from mingcha.registry.importing.reading import give, read, send

    gc.disable()
    order = json.loads(sys.stdin.buffer.read())
    out = sys.stdout.buffer
    try:
        give(read(order), out)
    except Refused as refused:
        parts = [
            (r.code, str(r.message), str(r.basis), str(r.remedy), dict(r.params)) for r in refused.refusals
        ]
        send(out, "refused", [(c, m, b, y, {k: str(v) for k, v in p.items()}) for c, m, b, y, p in parts])
    except BrokenPipeError:
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

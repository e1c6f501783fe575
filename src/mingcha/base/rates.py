"""How often somebody may ask in a minute: protects the machine from a script that runs wild.

    rates.check("phone_requests", viewer.reference)

Counted in the cache, which every server process has its own of: the limit holds for each.
"""

from __future__ import annotations

from django.core.cache import cache

from mingcha.base import clock, limits

WINDOW = 60


def check(code: str, who: str) -> None:
    """Count one more request of somebody in this minute. Raises Refused over the limit of that code."""
    minute = int(clock.now().timestamp()) // WINDOW
    key = f"rate:{code}:{who}:{minute}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        counted = cache.incr(key)
    except ValueError:
        # A full cache has dropped it in between: nobody is refused for that.
        counted = 1
    limits.check(code, counted)

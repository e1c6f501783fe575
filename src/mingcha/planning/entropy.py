"""Where the random value of a draw comes from, in the order in which the plan names it (protocol §7.3)."""

from __future__ import annotations

from mingcha.kernel import draw as ssj
from mingcha.kernel.draw import PATTERNS, Source, entropy_centibits
from mingcha.kernel.draw.seed import sealed_commitment
from mingcha.planning.models import Draw

#: A bureau's own secret: it keeps the list from being known early and counts for no entropy (§5.1).
SEALED = "sealed"


def public_source(draw: Draw) -> Source:
    """The source that nobody in the room controls."""
    return Source(name=draw.source, issue="1", pattern=PATTERNS[draw.source])


def sources(draw: Draw, secret: str = "") -> list[Source]:
    """All sources of the plan; `secret` is what a sealed draw commits to."""
    named = [public_source(draw)]
    if secret:
        named.append(Source(SEALED, "1", PATTERNS[SEALED], sealed_commitment(secret)))
    return named


def centibits(draw: Draw) -> int:
    """How much entropy the plan's sources bring, in hundredths of a bit; the secret brings none."""
    return entropy_centibits([public_source(draw)])


def announced(plan: bytes) -> Source:
    """The public source as the sealed plan names it."""
    return ssj.parse_plan(plan).sources[0]

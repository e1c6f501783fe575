"""Where the random value of a draw comes from, in the order in which the plan names it (protocol §7.3)."""

from __future__ import annotations

from collections.abc import Sequence

from mingcha.kernel import draw as ssj
from mingcha.kernel.draw import PATTERNS, Source, entropy_centibits
from mingcha.kernel.draw.seed import sealed_commitment
from mingcha.planning.models import Draw

#: A bureau's own secret: it keeps the list from being known early and counts for no entropy (§5.1).
SEALED = "sealed"


def sources(draw: Draw, secret: str = "", *, fallback: bool = False) -> list[Source]:
    """All sources of the plan, or of the plan for the fallback; `secret` is what a sealed draw commits to."""
    named = _public(draw.fallback_source, draw.fallback_issue) if fallback else _first(draw)
    committed = [Source(SEALED, "1", PATTERNS[SEALED], sealed_commitment(secret))] if secret else []
    return [named, *committed]


def centibits(draw: Draw) -> int:
    """The entropy of the weaker of the two sources, in hundredths of a bit; the secret brings none."""
    found = [entropy_centibits([_first(draw)])]
    if draw.fallback_source:
        found.append(entropy_centibits([_public(draw.fallback_source, draw.fallback_issue)]))
    return min(found)


def announced(plan: bytes) -> Source:
    """The public source as the sealed plan names it."""
    return ssj.parse_plan(plan).sources[0]


def written(source: str, balls: Sequence[str]) -> str:
    """The protocol's value for what was read off the balls: digits in order, lottery numbers ascending."""
    if source == Draw.Source.KL8:
        return ".".join(f"{number:02d}" for number in sorted(int(ball) for ball in balls))
    return "".join(balls)


def _first(draw: Draw) -> Source:
    return _public(draw.source, draw.source_issue)


def _public(name: str, issue: str) -> Source:
    """A source that nobody in the room controls; dice have no issue, so theirs is 1."""
    return Source(name=name, issue=issue or "1", pattern=PATTERNS[name])

"""A finished draw repeated from its frozen files, once a process: reports that need every ticket, changes."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from mingcha.kernel import draw as ssj
from mingcha.planning import roster, selectors
from mingcha.planning.models import Draw

ROSTER_FILE = "roster.csv"
#: With these the pairing is repeated too, which takes longer and which no report needs.
CONFIDENTIAL = ("inspectors.csv", "recusals.csv")


@dataclass(frozen=True)
class Spared:
    """A subject that was excluded before the draw and would otherwise have been drawn (§7.11)."""

    name: str
    id: str
    reason: str


def repeated(draw: Draw) -> ssj.Draw:
    """The draw's subjects, repeated; only for a draw that is complete."""
    return _repeated(draw.pk, draw.used_digest, draw.digits)


def paired(draw: Draw) -> ssj.Draw:
    """The same with its teams, which only those may use who know the recusals."""
    return _paired(draw.pk, draw.used_digest, draw.digits)


def names_of(draw: Draw) -> dict[str, str]:
    """id → name at sealing."""
    return _names(draw.pk, draw.used_digest)


def excluded_of(draw: Draw) -> dict[str, str]:
    """id → reason code of those that the sealed roster leaves out."""
    return _excluded(draw.pk, draw.used_digest)


def spared(draw: Draw) -> list[Spared]:
    """The report 已排除、否则会抽中, in roster order."""
    names = names_of(draw)
    return [
        Spared(names[one.id], one.id, str(roster.EXCLUSION_LABELS.get(one.row.excluded, one.row.excluded)))
        for one in ssj.excluded_within_cutoff(repeated(draw))
    ]


def would_have(draw: Draw) -> list[Spared]:
    """What a void draw would have drawn, in 抽取序号 order, once its value is known (§5.2)."""
    names = names_of(draw)
    return [Spared(names[one.id], one.id, "") for one in repeated(draw).drawn]


@functools.lru_cache(maxsize=4)
def _repeated(draw_id: int, digest: str, digits: str) -> ssj.Draw:
    """What is frozen never changes, so one process repeats it once."""
    files = selectors.files_for(_draw(draw_id), roster.EVERYONE)
    return ssj.replay({name: data for name, data in files.items() if name not in CONFIDENTIAL}, digest)


@functools.lru_cache(maxsize=4)
def _paired(draw_id: int, digest: str, digits: str) -> ssj.Draw:
    return ssj.replay(selectors.files_for(_draw(draw_id), roster.EVERYONE), digest)


@functools.lru_cache(maxsize=4)
def _names(draw_id: int, digest: str) -> dict[str, str]:
    content = selectors.file_content(_draw(draw_id), roster.NAMES_FILE, roster.EVERYONE)
    return roster.read_pairs(content or b"id,name\n")


@functools.lru_cache(maxsize=4)
def _excluded(draw_id: int, digest: str) -> dict[str, str]:
    content = selectors.file_content(_draw(draw_id), ROSTER_FILE, roster.EVERYONE) or b""
    rows = (line.split(",") for line in content.decode().splitlines()[1:])
    return {id: excluded for id, _stratum, _weight, _skill, excluded in rows if excluded}


def _draw(draw_id: int) -> Draw:
    found: Draw = Draw.objects.visible_to(roster.EVERYONE).get(pk=draw_id)
    return found

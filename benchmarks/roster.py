"""The roster that every draw is measured on: the same bytes for the same number of rows, on every machine."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from mingcha.kernel.draw.plan import Plan, build_plan, parse_plan
from mingcha.kernel.draw.roster import ROSTER_HEADER
from mingcha.kernel.draw.seed import Source

STRATA = ("A", "B", "C", "D")
SKILLS = ("", "ldjc", "sbjh", "lwpq")
#: 3 % in each stratum, the smallest share that the rules of inspections name.
BASIS_POINTS = 300
DRAW_KEY = "e289ba70af16e5d0bcf0daca71f5c98c"
_LINES_AT_ONCE = 100_000


def drawn_of(rows: int) -> int:
    """How many of so many rows are drawn; exact, because the sizes measured are multiples of 10,000."""
    return rows * BASIS_POINTS // 10_000


def write_roster(path: Path, rows: int) -> None:
    """A canonical roster.csv of so many rows.

    Ids have the 18 characters of a credit code and an S, which no real code holds; every row can be drawn,
    so that samplers that know no exclusions draw from the same number.
    """
    lines = (f"9113011S{n:010},{STRATA[n % 4]},1,{SKILLS[n // 4 % 4]},\n" for n in range(rows))
    with path.open("w", encoding="ascii", newline="") as file:
        file.write(f"{ROSTER_HEADER}\n")
        while block := "".join(islice(lines, _LINES_AT_ONCE)):
            file.write(block)


def plan() -> Plan:
    """The plan of the measured draw: the same share of every stratum, no reserves, nobody to pair."""
    quota = {"mode": "rate", "base": "eligible", "bp": dict.fromkeys(STRATA, BASIS_POINTS)}
    data = build_plan(
        draw_id="130111-T-2026-0001",
        title="测量",
        quota=quota,
        entropy=[Source("dice", "1", "[0-9]{20}")],
        roster=b"",
        inspectors=b"",
        recusals=b"",
    )
    return parse_plan(data)

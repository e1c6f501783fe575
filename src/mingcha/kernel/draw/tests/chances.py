"""Repeat a draw for many fixed numbers of the balls, and judge whether the counts are even.

The draws are made by the kernel itself, with only the digits changing: number n stands for the twenty
digits of n. `scripts/proof.py` runs the same experiments at length. Nothing here is random: the same range
of numbers gives the same counts on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from scipy.stats import chi2

from mingcha.kernel.draw import InspectorRow, Recusal, RosterRow, Source, parse_plan, seal
from mingcha.kernel.draw.pairing import Pairing, Target
from mingcha.kernel.draw.roster import load_roster
from mingcha.kernel.draw.seed import Keys, Value, derive_keys
from mingcha.kernel.draw.selection import select
from mingcha.kernel.draw.tests.support import DICE, digits

DRAW_ID = "130111-T-2026-0001"


class Evenness(NamedTuple):
    """Chi-square of counts that should be equal: `p` is the chance of counts at least as uneven."""

    statistic: float
    df: int
    p: float


def keys_of(number: int, sources: Sequence[Source] = (DICE,)) -> Keys:
    return derive_keys(DRAW_ID, [Value(s.name, s.issue, digits(number)) for s in sources])


def evenness(total: Iterable[float], draws: int, spread: float, df: int) -> Evenness:
    """Judge the summed counts of `draws` independent draws whose categories are alike.

    Within one draw the counts hang together (whoever is drawn is not drawn again). `spread` is the mean of
    the squared distance of one draw's counts from their mean, so that `spread / df` is the variance in each
    of the `df` directions in which alike categories can differ, and the statistic is chi-square.
    """
    counts = list(total)
    mean = sum(counts) / len(counts)
    statistic = sum((c - mean) ** 2 for c in counts) * df / (draws * spread)
    return Evenness(statistic, df, float(chi2.sf(statistic, df)))


def subjects_drawn(rows: list[RosterRow], k: dict[str, int], numbers: Iterable[int],
                   weighting: str = "none") -> Iterator[list[str]]:  # fmt: skip
    """Ids drawn for each number, a fixed quota in each stratum."""
    sealed = seal(
        draw_id=DRAW_ID, title="试", quota={"base": "all", "mode": "fixed", "k": k}, entropy=[DICE],
        roster=rows, weighting=weighting,
    )  # fmt: skip
    plan, roster = parse_plan(sealed.files["plan.json"]), load_roster(sealed.files["roster.csv"])
    for number in numbers:
        strata = select(plan, keys_of(number).draw_key, roster)
        yield [t.id for stratum in strata for t in stratum.drawn]


def evenness_of_drawing(counts: Sequence[int], draws: int, k: int) -> Evenness:
    """`k` of `len(counts)` drawn each time: the spread of one draw is known exactly."""
    n = len(counts)
    return evenness(counts, draws, k * (1 - k / n), n - 1)


def firms(count: int, stratum: str = "A", **fields: object) -> list[RosterRow]:
    """Firms with ids like credit codes: alike but for the last digits."""
    rows = [RosterRow(f"91130111TEST{stratum}{n:05d}", stratum, 1, "", "") for n in range(count)]
    return [row._replace(**fields) for row in rows]


def teams(people: list[InspectorRow], targets: list[Target], recusals: list[Recusal], q: int,
          numbers: Iterable[int]) -> Iterator[Pairing]:  # fmt: skip
    """The pairing for each number."""
    for number in numbers:
        yield Pairing(keys_of(number).insp_key, people, targets, recusals, q).run()


def alike(count: int, capacity: int = 99, *skills: str) -> list[InspectorRow]:
    return [InspectorRow(f"I{n + 1:03}", skills, capacity) for n in range(count)]


def visits(count: int, skill: str = "") -> list[Target]:
    return [Target(f"T{n + 1:03}", skill) for n in range(count)]


class Pairs(NamedTuple):
    """How often every pair met, on the whole and at each target, and every person led."""

    met: Counter[tuple[str, str]]
    at: list[Counter[tuple[str, str]]]
    led: Counter[str]
    spread: float
    led_spread: float


def pairs_met(people: list[InspectorRow], count: int, numbers: Sequence[int]) -> Pairs:
    """Teams of two from alike people at `count` targets, for each number."""
    ids = [j.id for j in people]
    every = list(combinations(ids, 2))
    met: Counter[tuple[str, str]] = Counter(dict.fromkeys(every, 0))
    at = [Counter(dict.fromkeys(every, 0)) for _ in range(count)]
    led: Counter[str] = Counter(dict.fromkeys(ids, 0))
    squares = led_squares = 0
    for done in teams(people, visits(count), [], 2, numbers):
        now = [done.team_ids(t) for t in range(count)]
        both = [tuple(sorted(team)) for team in now]
        for t, pair in enumerate(both):
            at[t][pair] += 1
        met.update(both)
        led.update(team[0] for team in now)
        squares += sum(n * n for n in Counter(both).values())
        led_squares += sum(n * n for n in Counter(team[0] for team in now).values())
    return Pairs(
        met, at, led,
        squares / len(numbers) - count**2 / len(every),
        led_squares / len(numbers) - count**2 / len(ids),
    )  # fmt: skip


def every_kth_row(count: int, k: int, start: int) -> list[int]:
    """How many systems of today draw: one random start, then every (count // k)-th row."""
    step = count // k
    return [start % step + step * n for n in range(k)]


def ring_walk(people: int, targets: int, start: int) -> list[tuple[int, int]]:
    """How many systems of today pair: one random start, then neighbours round the list."""
    walk = [(start + n) % people for n in range(2 * targets)]
    return [(min(a, b), max(a, b)) for a, b in zip(walk[::2], walk[1::2], strict=True)]

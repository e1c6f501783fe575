"""What is measured: the experiments of the tests, at length, beside two ways of today's systems.

Every figure follows from fixed numbers of the balls, so that whoever runs this again gets the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from mingcha.kernel.draw.certificate import shortages
from mingcha.kernel.draw.tests.chances import (
    Evenness,
    alike,
    evenness,
    evenness_of_drawing,
    every_kth_row,
    firms,
    pairs_met,
    ring_walk,
    subjects_drawn,
)
from mingcha.kernel.draw.tests.instances import best, check_rules, needed_from, random_case
from mingcha.kernel.draw.tests.twins import differences, town

FIRMS, DRAWN, PEOPLE, TARGETS = 299, 100, 10, 10
WEIGHTS, WEIGHTED, WEIGHTED_DRAWN = (1, 2, 5, 10), 400, 12
#: How often each experiment is repeated.
DRAWS = {"firms": 40_000, "weights": 20_000, "pairs": 40_000, "twins": 10_000, "solver": 20_000}
#: What is counted over the instances that are compared with the solver.
SOLVED = (
    "possible", "impossible", "wrong", "uneven", "chains", "shortages", "unproved", "served", "servable",
)  # fmt: skip
#: How many draws a check repeats to see that the figures come from this kernel.
PROBE = 200


def judged(found: Evenness) -> dict[str, float]:
    """Rounded, so that another release of the statistics library writes the same."""
    return {"chi2": round(found.statistic, 2), "df": found.df, "p": round(found.p, 4)}


def firms_drawn(draws: int) -> dict[str, Any]:
    """299 choose 100: how often every firm and every two neighbours are drawn."""
    rows = firms(FIRMS)
    order = [row.id for row in rows]
    alone = Counter(dict.fromkeys(order, 0))
    together = Counter(dict.fromkeys(pairwise(order), 0))
    outcomes = set()
    for ids in subjects_drawn(rows, {"A": DRAWN}, range(draws)):
        drawn = set(ids)
        alone.update(drawn)
        together.update(pair for pair in together if drawn.issuperset(pair))
        outcomes.add(sha256("".join(sorted(ids)).encode()).digest())
    counts = [alone[id] for id in order]
    today = [every_kth_row(FIRMS, DRAWN, start) for start in range(draws)]
    today_counts = Counter(row for rows in today for row in rows)
    chance = DRAWN * (DRAWN - 1) / (FIRMS * (FIRMS - 1))
    spread = (draws * chance * (1 - chance)) ** 0.5
    return {
        "draws": draws,
        "counts": counts,
        "neighbours": list(together.values()),
        "outcomes": len(outcomes),
        "largest_neighbour_z": round(max(abs(n - draws * chance) / spread for n in together.values()), 2),
        **judged(evenness_of_drawing(counts, draws, DRAWN)),
        "today": {
            "counts": [today_counts[n] for n in range(FIRMS)],
            "outcomes": len({tuple(rows) for rows in today}),
            "never": FIRMS - len(today_counts),
            "neighbours": sum(a + 1 == b for a, b in pairwise(today[0])),
        },
    }


def weights_drawn(draws: int) -> dict[str, Any]:
    """Twelve of 400 with weights 1, 2, 5 and 10: how often each weight is drawn, beside its share."""
    rows = [row._replace(weight=WEIGHTS[n % 4]) for n, row in enumerate(firms(WEIGHTED))]
    weight = {row.id: row.weight for row in rows}
    drawn = dict.fromkeys(WEIGHTS, 0)
    for ids in subjects_drawn(rows, {"A": WEIGHTED_DRAWN}, range(draws), "w16"):
        for id in ids:
            drawn[weight[id]] += 1
    due = {w: draws * WEIGHTED_DRAWN * w / sum(WEIGHTS) for w in WEIGHTS}
    return {
        "draws": draws,
        "rows": [
            {"weight": w, "drawn": drawn[w], "due": round(due[w], 1), "ratio": round(drawn[w] / due[w], 4),
             "error": round(due[w] ** -0.5, 4)}
            for w in WEIGHTS
        ],
    }  # fmt: skip


def people_paired(draws: int) -> dict[str, Any]:
    """Ten alike people, ten targets: how often every pair meets and everybody leads."""
    found = pairs_met(alike(PEOPLE), TARGETS, range(draws))
    today = Counter(pair for start in range(draws) for pair in ring_walk(PEOPLE, TARGETS, start))
    every = [(a, b) for a in range(PEOPLE) for b in range(a + 1, PEOPLE)]
    code = [j.id for j in alike(PEOPLE)]
    at = [evenness(counts.values(), draws, 1 - 1 / len(every), len(every) - 1) for counts in found.at]
    return {
        "draws": draws,
        "pairs": [[a + 1, b + 1, found.met[code[a], code[b]], today[a, b]] for a, b in every],
        "met": sum(n > 0 for n in found.met.values()),
        "met_today": len(today),
        **judged(evenness(found.met.values(), draws, found.spread, len(every) - PEOPLE)),
        "p_at_targets": [round(one.p, 4) for one in at],
        "leads": list(found.led.values()),
        "leads_judged": judged(evenness(found.led.values(), draws, found.led_spread, PEOPLE - 1)),
    }


def twins_apart(draws: int) -> list[dict[str, Any]]:
    """z of every pair of twins at every target and for leading, with chains of both kinds around them."""
    found = []
    for limit in (5, 6):
        z, chains = differences(town(limit), draws)
        found.append({
            "limit": limit, "draws": draws, "chains_per_draw": round(chains / draws, 2),
            "z": [round(value, 3) for value in z], "largest": round(max(map(abs, z)), 2),
            "mean_square": round(sum(value * value for value in z) / len(z), 3),
        })  # fmt: skip
    return found


def against_solver(instances: int) -> list[dict[str, Any]]:
    """Random instances for one, two and three people per target, each beside the min-cost flow."""
    return [_solved(q, instances) for q in (1, 2, 3)]


def _solved(q: int, instances: int) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    for seed in range(1_000_000, 1_000_000 + instances):
        case = random_case(seed, q=q)
        done, optimum = case.run(), best(case)
        check_rules(case, done)
        possible = optimum.places == q * len(case.targets)
        counts["possible" if possible else "impossible"] += 1
        counts["wrong"] += possible == bool(done.unserved)
        if possible:
            counts["uneven"] += sum(load * load for load in done.load) != optimum.squares
            counts["chains"] += len(done.chains)
        else:
            counts["served"] += sum(done.load)
            counts["servable"] += optimum.places
        for shortage in shortages(done):
            full = {done.ids[p] for p in shortage.full}
            room = sum(j.capacity for j in case.people if j.id in full)
            counts["shortages"] += 1
            counts["unproved"] += needed_from(case, full) <= room
    names = (
        "possible",
        "impossible",
        "wrong",
        "uneven",
        "chains",
        "shortages",
        "unproved",
        "served",
        "servable",
    )
    return {"q": q, "instances": instances, **{name: counts[name] for name in names}}


def probe() -> str:
    """A digest over some draws and pairings of this kernel; data of another kernel has another."""
    drawn = subjects_drawn(firms(FIRMS), {"A": DRAWN}, range(PROBE))
    met = pairs_met(alike(PEOPLE), TARGETS, range(PROBE)).met
    told = [",".join(ids) for ids in drawn] + [f"{pair}={n}" for pair, n in sorted(met.items())]
    return sha256("\n".join(told).encode()).hexdigest()


def run(draws: dict[str, int]) -> dict[str, Any]:
    """All figures of the page."""
    return {
        "probe": probe(),
        "firms": firms_drawn(draws["firms"]),
        "weights": weights_drawn(draws["weights"]),
        "pairs": people_paired(draws["pairs"]),
        "twins": twins_apart(draws["twins"]),
        "solver": against_solver(draws["solver"]),
    }


def matrix(pairs: Sequence[Sequence[int]], column: int) -> list[list[float]]:
    """The counts of pairs as a square with an empty diagonal."""
    square = [[float("nan")] * PEOPLE for _ in range(PEOPLE)]
    for row in pairs:
        a, b = row[0] - 1, row[1] - 1
        square[a][b] = square[b][a] = row[column]
    return square

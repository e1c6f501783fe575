"""How long a draw of a county takes, beside the sampler of the Berkeley election audits (PyPI).

Selection alone is compared, 1,000 of 100,000 firms by SHA-256 in both. `consistent_sampler` promises more
(samples with replacement, numbers of unlimited length) and knows no strata and no inspectors; it is not one
of our dependencies, so it is measured only where somebody has installed it.
"""

from __future__ import annotations

import importlib.util
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mingcha.kernel.draw import InspectorRow, Recusal, RosterRow, Source, parse_plan, reveal, seal, verify
from mingcha.kernel.draw.pairing import Pairing, Target
from mingcha.kernel.draw.replay import replay
from mingcha.kernel.draw.selection import numbered, select

FIRMS = 100_000
DRAWN = 1_000
INSPECTORS = 60
STRATA = ("A", "B", "C", "D")
SKILLS = ("ldjc", "sbjh", "lwpq")
RECUSALS = 300
REPEATS = 5
DIGITS = "12345678901234567890"
PEER = "consistent_sampler"


@dataclass(frozen=True)
class Row:
    """One line of the table: what was done, and the shortest of several times in seconds."""

    what: str
    seconds: float | None


def shortest(run: Callable[[], Any]) -> float:
    """The shortest of several times: what the work takes when nothing else disturbs it."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)


def measure() -> list[Row]:
    """Measure the steps of one draw, and the peer's selection where it is installed."""
    chance = random.Random(20261123)
    roster = [
        RosterRow(f"F{n:07}", chance.choice(STRATA), 1, chance.choice(("", *SKILLS)), "")
        for n in range(FIRMS)
    ]
    inspectors = [
        InspectorRow(f"I{n:03}", tuple(sorted(chance.sample(SKILLS, 2))), 50) for n in range(INSPECTORS)
    ]
    pairs = {
        (chance.randrange(FIRMS), chance.randrange(INSPECTORS)) for _ in range(RECUSALS * FIRMS // DRAWN)
    }
    recusals = [Recusal(f"F{firm:07}", f"I{person:03}") for firm, person in pairs]
    sealed = seal(
        draw_id="130111-T-2026-0001",
        title="测量",
        quota={"mode": "fixed", "base": "eligible", "k": dict.fromkeys(STRATA, DRAWN // len(STRATA))},
        entropy=[Source("dice", "1", "[0-9]{20}")],
        roster=roster,
        inspectors=inspectors,
        recusals=recusals,
        per_target=2,
    )
    revealed = reveal(sealed.files, [DIGITS])
    plan, keys = parse_plan(sealed.files["plan.json"]), revealed.draw.keys
    targets = [Target(t.id, t.row.skill) for t in numbered(select(plan, keys.draw_key, roster))]
    if len(targets) != DRAWN or not verify(revealed.files, sealed.plan_digest).match:
        raise RuntimeError("the draw that is to be measured does not verify")
    return [
        Row(
            f"选取：{FIRMS:,} 户中 {DRAWN:,} 户，{len(STRATA)} 类",
            shortest(lambda: select(plan, keys.draw_key, roster)),
        ),
        Row(f"同样的选取，PyPI `{PEER}`（不分类）", peer([row.id for row in roster], keys.draw_key)),
        Row(
            f"配对：{DRAWN:,} 户 × {INSPECTORS} 人，每户 2 人，专长与回避",
            shortest(lambda: Pairing(keys.insp_key, inspectors, targets, recusals, plan.per_target).run()),
        ),
        Row("整次重算：读入文件、核对摘要、选取、配对", shortest(lambda: replay(revealed.files))),
    ]


def peer(ids: list[str], seed: str) -> float | None:
    """The peer's time for the same number of ids; None where it is not installed."""
    if importlib.util.find_spec(PEER) is None:
        return None
    sampler = importlib.import_module(PEER).sampler
    return shortest(lambda: list(sampler(ids, seed=seed, take=DRAWN, output="id")))


def table(measured: list[Row]) -> str:
    """The results as a table for docs/benchmarks.md."""
    lines = ["| 步骤 | 秒 |", "|---|---|"]
    for row in measured:
        lines.append(f"| {row.what} | {'没有安装，未测' if row.seconds is None else f'{row.seconds:.3f}'} |")
    return "\n".join([f"每一步运行 {REPEATS} 次，取最短的一次；单核。", "", *lines])

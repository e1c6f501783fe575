"""How long the draw of 3 % of a roster takes, and how much memory, beside two samplers from PyPI.

Every figure is the best of several runs, each in a process of its own; the methods take turns, so that a busy
moment of the machine meets all of them. Both peers sample for the risk-limiting audits of elections, whose
draws anybody must be able to repeat, too; they are called in the way that their documentation names as the
quickest (benchmarks/worker.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import Bench, seconds, table
from benchmarks.roster import drawn_of, write_roster

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
QUICK_SIZES = (10_000, 100_000)
#: Runs by size. A peer needs minutes for the largest, where a disturbance no longer counts.
REPEATS = {10_000: 5, 100_000: 5, 1_000_000: 3, 10_000_000: 3}
SLOW_REPEATS = {**REPEATS, 1_000_000: 2, 10_000_000: 1}
LABELS = {
    "kernel": "**本系统内核**（标准库，边读边抽，单核）",
    "large": "**本系统大名录**（DuckDB，两个线程）",
    "consistent_sampler": "PyPI consistent_sampler",
    "cryptorandom_pikk": "PyPI cryptorandom，PIKK",
    "cryptorandom_fisher_yates": "PyPI cryptorandom，Fisher–Yates",
    "python_floor": "下限：Python 只读文件并求摘要",
    "duckdb_floor": "下限：DuckDB 只读文件并计数",
}
PEERS = {
    "consistent_sampler": "consistent_sampler",
    "cryptorandom_pikk": "cryptorandom",
    "cryptorandom_fisher_yates": "cryptorandom",
}
SLOW = {"consistent_sampler", "cryptorandom_pikk"}
OURS = ("kernel", "large")
NOTES = """抽取 3%：四类，各 3%，编号 18 位。“读入”是把编号放进内存（DuckDB 则是启动），
“核对”是逐行核对规范写法、顺序并求摘要，“抽取”是算号码并排出抽中者。
本系统的两种做法不把名录放进内存，抽取时再读一遍文件；对照的两种不核对，抽取时名录已在内存里。

consistent_sampler 用 `sampler(ids, seed, take=…, output="id")`。
cryptorandom 用 `random_sample(N, k, method=…)`：PIKK 与本系统一样给每一户一个号码；
Fisher–Yates 只为抽中的户各算一个随机数，所以最快，但号码不属于哪一户，
未抽中的户无从核对自己为何未抽中。每格是几次运行中最短的一次；内存是进程占用的最高值。"""


def measure(bench: Bench) -> dict[str, Any]:
    """Measure all methods at all sizes. Raises RuntimeError when kernel and DuckDB drew different firms."""
    sizes = QUICK_SIZES if bench.quick else SIZES
    rows: list[dict[str, Any]] = []
    for size in sizes:
        path = bench.folder / f"roster-{size}.csv"
        write_roster(path, size)
        found = bench.in_turn(_runs(bench, size, path))
        if len({found[method]["sample"] for method in OURS}) != 1:
            raise RuntimeError(f"kernel and DuckDB drew different firms out of {size}")
        rows += [{"rows": size, "method": method, **best} for method, best in found.items()]
        path.unlink()
    return {"rows": rows, "missing": sorted({p for p in PEERS.values() if not bench.installed(p)})}


def _runs(bench: Bench, size: int, path: Path) -> dict[str, tuple[int, list[str]]]:
    """For each method how often it runs and with which arguments."""
    methods = [m for m in LABELS if m not in PEERS or bench.installed(PEERS[m])]
    repeats = {m: 1 if bench.quick else (SLOW_REPEATS if m in SLOW else REPEATS)[size] for m in methods}
    return {m: (repeats[m], ["draw", m, str(path), str(size)]) for m in methods}


def steps_of(data: Mapping[str, Any], method: str) -> dict[int, dict[str, float]]:
    """The steps of one method by size; empty where it was not measured."""
    return {row["rows"]: row["steps"] for row in data["rows"] if row["method"] == method}


def peaks_of(data: Mapping[str, Any], method: str) -> dict[int, float]:
    """The memory of one method by size, in MiB."""
    return {row["rows"]: row["peak"] for row in data["rows"] if row["method"] == method}


def slope(points: Mapping[int, float]) -> float:
    """The exponent b of time ~ N^b, fitted to the logarithms: 1 is linear, 2 quadratic."""
    xs, ys = [math.log(n) for n in points], [math.log(t) for t in points.values()]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - mean_x) ** 2 for x in xs)


def text(data: Mapping[str, Any]) -> str:
    """The part of docs/benchmarks.md, made of what was measured."""
    sizes = sorted({row["rows"] for row in data["rows"]})
    methods = [m for m in LABELS if steps_of(data, m)]
    parts = [NOTES]
    if data["missing"]:
        parts.append(f"没有安装、因此未测：{'、'.join(data['missing'])}。")
    parts += [
        _times(data, methods, sizes),
        _steps_at(data, methods, sizes[-1]),
        _memory(data, methods, sizes),
    ]
    return "\n\n".join(parts)


def _times(data: Mapping[str, Any], methods: Sequence[str], sizes: Sequence[int]) -> str:
    header = ["抽取（秒）", *(f"{n:,} 户" for n in sizes), "斜率", "与内核之比"]
    lines = []
    base = steps_of(data, "kernel")[sizes[-1]]["draw"]
    for method in methods:
        draws = {n: steps["draw"] for n, steps in steps_of(data, method).items()}
        cells = [seconds(draws[n]) for n in sizes]
        lines.append([LABELS[method], *cells, f"{slope(draws):.2f}", f"{draws[sizes[-1]] / base:.2f}"])
    return table(header, lines) + (f"\n\n斜率是用时的对数对户数的对数：1 为正比。倍数按 {sizes[-1]:,} 户算。")


def _steps_at(data: Mapping[str, Any], methods: Sequence[str], size: int) -> str:
    lines = []
    for method in methods:
        steps = steps_of(data, method)[size]
        cells = [seconds(steps[name]) if name in steps else "–" for name in ("load", "check", "draw")]
        lines.append([LABELS[method], *cells, seconds(sum(steps.values()))])
    header = [f"{size:,} 户抽 {drawn_of(size):,} 户（秒）", "读入", "核对", "抽取", "合计"]
    return table(header, lines)


def _memory(data: Mapping[str, Any], methods: Sequence[str], sizes: Sequence[int]) -> str:
    header = ["内存（MiB）", *(f"{n:,} 户" for n in sizes)]
    lines = [[LABELS[method], *(f"{peaks_of(data, method)[n]:.0f}" for n in sizes)] for method in methods]
    return table(header, lines)

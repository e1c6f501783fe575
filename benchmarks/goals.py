"""The figures to reach, and whether what was measured reaches them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from benchmarks.draw import peaks_of, slope, steps_of
from benchmarks.measuring import table
from benchmarks.pairing import KINDS


class Goal(NamedTuple):
    """One figure: what it is about, what was wanted, what was found, and whether that is enough."""

    what: str
    wanted: str
    found: str
    reached: bool


def goals(measured: Mapping[str, Mapping[str, Any]]) -> list[Goal]:
    """All figures that these measurements (draw, pairing) allow to judge."""
    found = list(_of_draw(measured["draw"])) if "draw" in measured else []
    return found + (list(_of_pairing(measured["pairing"])) if "pairing" in measured else [])


def _at_least(what: str, number: float, least: float) -> Goal:
    return Goal(what, f"≥ {least:g} 倍", f"{number:.1f} 倍", number >= least)


def _at_most(what: str, number: float, most: float, unit: str) -> Goal:
    return Goal(what, f"≤ {most:g} {unit}", f"{number:.3g} {unit}", number <= most)


def _of_draw(data: Mapping[str, Any]) -> Iterator[Goal]:
    size = max(row["rows"] for row in data["rows"])
    draws = {row["method"]: row["steps"]["draw"] for row in data["rows"] if row["rows"] == size}
    if peer := draws.get("consistent_sampler"):
        yield _at_least(f"{size:,} 户：大名录抽取比 consistent_sampler 快", peer / draws["large"], 30)
        yield _at_least(f"{size:,} 户：内核抽取比 consistent_sampler 快", peer / draws["kernel"], 5)
    reading = draws["large"] / draws["duckdb_floor"]
    yield _at_most(f"{size:,} 户：大名录抽取与 DuckDB 只读文件之比", reading, 4, "倍")
    for method, name in (("kernel", "内核"), ("large", "大名录")):
        exponent = slope({n: steps["draw"] for n, steps in steps_of(data, method).items()})
        yield _at_most(f"{name}抽取用时随户数增长的斜率（1 为正比）", exponent, 1.1, "")
    yield _at_most(f"{size:,} 户：内核占用内存", peaks_of(data, "kernel")[size], 200, "MiB")


def _of_pairing(data: Mapping[str, Any]) -> Iterator[Goal]:
    most = {1_000: 0.1, 100_000: 5.0}
    for row in data["rows"]:
        if row["targets"] in most:
            what = f"配对 {row['targets']:,} × {row['inspectors']:,}（人手{KINDS[row['kind']]}）"
            yield _at_most(what, row["steps"]["draw"], most[row["targets"]], "秒")


def text(found: list[Goal]) -> str:
    """The part of docs/benchmarks.md."""
    lines = [[g.what, g.wanted.strip(), g.found.strip(), "是" if g.reached else "**否**"] for g in found]
    return table(["指标", "要求", "测得", "达到"], lines)

"""How long 发牌, 调剂 and 拉平 take for a county, a city and a province."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from benchmarks.measuring import Bench, seconds, table
from benchmarks.pairing_case import PER_TARGET

SIZES = ((100, 8), (1_000, 60), (100_000, 3_000))
QUICK_SIZES = SIZES[:2]
KINDS = {"ample": "宽裕", "scarce": "紧张"}
REPEATS = 3
NOTES = f"""每个对象 {PER_TARGET} 人。
**宽裕**：四分之三的对象需要专长，每人具备三种专长中的一种，每十个对象有三处回避，
每人上限比平均多一半；发牌一遍就够。
**紧张**：每人上限就是平均数，三十人中只有一人具备某种专长，刚刚够需要它的对象用，其余的人各回避一片相邻的对象；
发牌会把这几个人派到别处，要靠调剂换回来。每格是 {REPEATS} 次运行中最短的一次，单核；
内存是进程占用的最高值，括号内是配对之前就有的。"""


def measure(bench: Bench) -> dict[str, Any]:
    """Measure all cases. Raises RuntimeError when a case has places that nobody can fill."""
    rows = []
    for kind, (targets, inspectors) in product(KINDS, QUICK_SIZES if bench.quick else SIZES):
        arguments = ["pairing", str(targets), str(inspectors), kind]
        found = bench.in_turn({"pairing": (1 if bench.quick else REPEATS, arguments)})["pairing"]
        if found["unserved"]:
            raise RuntimeError(f"{targets} × {inspectors} ({kind}) cannot be served")
        rows.append({"kind": kind, "targets": targets, "inspectors": inspectors, **found})
    return {"rows": rows}


def text(data: Mapping[str, Any]) -> str:
    """The part of docs/benchmarks.md."""
    header = ["人手", "对象 × 人员", "秒", "内存（MiB）", "调剂与拉平", "最多与最少相差（户）"]
    lines = [
        [
            KINDS[row["kind"]],
            f"{row['targets']:,} × {row['inspectors']:,}",
            seconds(row["steps"]["draw"]),
            f"{row['peak']:.0f}（{row['before']:.0f}）",
            f"{row['chains']:,}",
            str(row["spread"]),
        ]
        for row in data["rows"]
    ]
    return f"{NOTES}\n\n{table(header, lines)}"

"""The generated part of docs/draw-proof.md: every number in it comes from the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

BEGIN, END = "<!-- generated: figures -->", "<!-- end of generated part -->"
#: A fair draw fails one of these once in 10,000 times; numbers more even than chance fail too.
LEAST_P = 0.0001


def filled(text: str, data: Mapping[str, Any]) -> str:
    """The page with its generated part made anew."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    parts = [
        firms(data["firms"]), pairs(data["pairs"]), twins(data["twins"]), weights(data["weights"]),
        solver(data["solver"]), f"这些数字来自的程序，其指纹为 `{data['probe']}`。",
    ]  # fmt: skip
    return "\n\n".join([before.rstrip(), BEGIN, *parts, END]) + after


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def verdict(*values: float) -> str:
    """通过 when every p lies between the two limits, each taking its share of them."""
    limit = LEAST_P / len(values)
    return "通过" if all(limit < p < 1 - limit for p in values) else "**未通过**"


def firms(data: Mapping[str, Any]) -> str:
    """299 choose 100, beside every k-th row."""
    counts, today, draws = data["counts"], data["today"], data["draws"]
    rows = [
        ["出现过的结果", f"{data['outcomes']:,} 种", f"{today['outcomes']} 种"],
        ["永远抽不到的户", counts.count(0), today["never"]],
        ["最少／最多的一户", _range(counts, draws), _range(today["counts"], draws)],
        ["相邻两户同时抽中", f"每一对都有，偏离最大的 z = {data['largest_neighbour_z']}",
         "从不" if not today["neighbours"] else "有"],
        ["均匀检验", _chi2(data), "不必检验"],
    ]  # fmt: skip
    head = [f"299 户抽 100 户，{draws:,} 次", "本协议", "一个随机起点、隔 k 取一"]
    return "\n\n".join([
        "### 每一户机会均等", "![每一户被抽中的频率](draw-proof/firms.svg)", table(head, rows)
    ])  # fmt: skip


def pairs(data: Mapping[str, Any]) -> str:
    """Ten people, ten targets, beside the ring walk."""
    draws = data["draws"]
    ours, today = [row[2] for row in data["pairs"]], [row[3] for row in data["pairs"]]
    due = round(draws * 10 / 45)
    leads, judged, at = data["leads"], data["leads_judged"], data["p_at_targets"]
    rows = [
        ["出现过的组合（共 45 对）", data["met"], data["met_today"]],
        [f"一对人相遇的次数（应有 {due:,}）", *(f"{min(n):,}–{max(n):,}" for n in (ours, today))],
        ["均匀检验：全部", _chi2(data), "不必检验"],
        ["均匀检验：逐个对象", f"10 个 p 值最小 {min(at)}，{verdict(*at)}", "–"],
        [f"任主检的次数（应有 {draws:,}）", f"{min(leads):,}–{max(leads):,}，{_chi2(judged)}", "–"],
    ]  # fmt: skip
    head = [f"10 人派往 10 户，{draws:,} 次", "本协议", "绕圈点名"]
    return "\n\n".join([
        "### 每两个人都可能同组", "![每两人同组的次数](draw-proof/pairs.svg)", table(head, rows)
    ])  # fmt: skip


def twins(data: Sequence[Mapping[str, Any]]) -> str:
    """Identical people among different ones."""
    rows = [
        [town["limit"], f"{town['draws']:,}", town["chains_per_draw"], len(town["z"]), town["largest"],
         town["mean_square"]]
        for town in data
    ]  # fmt: skip
    head = ["每人上限", "抽取次数", "每次调剂和拉平", "比较的 z", "最大的 z（绝对值）", "z² 的平均（应为 1）"]
    return "\n\n".join([
        "### 条件相同的两个人，机会相同", "![同条件两人的差](draw-proof/twins.svg)", table(head, rows)
    ])  # fmt: skip


def weights(data: Mapping[str, Any]) -> str:
    """Weights are chances."""
    rows = [
        [r["weight"], f"{r['drawn']:,}", f"{r['due']:,}", r["ratio"], f"±{4 * r['error'] + 0.003:.4f}"]
        for r in data["rows"]
    ]
    head = ["权重", "抽中次数", "应有次数", "比值", "允许"]
    return "\n\n".join([
        "### 权重就是机会", "![权重与机会](draw-proof/weights.svg)",
        f"400 户（四种权重各 100 户）抽 12 户，{data['draws']:,} 次：", table(head, rows),
    ])  # fmt: skip


def solver(data: Sequence[Mapping[str, Any]]) -> str:
    """Against the min-cost flow."""
    head = [
        "每户人数",
        "随机算例",
        "配得齐",
        "其中不是最均匀",
        "配不齐",
        "判断错",
        "有空缺的户",
        "证明不成立",
        "不齐时派出／网络流上限（人次）",
    ]
    rows = [
        [one["q"], f"{one['instances']:,}", f"{one['possible']:,}", one["uneven"], f"{one['impossible']:,}",
         one["wrong"], f"{one['shortages']:,}", one["unproved"], f"{one['served']:,}／{one['servable']:,}"]
        for one in data
    ]  # fmt: skip
    return "\n\n".join(["### 派员：配得齐就一定配齐，配不齐就给出证明", table(head, rows)])


def _range(counts: Sequence[int], draws: int) -> str:
    due = sum(counts) / len(counts) / draws
    return f"{min(counts) / draws:.3f}／{max(counts) / draws:.3f}（应为 {due:.3f}）"


def _chi2(judged: Mapping[str, Any]) -> str:
    return f"χ² = {judged['chi2']}，自由度 {judged['df']}，p = {judged['p']}，{verdict(judged['p'])}"

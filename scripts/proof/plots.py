"""The plots of the page as SVG: text stays text, and the same figures give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.plots import Canvas
from scripts.proof.experiments import DRAWN, FIRMS, PEOPLE, matrix

OURS, TODAY, EVEN = "#0b5cad", "#c2410c", "#6b7280"


def draw(data: Mapping[str, Any], folder: Path) -> None:
    """All plots."""
    canvas = Canvas()
    # Readers' own fonts show the Chinese, whether or not this machine has one.
    canvas.plots.rcParams.update({"svg.fonttype": "none", "font.size": 9})
    firms(canvas, data["firms"], folder / "firms.svg")
    pairs(canvas, data["pairs"], folder / "pairs.svg")
    weights(canvas, data["weights"], folder / "weights.svg")
    twins(canvas, data["twins"], folder / "twins.svg")


def firms(canvas: Canvas, data: Mapping[str, Any], path: Path) -> None:
    """How often each of 299 firms is drawn: ours above, every k-th row below."""
    figure, (above, below) = canvas.plots.subplots(2, 1, figsize=(8, 5), sharex=True)
    due = DRAWN / FIRMS
    places = range(1, FIRMS + 1)
    for axes, counts, colour, title in (
        (above, data["counts"], OURS, "本协议：299 户每一户被抽中的频率"),
        (below, data["today"]["counts"], TODAY, "一个随机起点、每隔一户取一户：同样抽 100 户"),
    ):
        axes.scatter(places, [n / data["draws"] for n in counts], s=4, color=colour, linewidths=0)
        axes.axhline(due, color=EVEN, linewidth=0.8)
        axes.set_ylim(-0.03, 0.6)
        axes.set_title(title, loc="left")
        axes.set_ylabel("频率")
    below.set_xlabel("名单上的位置（灰线：应有的 100/299）")
    canvas.save(figure, path)


def pairs(canvas: Canvas, data: Mapping[str, Any], path: Path) -> None:
    """How often each pair of ten people meets, side by side, in one scale of colours."""
    figure, both = canvas.plots.subplots(1, 2, figsize=(8, 3.8), layout="constrained")
    due = data["draws"] * PEOPLE / len(data["pairs"])
    image = None
    for axes, column, title in ((both[0], 2, "本协议"), (both[1], 3, "绕圈点名")):
        shares = [[n / due for n in row] for row in matrix(data["pairs"], column)]
        image = axes.imshow(shares, cmap="Blues", vmin=0, vmax=2)
        for a, row in enumerate(shares):
            for b, share in enumerate(row):
                if a != b:
                    dark = "white" if share > 1.4 else "black"
                    axes.text(b, a, f"{share:.2f}", ha="center", va="center", fontsize=6, color=dark)
        axes.set_xticks(range(PEOPLE), range(1, PEOPLE + 1))
        axes.set_yticks(range(PEOPLE), range(1, PEOPLE + 1))
        met = data["met"] if column == 2 else data["met_today"]
        axes.set_title(f"{title}：45 对中出现 {met} 对", loc="left")
    figure.colorbar(image, ax=both, shrink=0.8, label="实际次数 ÷ 应有次数")
    canvas.save(figure, path)


def weights(canvas: Canvas, data: Mapping[str, Any], path: Path) -> None:
    """Drawn beside due for each weight, with four standard errors."""
    figure, axes = canvas.plots.subplots(figsize=(8, 2.4))
    rows = data["rows"]
    axes.errorbar(
        range(len(rows)), [r["ratio"] for r in rows], yerr=[4 * r["error"] for r in rows], fmt="o",
        color=OURS, capsize=4,
    )  # fmt: skip
    axes.axhline(1, color=EVEN, linewidth=0.8)
    axes.set_xticks(range(len(rows)), [f"权重 {r['weight']}" for r in rows])
    axes.set_ylim(0.93, 1.07)
    axes.set_title("实际抽中次数 ÷ 按权重应有的次数（竖线：±4 个标准误）", loc="left")
    canvas.save(figure, path)


def twins(canvas: Canvas, data: list[Mapping[str, Any]], path: Path) -> None:
    """All z of the twins beside the curve that chance alone would give."""
    from scipy.stats import norm

    figure, axes = canvas.plots.subplots(figsize=(8, 2.8))
    z = [value for town in data for value in town["z"]]
    axes.hist(z, bins=[n / 4 for n in range(-18, 19)], color=OURS, alpha=0.8, label="同条件两人的差")
    points = [n / 20 for n in range(-90, 91)]
    axes.plot(points, [norm.pdf(x) * len(z) / 4 for x in points], color=TODAY, label="纯属偶然时应有的分布")
    axes.set_xlabel("z：两人得到派遣的次数之差 ÷ 它的标准差")
    axes.set_ylabel("个数")
    axes.legend(frameon=False)
    canvas.save(figure, path)

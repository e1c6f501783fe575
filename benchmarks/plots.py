"""The measured figures as SVG: the same bytes for the same figures and fonts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.draw import LABELS, peaks_of, steps_of
from benchmarks.pairing import KINDS

FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "WenQuanYi Zen Hei", "SimHei")
COLOURS = {
    "kernel": "#0b5cad",
    "large": "#c2410c",
    "consistent_sampler": "#15803d",
    "cryptorandom_pikk": "#7c3aed",
    "cryptorandom_fisher_yates": "#a78bfa",
    "python_floor": "#9ca3af",
    "duckdb_floor": "#4b5563",
}
MARKS = {"kernel": "o", "large": "s", "python_floor": "", "duckdb_floor": ""}
#: For machines without a Chinese font.
PLAIN = {
    "抽取用时": "time of the draw",
    "占用内存": "memory",
    "户": "rows",
    "秒": "s",
    "配对用时": "time of the pairing",
    "对象 × 人员": "targets × inspectors",
    "宽裕": "ample",
    "紧张": "scarce",
}


class Canvas:
    """Matplotlib, set up once; `words` puts a label into what the machine's fonts can show."""

    def __init__(self) -> None:
        import matplotlib

        matplotlib.use("svg")
        from matplotlib import font_manager, pyplot

        known = {font.name for font in font_manager.fontManager.ttflist}
        font = next((name for name in FONTS if name in known), None)
        self.chinese = font is not None
        self.plots = pyplot
        pyplot.rcParams.update(
            {
                "svg.hashsalt": "mingcha",
                "svg.fonttype": "path",
                "font.family": [font or "DejaVu Sans"],
                "axes.spines.top": False,
                "axes.spines.right": False,
                "axes.unicode_minus": False,
            }
        )

    def words(self, text: str) -> str:
        """Chinese, or English without a font for it."""
        return text if self.chinese else PLAIN[text]

    def save(self, figure: Any, path: Path) -> None:
        """Write without the date."""
        figure.savefig(path, format="svg", metadata={"Date": None}, bbox_inches="tight")
        self.plots.close(figure)


def draw(data: Mapping[str, Any], folder: Path) -> list[str]:
    """Time and memory of the draw over the number of rows, both axes logarithmic."""
    canvas = Canvas()
    times = {m: {n: s["draw"] for n, s in steps_of(data, m).items()} for m in LABELS}
    memory = {m: peaks_of(data, m) for m in LABELS}
    names = []
    for name, title, unit, lines in (
        ("draw-time", "抽取用时", "秒", times),
        ("draw-memory", "占用内存", "MiB", memory),
    ):
        figure, axes = canvas.plots.subplots(figsize=(8, 4.5))
        for method, points in lines.items():
            if points:
                axes.loglog(
                    list(points),
                    list(points.values()),
                    marker=MARKS.get(method, "^"),
                    linestyle="--" if method.endswith("_floor") else "-",
                    linewidth=2.5 if method in ("kernel", "large") else 1.3,
                    color=COLOURS[method],
                    label=LABELS[method].replace("**", "") if canvas.chinese else method,
                )
        axes.set_title(canvas.words(title), loc="left")
        axes.set_xlabel(canvas.words("户"))
        axes.set_ylabel(unit if unit == "MiB" else canvas.words(unit))
        axes.grid(which="major", color="#e5e7eb")
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, fontsize=8)
        canvas.save(figure, folder / f"{name}.svg")
        names.append(f"![{title}](benchmarks/{name}.svg)")
    return names


def pairing(data: Mapping[str, Any], folder: Path) -> list[str]:
    """Time of the pairing by case."""
    canvas = Canvas()
    figure, axes = canvas.plots.subplots(figsize=(6, 3.2))
    kinds = {kind: canvas.words(word) for kind, word in KINDS.items()}
    cases = [f"{kinds[row['kind']]} {row['targets']:,} × {row['inspectors']:,}" for row in data["rows"]]
    bars = axes.barh(cases, [row["steps"]["draw"] for row in data["rows"]], color=COLOURS["kernel"])
    axes.bar_label(bars, fmt="%.3g", padding=3)
    axes.set_xscale("log")
    axes.invert_yaxis()
    axes.set_title(canvas.words("配对用时"), loc="left")
    axes.set_xlabel(canvas.words("秒"))
    canvas.save(figure, folder / "pairing-time.svg")
    return ["![配对用时](benchmarks/pairing-time.svg)"]

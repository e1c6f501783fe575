"""docs/benchmarks.md: every part is made of a file of figures beside it, so that no number is typed.

A part that is not measured anew stays as it was measured last. `write` renews the document from the figures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import draw, goals, pairing

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEAD = """# 测量（由 `make bench` 写成）

数字随机器而变；要看的是同一台机器上、同一次运行中几种做法的比例。
表和图由 `docs/benchmarks/` 下的数据文件生成。只测一部分：`make bench PART=<部分>`，部分见 `make help`。
在 PostgreSQL 上测存证链（临时启动的数据库，不等待写盘）：
`bash scripts/with_postgres.sh .venv/bin/python -m benchmarks.run --part ledger`。
"""
TITLES = {
    "sqlite": "存证链的代价：SQLite",
    "postgresql": "存证链的代价：PostgreSQL",
    "imports_sqlite": "导入名单：SQLite",
    "imports_postgresql": "导入名单：PostgreSQL",
    "registers_sqlite": "名录库的列表与搜索：SQLite",
    "registers_postgresql": "名录库的列表与搜索：PostgreSQL",
    "phones_sqlite": "五十部手机同时送回检查表：SQLite",
    "phones_postgresql": "五十部手机同时送回检查表：PostgreSQL",
    "results_sqlite": "检查和检查结果的页面：SQLite",
    "results_postgresql": "检查和检查结果的页面：PostgreSQL",
    "draw": "抽取",
    "pairing": "配对",
    "goals": "要达到的指标",
}
TEXTS: dict[str, Callable[[Mapping[str, Any]], str]] = {"draw": draw.text, "pairing": pairing.text}


class Document:
    """The document in a folder, and the figures beside it in `benchmarks/`."""

    def __init__(self, folder: Path = DOCS) -> None:
        self.path = folder / "benchmarks.md"
        self.figures = folder / "benchmarks"

    def parts(self) -> dict[str, str]:
        """The parts of the document as it is."""
        old = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        return dict(re.findall(r"<!-- part: (\w+) -->\n\n## [^\n]+\n\n(.*?)\n\n<!-- end -->", old, re.S))

    def measured(self) -> dict[str, dict[str, Any]]:
        """The figures that there are, by part."""
        files = {part: self.figures / f"{part}.json" for part in TEXTS}
        return {p: json.loads(f.read_text(encoding="utf-8")) for p, f in files.items() if f.exists()}

    def keep(self, part: str, data: Mapping[str, Any]) -> None:
        """Keep the figures of one part and draw its plots."""
        from benchmarks import plots

        self.figures.mkdir(parents=True, exist_ok=True)
        written = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        (self.figures / f"{part}.json").write_text(written, encoding="utf-8")
        {"draw": plots.draw, "pairing": plots.pairing}[part](data, self.figures)

    def rendered(self, texts: Mapping[str, str] | None = None) -> str:
        """The whole document: figures, what else `texts` gives by part, and the other parts as they are."""
        parts = {**self.parts(), **(texts or {})}
        measured = self.measured()
        for part, data in measured.items():
            pictures = [
                f"![{words}](benchmarks/{name}.svg)"
                for name, words in PICTURES[part].items()
                if (self.figures / f"{name}.svg").exists()
            ]
            parts[part] = "\n\n".join([data["where"], TEXTS[part](data), *pictures])
        if measured:
            parts["goals"] = goals.text(goals.goals(measured))
        blocks = [
            f"<!-- part: {name} -->\n\n## {TITLES[name]}\n\n{parts[name]}\n\n<!-- end -->\n"
            for name in TITLES
            if name in parts
        ]
        return "\n".join([HEAD, *blocks])

    def write(self, texts: Mapping[str, str] | None = None) -> None:
        """Renew the document."""
        self.path.write_text(self.rendered(texts), encoding="utf-8")


PICTURES = {
    "draw": {"draw-time": "抽取用时", "draw-memory": "占用内存"},
    "pairing": {"pairing-time": "配对用时"},
}

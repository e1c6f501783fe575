"""Regenerate the parts of docs/ that come from the code (`make docs`).

- the picture of the layers in docs/architecture.md, from the real imports;
- docs/lifecycles.md, one diagram for each lifecycle table;
- docs/events.md, the vocabulary of the ledger.

`--check` changes nothing and fails when something is out of date; the test suite calls it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import grimp

from mingcha.kernel.lifecycle import Lifecycle

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
BEGIN, END = "<!-- generated: imports -->", "<!-- end of generated part -->"
#: Bottom to top; import-linter holds the same order (pyproject.toml).
LAYERS = (
    "kernel",
    "base",
    "web",
    "ledger",
    "accounts",
    "basics",
    "laws",
    "publication",
    "registry",
    "items",
    "planning",
    "leads",
    "inspection",
    "enterprise",
    "portal",
    "project",
)


def import_picture() -> str:
    """A Mermaid flowchart of which app imports which; only direct imports, tests left out."""
    graph = grimp.build_graph("mingcha", cache_dir=None)
    arrows: dict[tuple[str, str], int] = {}
    for importer in graph.modules:
        if ".tests" in importer or importer.endswith(".testing"):
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            pair = (_layer(importer), _layer(imported))
            if "" not in pair and pair[0] != pair[1] and ".tests" not in imported:
                arrows[pair] = arrows.get(pair, 0) + 1
    nodes = [f'  {layer}["{layer}"]' for layer in reversed(LAYERS)]
    order = sorted(arrows, key=lambda pair: (-LAYERS.index(pair[0]), -LAYERS.index(pair[1])))
    lines = [f"  {source} --> {target}" for source, target in order]
    return "\n".join(["```mermaid", "flowchart TD", *nodes, *lines, "```"])


def _layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in LAYERS else ""


def architecture() -> str:
    """docs/architecture.md with its picture drawn anew."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{import_picture()}\n\n{END}{after}"


def lifecycles() -> str:
    """docs/lifecycles.md: every lifecycle table that an app describes at start-up, and that of jobs."""
    from mingcha.accounts.roles import described
    from mingcha.base.jobs.lifecycle import JOB

    tables: tuple[Lifecycle[Any], ...] = (*described(), JOB)
    parts = ["# 办理流程（由代码生成，`make docs`）", ""]
    parts.append("每张图来自一张流程表；页面上的按钮、权限检查、拒绝时的说明和测试都来自同一张表。")
    for table in tables:
        parts += [
            "",
            f"## {table.label}（`{table.name}`）",
            "",
            "```mermaid",
            table.mermaid().rstrip(),
            "```",
        ]
    return "\n".join(parts) + "\n"


def events() -> str:
    """docs/events.md: every event that can stand in the ledger."""
    from mingcha.base.events import catalogue

    rows = [f"| `{code}` | {event.label} |" for code, event in sorted(catalogue.items())]
    head = ["# 存证链上的事项（由代码生成，`make docs`）", "", "| 代码 | 事项 |", "|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


GENERATED = {"architecture.md": architecture, "lifecycles.md": lifecycles, "events.md": events}


def out_of_date() -> list[str]:
    """Names of generated documents that differ from what the code says."""
    return [name for name, make in GENERATED.items() if _read(DOCS / name) != make()]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.project.settings")
    import django

    django.setup()
    if "--check" in sys.argv:
        stale = out_of_date()
        if stale:
            sys.stdout.write(f"out of date, run `make docs`: {', '.join(stale)}\n")
        return 1 if stale else 0
    for name, make in GENERATED.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""House rules that a machine can hold: purity, integers, stable codes, size, documentation."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from mingcha.kernel.draw import CODES

HERE = Path(__file__).parents[1]
MODULES = sorted(HERE.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_a_module_is_pure_small_and_uses_integers_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.split("\n")) <= (400 if path.stem == "standalone" else 300)
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
        assert not (isinstance(node, ast.Name) and node.id == "float")
        if isinstance(node, ast.Import):
            assert all(a.name.split(".")[0] in sys.stdlib_module_names for a in node.names)
        if isinstance(node, ast.ImportFrom) and not node.level:
            assert (node.module or "").split(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_every_public_name_says_what_it_means(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in tree.body + [m for c in tree.body if isinstance(c, ast.ClassDef) for m in c.body]:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_every_code_that_is_raised_is_in_the_list_and_the_other_way_round() -> None:
    raised: set[str] = set()
    for path in MODULES:
        if path.stem == "standalone":
            continue
        for code in re.findall(r'Rejected\(\s*f?"([^"]+)"', path.read_text(encoding="utf-8")):
            stems = ["roster", "inspectors", "recusals", "plan", "entropy", "register", "changes"]
            if "{code}" in code:
                raised |= {f"{s}-{c}" for s in stems[:3] for c in ("order", "duplicate")}
            elif "{stem}" in code:
                tables = code.endswith(("header", "pattern", "digest"))
                raised |= {code.replace("{stem}", s) for s in (stems[:3] if tables else stems[3:])}
            else:
                raised.add(code)
    assert raised == CODES

"""An icon that does not exist breaks its page, so every name that is written anywhere is looked up."""

from __future__ import annotations

import re
from pathlib import Path

import lucide

SOURCE = Path(__file__).resolve().parents[2] / "src" / "mingcha"
IN_TEMPLATES = re.compile(r"""(?:{% icon |icon=)["']([a-z0-9-]+)["']""")
IN_CODE = re.compile(r"""icon=["']([a-z0-9-]+)["']""")


def names() -> set[str]:
    found: set[str] = set()
    for pattern, expression in (("*.html", IN_TEMPLATES), ("*.py", IN_CODE)):
        for path in SOURCE.rglob(pattern):
            found.update(expression.findall(path.read_text(encoding="utf-8")))
    return found


def test_every_icon_that_is_named_exists() -> None:
    missing = set()
    for name in names():
        try:
            lucide._load_icon(name)
        except lucide.IconDoesNotExist:
            missing.add(name)
    assert missing == set()
    assert len(names()) > 30

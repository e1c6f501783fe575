"""House rules of the front end, checked by reading the files: strict CSP, old browsers."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
OURS = PACKAGE / "static" / "mingcha"


def test_no_template_has_inline_styles_or_handlers() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {hit.group(0)}"
        for path in TEMPLATES
        if "documents" not in path.parts
        for hit in re.finditer(r"""\s(?:style|on[a-z]+)=["']""", path.read_text(encoding="utf-8"))
    ]
    assert TEMPLATES
    assert found == []


def test_every_inline_script_and_style_carries_the_nonce() -> None:
    for path in TEMPLATES:
        if "documents" in path.parts:
            continue
        for tag in re.findall(r"<(?:script|style)\b[^>]*>", path.read_text(encoding="utf-8")):
            assert "src=" in tag or "csp_nonce" in tag or "application/json" in tag, f"{path}: {tag}"


def test_our_styles_use_nothing_that_chromium_92_lacks() -> None:
    for path in OURS.glob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        css = css.replace("@supports not (color: color-mix(in srgb, red, blue))", "")
        for word in (":has(", "@container", "@layer", "color-mix(", "oklch(", "light-dark(", "dvh", "&"):
            assert word not in css, f"{path.name}: {word}"


def test_our_script_calls_nothing_that_chromium_92_lacks() -> None:
    for path in OURS.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        for word in (".at(", "Object.hasOwn", "structuredClone", ".findLast(", ".toSorted(", "eval("):
            assert word not in source, f"{path.name}: {word}"

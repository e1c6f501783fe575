"""docs/manual: one page for everybody who uses the product, with pictures of it that exist and stay small."""

from __future__ import annotations

import re
from pathlib import Path

from mingcha.base.roles import Role

DOCS = Path(__file__).resolve().parents[2] / "docs"
MANUAL = DOCS / "manual"
PICTURES = MANUAL / "images"
#: All pictures together, in bytes: the repository must stay quick to fetch.
MOST = 6 * 1024 * 1024
LINK = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")


def links_of(page: Path) -> list[str]:
    return [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]


def test_every_role_and_the_public_have_a_page_that_the_first_page_names() -> None:
    pages = {role.value.replace("_", "-") for role in Role} | {"public"}
    assert {path.stem for path in MANUAL.glob("*.md")} == pages | {"README"}
    first = links_of(MANUAL / "README.md")
    assert [page for page in sorted(pages) if f"{page}.md" not in first] == []


def test_every_page_names_its_role_as_the_screens_do() -> None:
    for role in Role:
        page = MANUAL / f"{role.value.replace('_', '-')}.md"
        assert page.read_text(encoding="utf-8").startswith(f"# {role.label}")


def test_every_link_of_the_manual_leads_somewhere() -> None:
    lost = [
        f"{page.name}: {link}"
        for page in MANUAL.glob("*.md")
        for link in links_of(page)
        if not (MANUAL / link).exists()
    ]
    assert lost == []
    assert "docs/manual/README.md" in links_of(DOCS.parent / "README.md")


def test_every_picture_is_shown_and_all_are_small_together() -> None:
    shown = {
        Path(link).name
        for page in [*MANUAL.glob("*.md"), DOCS / "draw.md"]
        for link in links_of(page)
        if link.endswith(".jpg")
    }
    taken = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert set(taken) == shown
    assert len(taken) > 20
    assert sum(taken.values()) <= MOST

"""The whole public site as files: every link resolves inside the copy, nothing of the inside is in it."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.laws import initial as laws
from mingcha.planning.testing import County
from mingcha.portal.export.site import ABOUT, SUMS, write_site, zip_folder
from mingcha.portal.tests.conftest import Site
from mingcha.publication.testing import Bureau, prepared


class Links(HTMLParser):
    """Everything a page points at or loads, and the forms it has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.forms: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in ("href", "src", "action", "data-worker"):
            if given.get(name):
                self.found.append(given[name] or "")
        self.found += (given.get("data-modules") or "").split()
        if tag == "form":
            self.forms.append(given)


@pytest.fixture
def copy(site: Site, tmp_path: Path) -> Path:
    prepared(site.bureau, title="还没有审核", change_note="再更正")
    write_site(tmp_path / "site")
    return tmp_path / "site"


def pages(copy: Path) -> dict[Path, Links]:
    found = {}
    for path in sorted(copy.rglob("*.html")):
        links = Links()
        links.feed(path.read_text(encoding="utf-8"))
        found[path] = links
    return found


def broken_links(copy: Path) -> tuple[list[str], int]:
    """Links that lead nowhere or out of the copy, and how many were followed."""
    broken, count = [], 0
    for page, links in pages(copy).items():
        for link in links.found:
            parts = urlsplit(link)
            if not parts.path or parts.scheme in ("data", "mailto"):
                continue
            count += 1
            target = (page.parent / unquote(parts.path)).resolve()
            if parts.scheme or parts.netloc or parts.query or not target.is_relative_to(copy.resolve()):
                broken.append(f"{page.name}: {link}")
            elif not target.is_file():
                broken.append(f"{page.name}: {link} is not there")
    return broken, count


def test_every_link_of_every_page_leads_to_a_file_of_the_copy(copy: Path) -> None:
    broken, count = broken_links(copy)
    assert broken == []
    assert count > 100


def test_the_laws_are_in_it(county: County, tmp_path: Path) -> None:
    laws.load(actor=System(purpose="tests"))
    write_site(tmp_path / "site")
    broken, count = broken_links(tmp_path / "site")
    assert broken == []
    texts = list((tmp_path / "site" / "laws").glob("*/index.html"))
    assert len(texts) > 20
    assert count > 500
    assert any("中华人民共和国劳动合同法" in text.read_text(encoding="utf-8") for text in texts)


def test_every_style_sheet_finds_what_it_loads(copy: Path) -> None:
    missing = []
    for path in copy.rglob("*.css"):
        for link in re.findall(r"url\(\s*['\"]?([^'\")]+)", path.read_text(encoding="utf-8")):
            if not link.startswith(("data:", "#")) and not (path.parent / link.partition("#")[0]).exists():
                missing.append(f"{path.name}: {link}")
    assert missing == []


def test_every_feed_points_into_the_copy(copy: Path) -> None:
    feeds = list(copy.rglob("*.atom"))
    assert len(feeds) >= 2
    for path in feeds:
        for link in re.findall(r'href="([^"]*)"', path.read_text(encoding="utf-8")):
            assert (path.parent / unescape(link)).is_file(), link


def test_the_scripts_that_repeat_a_draw_find_their_files(site: Site, copy: Path) -> None:
    page = copy / "draws" / site.draw.number / "verify" / "index.html"
    data = re.search(r'id="check-addresses"[^>]*>(.*?)</script>', page.read_text(encoding="utf-8"), re.S)
    assert data is not None
    addresses = json.loads(data.group(1))
    assert set(addresses) > {"plan.json", "result.csv"}
    for link in addresses.values():
        assert (page.parent / link).is_file()


def test_nothing_of_the_inside_is_in_it(copy: Path) -> None:
    names = {path.relative_to(copy).parts[0] for path in copy.rglob("*") if path.is_file()}
    assert names <= {
        "index.html",
        "how",
        "check",
        "verify.py",
        "draws",
        "published",
        "laws",
        "results",
        "ledger",
        "static",
        SUMS,
        ABOUT,
    }
    for path in copy.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".atom", ".js"):
            text = path.read_text(encoding="utf-8")
            assert "还没有审核" not in text, path
            assert "不该公开的清单" not in text, path
            assert "工作人员登录" not in text, path
            assert not re.search(r"https?://(localhost|127\.0\.0\.1|testserver)", text), path


def test_no_form_needs_a_server(copy: Path) -> None:
    forms = [(page, form) for page, links in pages(copy).items() for form in links.forms]
    assert [(page, form) for page, form in forms if "method" in form or "action" in form] == []


def test_what_a_publication_holds_is_all_there(site: Site, copy: Path) -> None:
    folder = copy / "published" / "sample-results" / str(site.second.pk)
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "示范企业31有限公司" in page
    assert 'data-search="rows"' in page
    assert hashlib.sha256((folder / "snapshot.json").read_bytes()).hexdigest() == site.second.digest
    assert (folder / "rows.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads((folder / "publication.json").read_text(encoding="utf-8"))["version"] == 2
    assert (folder.parent / str(site.first.pk) / "files" / "plan.pdf").read_bytes() == b"%PDF-1.7 sample"


def test_a_draw_comes_with_its_bundle_and_the_verifier(site: Site, copy: Path) -> None:
    folder = copy / "draws" / site.draw.number
    assert (folder / "bundle.zip").read_bytes().startswith(b"PK")
    assert (folder / "files" / "result.csv").is_file()
    assert (copy / "verify.py").is_file()
    assert not (folder / "verify" / "server").exists()


def test_the_index_names_every_file_with_its_digest(copy: Path) -> None:
    lines = (copy / SUMS).read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert set(listed) == there - {SUMS, ABOUT}
    for name, digest in listed.items():
        assert hashlib.sha256((copy / name).read_bytes()).hexdigest() == digest
    about = json.loads((copy / ABOUT).read_text(encoding="utf-8"))
    assert about[SUMS] == hashlib.sha256((copy / SUMS).read_bytes()).hexdigest()


def test_the_same_content_gives_the_same_bytes(copy: Path, now: clock.FixedClock, tmp_path: Path) -> None:
    now.advance(minutes=5)
    write_site(tmp_path / "again")
    assert (copy / SUMS).read_bytes() == (tmp_path / "again" / SUMS).read_bytes()
    assert (copy / ABOUT).read_bytes() != (tmp_path / "again" / ABOUT).read_bytes()
    archives = []
    for name in ("first.zip", "second.zip"):
        with (tmp_path / name).open("wb") as target:
            zip_folder(copy, target)
        archives.append((tmp_path / name).read_bytes())
    assert archives[0] == archives[1]


def test_further_pages_of_a_list_are_followed(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mingcha.base.events import Thing
    from mingcha.portal.views import publications as pages_of_publications
    from mingcha.publication.testing import published

    monkeypatch.setattr(pages_of_publications, "PAGE_SIZE", 2)
    made = [
        published(bureau, 1, thing=Thing("sample.campaign", number), title=f"第 {number} 次抽查结果")
        for number in range(1, 6)
    ]
    write_site(tmp_path / "site")
    folder = tmp_path / "site" / "published" / "sample-results"
    assert {path.name for path in folder.glob("*.html")} == {"index.html", "page-2.html", "page-3.html"}
    assert made[0].title in (folder / "page-3.html").read_text(encoding="utf-8")
    assert all((folder / str(one.pk) / "index.html").is_file() for one in made)


def test_it_is_never_written_over_something_else(site: Site, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("重要", encoding="utf-8")
    with pytest.raises(CommandError, match="不是空目录"):
        call_command("export_site", to=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_page_that_fails_leaves_no_half_copy(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mingcha.portal.export import crawling

    def broken(*args: object) -> object:
        raise crawling.ExportError("某页打不开")

    monkeypatch.setattr(crawling.PublicSite, "fetch", broken)
    with pytest.raises(CommandError, match="某页打不开"):
        call_command("export_site", to=tmp_path / "site")
    assert list(tmp_path.iterdir()) == []

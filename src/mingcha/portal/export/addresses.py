"""Where each address of the public site lies in the static copy, and how one file points at another."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

#: What the copy holds: the public pages, the sealed heads of the ledger, and the files that pages need.
PUBLIC_ROOT = "/open/"
ALSO = ("/ledger/heads/",)
_PLAIN = re.compile(r"[A-Za-z0-9._~/-]+\Z")


@dataclass(frozen=True)
class Place:
    """An address of the site and the file that stands for it in the copy."""

    address: str
    file: str
    is_static: bool = False


def place_of(address: str, *, static_root: str) -> Place | None:
    """The place of an absolute address of this site (`/open/draws/?page=2`); None for what stays inside.

    A page is `index.html` in a folder of its own name, its further pages `page-2.html` beside it.
    """
    parts = urlsplit(address)
    path = unquote(parts.path)
    if ".." in path.split("/") or not _PLAIN.match(path):
        return None
    if path.startswith(static_root):
        return Place(quote(path), "static/" + path.removeprefix(static_root), is_static=True)
    if path.startswith(PUBLIC_ROOT):
        inside = path.removeprefix(PUBLIC_ROOT)
    elif path.startswith(ALSO):
        inside = path.removeprefix("/")
    else:
        return None
    page = _page_number(parts.query)
    if page is None:
        return None
    if not path.endswith("/"):
        return Place(path, inside) if page == 1 else None
    name = "index.html" if page == 1 else f"page-{page}.html"
    return Place(path if page == 1 else f"{path}?page={page}", inside + name)


def _page_number(query: str) -> int | None:
    """1 without a query, n for `page=n`; None for any other question, which only a server can answer."""
    if not query:
        return 1
    asked = parse_qs(query, keep_blank_values=True)
    numbers = asked.get("page", [])
    if set(asked) != {"page"} or len(numbers) != 1 or not re.fullmatch(r"[1-9][0-9]{0,6}", numbers[0]):
        return None
    return int(numbers[0])


def relative(file: str, *, seen_from: str) -> str:
    """How one file of the copy names another."""
    return posixpath.relpath(file, posixpath.dirname(seen_from) or ".")


def absolute(link: str, *, on: str) -> str | None:
    """A link found on a page as an absolute address of this site, without its fragment; None for others."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    return urljoin(on, link).partition("#")[0]

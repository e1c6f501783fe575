"""Making the links of a page relative, so that it works from any folder and from a disk.

Nothing else of a page changes: tags are passed on as they were written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

#: A link → the relative one, None where the copy holds nothing of that name, the same for outside links.
Rewrite = Callable[[str], str | None]

_ATTRIBUTE = re.compile(r'(\s)(href|src|action|data-worker|data-modules)="([^"]*)"')
_STYLE_LINK = re.compile(r"url\(\s*(['\"]?)([^'\")]+)\1\s*\)")
_FEED_LINK = re.compile(r'href="([^"]*)"')
_ADDRESS = re.compile(r"/[a-z]")


def html(text: str, rewrite: Rewrite) -> str:
    """The page with relative links; a link to what the copy does not hold loses its address."""
    passing = _Passing(rewrite)
    passing.feed(text)
    passing.close()
    return "".join(passing.out)


def css_links(text: str) -> list[str]:
    """What a style sheet loads; inline images are no links."""
    found = (match.group(2).strip() for match in _STYLE_LINK.finditer(text))
    return [link for link in found if not link.startswith(("data:", "#"))]


def feed(text: str, rewrite: Rewrite, *, origin: str) -> str:
    """An Atom feed whose links are relative to itself; its ids never name a server."""

    def replace(found: re.Match[str]) -> str:
        link = unescape(found.group(1)).removeprefix(origin)
        return f'href="{escape(rewrite(link) or "")}"'

    return _FEED_LINK.sub(replace, text)


class _Passing(HTMLParser):
    """Passes a page on piece by piece, with other links."""

    def __init__(self, rewrite: Rewrite) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._rewrite = rewrite
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_data = tag == "script" and ("type", "application/json") in attrs
        self.out.append(_ATTRIBUTE.sub(self._attribute, self.get_starttag_text() or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(_ATTRIBUTE.sub(self._attribute, self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(self._data(data) if self._in_data else data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def _attribute(self, found: re.Match[str]) -> str:
        space, name, value = found.groups()
        links = [self._rewrite(unescape(link)) for link in value.split(" ")]
        if None in links:
            return ""
        return f'{space}{name}="{escape(" ".join(filter(None, links)))}"'

    def _data(self, text: str) -> str:
        """Addresses in data that a script reads are links too."""
        value = self._walk(json.loads(text))
        # What Django's json_script escapes, so that the data cannot end its script.
        plain = json.dumps(value)
        return plain.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")

    def _walk(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._walk(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._walk(part) for part in value]
        if isinstance(value, str) and _ADDRESS.match(value):
            return self._rewrite(value) or value
        return value

"""The published list for citizens: every article is a link to its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mingcha.base.viewers import PUBLIC
from mingcha.kernel.citations import parse
from mingcha.laws.models import Law, plain_name

register = template.Library()

#: A citation in the official form, as the list is written.
_CITED: Final = re.compile(
    r"《[^》]+》第[^《》，。；、（）\s]*?条(?:之[一二三四五六七八九十]+)?(?:第[^条，。；、（）]+款)?(?:第（[^）]+）项)?"
)


@register.simple_tag
def public_items(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with links in everything that cites the law."""
    links = _Links()
    return [
        {
            **row,
            "anchor": str(row.get("code", "")).split("（")[0],
            "bases": [links.linked(line) for line in row.get("bases") or ()],
            "standards": [links.linked(_without_number(line)) for line in row.get("standards") or ()],
            "exemptions": [links.linked(line) for line in row.get("exemptions") or ()],
        }
        for row in rows
    ]


class _Links:
    """Where the laws stand on the public site, looked up once for a page."""

    def __init__(self) -> None:
        laws = Law.objects.visible_to(PUBLIC).filter(texts__withdrawn_at__isnull=True).distinct()
        self._pages = {
            plain_name(name): reverse("portal:law", args=[law.pk]) for law in laws for name in law.names
        }

    def linked(self, text: str) -> SafeString:
        """The text with each citation of a law that we hold as a link; the rest escaped as it stands."""
        parts: list[str] = []
        end = 0
        for found in _CITED.finditer(text):
            parts += [escape(text[end : found.start()]), self._link(found[0])]
            end = found.end()
        parts.append(escape(text[end:]))
        return mark_safe("".join(parts))  # noqa: S308  every part was escaped above

    def _link(self, cited: str) -> str:
        citation = next(iter(parse(cited)), None)
        page = self._pages.get(plain_name(citation.law)) if citation is not None else None
        if citation is None or page is None:
            return escape(cited)
        anchor = f"a{citation.article_code.replace('.', '-')}"
        return format_html('<a href="{}#{}">{}</a>', page, anchor, cited)


def _without_number(line: str) -> str:
    """A line of the list without the number that its place in the page gives anyway."""
    return re.sub(r"^\d+\.\s*", "", line)

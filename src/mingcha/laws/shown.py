"""What pages show of the library: a law by chapters, a passage with the words that were looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from mingcha.kernel.citations import Citation, parse
from mingcha.kernel.refusal import Refused
from mingcha.laws.models import Article
from mingcha.laws.selectors import passage, resolve

#: So many paragraphs of an article stand in a search result.
_MOST_PARAGRAPHS = 3


@dataclass
class Chapter:
    """The articles below one heading; `level` is 2 for 编, 3 for 章, 4 for 节, as in a list of contents."""

    title: str
    level: int
    anchor: str
    articles: list[Article] = field(default_factory=list)


def chapters(articles: Iterable[Article]) -> list[Chapter]:
    """A law in its printed order: every heading once, then the articles below it."""
    found: list[Chapter] = []
    standing = ("", "", "")
    for article in articles:
        here = (article.part, article.chapter, article.section)
        for place, title in enumerate(here):
            # A new 编 makes its 章 new too, also when that is called the same as before.
            if title and here[: place + 1] != standing[: place + 1]:
                found.append(Chapter(title, place + 2, f"c{len(found) + 1}"))
        if not found:
            found.append(Chapter("", 2, "c0"))
        standing = here
        found[-1].articles.append(article)
    return found


@dataclass(frozen=True)
class Words:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Hit:
    """An article that was found: its paragraphs that hold the words, with the words apart."""

    article: Article
    lines: tuple[tuple[Words, ...], ...]


def hits(articles: Iterable[Article], sought: str) -> Iterator[Hit]:
    """Each article with the lines in which a word stands."""
    pattern = re.compile("|".join(re.escape(word) for word in sorted(sought.split(), key=len, reverse=True)))
    for article in articles:
        lines = [line for line in article.body.splitlines() if pattern.search(line)][:_MOST_PARAGRAPHS]
        yield Hit(article, tuple(_apart(line, pattern) for line in lines))


def _apart(line: str, pattern: re.Pattern[str]) -> tuple[Words, ...]:
    pieces, end = [], 0
    for found in pattern.finditer(line):
        pieces += [Words(line[end : found.start()], False), Words(found.group(), True)]
        end = found.end()
    return tuple(piece for piece in [*pieces, Words(line[end:], False)] if piece.text)


@dataclass(frozen=True)
class Cited:
    """A citation with the words it means; or with why they cannot be shown."""

    citation: Citation
    article: Article | None = None
    words: str = ""
    missing: str = ""


def cited(text: str, on: date) -> list[Cited]:
    """Every citation in a text, looked up on this day; for `laws/cited.html`."""
    return [look_up(citation, on) for citation in parse(text)]


def look_up(citation: Citation, on: date) -> Cited:
    """One citation with the words it means on this day."""
    try:
        article = resolve(citation, on)
        return Cited(citation, article, passage(article, citation))
    except Refused as refused:
        return Cited(citation, missing=refused.text())

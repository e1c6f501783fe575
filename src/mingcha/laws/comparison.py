"""What a new text of a law changes, article by article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, Protocol

Kind = Literal["added", "removed", "changed", "moved"]
#: Beyond this many characters words are no longer marked one by one: it would take seconds.
_LONGEST_MARKED = 6000


class ArticleLike(Protocol):
    """An article of the library, or one just read."""

    number: int
    suffix: int
    heading: str

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def body(self) -> str: ...


@dataclass(frozen=True)
class Piece:
    """Some words of an article, and whether only the old or only the new text has them."""

    text: str
    kind: Literal["same", "old", "new"]


@dataclass(frozen=True)
class Difference:
    """One article that says something else than before.

    moved     its words stand unchanged in the new text, under another number (`moved_from`)
    pieces    the words in order, marked as old, new or the same
    """

    code: str
    label: str
    kind: Kind
    pieces: tuple[Piece, ...]
    moved_from: str = ""


def compare(old: Iterable[ArticleLike], new: Iterable[ArticleLike]) -> list[Difference]:
    """The articles that differ, in order of their numbers."""
    before = {article.code: article for article in old}
    after = {article.code: article for article in new}
    stood = {_words(article): article for article in before.values()}
    codes = sorted(
        before.keys() | after.keys(), key=lambda code: tuple(int(part) for part in code.split("."))
    )
    differences: list[Difference] = []
    for code in codes:
        new_one = after.get(code)
        found = _removed(before[code]) if new_one is None else _difference(before.get(code), new_one, stood)
        if found is not None:
            differences.append(found)
    return differences


def changed_codes(differences: Sequence[Difference]) -> tuple[str, ...]:
    """The numbers under which something else stands now than before."""
    return tuple(difference.code for difference in differences)


def _removed(old: ArticleLike) -> Difference:
    return Difference(old.code, old.label, "removed", (Piece(_words(old), "old"),))


def _difference(
    old: ArticleLike | None, new: ArticleLike, stood: dict[str, ArticleLike]
) -> Difference | None:
    words = _words(new)
    if old is not None and _words(old) == words:
        return None
    origin = stood.get(words)
    if origin is not None:
        return Difference(new.code, new.label, "moved", (Piece(words, "same"),), origin.label)
    if old is None:
        return Difference(new.code, new.label, "added", (Piece(words, "new"),))
    return Difference(new.code, new.label, "changed", marked(_words(old), words))


def marked(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both texts in order: taken out, put in, or unchanged."""
    if len(old) + len(new) > _LONGEST_MARKED:
        return (Piece(old, "old"), Piece(new, "new"))
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(old[i1:i2], "same"))
            continue
        if i2 > i1:
            pieces.append(Piece(old[i1:i2], "old"))
        if j2 > j1:
            pieces.append(Piece(new[j1:j2], "new"))
    return tuple(pieces)


def _words(article: ArticleLike) -> str:
    return f"{article.heading}\n{article.body}" if article.heading else article.body

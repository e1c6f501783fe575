"""Which of our items a row of a superior's list may mean: by the articles it rests on and by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mingcha.items.models import Basis, Item, ItemVersion
from mingcha.kernel.citations import Citation, parse
from mingcha.laws.models import plain_name

#: Articles say more than words: names of items repeat the same few words.
_BY_ARTICLES, _BY_WORDS = 60, 40
#: Below this a suggestion would be a guess.
LEAST = 25
_COMMON = re.compile(r"[的是否对和与及或等、，。（）()《》\s]|检查|情况|单位|用人|规定|监督|管理|实施")


@dataclass(frozen=True)
class _Known:
    item_id: int
    articles: frozenset[tuple[str, int]]
    words: frozenset[str]


class Suggester:
    """Compares rows with every item that stands on our list or is being drafted."""

    def __init__(self, items: Iterable[Item]) -> None:
        faces = {item.face_id: item.pk for item in items if item.face_id is not None}
        versions = ItemVersion.objects.filter(pk__in=faces).prefetch_related("points")
        articles: dict[int, set[tuple[str, int]]] = {}
        rows = Basis.objects.filter(version__in=faces).select_related("article", "law_text__law")
        for basis in rows:
            names = {plain_name(name) for name in basis.law_text.law.names}
            articles.setdefault(basis.version_id, set()).update(
                (name, basis.article.number) for name in names
            )
        self._known = [
            _Known(
                faces[version.pk],
                frozenset(articles.get(version.pk, ())),
                _pairs(f"{version.name}{version.family}" + "".join(p.question for p in version.points.all())),
            )
            for version in versions
        ]

    def best(self, name: str, family: str, bases: str) -> tuple[int | None, int]:
        """(item id, how alike from 0 to 100) of the most alike item; (None, 0) when none is alike enough."""
        cited = {key(citation) for citation in parse(bases)}
        words = _pairs(name + family)
        scored = [(self._score(known, cited, words), -known.item_id) for known in self._known]
        score, negative = max(scored, default=(0, 0))
        return (-negative, score) if score >= LEAST else (None, 0)

    def _score(self, known: _Known, cited: set[tuple[str, int]], words: frozenset[str]) -> int:
        shared = len(cited & known.articles) * _BY_ARTICLES // len(cited) if cited else 0
        alike = len(words & known.words) * _BY_WORDS // len(words) if words else 0
        return shared + alike


def key(citation: Citation) -> tuple[str, int]:
    """What makes two citations speak of the same article."""
    return plain_name(citation.law), citation.article


def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters, without words that every item has."""
    plain = _COMMON.sub(" ", text)
    return frozenset(
        plain[place : place + 2] for place in range(len(plain) - 1) if " " not in plain[place : place + 2]
    )

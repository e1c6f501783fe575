"""From a citation that somebody wrote to the article it names, as it reads on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from mingcha.items.lifecycle import E3
from mingcha.kernel.citations import Citation, parse
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.laws import selectors as library
from mingcha.laws.models import Article


@dataclass(frozen=True)
class Bound:
    """A citation and the article that it means; its text (款, 项 alone) is `passage`."""

    citation: Citation
    article: Article

    @property
    def passage(self) -> str:
        return library.passage(self.article, self.citation)


class Binder:
    """Resolves citations as of one day, each law text and article read once."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._known: dict[Citation, Bound] = {}

    def bind(self, lines: Iterable[str]) -> list[Bound]:
        """Every citation in the lines; Refused with all that is wrong when one names nothing that exists."""
        found: list[Bound] = []
        refusals: list[Refusal] = []
        for line in lines:
            cited = parse(line)
            if not cited:
                refusals.append(_no_citation(line))
            for citation in cited:
                try:
                    found.append(self._one(citation))
                except Refused as refused:
                    refusals.extend(refused.refusals)
        if refusals:
            raise Refused(*dict.fromkeys(refusals))
        return found

    def _one(self, citation: Citation) -> Bound:
        if citation not in self._known:
            article = library.resolve(citation, self._on)
            law = article.text.law
            named = replace(citation, law=law.short_title or law.title)
            self._known[citation] = Bound(named, article)
            library.passage(article, citation)
        return self._known[citation]


def _no_citation(line: str) -> Refusal:
    return Refusal(
        "item.no_citation",
        gettext_noop("“%(line)s”看不出是哪部法律的哪一条"),
        E3,
        gettext_noop(
            "请写成《劳动合同法》第十条第二款的样子，每行一条；原文没有入库的，写到“原文未入库的依据”中"
        ),
        {"line": line},
    )

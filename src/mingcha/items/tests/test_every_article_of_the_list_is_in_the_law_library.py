"""An inspector stands on these articles: each exists, in its official form, and says what is claimed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from mingcha.base.viewers import System
from mingcha.basics.models import Trust
from mingcha.items.tests.amounts import amounts
from mingcha.items.tests.the_list import ITEMS, citations, points
from mingcha.kernel.citations import parse
from mingcha.kernel.refusal import Refused
from mingcha.laws import initial
from mingcha.laws.selectors import law_named, passage, resolve

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Place:
    """What the library has for a citation; `wrong` where it has nothing."""

    body: str = ""
    paragraphs: int = 0
    trust: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Library:
    """The law library that every installation starts with, asked once for everything the list names."""

    places: dict[str, Place]
    known: frozenset[str]

    def articles(self, texts: Iterable[str]) -> str:
        """The whole articles: the fine of a 项 stands in the words before it."""
        return "\n".join(self.places[text].body for text in texts)


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Library:
    with django_db_blocker.unblock(), transaction.atomic():
        initial.load(System(purpose="tests"))
        places = {text: _place(text) for text in {cited.text for cited in citations()}}
        known = frozenset(name for name in _named_as_unread() if law_named(name) is not None)
        transaction.set_rollback(True)
    return Library(places, known)


def _place(text: str) -> Place:
    (citation,) = parse(text)
    try:
        article = resolve(citation, TODAY)
        passage(article, citation)
    except Refused as refused:
        return Place(wrong=str(refused))
    return Place(article.body, len(article.paragraphs), article.text.trust)


def _named_as_unread() -> set[str]:
    """The names of the sources that the list says nobody has read."""
    return {source.split("（")[0].split("：")[0] for item in ITEMS for source in item.unverified}


def test_every_citation_is_one_place_in_its_official_form() -> None:
    for cited in citations():
        assert [str(citation) for citation in parse(cited.text)] == [cited.text], cited.where


def test_every_citation_leads_to_an_article_a_paragraph_and_a_clause_in_force(library: Library) -> None:
    assert [cited for cited in citations() if library.places[cited.text].wrong] == []


def test_the_paragraph_is_named_where_the_article_has_more_than_one_and_only_there(library: Library) -> None:
    for cited in citations():
        (citation,) = parse(cited.text)
        several = library.places[cited.text].paragraphs > 1
        assert several or not citation.paragraph, f"{cited.where} {cited.text}: the article has one 款"
        assert not several or citation.paragraph or not citation.clause, (
            f"{cited.where} {cited.text}: which 款?"
        )


def test_every_fine_and_sum_of_a_consequence_stands_in_the_articles_it_names(library: Library) -> None:
    for item, number, point in points():
        missing = amounts(point.consequence) - amounts(library.articles(point.consequence_bases))
        assert not missing, f"{item.code}.{number}: {sorted(missing)} in none of {point.consequence_bases}"


def test_every_number_of_a_standard_stands_in_the_law_or_is_to_be_confirmed(library: Library) -> None:
    for item, number, point in points():
        if "待确认" in point.standard:
            continue
        cited = amounts(library.articles((*point.bases, *point.consequence_bases)))
        missing = amounts(point.standard) - cited - {"0元", "0日", "0%"}
        assert not missing, f"{item.code}.{number}: {sorted(missing)} in none of {point.bases}"


def test_no_source_that_nobody_has_read_counts_as_checked(library: Library) -> None:
    read = {Trust.VERIFIED, Trust.COMPUTED}
    for item, number, point in points():
        unread = point.trust in (Trust.MEMORY, Trust.PARTLY)
        assert unread == ("待确认" in point.standard + point.consequence), f"{item.code}.{number}"
        assert unread or {library.places[text].trust for text in point.bases} <= read, f"{item.code}.{number}"
        assert not unread or item.unverified, f"{item.code}.{number}"


def test_what_is_said_not_to_be_at_hand_is_not_in_the_library(library: Library) -> None:
    assert library.known == frozenset()

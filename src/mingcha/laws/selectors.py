"""Looking up the law: by name, by day, by citation, by words."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from mingcha.base.viewers import System, Viewer
from mingcha.kernel.citations import Citation
from mingcha.kernel.refusal import Refused, gettext_noop
from mingcha.laws.models import Article, Law, LawText, plain_name
from mingcha.laws.passages import clauses_of, find_clause
from mingcha.laws.rules import refuse

_LIBRARY = System("laws")


def law_named(name: str) -> Law | None:
    """The law of this title, short title or other name, with or without 《》 and 中华人民共和国."""
    wanted = plain_name(name)
    laws = Law.objects.visible_to(_LIBRARY)
    return next((law for law in laws if wanted in map(plain_name, law.names)), None)


def text_in_force(law: Law, on: date) -> LawText | None:
    """What the law says on this day; None before its first text, and after it was repealed."""
    return LawText.objects.visible_to(_LIBRARY).in_force(on).filter(law=law).first()


def article(text: LawText, number: int, suffix: int = 0) -> Article | None:
    """第十七条, or 第十七条之一 with suffix 1, of this text."""
    rows = Article.objects.visible_to(_LIBRARY).select_related("text__law")
    return rows.filter(text=text, number=number, suffix=suffix).first()


def resolve(citation: Citation, on: date) -> Article:
    """The article that a citation names, as it stands on this day.

    Refused("law.unknown") for a law that is not in the library, ("law.not_in_force") for one without a text
    on that day, ("law.article_unknown") for an article that the text does not have.
    """
    law = law_named(citation.law)
    if law is None:
        raise refuse(
            "unknown",
            gettext_noop("法规库里没有《%(law)s》"),
            gettext_noop("请核对名称，或先在法规库录入这部法规"),
            law=citation.law,
        )
    text = text_in_force(law, on)
    if text is None:
        raise refuse(
            "not_in_force",
            gettext_noop("《%(law)s》在 %(day)s 没有施行中的文本"),
            gettext_noop("请核对日期；已经修订的，请先录入当时的文本"),
            law=law.title,
            day=on.isoformat(),
        )
    found = article(text, citation.article, citation.suffix)
    if found is None:
        raise refuse(
            "article_unknown",
            gettext_noop("《%(law)s》（%(text)s）没有%(place)s"),
            gettext_noop("请对照法规库核对条款"),
            law=law.title,
            text=text.label,
            place=citation.place,
        )
    return found


def passage(article: Article, citation: Citation) -> str:
    """The words of the 款 or 项 that is cited, or of the whole article.

    Refused("law.passage_unknown") when the article has no such 款 or 项.
    """
    paragraphs = article.paragraphs
    if citation.paragraph > len(paragraphs):
        raise _no_passage(article, citation)
    chosen = paragraphs[citation.paragraph - 1 : citation.paragraph] if citation.paragraph else paragraphs
    if not citation.clause:
        return "\n".join(chosen)
    if citation.paragraph:
        found = clauses_of(chosen[0]).get(citation.clause)
    else:
        found = find_clause(chosen, citation.clause)
    if found is None:
        raise _no_passage(article, citation)
    return found


def _no_passage(article: Article, citation: Citation) -> Refused:
    return refuse(
        "passage_unknown",
        gettext_noop("《%(law)s》%(article)s里没有%(place)s"),
        gettext_noop("请对照法规库核对款、项"),
        law=article.text.law.title,
        article=article.label,
        place=citation.place,
    )


def searched(viewer: Viewer, words: str, on: date) -> QuerySet[Article]:
    """Articles in force on this day in which every word of the text stands, by rank of their laws."""
    in_force = LawText.objects.visible_to(viewer).in_force(on)
    rows = Article.objects.visible_to(viewer).filter(text__in=in_force.values("pk"))
    for word in words.split():
        rows = rows.filter(body__icontains=word)
    return rows.select_related("text__law").order_by("text__law__rank", "text__law__title", "order")

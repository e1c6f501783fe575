"""Two texts of a law are compared article by article, and words within an article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingcha.laws.comparison import changed_codes, compare, marked
from mingcha.laws.reading import read
from mingcha.laws.tests.samples import FIRST, SECOND


def test_a_changed_article_marks_its_words() -> None:
    changed = compare(read(FIRST).articles, read(SECOND).articles)[0]
    assert (changed.label, changed.kind) == ("第二条", "changed")
    assert [(piece.text, piece.kind) for piece in changed.pieces if piece.kind != "same"] == [
        ("自用工之日起", "new")
    ]


def test_an_article_that_came_and_one_that_went_are_named() -> None:
    old, new = read(FIRST).articles, read(SECOND).articles
    assert [(d.code, d.kind) for d in compare(old, new)] == [("2", "changed"), ("2.1", "added")]
    assert [(d.code, d.kind) for d in compare(new, old)] == [("2", "changed"), ("2.1", "removed")]


def test_an_article_that_only_moved_says_from_where() -> None:
    old = read("示例法\n第一条 甲。\n第二条 乙。")
    new = read("示例法\n第一条 新增。\n第二条 甲。\n第三条 乙。")
    differences = compare(old.articles, new.articles)
    assert [(d.code, d.kind, d.moved_from) for d in differences] == [
        ("1", "changed", ""),
        ("2", "moved", "第一条"),
        ("3", "moved", "第二条"),
    ]
    assert changed_codes(differences) == ("1", "2", "3")


def test_the_same_text_differs_nowhere() -> None:
    assert compare(read(FIRST).articles, read(FIRST).articles) == []


WORDS = st.text(alphabet="用人单位应当支付工资，。", max_size=40)


@given(WORDS, WORDS)
def test_the_marked_words_give_both_texts_back(old: str, new: str) -> None:
    pieces = marked(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "old") == new

"""The printed text of a law is read into its articles; what is odd is named by its line."""

from __future__ import annotations

import re

import pytest

from mingcha.laws.initial import TABLE, text_of
from mingcha.laws.initial.table import Row
from mingcha.laws.passages import clauses_of, find_clause, paragraphs_of
from mingcha.laws.reading import Reading, read
from mingcha.laws.tests.samples import FIRST, SECOND

_LAST = re.compile(r"^第([^条\s]{1,8})条\s", re.MULTILINE)


def problems(reading: Reading) -> list[tuple[int, str]]:
    return [(problem.line, problem.text) for problem in reading.problems]


def test_title_history_chapters_and_articles_are_told_apart() -> None:
    reading = read(FIRST)
    assert reading.title == "示例用工条例"
    assert reading.history == ["2010年1月5日 示例机关令第1号公布"]
    assert [article.label for article in reading.articles] == ["第一条", "第二条", "第三条"]
    assert [article.chapter for article in reading.articles] == ["第一章 总则", "第一章 总则", "第二章 附则"]
    assert reading.articles[1].body == (
        "用人单位应当建立职工名册。\n职工名册应当包括下列内容：\n（一）姓名；\n（二）公民身份号码。"
    )
    assert problems(reading) == []


def test_a_paragraph_holds_its_numbered_items() -> None:
    paragraphs = paragraphs_of(read(FIRST).articles[1].body)
    assert paragraphs == [
        "用人单位应当建立职工名册。",
        "职工名册应当包括下列内容：\n（一）姓名；\n（二）公民身份号码。",
    ]
    assert clauses_of(paragraphs[1])[2] == "（二）公民身份号码。"
    assert find_clause(paragraphs, 1) == "（一）姓名；"
    assert find_clause(paragraphs, 3) is None


def test_an_inserted_article_follows_its_own() -> None:
    assert [article.code for article in read(SECOND).articles] == ["1", "2", "2.1", "3"]
    assert problems(read(SECOND)) == []


def test_a_list_of_contents_is_no_text() -> None:
    reading = read(
        "示例法\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    )
    assert [(article.chapter, article.body) for article in reading.articles] == [
        ("第一章 总则", "甲。"),
        ("第二章 附则", "乙。"),
    ]


def test_full_width_blanks_marks_and_missing_blanks_are_understood() -> None:
    reading = read(
        "# 示例法\n\u200b\n##  第一章　总　则\n\n　　第一条　甲。\n　　第二条乙。\n　　第一条规定的除外。"
    )
    assert [(article.label, article.body) for article in reading.articles] == [
        ("第一条", "甲。"),
        ("第二条", "乙。\n第一条规定的除外。"),
    ]
    assert reading.articles[0].chapter == "第一章 总则"


def test_an_appendix_is_not_the_last_article() -> None:
    reading = read("示例规定\n第一条 甲。\n附录：\n禁忌范围\n一、井下；")
    assert reading.articles[-1].body == "甲。"
    assert reading.appendix == ["附录：", "禁忌范围", "一、井下；"]


def test_a_notice_without_articles_is_read_by_its_parts() -> None:
    reading = read(
        "示例通知\n示例发〔2008〕3号\n各有关单位：\n一、计算\n每月20天。\n二、此前的通知同时废止。"
    )
    assert reading.numbered_parts
    assert reading.preamble == ["各有关单位："]
    assert [(article.heading, article.body) for article in reading.articles] == [
        ("计算", "每月20天。"),
        ("", "此前的通知同时废止。"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, "没有文字")]),
        ("示例法\n没有条的文字。", [(1, "没有找到条文：每一条应另起一行，以“第一条”的样式开头")]),
        ("示例法\n第一条 甲。\n第三条 丙。", [(3, "此处应为第二条，却是第三条")]),
        ("示例法\n第二条 乙。", [(2, "此处应为第一条，却是第二条")]),
        ("示例法\n第一条 甲。\n第一条 再来。", [(3, "第一条出现了两次")]),
        ("示例法\n第一条 甲。\n第二条", [(3, "第二条没有内容")]),
    ],
)  # fmt: skip
def test_what_is_odd_is_named_by_its_line(text: str, found: list[tuple[int, str]]) -> None:
    assert problems(read(text)) == found


def test_only_what_cannot_be_taken_over_is_fatal() -> None:
    assert not read("没有条").usable
    assert not read("示例法\n第一条 甲。\n第一条 再来。").usable
    assert read("示例法\n第一条 甲。\n第三条 丙。").usable


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.file)
def test_every_text_of_the_library_is_read_to_its_last_article(row: Row) -> None:
    text, reading = text_of(row), read(text_of(row))
    assert reading.problems == []
    assert reading.title == row.title
    printed = _LAST.findall(text)
    if reading.numbered_parts:
        assert not printed and len(reading.articles) == 3
    else:
        assert reading.articles[-1].label == f"第{printed[-1]}条"
        assert len(reading.articles) == reading.articles[-1].number
    assert all(article.body for article in reading.articles)


def test_the_library_holds_every_law_once() -> None:
    assert len({row.file for row in TABLE}) == len({row.title for row in TABLE}) == len(TABLE) == 33

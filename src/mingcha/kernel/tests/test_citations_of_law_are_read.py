"""A citation that people write is read as the one place in the law that it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.chinese_numbers import read_number, written_number
from mingcha.kernel.citations import Citation, parse

CONTRACT, SUPERVISION = "劳动合同法", "劳动保障监察条例"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("《劳动合同法》第十七条", [Citation(CONTRACT, 17)]),
        ("《劳动合同法》第十七条第一款第（三）项", [Citation(CONTRACT, 17, 0, 1, 3)]),
        ("《劳动保障监察条例》第十一条第（七）项", [Citation(SUPERVISION, 11, clause=7)]),
        ("《劳动保障监察条例》第十一条第七项", [Citation(SUPERVISION, 11, clause=7)]),
        ("《行政处罚法》第六十四条(一)项", [Citation("行政处罚法", 64, clause=1)]),
        ("劳动合同法第74条（一）", [Citation(CONTRACT, 74, clause=1)]),
        ("劳动合同法第82条", [Citation(CONTRACT, 82)]),
        ("劳动合同法第 82 条第 1 款", [Citation(CONTRACT, 82, paragraph=1)]),
        ("依据劳动合同法第８２条", [Citation(CONTRACT, 82)]),
        ("第7条第1款", [Citation("", 7, paragraph=1)]),
        ("《刑法》第二百七十六条之一第二款", [Citation("刑法", 276, 1, 2)]),
        ("《民事诉讼法》（2023）第九十五条", [Citation("民事诉讼法", 95)]),
        ("《<中华人民共和国社会保险法>若干规定》第24条",
         [Citation("中华人民共和国社会保险法若干规定", 24)]),
        ("行政执法机关移送涉嫌犯罪案件的规定第五条",
         [Citation("行政执法机关移送涉嫌犯罪案件的规定", 5)]),
    ],
)  # fmt: skip
def test_one_place_is_read_in_every_way_it_is_written(written: str, meant: list[Citation]) -> None:
    assert parse(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("《劳动合同法》第十七条、第十九条", [Citation(CONTRACT, 17), Citation(CONTRACT, 19)]),
        ("《劳动合同法》第十七条第一款、第三款",
         [Citation(CONTRACT, 17, paragraph=1), Citation(CONTRACT, 17, paragraph=3)]),
        ("《劳动保障监察条例》第29条第3和第4项",
         [Citation(SUPERVISION, 29, clause=3), Citation(SUPERVISION, 29, clause=4)]),
        ("劳动合同法第82、87条", [Citation(CONTRACT, 82), Citation(CONTRACT, 87)]),
        ("《就业服务与就业管理规定》第14、67条",
         [Citation("就业服务与就业管理规定", 14), Citation("就业服务与就业管理规定", 67)]),
        ("《女职工劳动保护特别规定》第6条第2款、第7条、第9条第1款",
         [Citation("女职工劳动保护特别规定", 6, paragraph=2), Citation("女职工劳动保护特别规定", 7),
          Citation("女职工劳动保护特别规定", 9, paragraph=1)]),
        ("劳动合同法第85条、《劳动保障监察条例》第26条", [Citation(CONTRACT, 85), Citation(SUPERVISION, 26)]),
        ("劳动法和劳动合同法第三条", [Citation(CONTRACT, 3)]),
        ("《劳动合同法》第四条规定的，按照同法第八十条处理", [Citation(CONTRACT, 4), Citation(CONTRACT, 80)]),
    ],
)  # fmt: skip
def test_a_list_is_one_citation_a_place(written: str, meant: list[Citation]) -> None:
    assert parse(written) == meant


@pytest.mark.parametrize(
    ("written", "articles"),
    [
        ("《劳动合同法》第七条至第十条", [7, 8, 9, 10]),
        ("《劳动合同法》第七至九条、第八十二条", [7, 8, 9, 82]),
        ("劳动合同法第7—9条", [7, 8, 9]),
        ("劳动合同法第7条-第9条", [7, 8, 9]),
        ("劳动合同法第九条至第九条", [9, 9]),
    ],
)
def test_a_range_is_filled_up(written: str, articles: list[int]) -> None:
    assert parse(written) == [Citation(CONTRACT, article) for article in articles]


def test_a_paragraph_belongs_to_no_article_of_another_law() -> None:
    assert parse("《劳动合同法》第四条；《劳动法》第三款") == [Citation(CONTRACT, 4)]


def test_a_range_of_clauses_stays_in_its_paragraph() -> None:
    assert parse("《社会保险法》第十四条第一款第（一）项至第（三）项") == [
        Citation("社会保险法", 14, 0, 1, clause) for clause in (1, 2, 3)
    ]


@pytest.mark.parametrize("text", ["", "没有法律依据", "第三款", "（一）总则", "《劳动合同法》", "3条意见"])
def test_a_text_that_names_no_article_holds_no_citation(text: str) -> None:
    assert parse(text) == []


def test_the_official_form_is_written() -> None:
    assert str(Citation("劳动合同法", 17, 0, 1, 3)) == "《劳动合同法》第十七条第一款第（三）项"
    assert str(Citation("刑法", 276, 1)) == "《刑法》第二百七十六条之一"
    assert str(Citation("", 10)) == "第十条"
    assert Citation("刑法", 276, 1).article_code == "276.1"


def test_no_place_below_the_first_article() -> None:
    with pytest.raises(ValueError, match="not a place"):
        Citation("劳动合同法", 0)


LAWS = st.sampled_from(["劳动合同法", "保障农民工工资支付条例", "工资支付暂行规定", "行政处罚法"])
PLACES = st.builds(
    Citation,
    law=LAWS,
    article=st.integers(1, 1260),
    suffix=st.integers(0, 12),
    paragraph=st.integers(0, 12),
    clause=st.integers(0, 22),
)


@given(PLACES)
def test_what_is_written_officially_is_read_back(citation: Citation) -> None:
    assert parse(str(citation)) == [citation]
    assert parse(str(citation).replace("《", "").replace("》", "")) == [citation]


@given(st.lists(PLACES, max_size=6))
def test_a_list_of_official_forms_is_read_back_in_order(citations: list[Citation]) -> None:
    assert parse("；".join(map(str, citations))) == citations


@given(st.integers(0, 9999))
def test_a_number_in_chinese_is_read_back(number: int) -> None:
    assert read_number(written_number(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "零"), (3, "三"), (10, "十"), (17, "十七"), (20, "二十"), (103, "一百零三"), (110, "一百一十"),
     (306, "三百零六"), (1260, "一千二百六十"), (1003, "一千零三"), (1010, "一千零一十")],
)  # fmt: skip
def test_numbers_are_written_as_in_the_statute_book(number: int, written: str) -> None:
    assert written_number(number) == written


@pytest.mark.parametrize("text", ["", "甲", "第三"])
def test_what_is_no_number_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_number(text)

"""A citation is looked up in the text of the day; what cannot be found is refused in plain words."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.kernel.citations import Citation, parse
from mingcha.kernel.refusal import Refused
from mingcha.laws.selectors import law_named, passage, resolve, text_in_force

pytestmark = pytest.mark.usefixtures("some_laws")
TODAY = date(2026, 11, 23)


def words(citation: str) -> str:
    (cited,) = parse(citation)
    return passage(resolve(cited, TODAY), cited)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("劳动合同法", "中华人民共和国劳动合同法"),
        ("《中华人民共和国劳动合同法》", "中华人民共和国劳动合同法"),
        ("社保法", "中华人民共和国社会保险法"),
        ("劳社部发〔2008〕3号", "关于职工全年月平均工作时间和工资折算问题的通知"),
        ("民办教育促进法实施条例", "中华人民共和国民办教育促进法实施条例"),
    ],
)
def test_a_law_is_found_by_every_name_it_has(name: str, title: str) -> None:
    law = law_named(name)
    assert law is not None and law.title == title


def test_an_article_a_paragraph_and_a_clause_are_found() -> None:
    assert words("《劳动合同法》第八十二条第一款").startswith(
        "用人单位自用工之日起超过一个月不满一年未与劳动者"
    )
    assert words("《劳动保障监察条例》第十一条第（七）项").startswith("（七）用人单位参加各项社会保险")
    assert words("《劳动合同法》第十条第二款") == (
        "已建立劳动关系，未同时订立书面劳动合同的，应当自用工之日起一个月内订立书面劳动合同。"
    )
    assert words("劳动合同法第7条").count("\n") == 0


@pytest.mark.parametrize(
    ("citation", "code", "told"),
    [
        (Citation("月球劳动法", 1), "law.unknown", "法规库里没有《月球劳动法》"),
        (Citation("劳动合同法", 99), "law.article_unknown", "没有第九十九条"),
        (Citation("劳动合同法", 10, paragraph=4), "law.passage_unknown", "里没有第十条第四款"),
        (Citation("劳动保障监察条例", 11, clause=10), "law.passage_unknown", "第十一条第（十）项"),
        (Citation("劳动保障监察条例", 11, paragraph=1, clause=10), "law.passage_unknown", "第一款第（十）项"),
        (Citation("劳社部发〔2008〕3号", 1), "law.not_in_force", "在 2026-11-23 没有施行中的文本"),
    ],
)  # fmt: skip
def test_what_cannot_be_found_is_refused_in_plain_words(citation: Citation, code: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        passage(resolve(citation, TODAY), citation)
    assert refused.value.codes == (code,)
    assert told in refused.value.text()


def test_the_notice_of_2008_holds_until_the_end_of_2024() -> None:
    law = law_named("劳社部发〔2008〕3号")
    assert law is not None
    text = text_in_force(law, date(2024, 12, 31))
    assert text is not None and "人社部发〔2025〕2号" in text.repealed

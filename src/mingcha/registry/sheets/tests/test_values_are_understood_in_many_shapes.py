"""Dates, sums, counts, names and the marks for "nothing" in the shapes in which lists hold them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.registry.sheets import FIELDS, name_form
from mingcha.registry.sheets.dates import from_1904, parse_day, parse_first_day, parse_past_day, parse_period
from mingcha.registry.sheets.normalise import clean
from mingcha.registry.sheets.numbers import chinese_number, parse_capital, parse_count, parse_yuan
from mingcha.registry.sheets.texts import parse_list, parse_name, parse_phone, parse_yes_no


@pytest.mark.parametrize(
    "text",
    [
        "2014-01-13", "2014/1/13", "2014.1.13", "20140113", "2014年1月13日", "2014年01月13号",
        "２０１４－０１－１３", "二〇一四年一月十三日", "二○一四年一月十三日", "2014-1-13 0:00:00",
        "2014-01-13T00:00:00", "2014/1/13 星期一",
        "2014-01-13 08:30:00", "41652", "41652.0", "13/1/2014", "1/13/2014", "13-Jan-2014", "Jan 13, 2014",
        " 2014 年 1 月 13 日 ", "2014、1、13", "'2014-01-13",
    ],
)  # fmt: skip
def test_whole_dates_are_understood_without_a_word(text: str) -> None:
    assert parse_day(text) == ("2014-01-13", (), None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-01", "2014-01-01"), ("2014年1月", "2014-01-01"), ("201401", "2014-01-01"),
        ("2014.1", "2014-01-01"),
        ("2014年", "2014-01-01"), ("2014", "2014-01-01"), ("Jan-14", "2014-01-01"), ("14-1-13", "2014-01-13"),
        ("98.12.5", "1998-12-05"), ("13-Jan-14", "2014-01-13"), ("2/1/2014", "2014-02-01"),
        ("二〇一四年", "2014-01-01"),
    ],
)  # fmt: skip
def test_what_had_to_be_supposed_about_a_date_is_said(text: str, day: str) -> None:
    parsed = parse_day(text)
    assert parsed.value == day
    assert [fault.severity for fault in parsed.problems] in (["warning"], ["warning", "warning"])


@pytest.mark.parametrize(
    "text", ["2014-02-30", "2014年13月1日", "0014-01-01", "上个月", "2014-1-", "99999999", "20141345"]
)
def test_impossible_dates_are_errors(text: str) -> None:
    parsed = parse_day(text)
    assert parsed.value == ""
    assert parsed.problems[0].severity == "error"


def test_an_empty_date_of_a_machine_is_asked_about() -> None:
    assert parse_past_day("1900-01-01").problems[0].severity == "warning"
    assert parse_past_day("1980-09-16").problems == ()


def test_serial_numbers_of_old_macs_count_from_1904() -> None:
    assert parse_day(from_1904("40190")).value == parse_day("41652").value
    assert from_1904("2014-01-13") == "2014-01-13"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-01-01至2025-12-31", "2020-01-01", "2025-12-31"),
        ("自2020年1月1日至2025年12月31日", "2020-01-01", "2025-12-31"),
        ("2020.1.1 - 2025.12.31", "2020-01-01", "2025-12-31"),
        ("2020/1/1~2025/12/31", "2020-01-01", "2025-12-31"),
        ("2020年1月1日-2025年12月31日", "2020-01-01", "2025-12-31"),
        ("2020.01.01-2025.12.31", "2020-01-01", "2025-12-31"),
        ("20200101-20251231", "2020-01-01", "2025-12-31"),
        ("2020-01-01-2025-12-31", "2020-01-01", "2025-12-31"),
        ("2020-01-01--2025-12-31", "2020-01-01", "2025-12-31"),
        ("2020-01-01至长期", "2020-01-01", None),
        ("2025-12-31", None, "2025-12-31"),
    ],
)
def test_a_period_in_one_cell_has_two_days(text: str, first: str | None, last: str | None) -> None:
    also = parse_period(text).also or {}
    assert (also.get("valid_from"), also.get("valid_until")) == (first, last)


@pytest.mark.parametrize(
    "text", ["2026年3月5日-2026年3月6日", "2026.3.5至2026.3.6", "2026.3.5-3.6", "2026-03-05~03-06"]
)
def test_of_days_spent_on_a_visit_the_first_counts(text: str) -> None:
    parsed = parse_first_day(text)
    assert (parsed.value, [fault.severity for fault in parsed.problems]) == ("2026-03-05", ["warning"])
    assert parse_first_day("2026-03-05") == ("2026-03-05", (), None)
    assert parse_first_day("3月5日").problems[0].severity == "error"


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("5000万人民币", 50_000_000), ("136.8000(万元人民币)", 1_368_000), ("1,000(万元人民币)", 10_000_000),
        ("100(万)", 1_000_000), ("3万元", 30_000), ("伍佰万元整", 5_000_000), ("壹仟贰佰万圆整", 12_000_000),
        ("人民币 50 万元", 500_000), ("￥1,234.56元", 1235), ("1.2亿元", 120_000_000), ("0(万元人民币)", 0),
        ("５００万元", 5_000_000), ("5.5( 万人民币元)", 55_000), ("50万人民币元", 500_000),
    ],
)  # fmt: skip
def test_capital_keeps_its_text_and_says_how_many_yuan(text: str, yuan: int) -> None:
    parsed = parse_capital(text)
    assert (parsed.value, parsed.problems, parsed.also) == (clean(text), (), {"capital_yuan": yuan})


@pytest.mark.parametrize("text", ["100万美元", "500(万港币)", "100(万英镑)", "USD 3,000,000", "1000万日元"])
def test_foreign_capital_is_kept_as_text_only(text: str) -> None:
    assert parse_capital(text) == (text, (), None)


@pytest.mark.parametrize("text", ["5000", "若干", "见章程"])
def test_capital_without_a_unit_is_kept_with_a_word(text: str) -> None:
    parsed = parse_capital(text)
    assert (parsed.value, parsed.also, len(parsed.problems)) == (text, None, 1)


@pytest.mark.parametrize(
    "text", ["N/A", "无", "-", "/", "null", "空", "——", "", "  ", "\u200b", "#", "0000-00-00"]
)
def test_marks_for_nothing_are_nothing(text: str) -> None:
    if text != "#":
        assert parse_capital(text) == ("", (), None)
        assert parse_count(text) == ("", (), None)
        assert parse_day(text) == ("", (), None)


@pytest.mark.parametrize(
    ("text", "number", "doubts"),
    [
        ("12", 12, 0), ("12人", 12, 0), ("１２", 12, 0), ("1,234", 1234, 0), ("12.0", 12, 0),
        ("十二人", 12, 0), ("0", 0, 0),
        ("约30", 30, 1), ("30余人", 30, 1), ("50人以上", 50, 1), (">100", 100, 1),
    ],
)  # fmt: skip
def test_counts_are_whole_numbers(text: str, number: int, doubts: int) -> None:
    parsed = parse_count(text)
    assert (parsed.value, len(parsed.problems)) == (number, doubts)


@pytest.mark.parametrize("text", ["-3", "12.5", "很多", "99999999999", "10-20"])
def test_what_is_no_count_is_an_error(text: str) -> None:
    assert parse_count(text).problems[0].severity == "error"


def test_sums_of_projects_are_yuan() -> None:
    assert parse_yuan("1.5亿元").value == 150_000_000
    assert parse_yuan("1234567").problems[0].severity == "warning"
    assert parse_yuan("100万美元").problems[0].severity == "error"


def test_names_lose_what_cannot_be_seen_and_keep_their_brackets() -> None:
    parse = parse_name(200)
    assert parse("\ufeff示范 甲\u00a0（集团）\u200b有限公司\n").value == "示范甲（集团）有限公司"
    assert parse("ＡＢＣ示范（１）厂").value == "ABC示范（1）厂"
    assert parse("Demo  Trading Co").value == "Demo Trading Co"
    assert parse("示" * 201).problems[0].severity == "error"
    assert name_form("示范（甲） 有限公司") == name_form("示范(甲)有限公司")


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("13800000000", 0),
        ("0311-88888888", 0),
        ("13800000000/0311-8888888", 0),
        ("12333", 0),
        ("张三", 1),
        ("1380000", 1),
    ],
)
def test_telephone_numbers_that_look_odd_are_kept_with_a_word(text: str, doubts: int) -> None:
    parsed = parse_phone(text)
    assert parsed.value
    assert len(parsed.problems) == doubts


def test_lists_in_one_cell_are_joined_alike() -> None:
    assert parse_list("劳务派遣；建筑,劳务派遣/ 餐饮").value == "劳务派遣、建筑、餐饮"


def test_yes_and_no_are_known() -> None:
    assert [parse_yes_no(text).value for text in ("是", "√", "否", "N", "")] == [True, True, False, False, ""]


def test_chinese_numerals_are_numbers() -> None:
    assert [chinese_number(text) for text in ("一亿二千万", "二〇", "壹拾伍", "三千零五", "一千二百万")] == [
        120_000_000, 20, 15, 3005, 12_000_000,
    ]  # fmt: skip


@given(st.dates(date(1950, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    shapes = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%d 00:00:00", "%d-%b-%Y"]
    texts = [day.strftime(shape) for shape in shapes]
    texts += [f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日"]
    if serial < 100_000:
        texts.append(str(serial))
    assert {parse_day(text).value for text in texts} == {day.isoformat()}
    assert date(1899, 12, 30) + timedelta(days=serial) == day


@given(
    st.integers(0, 10**12),
    st.sampled_from([("元", 1), ("万元", 10_000), ("亿元", 10**8), ("(万元人民币)", 10_000)]),
)
def test_every_sum_is_read_back(amount: int, unit: tuple[str, int]) -> None:
    parsed = parse_capital(f"{amount:,}{unit[0]}")
    expected = amount * unit[1]
    assert parsed.also == ({"capital_yuan": expected} if expected < 2**63 else None)


ALL_PARSERS = [spec.parse for register in FIELDS.values() for spec in register.fields]
ODD = st.text(
    alphabet=st.sampled_from(
        "0123456789-/.年月日万元人民币()（）X×*ABC一二十〇 　\u200b\ufeff'=#N/Ａ９:，、T至长期约余"
    ),
    max_size=30,
)


@given(st.one_of(st.text(max_size=60), ODD))
def test_no_text_makes_a_parser_fall_over(text: str) -> None:
    for parse in ALL_PARSERS:
        parsed = parse(text)
        assert isinstance(parsed.value, str | int | bool)
        assert all(fault.severity in {"warning", "error"} and fault.reason for fault in parsed.problems)

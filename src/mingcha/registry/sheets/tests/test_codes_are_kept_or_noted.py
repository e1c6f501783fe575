"""Codes are never guessed; a wrong one is a word to the clerk, not the end of its row (domain 0.7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mingcha.kernel import credit_code, licence_number
from mingcha.registry.sheets import ReadRow
from mingcha.registry.sheets.codes import parse_credit_code

CODE = "91130111MA0ABCDE6D"
Read = Callable[..., list[ReadRow]]
Make = Callable[..., str]


def row_of(read: Read, csv_file: Make, code: str) -> ReadRow:
    (row,) = read(csv_file(f"企业名称,统一社会信用代码,地址\n示范甲厂,{code},某路1号\n"))
    return row


@pytest.mark.parametrize(
    "text",
    [
        CODE.lower(),
        f" {CODE}",
        f"'{CODE}",
        f'"=""{CODE}"""',
        f"\t{CODE}",
        "９１１３０１１１ＭＡ０ＡＢＣＤＥ６Ｄ",
        f"{CODE[:8]} {CODE[8:]}",
    ],
)
def test_width_case_and_blanks_do_not_matter(read: Read, csv_file: Make, text: str) -> None:
    row = row_of(read, csv_file, text)
    assert (row.values["credit_code"], row.verdict) == (CODE, "understood")


def test_a_wrong_check_digit_is_a_warning(read: Read, csv_file: Make) -> None:
    row = row_of(read, csv_file, "91130111MA0ABCDE6X")
    assert (row.values["credit_code"], row.verdict) == ("91130111MA0ABCDE6X", "warned")
    assert "校验码" in row.values["code_warnings"]


def test_old_numbers_go_where_they_belong(read: Read, csv_file: Make) -> None:
    for number in (licence_number.complete("13012400000001"), "3209231100626", "71090101X"):
        row = row_of(read, csv_file, number)
        assert (row.verdict, row.values["old_number"]) == ("warned", number)
        assert "credit_code" not in row.values


@pytest.mark.parametrize(
    "code", ["91130111MA0ABC****", "91130111MA0ABCDO6D", "9113", "详见执照", "91130111MA0ABCDE6DD"]
)
def test_what_can_be_no_code_leaves_the_row_importable(read: Read, csv_file: Make, code: str) -> None:
    row = row_of(read, csv_file, code)
    assert row.verdict == "warned"
    assert "credit_code" not in row.values
    assert code in row.values["code_warnings"]


@pytest.mark.parametrize("code", ["9.11301E+17", "9.1130111E17"])
def test_a_code_that_a_spreadsheet_destroyed_is_refused_with_the_way_to_repair_it(
    read: Read, csv_file: Make, code: str
) -> None:
    row = row_of(read, csv_file, code)
    assert row.verdict == "refused"
    assert "“文本”格式" in row.problems[0].reason


def test_a_code_that_became_a_number_in_the_workbook_is_not_taken_for_whole(
    xlsx_file: Make, read: Read
) -> None:
    path = xlsx_file(
        {
            "名单": [
                ["企业名称", "信用代码"],
                ["示范甲厂", 911301001044141445.0],
                ["示范乙厂", 130124000000017],
            ]
        }
    )
    destroyed, whole = read(path)
    assert destroyed.verdict == "refused"
    assert whole.values["old_number"] == "130124000000017"


def test_a_placeholder_is_no_code(read: Read, csv_file: Make) -> None:
    assert row_of(read, csv_file, "无").verdict == "understood"


@pytest.mark.parametrize(
    ("form", "code", "kind"),
    [
        ("", "91130111MA0ABCDE6D", "enterprise"),
        ("", "92130111MA0ABCDE6A", "household"),
        ("", "93130111MA0ABCDE67", "cooperative"),
        ("", "52130111MJ0ABCDE98", "nonenterprise"),
        ("", "11130111000012343N", "public_body"),
        ("", "12130111000012343K", "public_body"),
        ("个体工商户", "91130111MA0ABCDE6D", "household"),
        ("有限责任公司（自然人独资）", "", "enterprise"),
        ("农民专业合作社", "", "cooperative"),
        ("N/A", "", None),
    ],
)
def test_the_kind_comes_from_the_form_then_from_the_code(
    csv_file: Make, read: Read, form: str, code: str, kind: str | None
) -> None:
    (row,) = read(csv_file(f"企业名称,信用代码,企业类型\n示范甲,{code},{form}\n"))
    assert row.values.get("kind") == kind


def test_an_explicit_kind_comes_first_and_a_place_never_comes_from_a_code(csv_file: Make, read: Read) -> None:
    (row,) = read(csv_file(f"企业名称,信用代码,主体类型\n示范甲,{CODE},事业单位\n"))
    assert row.values["kind"] == "public_body"
    assert "division_code" not in row.values


def test_the_quick_look_and_the_long_one_agree() -> None:
    for serial in range(400):
        code = credit_code.synthetic(serial)
        assert parse_credit_code(code) == (code, (), None)
        wrong = code[:-1] + credit_code.ALPHABET[(credit_code.ALPHABET.index(code[-1]) + 1) % 31]
        report = credit_code.examine(wrong)
        parsed = parse_credit_code(wrong)
        assert len(parsed.problems) == len(report.problems) > 0
        assert parsed.also == {"code_warnings": "\n".join(p.message for p in report.problems)}


def test_rows_with_the_same_fault_bear_the_same_reason() -> None:
    """So that a clerk decides once for 190 rows, not once for each digit that was expected."""
    codes = [credit_code.synthetic(number) for number in range(1, 20)]
    wrong = [code[:17] + ("0" if code[17] != "0" else "1") for code in codes]
    reasons = {fault.reason for code in wrong for fault in parse_credit_code(code).problems}
    assert len(reasons) == 1
    notes = {(parse_credit_code(code).also or {})["code_warnings"] for code in wrong}
    assert len(notes) > 5

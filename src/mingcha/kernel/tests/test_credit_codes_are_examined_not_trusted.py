import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingcha.kernel.credit_code import (
    ALPHABET,
    CodeReport,
    check_digit,
    complete_check_digit,
    examine,
    is_synthetic,
    normalise,
    org_check_digit,
    synthetic,
)

ISSUED = [
    "91440300708461136T",
    "914403001922038216",
    "91110000802100433B",
    "91520103MA6E8TN42B",
    "11370100004188784H",
    "91330000566997460T",
    "91500111MACM8P5450",
]
MADE_UP = [
    "91130111MA0ABCDE6D",
    "92130111MA0ABCDE6A",
    "93130111MA0ABCDE67",
    "52130111MJ0ABCDE98",
    "11130111000012343N",
    "12130111000012343K",
]
FIRST17 = st.builds("".join, st.lists(st.sampled_from(ALPHABET), min_size=17, max_size=17))


def problems(report: CodeReport) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in report.problems]


@pytest.mark.parametrize("code", ISSUED + MADE_UP)
def test_a_good_code_has_no_problem(code: str) -> None:
    report = examine(code)
    assert report.clean
    assert report.acceptable
    assert report.kind == "uscc18"
    assert report.normalised == code


def test_a_code_that_was_issued_with_a_wrong_check_digit_is_kept_with_a_warning() -> None:
    report = examine("91350213M0001Q7Q47")
    assert report.acceptable
    assert ("check_digit", "warning") in problems(report)
    assert not examine("91110108MA01YBNX6A").clean


def test_the_worked_example_of_the_standard_ends_in_d() -> None:
    assert check_digit("91130111MA0ABCDE6") == "D"
    assert complete_check_digit("91130111MA0ABCDE6") == "91130111MA0ABCDE6D"


@pytest.mark.parametrize(
    ("body", "expected"), [("70846113", "6"), ("MA0ABCDE", "6"), ("00001234", "3"), ("YY000001", "X")]
)
def test_the_organisation_code_ends_in_a_digit_or_x(body: str, expected: str) -> None:
    assert org_check_digit(body) == expected


def test_the_meaning_of_the_first_characters_is_told() -> None:
    report = examine("92130111MA0ABCDE6A")
    assert (report.registrar, report.category, report.division_code) == ("市场监管", "个体工商户", "130111")
    assert examine(complete_check_digit("19130111MA0ABCDE6")).category == "其他"


def test_an_old_division_is_named_only_by_the_table_of_the_caller() -> None:
    code = synthetic(7, division="130124")
    assert examine(code).division_label == ""
    assert examine(code, {"130124": "栾城县（旧）"}).division_label == "栾城县（旧）"


@pytest.mark.parametrize(
    "typed",
    [
        " 91130111ma0abcde6d ",
        "９１１３０１１１ＭＡ０ＡＢＣＤＥ６Ｄ",
        "9113-0111 MA0A\u200bBCDE\u30006D",
        "\ufeff91130111MA0ABCDE6D\n",
        "91130111—MA0ABCDE—6D",
    ],
)
def test_small_letters_wide_letters_blanks_and_hyphens_do_no_harm(typed: str) -> None:
    assert normalise(typed) == "91130111MA0ABCDE6D"
    assert examine(typed).clean


@pytest.mark.parametrize("letter", ["I", "O", "S", "V", "Z", "i", "Ｏ"])
def test_letters_that_look_like_digits_are_reported_never_replaced(letter: str) -> None:
    report = examine(f"9113011{letter}MA0ABCDE6D")
    assert problems(report) == [("illegal_character", "error")]
    assert normalise(letter) in report.normalised
    assert "是否应为" in report.problems[0].message


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \u3000", "empty"),
        ("91130111****BCDE6D", "masked"),
        ("91130111＊＊＊＊BCDE6D", "masked"),
        ("9.11301E+17", "spreadsheet_number"),
        ("110108000000016.0", "spreadsheet_number"),
        ("企合冀石总字第0001", "illegal_character"),
        ("91130111MA0ABCDE6", "length"),
        ("1301242300123", "old_number_13"),
        ("91NA0111MA0ABCDE6D", "division_not_digits"),
    ],
)
def test_what_cannot_be_a_code_is_an_error_with_a_sentence(text: str, problem: str) -> None:
    report = examine(text)
    assert problems(report) == [(problem, "error")]
    assert not report.acceptable
    assert len(report.problems[0].message) >= 6


def test_masked_places_are_named() -> None:
    assert "第9、10位" in examine("91130111**0ABCDE6D").problems[0].message


def test_old_numbers_are_recognised_and_the_new_code_is_asked_for() -> None:
    assert problems(examine("110108000000016")) == [("old_number_15", "warning")]
    assert examine("110108000000017").kind == "registration15"
    assert ("check_digit", "warning") in problems(examine("110108000000017"))
    assert (examine("YY000001-X").kind, problems(examine("YY000001-X"))) == (
        "org9",
        [("old_number_9", "warning")],
    )
    assert ("org_check_digit", "warning") in problems(examine("YY000001-1"))


def test_an_unknown_registrar_is_only_doubtful() -> None:
    report = examine(complete_check_digit("D1130111MA0ABCDE6"))
    assert problems(report) == [("unknown_registrar", "warning")]


@given(FIRST17, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_the_check_digit_detects_every_single_wrong_character(body: str, place: int, other: str) -> None:
    code = complete_check_digit(body)
    assume(code[place] != other)
    wrong = code[:place] + other + code[place + 1 :]
    assert check_digit(wrong[:17]) != wrong[17]


@given(FIRST17, st.integers(0, 16))
def test_the_check_digit_detects_two_neighbours_that_changed_places(body: str, place: int) -> None:
    code = complete_check_digit(body)
    assume(code[place] != code[place + 1])
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert check_digit(wrong[:17]) != wrong[17]


@given(st.text(max_size=30))
def test_any_text_gets_an_answer_and_normalising_twice_changes_nothing(text: str) -> None:
    report = examine(text)
    assert normalise(report.normalised) == report.normalised
    assert report.kind != "unknown" or not report.acceptable


@given(
    st.integers(0, 999_999),
    st.sampled_from(["91", "92", "93", "52", "12"]),
    st.sampled_from(["130111", "130124"]),
)
def test_made_up_codes_pass_and_are_recognised(serial: int, category: str, division: str) -> None:
    code = synthetic(serial, category, division)
    assert examine(code).clean
    assert is_synthetic(code)


def test_made_up_codes_never_repeat_and_issued_ones_are_not_taken_for_them() -> None:
    assert len({synthetic(serial) for serial in range(2000)}) == 2000
    assert not any(map(is_synthetic, ISSUED + MADE_UP))


@pytest.mark.parametrize("arguments", [(-1,), (1_000_000,), (1, "00"), (1, "91", "1301")])
def test_a_made_up_code_needs_a_proper_serial_category_and_division(arguments: tuple[int, str, str]) -> None:
    with pytest.raises(ValueError, match=r"serial|category"):
        synthetic(*arguments)


@pytest.mark.parametrize("body", ["", "9113011", "91130111MA0ABCDEO", "91130111MA0ABCDE６"])
def test_check_digits_are_computed_for_proper_characters_only(body: str) -> None:
    with pytest.raises(ValueError, match="needed"):
        check_digit(body)
    with pytest.raises(ValueError, match="needed"):
        org_check_digit(body)

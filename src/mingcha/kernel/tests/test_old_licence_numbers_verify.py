import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingcha.kernel import licence_number

BODIES = st.from_regex(r"[0-9]{14}", fullmatch=True)


@pytest.mark.parametrize("number", ["110108000000016", "440301103097413"])
def test_numbers_of_real_licences_verify(number: str) -> None:
    assert licence_number.is_valid(number)
    assert licence_number.complete(number[:-1]) == number


@pytest.mark.parametrize(
    "text", ["", "110108000000017", "11010800000001", "1101080000000167", "１10108000000016"]
)
def test_anything_else_does_not(text: str) -> None:
    assert not licence_number.is_valid(text)


@pytest.mark.parametrize(
    ("serial", "meaning"), [("0", "内资企业"), ("3", "内资企业"), ("4", "外资企业"), ("6", "个体工商户")]
)
def test_the_first_serial_digit_tells_the_ownership(serial: str, meaning: str) -> None:
    assert licence_number.ownership(licence_number.complete(f"130124{serial}0000001")) == meaning


def test_the_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="fourteen"):
        licence_number.check_digit("123")
    with pytest.raises(ValueError, match="fifteen"):
        licence_number.ownership("123")


@given(BODIES, st.integers(0, 14), st.sampled_from("0123456789"))
def test_every_single_wrong_digit_is_detected(body: str, place: int, other: str) -> None:
    number = licence_number.complete(body)
    assume(number[place] != other)
    assert not licence_number.is_valid(number[:place] + other + number[place + 1 :])

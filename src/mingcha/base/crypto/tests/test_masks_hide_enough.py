import pytest

from mingcha.base.crypto.masking import mask, mask_id_number, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), ("欧阳娜娜", "欧***"), ("张", "*"), ("", ""), (" 李四 ", "李*")]
)
def test_a_name_shows_its_first_character(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812341234", "138****1234"), ("0311-86123456", "***********56"), ("12345", "***45"), ("12", "**")],
)
def test_a_phone_shows_three_and_four(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("11010519491231002X", "110105********002X"), ("110105491231002", "*************02"), ("1", "*")],
)
def test_an_identity_number_shows_six_and_four(number: str, shown: str) -> None:
    assert mask_id_number(number) == shown


@pytest.mark.parametrize("length", range(1, 30))
def test_the_general_mask_hides_at_least_half_and_keeps_the_length(length: int) -> None:
    value = "x" * length

    masked = mask(value, head=3, tail=4)

    assert len(masked) == length
    assert masked.count("*") * 2 >= length

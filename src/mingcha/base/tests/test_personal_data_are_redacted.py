from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mingcha.base.redaction import REDACTED, redact, redact_text

IDENTITY = "11010519491231002X"  # the specimen number of GB 11643
MOBILE = "13812345678"
CREDIT_CODES = ["91130102MA0ABCDE1X", "12130102401741234N", "911301027454321231", "93130102MA13800138"]


@pytest.mark.parametrize(
    "text",
    [
        IDENTITY,
        "110105194912310021",
        "身份证11010519491231002x核对失败",
        "id=11010519491231002X;",
        "张三（11010519491231002X，男）",
    ],
)
def test_identity_numbers_are_taken_out_of_any_text(text: str) -> None:
    redacted = redact_text(text)

    assert REDACTED in redacted
    assert "19491231" not in redacted


def test_a_mistyped_identity_number_is_taken_out_too() -> None:
    assert redact_text("110105194912310020") == REDACTED


@pytest.mark.parametrize(
    "text", [MOBILE, f"电话{MOBILE}未接", f"tel{MOBILE}", "138-1234-5678", "138 1234 5678", f"+86{MOBILE}"]
)
def test_mobile_numbers_are_taken_out_of_any_text(text: str) -> None:
    redacted = redact_text(text)

    assert REDACTED in redacted
    assert "5678" not in redacted


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_unified_credit_codes_are_public_and_stay(code: str) -> None:
    assert redact_text(f"企业 {code} 已登记") == f"企业 {code} 已登记"


@pytest.mark.parametrize(
    "text",
    ["2026-03-02T08:00:00Z", "1772438400000", "12345678901", "第 20260302001 号", "0311-86123456", "a" * 64],
)
def test_dates_numbers_and_digests_stay(text: str) -> None:
    assert redact_text(text) == text


@pytest.mark.parametrize(
    "key",
    ["phone", "Phone", "id_number", "name", "password", "new_password", "token", "Authorization",
     "X-Access-Token", "contact_phone", "姓名", "body", "email"],
)  # fmt: skip
def test_values_under_telling_keys_are_taken_out_whatever_they_look_like(key: str) -> None:
    assert redact({key: "张三"}) == {key: REDACTED}
    assert redact({"outer": [{key: 5}]}) == {"outer": [{key: REDACTED}]}


def test_other_values_stay_as_they_are() -> None:
    values = {"campaign": 5, "rows": [1, 2.5, None, True], "day": date(2026, 3, 2), "share": Decimal("0.03")}

    assert redact(values) == values


def test_numbers_are_looked_at_as_well_as_texts() -> None:
    assert redact([13812345678, 110105194912310021, 42]) == [REDACTED, REDACTED, 42]


def test_it_looks_into_nested_values_and_keys() -> None:
    redacted = str(redact({"rows": ({"cell": {MOBILE: f"x {IDENTITY}"}},)}))

    assert MOBILE not in redacted
    assert IDENTITY not in redacted


def test_an_object_comes_out_as_the_name_of_its_type() -> None:
    class Person:
        def __repr__(self) -> str:
            return "张三"

    assert redact(Person()) == "<Person>"
    assert redact(b"raw") == "<bytes>"


def test_paths_and_errors_are_readable_and_clean() -> None:
    assert redact(Path("/tmp/a.xlsx")) == "/tmp/a.xlsx"
    assert redact(ValueError(f"bad {MOBILE}")) == f"ValueError: bad {REDACTED}"

"""N10: a publication holds the fields that its type lists, each with its basis; persons are masked."""

from __future__ import annotations

import dataclasses

import pytest

from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.publication import types
from mingcha.publication.models import Publication
from mingcha.publication.testing import RESULTS, Bureau, prepared, row


def test_a_field_that_the_type_does_not_list_is_refused(bureau: Bureau) -> None:
    with pytest.raises(Refused) as refused:
        prepared(bureau, rows=[row(1, id_number="130111199001011234")])
    assert refused.value.codes == ("publication.field",)
    assert "id_number" in refused.value.text()
    assert not Publication.objects.exists()


def test_a_person_is_masked_before_anybody_reviews_it(bureau: Bureau) -> None:
    found = prepared(bureau)
    assert found.rows[0]["contact"] == "王**"
    assert {field["name"] for field in found.fields if field["masked"]} == {"contact"}


def test_several_persons_are_masked_one_by_one(bureau: Bureau) -> None:
    assert prepared(bureau, rows=[row(1, contact=["王小明", "李四"])]).rows[0]["contact"] == ["王**", "李*"]


def test_a_personal_figure_is_masked_too(bureau: Bureau) -> None:
    found = prepared(bureau, rows=[row(1, contact=13812345678)])
    assert "12345678" not in str(found.rows[0]["contact"])


def test_a_person_whom_the_law_names_in_full_is_named_in_full(bureau: Bureau) -> None:
    whole = tuple(dataclasses.replace(field, required_by_law=True) for field in RESULTS.fields)
    types.register(dataclasses.replace(RESULTS, fields=whole))
    assert prepared(bureau).rows[0]["contact"] == "王小明"


def test_a_row_has_every_field_and_nothing_is_made_up(bureau: Bureau) -> None:
    found = prepared(bureau, rows=[{"code": "001", "name": "甲公司"}])
    assert found.rows == [
        {
            "code": "001",
            "name": "甲公司",
            "result": None,
            "people": None,
            "contact": None,
            "day": None,
            "items": None,
            "rectified": None,
        }
    ]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("people", "很多"), ("people", True), ("day", "2026-13-01"), ("items", "工资"), ("rectified", 1)],
)
def test_a_value_of_another_kind_is_refused(bureau: Bureau, name: str, wrong: object) -> None:
    with pytest.raises(Refused) as refused:
        prepared(bureau, rows=[row(1, **{name: wrong})])
    assert refused.value.codes == ("publication.value",)


def test_two_rows_with_one_key_are_refused(bureau: Bureau) -> None:
    with pytest.raises(Refused) as refused:
        prepared(bureau, rows=[row(1), row(1, name="别的公司")])
    assert refused.value.codes == ("publication.key",)


def test_a_field_without_a_basis_cannot_be_declared() -> None:
    bad = dataclasses.replace(RESULTS.fields[0], basis=" ")
    with pytest.raises(ValueError, match="basis"):
        types.register(dataclasses.replace(RESULTS, fields=(bad,)))


def test_what_is_masked_is_declared_as_text() -> None:
    bad = dataclasses.replace(RESULTS.fields[3], personal=True)
    with pytest.raises(ValueError, match="text"):
        types.register(dataclasses.replace(RESULTS, row_key=(), fields=(bad,)))


def test_the_chain_holds_the_digest_and_nothing_of_the_content(bureau: Bureau) -> None:
    found = prepared(bureau)
    record = Record.objects.get(event="publication.prepared")
    assert record.after["digest"] == found.digest
    assert "示范企业01有限公司" not in f"{record.before}{record.after}{record.personal}{record.why}"

"""Shares are kept in whole basis points and read in per cent: nobody has to divide 300 ‱."""

from __future__ import annotations

import pytest

from mingcha.basics.forms import ValueForm
from mingcha.basics.models.parameters import Kind
from mingcha.basics.values import shown


@pytest.mark.parametrize(
    ("kind", "value", "unit", "said"),
    [
        (Kind.INT, 300, "‱", "3%"),
        (Kind.INT, 250, "‱", "2.5%"),
        (Kind.INT, 2000, "‱", "20%"),
        (Kind.INT, 3, "人", "3 人"),
        (Kind.DECIMAL, "5", "‱/日", "5 ‱/日"),
    ],
)
def test_a_value_in_words(kind: str, value: object, unit: str, said: str) -> None:
    assert shown(kind, value, unit) == said


def test_whoever_types_one_is_told_how() -> None:
    assert "3% 填 300" in str(ValueForm(kind=Kind.INT, unit="‱").fields["value"].help_text)
    assert "‱" not in str(ValueForm(kind=Kind.INT, unit="‱").fields["value"].help_text)

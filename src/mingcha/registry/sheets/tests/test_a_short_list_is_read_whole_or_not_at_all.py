"""A list that is read while a person waits: whole, or refused with what to do; never cut off in silence."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.base import ContentFile

from mingcha.kernel.testing import refused
from mingcha.registry.sheets import read_short_list, short_lists

HEADINGS = "行政区划代码,行政区划名称\n"
ROWS = "130111,栾城区\n130109,藁城区\n"


def listed(text: str) -> ContentFile[bytes]:
    return ContentFile(text.encode(), name="清单.csv")


def test_every_row_is_given_with_the_digest_of_the_file() -> None:
    digest, rows = read_short_list(listed(HEADINGS + ROWS), "清单.csv", "divisions")
    assert digest == hashlib.sha256((HEADINGS + ROWS).encode()).hexdigest()
    assert [row.values["code"] for row in rows] == ["130111", "130109"]


def test_a_list_that_is_too_long_is_refused_and_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_lists, "MOST_ROWS", 1)
    with refused("list.length"):
        read_short_list(listed(HEADINGS + ROWS), "清单.csv", "divisions")


@pytest.mark.parametrize("text", ["姓名,电话\n张三,1\n", HEADINGS, "\n"])
def test_what_is_no_such_list_or_is_empty_is_refused_with_the_usual_columns(text: str) -> None:
    with refused("list.columns"):
        read_short_list(listed(text), "清单.csv", "divisions")

"""What a column is by what stands in it, when its heading says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from mingcha.registry.sheets.dates import read_day
from mingcha.registry.sheets.fields import FIELDS
from mingcha.registry.sheets.headings import plain
from mingcha.registry.sheets.meanings import ORDINALS
from mingcha.registry.sheets.model import Column, Row
from mingcha.registry.sheets.normalise import clean, half_width, is_placeholder

_SHARE: Final = 0.8
_FEWEST: Final = 2
_CODE: Final = re.compile(r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}", re.I)
_OLD_NUMBER: Final = re.compile(r"[0-9]{15}")
_PHONE: Final = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}")
_BODY: Final = re.compile(
    r".{2,}(公司|厂|店|部|中心|合作社|学校|医院|银行|超市|饭店|酒店|事务所|经营部|门市|工作室|站|院|所|园|社|馆|行|局|场)(（[^（）]*）|\([^()]*\))?"
)
_PLACE: Final = re.compile(r".*([省市县区镇乡村路街号].*){2,}")
_LOOKS: Final[dict[str, Callable[[str], bool]]] = {
    "credit_code": lambda text: _CODE.fullmatch(text) is not None,
    "old_number": lambda text: _OLD_NUMBER.fullmatch(text) is not None,
    "contact_phone": lambda text: _PHONE.fullmatch(text) is not None,
    "name": lambda text: _BODY.fullmatch(text) is not None,
    "address": lambda text: len(text) >= 6 and _PLACE.fullmatch(text) is not None,
}
_DAYS: Final = {
    "subjects": "registered_on",
    "visits": "visited_on",
    "headcounts": "counted_on",
    "cases": "counted_on",
}


def guess_by_content(register: str, columns: Sequence[Column], sample: Sequence[Row]) -> list[Column]:
    """Give fields that no heading named to the columns whose texts look like them."""
    taken = {column.field for column in columns if column.field}
    guessed = []
    for column in columns:
        if not column.field and column.how == "none" and plain(column.heading) not in ORDINALS:
            field = _field_of(
                register, [row[column.index] for row in sample if column.index < len(row)], taken
            )
            if field:
                taken.add(field)
                column = replace(column, field=field, how="content")
        guessed.append(column)
    return guessed


def _field_of(register: str, texts: list[str], taken: set[str]) -> str:
    cleaned = [half_width(clean(text)) for text in texts]
    filled = [text for text in cleaned if not is_placeholder(text)]
    if len(filled) < _FEWEST:
        return ""
    # Persons have no such look: in lists of people a body's name is not the name asked for.
    people = {"name"} if register == "inspectors" else set()
    for field, looks in _LOOKS.items():
        possible = field in FIELDS[register] and field not in taken | people
        if possible and sum(map(looks, filled)) >= _SHARE * len(filled):
            return field
    day = _DAYS.get(register, "")
    if day and day not in taken and all(_is_day(text) for text in filled):
        return day
    return ""


def _is_day(text: str) -> bool:
    """Only whole dates: a bare number may count anything."""
    return len(text) >= 8 and not text.isdecimal() and read_day(text)[0] is not None

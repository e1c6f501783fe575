"""Which field a heading means: what somebody said before, else a known synonym, else nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from mingcha.registry.sheets.fields import FIELDS
from mingcha.registry.sheets.headings import plain, unit_of
from mingcha.registry.sheets.model import Column, How

#: Headings that never mean a field of a register.
ORDINALS = frozenset({"序号", "编号", "NO", "行号", "顺序号", "序列", "排序"})


@lru_cache(maxsize=32)
def synonyms(register: str) -> Mapping[str, tuple[str, int]]:
    """Plain heading → field and rank; a lower rank is surer. A label is always a synonym."""
    known: dict[str, tuple[str, int]] = {}
    for spec in FIELDS[register].fields:
        for rank, heading in enumerate((spec.code, str(spec.label), *spec.synonyms)):
            form = plain(heading)
            if form not in known or rank < known[form][1]:
                known[form] = (spec.code, rank)
    return known


def by_synonym(register: str, heading: str) -> tuple[str, int] | None:
    """The field of a heading; of one that was joined from two rows, the whole, then its parts, last first."""
    known = synonyms(register)
    whole = plain(heading)
    if found := known.get(whole):
        return found
    parts = heading.split("/")
    forms = (
        ["/".join(map(plain, parts)), *(plain(part) for part in reversed(parts))] if len(parts) > 1 else []
    )
    for form in forms:
        if found := known.get(form.replace("/", "")) or known.get(form):
            return found
    return None


def columns_of(register: str, headings: list[str], remembered: Mapping[str, str]) -> list[Column]:
    """The columns under a row of headings. A field is given to one column only, the surest."""
    said = {plain(heading): field for heading, field in remembered.items()}
    chosen: list[tuple[str, How, int]] = []
    for heading in headings:
        form = plain(heading)
        if form and form in said:
            known = said[form] if said[form] in FIELDS[register] else ""
            chosen.append((known, "remembered", -1))
        elif form and (found := by_synonym(register, heading)):
            chosen.append((found[0], "synonym", found[1]))
        else:
            chosen.append(("", "none", 0))
    best: dict[str, int] = {}
    for index, (field, _how, rank) in enumerate(chosen):
        if field and (field not in best or rank < chosen[best[field]][2]):
            best[field] = index
    columns = []
    for index, (field, how, _rank) in enumerate(chosen):
        if field and best[field] != index:
            field, how = "", "none"
        unit = unit_of(headings[index]) if field and FIELDS[register][field].money else ""
        columns.append(Column(index, headings[index], field, how, unit))
    return columns

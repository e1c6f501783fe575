"""More parameters of the field, one module a subject (domain §0.9, §3.4, §3.5, §4–§6, §10, §12)."""

from mingcha.basics.initial.parameter_tables import (
    building,
    credit,
    dispatch,
    draws,
    insurance,
    labour,
    lists,
    results,
    risk,
    visits,
    wages,
)
from mingcha.basics.initial.parameter_tables.rows import START, Former, Row

MORE: tuple[Row, ...] = (
    *labour.TABLE,
    *wages.TABLE,
    *insurance.TABLE,
    *building.TABLE,
    *dispatch.TABLE,
    *lists.TABLE,
    *credit.TABLE,
    *results.TABLE,
    *risk.TABLE,
    *draws.TABLE,
    *visits.TABLE,
)

__all__ = ["MORE", "START", "Former", "Row"]

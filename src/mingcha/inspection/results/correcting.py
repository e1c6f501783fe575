"""Which fields of a record a correction may change, and to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mingcha.basics.selectors import parameters
from mingcha.inspection.form.fields import Field, check, fields_of, layout_of
from mingcha.inspection.models import Inspection
from mingcha.inspection.results import procedures
from mingcha.inspection.results.freezing import TRIES
from mingcha.inspection.results.reasons import dictionaries, field_of
from mingcha.inspection.results.record import POINT_PARTS, Record
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

_S8 = gettext_noop("本局方案三（二）：严禁随意录入、擅自修改检查结果")


def correctable(inspection: Inspection, record: Record) -> dict[str, Field]:
    """Name → field, in the order of the form. Who was there, what was said and signed is never among them."""
    known = fields_of(layout_of(inspection))
    found = {name: known[name] for name in _names(record) if name in known}
    return found | procedures.fields_of(record.attempts, parameters.value(TRIES).as_int())


def _names(record: Record) -> Iterator[str]:
    yield from ("result:category", "result:reasons", "result:reason")
    for item in record.items:
        yield from (f"item:{item.version}:result", f"item:{item.version}:note")
        for point in item.points:
            yield from (f"point:{point.id}:{part}" for part in POINT_PARTS)


def checked(inspection: Inspection, record: Record, proposed: Mapping[str, Any]) -> dict[str, Any]:
    """What of the proposal is new. Refused for what cannot stand, with every reason; or if nothing is new."""
    known = correctable(inspection, record)
    refusals = [
        refusal for name, value in proposed.items() if (refusal := check(known, name, value)) is not None
    ]
    if refusals:
        raise Refused(*refusals)
    fresh = {name: value for name, value in proposed.items() if record.read(name) != value}
    if "result:category" in fresh and "result:reasons" not in fresh:
        # Reasons that were chosen for another result go with it.
        kept = field_of(dictionaries().fitting(str(fresh["result:category"] or ""), record.reasons)) or None
        if record.read("result:reasons") != kept:
            fresh["result:reasons"] = kept
    if not fresh:
        raise Refused(
            Refusal(
                "correction.nothing",
                gettext_noop("没有改动任何一处"),
                _S8,
                gettext_noop("请改动要更正的栏目；不需要更正的，取消即可"),
            )
        )
    return fresh

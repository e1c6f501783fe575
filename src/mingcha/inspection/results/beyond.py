"""What the firm's signature on glass does not cover: what was written after it, or not yet before its eyes.

Devices are compared by their clocks, as a change says when it was made; within one device its count decides
between changes of one moment. What another device had written, and had not sent when the firm signed, was
not there to be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingcha.inspection.form.fields import Layout, fields_of, layout_of
from mingcha.inspection.form.reading import as_ops, ops_of
from mingcha.inspection.models import FormOp, RecordVersion
from mingcha.inspection.results.record import Record
from mingcha.kernel.forms import Form, merge

_FIRM, _PAPER = "sign:firm", "record:on_paper"


@dataclass(frozen=True)
class Beyond:
    """Places of the form, in words, in its order.

    changed     read otherwise since the firm signed
    unseen      had not arrived where it signed
    concluded   the results, which were still empty when it signed: they are the bureau's to draw
    """

    changed: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    concluded: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.unseen or self.concluded)


def beyond_signature(version: RecordVersion, record: Record) -> Beyond:
    """Of one version; empty where the firm did not sign on glass, or everybody signed on paper."""
    if not record.value(_FIRM) or record.value(_PAPER):
        return Beyond()
    rows = [row for row in ops_of(version.inspection) if row.received_at <= version.made_at]
    now = merge(as_ops(rows))
    heads = {op.id for op in now.heads(_FIRM)}
    signed = min((row for row in rows if (row.client, row.seq) in heads), key=lambda row: (row.at, row.pk))
    before = [row for row in rows if not _later(row, signed)]
    layout = layout_of(version.inspection)
    then, shown = merge(as_ops(before)), merge(as_ops(row for row in before if _arrived(row, signed)))
    changed = _differ(then, now)
    first = [name for name in changed if _is_result(name) and not any(then.values(name))]
    return Beyond(
        _named(layout, [name for name in changed if name not in first]),
        _named(layout, [name for name in _differ(shown, then) if name not in changed]),
        _named(layout, first),
    )


def _later(row: FormOp, signed: FormOp) -> bool:
    if row.client == signed.client:
        return (row.at, row.seq) > (signed.at, signed.seq)
    return row.at > signed.at


def _arrived(row: FormOp, signed: FormOp) -> bool:
    return row.client == signed.client or row.received_at <= signed.at


def _is_result(name: str) -> bool:
    return name.startswith(("result:", "item:"))


def _differ(one: Form, other: Form) -> list[str]:
    """Fields that read otherwise; signatures confirm, they are not what is confirmed."""
    names = sorted({*one.fields, *other.fields})
    return [
        name
        for name in names
        if not name.startswith(("sign:", _PAPER)) and set(one.values(name)) != set(other.values(name))
    ]


def _named(layout: Layout, names: Iterable[str]) -> tuple[str, ...]:
    """In words, a check point by its number, each once."""
    numbers = {f"point:{point.pk}": layout.number_of(point) for point in layout.points}
    known, wanted = fields_of(layout), set(names)
    said = []
    for name in (one for one in known if one in wanted):
        number = numbers.get(name.rpartition(":")[0])
        said.append(known[name].label if number is None else _("第 %(number)d 项") % {"number": number})
    return tuple(dict.fromkeys(said))

"""What the firm's signature on glass does not cover: what it did not have before its eyes when it signed.

The phone on which it signed says what stood on the screen (`kernel.forms.Sight`): how far each writer had
come, and the digest of what the form said. No clock is asked for what was written; photographs and recordings
bear the time of the device that took them. A signature without it covers what arrived before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from mingcha.inspection.form.fields import Layout, fields_of, layout_of
from mingcha.inspection.form.reading import as_ops, ops_of
from mingcha.inspection.models import Evidence, FormOp, RecordVersion
from mingcha.inspection.results.record import Record
from mingcha.kernel.forms import Form, Sight, merge, seen, spelled

_FIRM, _PAPER = "sign:firm", "record:on_paper"
_SHOWS: Final = (Evidence.Kind.PHOTO, Evidence.Kind.SOUND)


@dataclass(frozen=True)
class Beyond:
    """Places of the form, in words, in its order.

    changed     read otherwise than the firm saw them: written since, or not yet on that phone
    concluded   the results, which were still empty when it signed: they are the bureau's to draw
    evidence    the numbers of photographs and recordings taken since
    unlike      what stood on the screen is not what the platform has of it
    """

    changed: tuple[str, ...] = ()
    concluded: tuple[str, ...] = ()
    evidence: tuple[int, ...] = ()
    unlike: bool = False

    def __bool__(self) -> bool:
        return bool(self.changed or self.concluded or self.evidence or self.unlike)

    def sentences(self) -> tuple[str, ...]:
        """What is to be looked at, in words; a result that was chosen last is usual."""
        said = []
        if self.unlike:
            said.append(_("被检查单位签名时手机上显示的内容，与平台收到的不一致"))
        if self.changed:
            said.append(
                _("被检查单位签名时没有看到的 %(n)d 处（签名以后写的，或者另一部手机还没有传到）：%(places)s")
                % {"n": len(self.changed), "places": "、".join(self.changed)}
            )
        if self.evidence:
            said.append(
                _("被检查单位签名以后拍摄、录制的证据：%(numbers)s")
                % {"numbers": "、".join(str(number) for number in self.evidence)}
            )
        return tuple(said)


def beyond_signature(version: RecordVersion, record: Record) -> Beyond:
    """Of one version; empty where the firm did not sign on glass, or everybody signed on paper."""
    uuid = record.value(_FIRM)
    if not uuid or record.value(_PAPER):
        return Beyond()
    rows = [row for row in ops_of(version.inspection) if row.received_at <= version.made_at]
    file = next((one for one in record.evidence if one["uuid"] == uuid), None)
    before = _sight(file)
    now = merge(as_ops(rows))
    then = merge(as_ops(_until(rows, uuid))) if before is None else seen(as_ops(rows), before)
    changed = _differ(then, now)
    first = [name for name in changed if _is_result(name) and not any(then.values(name))]
    layout = layout_of(version.inspection)
    return Beyond(
        _named(layout, [name for name in changed if name not in first]),
        _named(layout, first),
        tuple(_taken_later(record, file)),
        before is not None and then.digest != before.digest,
    )


def _sight(file: Mapping[str, Any] | None) -> Sight | None:
    known = file.get("sight") if file is not None else None
    return Sight(known["upto"], known["digest"]) if known else None


def _until(rows: Sequence[FormOp], uuid: object) -> list[FormOp]:
    """What had arrived when the signature did."""
    signed = spelled(str(uuid))
    place = next((n for n, row in enumerate(rows) if (row.field, row.value) == (_FIRM, signed)), len(rows))
    return list(rows[:place])


def _taken_later(record: Record, file: Mapping[str, Any] | None) -> Iterable[int]:
    if file is None:
        return
    signed = datetime.fromisoformat(file["taken_at"])
    for one in record.evidence:
        if one["kind"] in _SHOWS and datetime.fromisoformat(one["taken_at"]) > signed:
            yield one["number"]


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

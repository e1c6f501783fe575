"""Document numbers (design §4.8).

    numbers.issue(actor=…, series="inspect-notice", thing=Thing.of(notice)).text

Call `issue` inside the service that makes the document: if that fails, the number was never given. The
series' counter row is locked until the transaction ends, so numbers come without gaps and once each.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from datetime import date
from itertools import islice

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.events import NumberIssued, NumbersIssued, NumberVoided, SeriesChanged
from mingcha.basics.models import DocumentNumber, NumberCounter, NumberSeries
from mingcha.basics.models.numbers import NumberState
from mingcha.basics.rules import KEEPERS, refuse, require_role, required_text, user_id_of
from mingcha.kernel.refusal import gettext_noop

_PLACES = {"issuer", "year", "number"}


@service
def issue(*, actor: Viewer, series: str, thing: Thing, on: date | None = None) -> DocumentNumber:
    """Give the thing the next number of a series, in the year of the day (today)."""
    row = _active_series(series)
    day = on or clock.today()
    counter, _created = NumberCounter.objects.get_or_create(series=row, year=day.year if row.yearly else 0)
    counter.last += 1
    counter.save(update_fields=["last"])
    number = DocumentNumber.objects.create(
        series=row,
        year=counter.year,
        number=counter.last,
        text=row.pattern.format(issuer=row.issuer, year=day.year, number=counter.last),
        thing_type=thing.type,
        thing_id=thing.id,
        thing_label=thing.label[:200],
        issued_at=clock.now(),
        issued_by_id=user_id_of(actor),
    )
    emit(NumberIssued(thing=thing, after={"number": number.text, "series": series}))
    return number


@service
def issue_many(
    *, actor: Viewer, series: str, things: Sequence[Thing], about: Thing, on: date | None = None
) -> tuple[str, str]:
    """Give many things the next numbers of a series, in their order; the first and the last text.

    One block of the counter, locked like a single number, and one event about the list (`about`) that the
    things came with. Raises ValueError when there is nothing to number.
    """
    if not things:
        raise ValueError("nothing to number")
    row = _active_series(series)
    day = on or clock.today()
    counter, _created = NumberCounter.objects.get_or_create(series=row, year=day.year if row.yearly else 0)
    first = counter.last + 1
    counter.last += len(things)
    counter.save(update_fields=["last"])
    now, user_id = clock.now(), user_id_of(actor)
    texts = [
        row.pattern.format(issuer=row.issuer, year=day.year, number=first + place)
        for place in range(len(things))
    ]
    made = (
        DocumentNumber(
            series=row,
            year=counter.year,
            number=first + place,
            text=texts[place],
            thing_type=thing.type,
            thing_id=thing.id,
            thing_label=thing.label[:200],
            issued_at=now,
            issued_by_id=user_id,
        )
        for place, thing in enumerate(things)
    )
    while block := list(islice(made, 2_000)):
        DocumentNumber.objects.bulk_create(block)
    emit(
        NumbersIssued(
            thing=about,
            after={"number": texts[0], "last_number": texts[-1], "count": len(things), "series": series},
        )
    )
    return texts[0], texts[-1]


@service
def void(*, actor: Viewer, number_id: int, why: str) -> DocumentNumber:
    """Declare a number void; it stays listed with the reason and is never given again."""
    require_role(actor, KEEPERS, gettext_noop("作废文号"))
    why = required_text(why, gettext_noop("作废原因"))
    number = DocumentNumber.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=number_id)
    if number.state == NumberState.VOID:
        raise refuse(
            "number.void",
            gettext_noop("文号 %(text)s 已经作废"),
            gettext_noop("请核对文号；需要新文号的，重新制作文书"),
            text=number.text,
        )
    number.state, number.void_why = NumberState.VOID, why[:300]
    number.voided_at, number.voided_by_id = clock.now(), user_id_of(actor)
    number.save(update_fields=["state", "void_why", "voided_at", "voided_by"])
    emit(
        NumberVoided(
            thing=number.about,
            before={"number": number.text, "state": str(NumberState.ISSUED.label)},
            after={"number": number.text, "state": str(NumberState.VOID.label)},
            why=why,
        )
    )
    return number


@service
def set_series(
    *,
    actor: Viewer,
    code: str,
    label: str,
    issuer: str,
    pattern: str,
    yearly: bool = True,
    active: bool = True,
    unit_id: int | None = None,
    source: str = "",
    confirmed: bool = False,
) -> NumberSeries:
    """Define a series or change how its next numbers look; numbers already given keep their text."""
    require_role(actor, (Role.ADMINISTRATOR,), gettext_noop("设置文号序列"))
    check_pattern(pattern, yearly=yearly)
    row = NumberSeries.objects.select_for_update(of=("self",)).filter(code=code).first()
    before = {"pattern": row.pattern, "active": row.active} if row is not None else {}
    if row is not None and row.yearly != yearly and row.numbers.exists():
        raise refuse(
            "series.yearly",
            gettext_noop("“%(label)s”已经用过号，不能改变是否每年从1开始"),
            gettext_noop("请停用这一序列，另建一个新的序列"),
            label=row.label,
        )
    _refuse_alike(code, issuer.strip(), pattern.strip())
    row = row or NumberSeries(code=required_text(code, gettext_noop("序列代码")))
    row.label, row.issuer, row.pattern = label.strip(), issuer.strip(), pattern.strip()
    row.yearly, row.active, row.unit_id = yearly, active, unit_id
    row.source, row.confirmed = source.strip(), confirmed
    row.save()
    emit(SeriesChanged(thing=Thing.of(row), before=before, after={"pattern": row.pattern, "active": active}))
    return row


def _active_series(series: str) -> NumberSeries:
    """The series, its row locked until the transaction ends: numbers come one after the other."""
    row = NumberSeries.objects.select_for_update(of=("self",)).filter(code=series, active=True).first()
    if row is None:
        raise refuse(
            "series.none",
            gettext_noop("没有启用的文号序列“%(series)s”"),
            gettext_noop("请系统管理员在“设置—文号序列”中启用"),
            series=NumberSeries.objects.filter(code=series).values_list("label", flat=True).first() or series,
        )
    return row


def _refuse_alike(code: str, issuer: str, pattern: str) -> None:
    """Refuse a series whose numbers would read like those of another one: a number is given only once.

    Two series are compared by what they print for the same year and number, also where one is not in use
    any more: its numbers have been given.
    """
    printed = _examples(issuer, pattern)
    for other in NumberSeries.objects.exclude(code=code):
        if printed & _examples(other.issuer, other.pattern):
            raise refuse(
                "series.alike",
                gettext_noop("这样的文号与“%(label)s”的一模一样：%(text)s"),
                gettext_noop("请换一个机关代字或格式，使两个序列的文号能够区分"),
                label=other.label,
                text=min(printed & _examples(other.issuer, other.pattern)),
            )


def _examples(issuer: str, pattern: str) -> set[str]:
    """What a series prints for a few years and numbers."""
    known = [(2026, 1), (2026, 12345), (2027, 12)]
    return {pattern.format(issuer=issuer, year=year, number=number) for year, number in known}


def check_pattern(pattern: str, *, yearly: bool) -> None:
    """Refuse a pattern from which two different numbers could come out the same."""
    try:
        places = {name for _text, name, _spec, _conversion in string.Formatter().parse(pattern) if name}
        example = pattern.format(issuer="", year=2026, number=1)
        distinct = example != pattern.format(issuer="", year=2026, number=10000)
    except (KeyError, IndexError, ValueError, AttributeError):
        places, distinct = set(), False
    needed = {"number", "year"} if yearly else {"number"}
    if not distinct or not needed <= places or not places <= _PLACES:
        raise refuse(
            "series.pattern",
            gettext_noop("文号格式“%(pattern)s”不能用"),
            gettext_noop(
                "格式中写 {issuer}、{year}、{number:04d}；每年从1开始的必须同时有 {year} 和 {number}"
            ),
            pattern=pattern[:60],
        )

"""Putting a dated row in its place, so that two standing rows of the same thing never share a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import QuerySet

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.events import RowConfirmed
from mingcha.basics.models.common import DatedQuerySet, DatedRow, Trust
from mingcha.basics.rules import CONFIRMERS, refuse, require_role, required_text, user_id_of
from mingcha.kernel.refusal import gettext_noop

R = TypeVar("R", bound=DatedRow)
_DAY = timedelta(days=1)


def place(siblings: QuerySet[Any], row: R, *, actor: Viewer, why: str) -> DatedRow | None:
    """Save `row` among its siblings and give the row it follows or corrects.

    The row in force the day it begins is closed the day before; one that begins on the same day is
    withdrawn, as it was wrong; a later one ends the new row the day before its own beginning. A row that
    begins before today changes the past and needs a reason.
    """
    # A past beginning is only retroactive when something was already in force: first entries are not.
    standing = list(siblings.filter(withdrawn_at__isnull=True).select_for_update().order_by("effective_from"))
    begins = row.effective_from
    if standing and begins < clock.today() and not why.strip():
        raise refuse(
            "retroactive",
            gettext_noop("起始日期 %(day)s 早于今天，将改变过去适用的取值，必须写明理由"),
            gettext_noop("请填写追溯调整的理由，或把起始日期改为今天或以后"),
            day=begins.isoformat(),
        )
    if row.effective_to is not None:
        raise ValueError("a row ends where the next begins; effective_to is not set by hand")
    former = next((known for known in reversed(standing) if known.effective_from <= begins), None)
    later = next((known for known in standing if known.effective_from > begins), None)
    if former is not None and (former.effective_to is None or former.effective_to >= begins):
        _close(former, begins)
    if later is not None:
        row.effective_to = later.effective_from - _DAY
    row.entered_at = clock.now()
    row.entered_by_id = user_id_of(actor)
    row.save()
    return former


def _close(former: DatedRow, begins: date) -> None:
    if former.effective_from == begins:
        former.withdrawn_at = clock.now()
    else:
        former.effective_to = begins - _DAY
    former.save()


def confirm(rows: DatedQuerySet, row_id: int, *, actor: Viewer, note: str) -> Any:
    """Say that one of the rows is right for this bureau, and give it; another person than who entered it.

    The row is locked: of two people who confirm at once the second is told that it is confirmed already.
    """
    require_role(actor, CONFIRMERS, gettext_noop("确认参数与规则"))
    row = rows.visible_to(actor).select_for_update(of=("self",)).get(pk=row_id)
    if row.withdrawn_at is not None or row.confirmed:
        raise refuse(
            "confirm.state",
            gettext_noop("“%(row)s”已经确认或已被更正，不能再确认"),
            gettext_noop("请刷新页面，查看现行取值"),
            row=str(row),
        )
    if isinstance(actor, Officer) and row.entered_by_id == actor.id:
        raise refuse(
            "confirm.own",
            gettext_noop("“%(row)s”由您本人录入，不能由您确认"),
            gettext_noop("请由另一位综合经办、股室负责人或局领导对照来源文件确认"),
            row=str(row),
        )
    row.confirmed = True
    row.confirmed_at = clock.now()
    row.confirmed_by_id = user_id_of(actor)
    row.save(update_fields=["confirmed", "confirmed_at", "confirmed_by"])
    emit(
        RowConfirmed(
            thing=Thing.of(row),
            before={"confirmed": False},
            after={"confirmed": True, "source": row.source},
            why=required_text(note, gettext_noop("核对的文件或依据")),
        )
    )
    return row


def settled(trust: Trust | str) -> bool:
    """Whether a row of initial data counts as confirmed: its text was read, or it is our own plan's."""
    return Trust(trust).is_settled

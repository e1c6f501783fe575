"""行政检查结果告知书: numbered when it is made, kept with how it was served (domain §9.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import File

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role, required_text
from mingcha.basics.services import attachments, numbers
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import Inspection, ResultNotice
from mingcha.inspection.results.events import ResultNoticeIssued, ResultNoticeServed
from mingcha.inspection.results.record import current
from mingcha.inspection.services.common import held
from mingcha.kernel.refusal import Refused, Refusing, gettext_noop

SERIES = "inspect-result"
NOTIFIERS = (Role.INSPECTOR, Role.COORDINATOR, Role.SECTION_HEAD)
_BASIS = gettext_noop("国办发〔2024〕54号五：检查应当记录并告知结果")
_refuse = Refusing("result_notice", _BASIS)


@service
def issue_result_notice(*, actor: Officer, inspection: Inspection) -> ResultNotice:
    """Make the 告知书 of the record that holds; the one that was made of it already is given again."""
    require_role(actor, NOTIFIERS, gettext_noop("制作检查结果告知书"))
    row = held(actor, inspection)
    if row.state not in states.STANDING:
        raise _refuse(
            "not_reviewed",
            gettext_noop("这次检查目前为“%(state)s”，结果还没有审核通过"),
            gettext_noop("请在审核通过以后制作告知书"),
            state=str(row.get_state_display()),
        )
    record = current(row)
    known: ResultNotice | None = ResultNotice.objects.filter(record=record).first()
    if known is not None:
        return known
    number = numbers.issue(actor=actor, series=SERIES, thing=Thing.nameless(row)).text
    notice = ResultNotice.objects.create(
        inspection=row, record=record, number=number, issued_at=clock.now(), issued_by_id=actor.id
    )
    emit(ResultNoticeIssued(thing=Thing.nameless(row), after={"number": number}))
    return notice


@service
def serve_result_notice(
    *,
    actor: Officer,
    notice: ResultNotice,
    on: date,
    how: str,
    receiver: str,
    paper: File[Any] | None = None,
) -> ResultNotice:
    """Keep when, how and to whom it was given, with the signed 送达回证 where there is one."""
    require_role(actor, NOTIFIERS, gettext_noop("登记告知书送达"))
    row, inspection = held_notice(actor, notice)
    made_on = clock.day_of(row.issued_at)
    if not made_on <= on <= clock.today():
        raise _refuse(
            "served_when",
            gettext_noop("送达日期 %(on)s 不在制作告知书（%(made)s）和今天之间"),
            gettext_noop("请填写实际送达的日期"),
            on=on.isoformat(),
            made=made_on.isoformat(),
        )
    row.receiver = required_text(receiver, gettext_noop("签收人（留置的写见证人）"))[:100]
    if paper is not None:
        thing = Thing.nameless(inspection)
        row.paper = attachments.add(actor=actor, file=paper, thing=thing, purpose="signed-paper")
    mark_served(row, inspection, on=on, how=ResultNotice.Way(how))
    return row


def held_notice(actor: Officer, notice: ResultNotice) -> tuple[ResultNotice, Inspection]:
    """A notice that is still to be served, locked behind its inspection. Refused for every other."""
    inspection = held(actor, notice.inspection)
    row: ResultNotice = locked(notice, actor)
    if row.record_id != current(inspection).pk:
        raise _superseded(row)
    if row.served_on is not None:
        raise _refuse(
            "served_once",
            gettext_noop("告知书 %(number)s 已于 %(on)s 送达"),
            gettext_noop("送达情况登记有误的，请综合经办核对送达回证后联系系统管理员"),
            number=row.number,
            on=row.served_on.isoformat(),
        )
    return row, inspection


def mark_served(notice: ResultNotice, inspection: Inspection, *, on: date, how: ResultNotice.Way) -> None:
    """The firm has been told on a day: of the notice and of the inspection, both of which are locked."""
    notice.served_on, notice.served_how = on, how
    notice.save()
    inspection.told_on = on
    inspection.save(update_fields=["told_on"])
    emit(
        ResultNoticeServed(
            thing=Thing.nameless(inspection),
            after={"number": notice.number, "on": on, "how": str(notice.get_served_how_display())},
        )
    )


def _superseded(notice: ResultNotice) -> Refused:
    return _refuse(
        "superseded",
        gettext_noop("结果已经更正，告知书 %(number)s 说的是更正以前的结果，不能再送达"),
        gettext_noop("请在检查的页面上制作更正后的告知书，送达那一份"),
        number=notice.number,
    )

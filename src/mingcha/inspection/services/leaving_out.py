"""未检查，说明理由: said by who goes or answers, decided by somebody else, the same everywhere afterwards.

    ask_unvisited(actor=…, inspection=…, reason="no_time", words="…", proof=None)
    grant_unvisited(actor=…, unvisited=…)

Nothing of it is a result: no record, no publication of a result, no visit counted, no task done.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics.rules import require_role, required_text
from mingcha.basics.selectors import parameters
from mingcha.basics.services import attachments
from mingcha.basics.services.moving import move
from mingcha.inspection import lifecycle as states
from mingcha.inspection import unvisited_lifecycle as table
from mingcha.inspection.events import UnvisitedAsked, UnvisitedMoved
from mingcha.inspection.models import Inspection, Unvisited
from mingcha.inspection.results.freezing import TRIES
from mingcha.inspection.selectors import facts_of, with_people
from mingcha.inspection.services import windows
from mingcha.inspection.services.common import go, held
from mingcha.inspection.services.deciding import release_leads
from mingcha.inspection.services.issuing import end_packages
from mingcha.inspection.services.proving import PROOF
from mingcha.inspection.services.recusing import end_applications
from mingcha.inspection.unvisited import answers_for, unvisited_facts
from mingcha.kernel.refusal import Refusal, Refused, Refusing, gettext_noop

#: Who may say it: 主检, and the head of the section or department that leads.
_PLATFORM = System(purpose="inspection")
_refuse = Refusing("unvisited", table.BASIS)


@service
def ask_unvisited(
    *, actor: Officer, inspection: Inspection, reason: str, words: str, proof: File[Any] | None = None
) -> Unvisited:
    """Say that this visit will not be made: one of `Unvisited.Reason`, words, proof where there is."""
    require_role(actor, table.ASKERS, gettext_noop("办理“未检查，说明理由”"))
    row = _held(actor, inspection)
    if not answers_for(actor, row):
        raise _refuse(
            "not_yours",
            gettext_noop("“未检查，说明理由”由主检或者牵头股室、部门的负责人提出"),
            gettext_noop("请告诉主检或股室负责人"),
        )
    chosen = Unvisited.Reason(reason)
    refusals = list(_in_the_way(row, chosen, actor))
    if refusals:
        raise Refused(*refusals)
    asked = Unvisited(
        inspection=row,
        reason=chosen,
        words=required_text(words, gettext_noop("未检查的说明")),
        asked_at=clock.now(),
        asked_by_id=actor.id,
    )
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError:
        raise _refuse(
            "asked",
            gettext_noop("已经有一件“未检查”在等待决定"),
            gettext_noop("请等有了决定；写错了的，由提出人撤回后重新提出"),
        ) from None
    if proof is not None:
        attachments.add(actor=actor, file=proof, thing=Thing.nameless(asked), purpose=PROOF)
    emit(UnvisitedAsked(thing=Thing.nameless(row), after={"reason": str(chosen.label)}))
    return asked


@service
def grant_unvisited(*, actor: Officer, unvisited: Unvisited) -> Unvisited:
    """Somebody else agrees: the visit ends without one, its terms, code, task and leads with it."""
    row = _held(actor, unvisited.inspection)
    asked = _asked(actor, unvisited)
    _move(asked, "grant", actor, row)
    label = str(asked.get_reason_display())
    go(row, "leave_out", _PLATFORM, reason=label)
    row.ended_why = label
    row.save(update_fields=["state", "ended_why"])
    windows.close_single(row, label)
    end_packages([row])
    end_applications(actor=_PLATFORM, inspection_id=row.pk)
    release_leads(row, label)
    return asked


@service
def reject_unvisited(*, actor: Officer, unvisited: Unvisited, reason: str) -> Unvisited:
    """Somebody else does not agree: the visit is still to be made."""
    row = _held(actor, unvisited.inspection)
    asked = _asked(actor, unvisited)
    _move(asked, "reject", actor, row, reason)
    return asked


@service
def withdraw_unvisited(*, actor: Officer, unvisited: Unvisited) -> Unvisited:
    """Whoever said it takes it back."""
    row = _held(actor, unvisited.inspection)
    asked = _asked(actor, unvisited)
    _move(asked, "withdraw", actor, row)
    return asked


@service
def lapse_unvisited(*, actor: Viewer, inspection_id: int) -> None:
    """Somebody has come in, or the visit was cancelled: nothing is left to be decided."""
    rows = Unvisited.objects.select_for_update(of=("self",)).select_related("inspection")
    for asked in rows.filter(inspection=inspection_id, state=table.ASKED):
        _move(asked, "lapse", _PLATFORM, asked.inspection)


def _in_the_way(row: Inspection, reason: Unvisited.Reason, actor: Officer) -> Iterator[Refusal]:
    if row.state != states.READY:
        yield _refuse.one(
            "state",
            gettext_noop("这次检查目前为“%(state)s”，不能作“未检查”"),
            gettext_noop("已经入企的，登记离开、如实提交检查记录；还没有批准的，取消即可"),
            state=str(row.get_state_display()),
        )
    if reason == Unvisited.Reason.NO_TIME and clock.today() <= row.visit_until:
        yield _refuse.one(
            "in_time",
            gettext_noop("检查期间到 %(last)s 才结束，还不是“期限内未能安排”"),
            gettext_noop("请在期间内检查；确实查不完的，由股室负责人申请延长检查期限"),
            last=row.visit_until.isoformat(),
        )
    facts = facts_of(row, actor)
    if reason == Unvisited.Reason.ITEMS and facts.items and not facts.stale_items:
        yield _refuse.one(
            "items_hold",
            gettext_noop("这次检查的事项今天都在已公布的清单之内，没有变更"),
            gettext_noop("请照常检查，或者选实际的理由"),
        )
    tries = parameters.value(TRIES).as_int()
    if reason == Unvisited.Reason.UNREACHABLE and (days := _days_tried(row)) < tries:
        yield _refuse.one(
            "tries",
            gettext_noop(
                "无法联系的属于失联核查：要有 %(tries)s 个不同日期、附凭证的联系情况，现有 %(days)s 个"
            ),
            gettext_noop(
                "请先在检查页面“登记联系情况”；到登记的住所找过、人去楼空的，是一次检查，登记入企后按“无法联系”的结果提交"
            ),
            tries=tries,
            days=days,
        )


def _days_tried(row: Inspection) -> int:
    return row.attempts.order_by().values("day").distinct().count()


def _held(actor: Officer, inspection: Inspection) -> Inspection:
    found: Inspection = with_people(Inspection.objects.filter(pk=held(actor, inspection).pk)).get()
    return found


def _asked(actor: Officer, unvisited: Unvisited) -> Unvisited:
    rows = Unvisited.objects.visible_to(actor).select_for_update(of=("self",))
    found: Unvisited = rows.get(pk=unvisited.pk)
    return found


def _move(asked: Unvisited, verb: str, actor: Viewer, row: Inspection, reason: str = "") -> None:
    move(
        asked,
        table.UNVISITED,
        verb,
        actor,
        unvisited_facts(asked, row, actor),
        UnvisitedMoved,
        reason=reason,
        thing=Thing.nameless(row),
        cause=str(asked.get_reason_display()),
    )
    asked.decide(actor, reason)
    asked.save()

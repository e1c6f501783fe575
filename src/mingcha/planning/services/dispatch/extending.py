"""延长检查期限: asked by whoever answers for a batch, approved by the leader who approved its scheme.

Refused before anybody is asked, and again at the approval, for what cannot be: no visit left to make, a day
that is not later, another year than the plan's, a sealed list that is public before the visits are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role, required_text
from mingcha.basics.services import approvals
from mingcha.basics.services.moving import move
from mingcha.kernel.refusal import Refusal, Refused, Refusing, gettext_noop
from mingcha.planning import selectors
from mingcha.planning.dispatch import extension_lifecycle as states
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.dispatch.events import ExtensionAsked, ExtensionMoved, WindowExtended
from mingcha.planning.dispatch.facts import answers_for
from mingcha.planning.models import ANSWERING, Dispatch, Draw, Task, WindowExtension

#: The route along which it is decided.
ROUTE: Final = "visit-window"
_PLATFORM = System(purpose="dispatch")
_BASIS: Final = gettext_noop("国办发〔2024〕54号五：按批准的方案和时间检查；变更的，报原批准人批准")
_LENGTH: Final = 300
_refusing = Refusing("extension", _BASIS)


def may_ask(viewer: Viewer, batch: Dispatch) -> bool:
    """Whether this officer may ask for a longer period now: what `ask_extension` refuses whatever the day."""
    may = bool(viewer.roles & {*map(str, ANSWERING)})
    return may and next(_not_to_be_asked(viewer, batch), None) is None


@service
def ask_extension(*, actor: Officer, batch: Dispatch, until: date, reason: str) -> WindowExtension:
    """Ask that the visits that are still to be made may be made until `until`, inclusive."""
    require_role(actor, ANSWERING, gettext_noop("申请延长检查期限"))
    batch = locked(batch, actor)
    _refuse(*_not_to_be_asked(actor, batch), *_wrong_day(batch, until))
    extension = WindowExtension(
        dispatch=batch,
        former_until=batch.visit_until,
        until=until,
        reason=required_text(reason, gettext_noop("延长的理由"))[:_LENGTH],
        asked_at=clock.now(),
        asked_by_id=actor.id,
    )
    try:
        with transaction.atomic():
            extension.save()
    except IntegrityError:
        raise Refused(_asked_already()) from None
    thing = Thing.of(extension)
    emit(ExtensionAsked(thing=thing, after={"until": until}, why=extension.reason))
    approvals.propose(actor=actor, kind=ROUTE, thing=thing, summary=extension.reason, unit_id=batch.unit_id)
    return extension


@service
def extended(*, actor: Viewer, extension_id: int) -> WindowExtension:
    """The approval was granted by `actor`: batch and tasks to which nobody has gone end later."""
    found = WindowExtension.objects.get(pk=extension_id)
    batch = Dispatch.objects.select_for_update(of=("self",)).get(pk=found.dispatch_id)
    extension = _held(extension_id)
    _refuse(*_nothing_left(batch), *_wrong_day(batch, extension.until))
    _move(extension, "grant", actor, "")
    before, batch.visit_until = batch.visit_until, extension.until
    batch.save(update_fields=["visit_until"])
    left = _ahead(batch)
    emit(
        WindowExtended(
            thing=Thing.of(batch),
            before={"until": before},
            after={"until": extension.until, "tasks": left.update(visit_until=extension.until)},
            why=extension.reason,
        )
    )
    return extension


@service
def not_extended(*, actor: Viewer, extension_id: int, reason: str, taken_back: bool) -> WindowExtension:
    """The approval was returned, or taken back by who asked: the days stay as they are."""
    extension = _held(extension_id)
    _move(extension, "withdraw" if taken_back else "reject", actor, reason)
    return extension


def _move(extension: WindowExtension, verb: str, actor: Viewer, reason: str) -> None:
    extension.decide(actor, reason)
    move(extension, states.EXTENSION, verb, _PLATFORM, states.ExtensionFacts(), ExtensionMoved, reason=reason)
    extension.save()


def _held(extension_id: int) -> WindowExtension:
    rows = WindowExtension.objects.select_for_update(of=("self",)).select_related("dispatch__campaign")
    found: WindowExtension = rows.get(pk=extension_id)
    return found


def _refuse(*refusals: Refusal) -> None:
    if refusals:
        raise Refused(*refusals)


def _ahead(batch: Dispatch) -> QuerySet[Task]:
    """Where somebody is still to go."""
    rows: QuerySet[Task] = Task.objects.filter(dispatch=batch, state__in=tasks.AHEAD)
    return rows


def _not_to_be_asked(viewer: Viewer, batch: Dispatch) -> Iterator[Refusal]:
    """Why this officer cannot ask now, whatever the day."""
    if not answers_for(viewer, batch.pk):
        yield _somebody_elses(batch)
        return
    yield from _nothing_left(batch)
    if batch.extensions.filter(state=states.ASKED).exists():
        yield _asked_already()


def _nothing_left(batch: Dispatch) -> Iterator[Refusal]:
    if batch.state not in tasks.GIVEN or not _ahead(batch).exists():
        yield _refusing.one(
            "nothing_left",
            gettext_noop("这次派发没有等待检查的户，不用延长"),
            gettext_noop("已经开展的检查，按离开的时间计算后面的期限"),
        )


def _wrong_day(batch: Dispatch, until: date) -> Iterator[Refusal]:
    if until <= batch.visit_until or until < clock.today():
        yield _refusing.one(
            "not_later",
            gettext_noop("%(until)s 不晚于现在的检查结束日期 %(last)s，或者已经过去"),
            gettext_noop("请填写今天以后、晚于现在结束日期的日子"),
            until=until.isoformat(),
            last=batch.visit_until.isoformat(),
        )
    if until.year != batch.visit_from.year:
        yield _refusing.one(
            "another_year",
            gettext_noop("检查从 %(first)s 开始，不能延长到另一年"),
            gettext_noop("请延长到当年以内；当年查不了的，逐户办理“未检查，说明理由”，列入下一年度计划"),
            first=batch.visit_from.isoformat(),
        )
    sealed = batch.draw if batch.draw is not None and batch.draw.mode == Draw.Mode.SEALED else None
    if sealed is not None and until > (opens := selectors.latest_opening(sealed)):
        yield _refusing.one(
            "public_before",
            gettext_noop("这是封存的名单，最迟 %(opens)s 公开；再往后检查，企业就事先知道了"),
            gettext_noop("请延长到公开的日子以内；查不了的，逐户办理“未检查，说明理由”"),
            opens=opens.isoformat(),
        )


def _somebody_elses(batch: Dispatch) -> Refusal:
    return _refusing.one(
        "not_answering",
        gettext_noop("这批检查由%(unit)s负责，不由您申请延长"),
        gettext_noop("请告诉负责的股室或部门的负责人"),
        unit=str(batch.unit),
    )


def _asked_already() -> Refusal:
    return _refusing.one(
        "asked",
        gettext_noop("已经有一件延长检查期限的申请在等待批准"),
        gettext_noop("请等局领导决定；写错了的，由提出人在审批页面撤回后重新提出"),
    )

"""Hand tasks on, confirm them, take them back: the whole batch in one transaction."""

from __future__ import annotations

from typing import Any

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role
from mingcha.basics.services import deadlines
from mingcha.basics.services.moving import move
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.campaigns import lifecycle as campaign_states
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.events import PartConfirmed, TasksMoved
from mingcha.planning.dispatch.facts import facts_of, short_of
from mingcha.planning.models import ANSWERING, Campaign, Dispatch, DispatchPart, Task
from mingcha.planning.services import campaigns
from mingcha.planning.services.dispatch.preparing import CONFIRM_RULE, end_batch, start_term

_PLATFORM = System(purpose="dispatch")


@service
def dispatch(*, actor: Officer, batch: Dispatch) -> Dispatch:
    """Hand the tasks to the section; those without a whole team stay behind until they have one (N3)."""
    batch = locked(batch, actor)
    _require_running(batch.campaign)
    short = short_of(batch)
    staying = short.count()
    whole = Task.objects.filter(dispatch=batch, state=states.PREPARED).exclude(pk__in=short.values("pk"))
    _move(batch, "dispatch", actor, tasks=whole.count(), short=staying)
    whole.update(state=states.SENT)
    batch.sent_at, batch.sent_by_id = clock.now(), actor.id
    batch.save(update_fields=["state", "sent_at", "sent_by"])
    if batch.campaign.superior_at is None:
        start_term(actor, batch, clock.today())
    if batch.campaign.state in (campaign_states.APPROVED, campaign_states.DRAWN):
        campaigns.record_dispatch(actor=_PLATFORM, campaign_id=batch.campaign_id)
    return batch


@service
def confirm(*, actor: Officer, batch: Dispatch) -> Dispatch:
    """The section has compared list and teams: from now on those who go may learn of it."""
    batch = locked(batch, actor)
    if not Dispatch.objects.answered_by(actor).filter(pk=batch.pk).exists():
        raise Refused(_leads(batch))
    # The rows first: who follows the event finds them; a refusal takes them back.
    sent = Task.objects.filter(dispatch=batch, state=states.SENT)
    _move(batch, "confirm", actor, tasks=sent.update(state=states.CONFIRMED))
    batch.confirmed_at, batch.confirmed_by_id = clock.now(), actor.id
    batch.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    deadlines.meet(actor=actor, rule=CONFIRM_RULE, thing=Thing.of(batch))
    return batch


@service
def confirm_part(*, actor: Officer, part: DispatchPart) -> DispatchPart:
    """A unit that joins has compared its part; again, nothing changes. Who leads confirms the whole."""
    require_role(actor, ANSWERING, gettext_noop("确认本单位的部分"))
    batch = locked(part.dispatch, actor)
    part = DispatchPart.objects.select_for_update(of=("self",)).confirmed_by(actor).get(pk=part.pk)
    if batch.state not in states.GIVEN:
        raise Refused(
            Refusal(
                "task.part_not_given",
                gettext_noop("这次派发目前为“%(state)s”，不用确认"),
                gettext_noop("河北省双随机执法监管平台的流程：派发以后两个工作日内比对、确认"),
                gettext_noop("派发以后再确认"),
                {"state": str(batch.get_state_display())},
            )
        )
    if part.confirmed_at is None:
        part.confirmed_at, part.confirmed_by_id = clock.now(), actor.id
        part.save(update_fields=["confirmed_at", "confirmed_by"])
        deadlines.meet(actor=actor, rule=CONFIRM_RULE, thing=Thing.of(part))
        emit(PartConfirmed(thing=Thing.of(batch), after={"unit": str(part.unit)}))
    return part


@service
def withdraw_all(*, actor: Viewer, campaign_id: int, reason: str) -> None:
    """The campaign was taken back: nobody goes there any more. Where somebody has been, that stands."""
    rows = Dispatch.objects.select_for_update(of=("self",)).select_related("campaign")
    for batch in rows.filter(campaign=campaign_id).exclude(state=states.CANCELLED):
        left = Task.objects.filter(dispatch=batch, state__in=states.AHEAD)
        end_batch(batch, reason, tasks=left.update(state=states.CANCELLED))


def _move(batch: Dispatch, verb: str, actor: Viewer, *, why: str = "", **after: Any) -> None:
    """Along the lifecycle of tasks; the caller saves."""
    move(batch, states.TASK, verb, actor, facts_of(batch), TasksMoved, reason=why, **after)


def _leads(batch: Dispatch) -> Refusal:
    return Refusal(
        "task.leads",
        gettext_noop("整批任务由牵头的%(unit)s确认"),
        gettext_noop("本局方案二（四）：联合抽查，各单位确认各自的部分"),
        gettext_noop("请在派发页面确认本单位的部分"),
        {"unit": str(batch.unit)},
    )


def _require_running(campaign: Campaign) -> None:
    if campaign.state not in campaign_states.RUNNING:
        raise Refused(
            Refusal(
                "task.campaign",
                gettext_noop("抽查任务“%(campaign)s”目前为“%(state)s”，不能派发"),
                gettext_noop("国办发〔2024〕54号五：按批准的方案检查"),
                gettext_noop("请另立任务报批"),
                {"campaign": campaign.title, "state": str(campaign.get_state_display())},
            )
        )

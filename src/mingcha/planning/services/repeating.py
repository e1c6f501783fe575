"""Other numbers of one campaign: for firms without a full team, and for another attempt (N4)."""

from __future__ import annotations

from typing import Any

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import DrawPlanned, RepeatAgreed
from mingcha.planning.lifecycle import DRAFT
from mingcha.planning.models import Draw
from mingcha.planning.planned_roster import lacking
from mingcha.planning.selectors import earlier_attempt
from mingcha.planning.services.drafting import facts_of_draw, fill

#: Who agrees to another attempt; never the person who drafted it.
AGREEING = (Role.BUREAU_LEADER, Role.OVERSEER)
_TRACED = gettext_noop("国办发〔2015〕58号：全程留痕、责任可追溯")


@service
def plan_supplement(*, actor: Officer, draw: Draw, values: dict[str, Any]) -> Draw:
    """Draft a draw of inspectors alone, for the firms that a finished draw left without a full team."""
    require_role(actor, (Role.COORDINATOR,), gettext_noop("拟定补充抽取"))
    draw = locked(draw, actor)
    if not draw.is_complete or not lacking(draw):
        raise Refused(
            Refusal(
                "draw.all_served",
                gettext_noop("“%(draw)s”没有缺检查人员的对象，不用补充抽取"),
                gettext_noop("SSJ-1 抽取协议 §7.7：没有派满的对象另用一个编号补充抽取"),
                gettext_noop("个别人员不能去的，在检查任务页面申请更换检查人员"),
                {"draw": str(draw)},
            )
        )
    made = Draw(created_at=clock.now(), created_by_id=actor.id, campaign=draw.campaign, supplements=draw)
    fill(made, values)
    emit(DrawPlanned(thing=Thing.of(made), after=facts_of_draw(made)))
    return made


@service
def agree_to_repeat(*, actor: Officer, draw: Draw) -> Draw:
    """A second person has read why it is drawn again, and agrees; reason and both results stay public."""
    require_role(actor, AGREEING, gettext_noop("同意再次抽取"))
    draw = locked(draw, actor)
    if draw.state != DRAFT or not draw.repeat_reason.strip():
        raise Refused(
            Refusal(
                "draw.no_repeat",
                gettext_noop("“%(draw)s”没有写明再次抽取的理由，或者已经封存"),
                _TRACED,
                gettext_noop("请经办人先在拟定的抽取中写明理由"),
                {"draw": str(draw)},
            )
        )
    if draw.created_by_id == actor.id:
        raise Refused(
            Refusal(
                "draw.same_person",
                gettext_noop("再次抽取由您拟定，须由另一个人同意"),
                _TRACED,
                gettext_noop("请局领导或督导员同意"),
            )
        )
    duties.perform(actor=actor, duty="draw.agree-repeat", thing=Thing.of(draw))
    draw.repeat_approved_by_id = actor.id
    draw.save(update_fields=["repeat_approved_by"])
    emit(RepeatAgreed(thing=Thing.of(draw), after={"earlier": earlier_attempt(draw)}, why=draw.repeat_reason))
    return draw

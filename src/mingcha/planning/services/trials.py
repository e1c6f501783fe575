"""试抽: try a draft out, in the demo alone; nothing of it counts, and the real draw knows nothing of it."""

from __future__ import annotations

from django.conf import settings

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.limits import check
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import selectors, trials
from mingcha.planning.events import DrawTried, TrialDeleted
from mingcha.planning.lifecycle import DRAFT
from mingcha.planning.models import Draw, TrialDraw

#: Those who may draft a draw.
TRIERS = (Role.COORDINATOR,)


@service
def try_out(*, actor: Officer, draw: Draw) -> TrialDraw:
    """Draw from what sealing would freeze now, with a value made for this trial; the draw stays as it is.

    Refused outside the demo, once the draw is sealed, and where nothing can be drawn or nobody can go.
    """
    _require_demo()
    require_role(actor, TRIERS, gettext_noop("试抽"))
    draw = locked(draw, actor)
    if draw.state != DRAFT:
        raise Refused(_sealed(draw))
    seen = selectors.preview_of(draw)
    check("roster_rows", len(seen.entries))
    if refusals := trials.obstacles(selectors.facts_of(draw, seen)):
        raise Refused(*refusals)
    value = trials.throw_away_value()
    outcome = trials.outcome(draw, seen, value)
    trial = TrialDraw.objects.create(
        draw=draw, value=value, outcome=outcome, made_at=clock.now(), made_by_id=actor.id
    )
    firms = outcome["firms"]
    unserved = sum(1 for firm in firms if firm["short"])
    told = {"trial": str(trial), "drawn": len(firms), "unserved": unserved}
    emit(DrawTried(thing=Thing.of(draw), after=told))
    return trial


@service
def delete_trial(*, actor: Officer, trial: TrialDraw) -> Draw:
    """Throw a trial away; gives the draw that was tried. Its number is not given again."""
    _require_demo()
    require_role(actor, TRIERS, gettext_noop("删除试抽"))
    trial = locked(trial, actor)
    draw: Draw = trial.draw
    emit(TrialDeleted(thing=Thing.of(draw), before={"trial": str(trial)}))
    trial.delete()
    return draw


def _require_demo() -> None:
    if settings.DEMO:
        return
    raise Refused(
        Refusal(
            "draw.trial_outside_demo",
            gettext_noop("试抽只在演示县可以用，正式环境没有试抽"),
            gettext_noop("SSJ-1 抽取协议 §5.2：不得抽到满意为止"),
            gettext_noop("请封存名单，在公告的时间当众摇号"),
        )
    )


def _sealed(draw: Draw) -> Refusal:
    return Refusal(
        "draw.trial_of_sealed",
        gettext_noop("名单已经封存（%(number)s），不能再试抽"),
        gettext_noop("SSJ-1 抽取协议 §5.2：不得抽到满意为止"),
        gettext_noop("请在公告的时间当众摇号；想再试的，另拟一次抽取"),
        {"number": draw.number},
    )

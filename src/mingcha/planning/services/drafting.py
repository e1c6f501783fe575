"""Draft a draw: everything may still change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Officer
from mingcha.basics.rules import require_role
from mingcha.items.lifecycle import E3
from mingcha.items.models import ItemVersion
from mingcha.items.rules import require_in_force
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import DrawChanged, DrawPlanned
from mingcha.planning.lifecycle import DRAFT
from mingcha.planning.models import Draw, PlanLine
from mingcha.planning.plans.lifecycle import PUBLISHED
from mingcha.planning.services.common import locked
from mingcha.registry.models import Specialty

#: As long as the column.
ITEMS_LENGTH = 1000

DRAFT_FIELDS = (
    "title",
    "subject_kinds",
    "quota_mode",
    "rate_bp",
    "total",
    "reserve_pct",
    "per_target",
    "capacity",
    "specialty",
    "visit_from",
    "visit_until",
    "reveal_at",
    "reveal_place",
    "repeat_reason",
    "mode",
)


@service
def plan_draw(*, actor: Officer, values: dict[str, Any]) -> Draw:
    """Draft a draw from the cleaned form fields `DRAFT_FIELDS` and `item_versions`.

    Refused ("item.not_in_force") for an item that is not published and in force through the visits (N2).
    """
    require_role(actor, (Role.COORDINATOR,), gettext_noop("拟定抽取"))
    draw = Draw(created_at=clock.now(), created_by_id=actor.id)
    _fill(draw, values)
    emit(DrawPlanned(thing=Thing.of(draw), after=_facts(draw)))
    return draw


@service
def change_draw(*, actor: Officer, draw: Draw, values: dict[str, Any]) -> Draw:
    """Change a draft; a sealed draw cannot be changed."""
    require_role(actor, (Role.COORDINATOR,), gettext_noop("修改抽取"))
    draw = locked(draw, actor)
    if draw.state != DRAFT:
        raise Refused(
            Refusal(
                code="draw.sealed",
                message=gettext_noop("名单已经封存（%(number)s），不能再修改"),
                basis=gettext_noop("SSJ-1 抽取协议 §7.0：封存后一个字节也不能变"),
                remedy=gettext_noop("确有错误的，在摇号前作废本次抽取，另行拟定"),
                params={"number": draw.number},
            )
        )
    before = _facts(draw)
    _fill(draw, values)
    old, new = changes(before, _facts(draw))
    if new:
        emit(DrawChanged(thing=Thing.of(draw), before=old, after=new))
    return draw


def _fill(draw: Draw, values: dict[str, Any]) -> None:
    values = {"mode": Draw.Mode.OPEN} | values
    for name in DRAFT_FIELDS:
        setattr(draw, name, values[name])
    draw.plan_line = values.get("plan_line")
    if draw.plan_line is not None and draw.plan_line.plan.state != PUBLISHED:
        raise Refused(_not_public(draw.plan_line))
    versions = list(values["item_versions"])
    if not versions:
        raise Refused(_no_item())
    require_in_force(versions, draw.visit_from, draw.visit_until)
    draw.items = "、".join(dict.fromkeys(version.name for version in versions))[:ITEMS_LENGTH]
    draw.specialty = draw.specialty or wanted_specialty(versions)
    draw.save()
    draw.item_versions.set(versions)


def wanted_specialty(versions: Iterable[ItemVersion]) -> Specialty | None:
    """The specialty that the items ask for; None where they ask for none, or for several."""
    wanted = {version.specialty for version in versions if version.specialty is not None}
    return wanted.pop() if len(wanted) == 1 else None


def _facts(draw: Draw) -> dict[str, Any]:
    return snapshot(draw, (*DRAFT_FIELDS, "plan_line", "item_versions")) | {"subject_kinds": draw.kinds_text}


def _not_public(line: PlanLine) -> Refusal:
    return Refusal(
        code="draw.plan_line",
        message=gettext_noop("任务“%(line)s”所在的年度计划还没有批准公布，或者已经被新版替代"),
        basis=gettext_noop("本局方案二（三）2：严格对照年度抽查计划实施"),
        remedy=gettext_noop("请选择现行计划中的任务"),
        params={"line": str(line)},
    )


def _no_item() -> Refusal:
    return Refusal(
        code="draw.no_item",
        message=gettext_noop("没有选择抽查事项"),
        basis=E3,
        remedy=gettext_noop("请至少选择一个已公布的抽查事项"),
    )

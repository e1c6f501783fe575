"""Bring a superior's list into a draft: receive, look, confirm."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.files.base import File

from mingcha.accounts.models import Unit
from mingcha.base import clock, limits
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.basics.rules import require_role
from mingcha.items.models import ItemVersion
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import SuperiorListConfirmed, SuperiorListReceived
from mingcha.planning.models import AnnualPlan, PlanLine, SuperiorPlanList
from mingcha.planning.plans import superior
from mingcha.planning.plans.items import versions_for
from mingcha.planning.services.plans.common import locked_draft
from mingcha.planning.services.plans.lines import add_line

_WHAT = gettext_noop("导入上级计划")


@service
def receive_superior_list(*, actor: Officer, plan: AnnualPlan, file: File[Any]) -> SuperiorPlanList:
    """Read a list and keep what was understood; the plan does not change yet."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    plan = locked_draft(plan, actor)
    limits.check("import_file_bytes", file.size)
    digest, rows = superior.read(file, file.name or "", plan, list(versions_for(plan.year)))
    received = SuperiorPlanList.objects.create(
        plan=plan,
        file_name=(file.name or "")[:200],
        sha256=digest,
        rows=[row.to_json() for row in rows],
        received_at=clock.now(),
        received_by_id=actor.id,
    )
    emit(SuperiorListReceived(thing=Thing.of(plan), after={"rows": len(rows), "sha256": received.sha256}))
    return received


@service
def confirm_superior_list(
    *, actor: Officer, received: SuperiorPlanList, chosen: Collection[int]
) -> AnnualPlan:
    """Make lines of the chosen rows (by their place in the list); refused rows never become lines."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    plan = locked_draft(received.plan, actor)
    received = SuperiorPlanList.objects.visible_to(actor).select_for_update().get(pk=received.pk)
    if received.confirmed_at is not None:
        raise Refused(_confirmed_already())
    rows = [row for place, row in enumerate(received.rows) if place in chosen and row["verdict"] != "refused"]
    if not rows:
        raise Refused(_nothing_chosen())
    for row in rows:
        _add(actor, plan, row)
    received.confirmed_at = clock.now()
    received.save(update_fields=["confirmed_at"])
    emit(SuperiorListConfirmed(thing=Thing.of(plan), after={"lines": len(rows)}))
    return plan


def _add(actor: Officer, plan: AnnualPlan, row: dict[str, Any]) -> PlanLine:
    values = dict(row["values"])
    values["first_day"], values["last_day"] = (
        date.fromisoformat(values[name]) for name in ("first_day", "last_day")
    )
    values["lead_unit"] = Unit.objects.filter(pk=values.pop("lead_unit_id")).first()
    values["joining_units"] = Unit.objects.filter(pk__in=values.pop("joining_ids"))
    values["items"] = ItemVersion.objects.filter(pk__in=row["item_ids"]).select_related("item")
    return add_line(actor=actor, plan=plan, values=values)


def _confirmed_already() -> Refusal:
    return Refusal(
        "plan.superior_confirmed",
        gettext_noop("这份清单已经确认过，没有重复导入"),
        gettext_noop("一份清单只导入一次"),
        gettext_noop("请回到计划查看；需要增加任务的，逐项添加或重新上传"),
    )


def _nothing_chosen() -> Refusal:
    return Refusal(
        "plan.superior_chosen",
        gettext_noop("没有选中可以导入的行"),
        gettext_noop("确认之前什么都不会改变"),
        gettext_noop("请至少勾选一行，或返回重新上传"),
    )

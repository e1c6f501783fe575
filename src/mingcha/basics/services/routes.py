"""Setting approval routes. Approvals under way keep the steps that they were submitted with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mingcha.base.events import Thing
from mingcha.base.roles import Reach, Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.events import RouteChanged
from mingcha.basics.models import ApprovalRoute, RouteStep
from mingcha.basics.rules import refuse, require_role, required_text
from mingcha.kernel.refusal import gettext_noop


@dataclass(frozen=True)
class Step:
    """One step of a route: what it is called, which role takes it, how far that role must reach.

    `unit_id` fixes the unit (立案 by the head of the 监察机构); without it the proposing section counts.
    `deputy_id` is a person who may take the step without holding the role.
    """

    label: str
    role: Role
    reach: Reach = Reach.BUREAU
    unit_id: int | None = None
    deputy_id: int | None = None


@service
def set_route(
    *,
    actor: Viewer,
    kind: str,
    label: str,
    basis: str,
    steps: Sequence[Step],
    emergency_allowed: bool = False,
    emergency_rule: str = "",
    active: bool = True,
) -> ApprovalRoute:
    """Define a route or replace its steps; a route has at least one step."""
    require_role(actor, (Role.ADMINISTRATOR,), gettext_noop("设置审批路线"))
    if not steps:
        raise refuse(
            "route.steps",
            gettext_noop("审批路线至少要有一个环节"),
            gettext_noop("请填写由谁审批"),
        )
    if emergency_allowed and not emergency_rule:
        raise refuse(
            "route.emergency",
            gettext_noop("允许电话批准的，必须规定补办期限"),
            gettext_noop("请选择补办期限规则"),
        )
    row = ApprovalRoute.objects.select_for_update().filter(kind=kind).first()
    before = _words(row) if row is not None else {}
    row = row or ApprovalRoute(kind=required_text(kind, gettext_noop("路线代码")))
    row.label, row.basis = label.strip(), required_text(basis, gettext_noop("依据"))
    row.emergency_allowed, row.emergency_rule, row.active = emergency_allowed, emergency_rule, active
    row.save()
    RouteStep.objects.filter(route=row).delete()
    RouteStep.objects.bulk_create(
        RouteStep(
            route=row,
            order=place,
            label=step.label,
            role=step.role,
            reach=step.reach,
            unit_id=step.unit_id,
            deputy_id=step.deputy_id,
        )
        for place, step in enumerate(steps, start=1)
    )
    emit(RouteChanged(thing=Thing.of(row), before=before, after=_words(row)))
    return row


def _words(row: ApprovalRoute) -> dict[str, Any]:
    return {
        "label": row.label,
        "active": row.active,
        "emergency": row.emergency_allowed,
        "steps": [f"{step.label}（{step.get_role_display()}）" for step in row.steps.order_by("order")],
    }

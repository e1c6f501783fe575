"""The lines of a draft: add, change, remove; rates of single strata."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role
from mingcha.items.rules import require_in_force
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import LineAdded, LineChanged, LineRemoved
from mingcha.planning.models import AnnualPlan, PlanLine
from mingcha.planning.plans.arithmetic import set_quotas
from mingcha.planning.services.plans.common import locked_draft

PLAIN_FIELDS = (
    "name",
    "source",
    "superior_number",
    "directed",
    "special",
    "special_approval",
    "kinds",
    "licences",
    "industries",
    "towns",
    "workers_from",
    "workers_until",
    "records",
    "grades_hrss",
    "grades_market",
    "grades_dispatch",
    "disputes_from",
    "complaints_from",
    "stratify",
    "quota_mode",
    "rate_bp",
    "total",
    "first_day",
    "last_day",
    "lead_unit",
    "manner",
    "manner_reason",
    "avoid_seen",
    "team_size",
    "half_days",
)
MANY_FIELDS = ("items", "tags", "joining_units")
_WHAT = gettext_noop("编制年度抽查计划的任务")


@service
def add_line(*, actor: Viewer, plan: AnnualPlan, values: dict[str, Any]) -> PlanLine:
    """Add a line to a draft from the cleaned form fields; refused for an item not in force (N2)."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    plan = locked_draft(plan, actor)
    last = plan.lines.aggregate(last=Max("number"))["last"] or 0
    line = PlanLine(plan=plan, number=last + 1, superior_items=values.get("superior_items", ""))
    _fill(line, values)
    emit(LineAdded(thing=Thing.of(plan), after=_facts(line)))
    return line


@service
def change_line(*, actor: Viewer, line: PlanLine, values: dict[str, Any]) -> PlanLine:
    """Change a line of a draft; its strata keep their sizes until the base is frozen again."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    line, before = _locked(line, actor)
    _fill(line, values)
    requota(line)
    old, new = changes(before, _facts(line))
    if new:
        emit(LineChanged(thing=Thing.of(line.plan), before=old, after=new, why=str(line)))
    return line


@service
def remove_line(*, actor: Viewer, line: PlanLine) -> AnnualPlan:
    """Take a line out of a draft; the numbers of the others stay."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    line, before = _locked(line, actor)
    plan = line.plan
    emit(LineRemoved(thing=Thing.of(plan), before={"line": str(line), **before}))
    line.delete()
    return plan


@service
def set_rates(*, actor: Viewer, line: PlanLine, rates: dict[str, int | None]) -> PlanLine:
    """Give single strata a rate of their own in basis points; None takes it away again."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    line, _before = _locked(line, actor)
    before = dict(line.rates)
    kept = {**before, **{code: rate for code, rate in rates.items() if rate is not None}}
    line.rates = {code: rate for code, rate in kept.items() if rates.get(code, 0) is not None}
    line.save(update_fields=["rates"])
    requota(line)
    old, new = _rate_changes(line, before)
    if old != new:
        emit(LineChanged(thing=Thing.of(line.plan), before=old, after=new, why=str(line)))
    return line


def requota(line: PlanLine) -> None:
    """Compute the quotas of its strata anew from what was frozen."""
    strata = list(line.strata.all())
    set_quotas(line, strata)
    for stratum in strata:
        stratum.save(update_fields=["rate_bp", "quota"])


def _locked(line: PlanLine, actor: Viewer) -> tuple[PlanLine, dict[str, Any]]:
    """The line as it stands now, its draft locked; and what it says."""
    plan = locked_draft(line.plan, actor)
    line = PlanLine.objects.visible_to(actor).get(pk=line.pk)
    line.plan = plan
    return line, _facts(line)


def _fill(line: PlanLine, values: dict[str, Any]) -> None:
    for name in PLAIN_FIELDS:
        if name in values:
            setattr(line, name, values[name])
    if line.last_day < line.first_day:
        raise Refused(
            Refusal(
                "plan.line_days",
                gettext_noop("任务“%(name)s”的结束日期早于开始日期"),
                gettext_noop("本局方案二（三）2：严格对照年度抽查计划时限推进"),
                gettext_noop("请修改起止日期"),
                {"name": line.name},
            )
        )
    for day in (line.first_day, line.last_day):
        require_in_force(values.get("items", ()), day)
    line.save()
    for name in MANY_FIELDS:
        if name in values:
            getattr(line, name).set(values[name])


def _facts(line: PlanLine) -> dict[str, Any]:
    return snapshot(line, (*PLAIN_FIELDS, *MANY_FIELDS)) | {
        "kinds": line.kinds_text,
        "licences": line.licences_text,
    }


def _rate_changes(line: PlanLine, before: dict[str, int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The strata whose rate changed, by name."""
    labels = dict(line.strata.values_list("code", "label"))
    changed = [code for code in {**before, **line.rates} if before.get(code) != line.rates.get(code)]
    old = {labels.get(code, code): before.get(code) for code in sorted(changed)}
    return old, {labels.get(code, code): line.rates.get(code) for code in sorted(changed)}

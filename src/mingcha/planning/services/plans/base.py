"""Freeze the register for a plan: what counted on the base day, and what every line finds in it (S1)."""

from __future__ import annotations

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.jobs import enqueue
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role, user_id_of
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import BaseFrozen
from mingcha.planning.models import AnnualPlan, LineStratum, PlanBase, PlanLine
from mingcha.planning.plans import population, scope
from mingcha.planning.plans.population import Counted
from mingcha.planning.services.plans.common import locked_draft
from mingcha.planning.services.plans.lines import requota

FREEZE_JOB = "planning.freeze-base"
#: A register of up to so many rows is counted while the page waits; a larger one by a job.
AT_ONCE = 20_000


@service
def freeze_base(*, actor: Viewer, plan: AnnualPlan) -> int | None:
    """Count the register for a draft. A large one is counted by a job, whose id is returned; else None."""
    require_role(actor, (Role.COORDINATOR,), gettext_noop("冻结基准名单"))
    plan = locked_draft(plan, actor)
    if population.about_how_many() > AT_ONCE:
        return enqueue(FREEZE_JOB, {"plan_id": plan.pk, "user_id": user_id_of(actor)}, actor=actor).pk
    keep_base(actor=actor, plan=plan, counted=population.count(plan), frozen_by=user_id_of(actor))
    return None


@service
def keep_base(*, actor: Viewer, plan: AnnualPlan, counted: Counted, frozen_by: int | None) -> PlanBase:
    """Keep what was counted, in place of what was frozen before; refused when lines changed meanwhile."""
    plan = locked_draft(plan, actor)
    lines = list(plan.lines.prefetch_related("tags"))
    if {line.pk: scope.digest_of(line) for line in lines} != counted.scopes:
        raise Refused(_changed_meanwhile())
    before = PlanBase.objects.filter(plan=plan).defer("content").first()
    old = {"enterprises": before.enterprises, "digest": before.digest} if before else {}
    PlanBase.objects.filter(plan=plan).delete()
    base = PlanBase.objects.create(
        plan=plan,
        base_day=plan.base_day,
        frozen_at=clock.now(),
        frozen_by_id=frozen_by,
        size=counted.size,
        kinds=dict(counted.kinds),
        seen=counted.seen,
        groups=[[[list(cell) for cell in cells], n] for cells, n in sorted(counted.groups.items())],
        digest=counted.digest,
        content=counted.content,
    )
    for line in lines:
        _keep_strata(line, counted)
    after = {"enterprises": base.enterprises, "digest": base.digest, "base_day": base.base_day.isoformat()}
    emit(BaseFrozen(thing=Thing.of(plan), before=old, after=after))
    return base


def _keep_strata(line: PlanLine, counted: Counted) -> None:
    names = scope.section_names()
    line.strata.all().delete()
    found = [(code, tally) for (pk, code), tally in sorted(counted.strata.items()) if pk == line.pk]
    for code, tally in found:
        stratum = scope.stratum_of(code, line.stratify, names)
        LineStratum.objects.create(
            line=line,
            code=code,
            kind=stratum.kind,
            label=stratum.label[:120],
            population=tally.population,
            at_cap=tally.at_cap,
            class_a=tally.class_a,
            seen=tally.seen,
        )
    line.scope_digest = counted.scopes[line.pk]
    line.without_cases = counted.without_cases[line.pk]
    line.save(update_fields=["scope_digest", "without_cases"])
    requota(line)


def _changed_meanwhile() -> Refusal:
    return Refusal(
        "plan.changed_meanwhile",
        gettext_noop("在计算户数期间，任务的抽查范围被改过，这次的结果没有保存"),
        gettext_noop("本局方案二（三）1：分母和各层户数须与计划一致"),
        gettext_noop("请在改完以后再点“冻结基准”"),
    )

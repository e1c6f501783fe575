"""Background work of planning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.jobs import JobContext, JobFailed, job
from mingcha.kernel.refusal import Refused
from mingcha.planning.models import AnnualPlan
from mingcha.planning.plans import population
from mingcha.planning.services.plans import keep_base
from mingcha.planning.services.plans.base import FREEZE_JOB


@job(FREEZE_JOB, label=gettext_lazy("冻结年度计划的基准名单"))
def freeze_base(ctx: JobContext, *, plan_id: int, user_id: int | None) -> Mapping[str, Any]:
    """Count a large register for a plan; running it twice keeps the same."""
    plan = AnnualPlan.objects.visible_to(ctx.actor).get(pk=plan_id)
    total = population.about_how_many()

    def progress(done: int) -> None:
        ctx.progress(min(done, total), total)
        ctx.check_cancelled()

    counted = population.count(plan, progress)
    try:
        keep_base(actor=ctx.actor, plan=plan, counted=counted, frozen_by=user_id)
    except Refused as refused:
        raise JobFailed(refused.text(_)) from refused
    return {
        "summary": _("已冻结：%(n)d 户") % {"n": counted.size},
        "url": reverse("planning:plans-detail", args=[plan_id]),
    }

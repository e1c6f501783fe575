"""What a year's plan adds to the shared pages: menu, next steps, what the leader reads before approving."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things, uses
from mingcha.planning.models import PLAN_READERS, AnnualPlan, PlanLine
from mingcha.planning.plans import arithmetic, progress, publishing, superior
from mingcha.planning.plans import lifecycle as states
from mingcha.planning.plans.bases import Touched, touched_lines
from mingcha.planning.plans.progress import progress_of
from mingcha.planning.plans.registers import PlanRegister
from mingcha.planning.plans.scope import EVERYONE
from mingcha.publication import types
from mingcha.registry.plan_tasks import PlanTask, plan_tasks
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps

#: States in which what a plan names still matters.
_LIVING = (states.DRAFT, states.SUBMITTED, states.APPROVED, states.PUBLISHED)


def register() -> None:
    """Called once at start-up."""
    superior.register()
    navigation.add(
        navigation.Entry(
            code="planning.plans",
            label=gettext_lazy("年度计划"),
            url_name="planning:plans-list",
            icon="calendar-range",
            group="planning",
            order=5,
            roles=PLAN_READERS,
        )
    )
    _say_what_is_used()
    next_steps.register("planning.plans")(_steps)
    describe(states.PLAN)
    types.register(publishing.TYPE)
    plan_tasks.register("planning.plans")(_tasks)
    things.register(
        AnnualPlan,
        label=gettext_lazy("年度抽查计划"),
        url=lambda pk: reverse("planning:plans-detail", args=[pk]),
        render=_for_approval,
    )


def _tasks() -> Iterator[PlanTask]:
    """Every task that was made public, by its newest wording."""
    lines = PlanLine.objects.visible_to(EVERYONE).filter(plan__published_at__isnull=False)
    told: set[tuple[int, str]] = set()
    for line in lines.select_related("plan").order_by("-plan__year", "-plan__version", "number"):
        if (line.plan.year, line.code) not in told:
            told.add((line.plan.year, line.code))
            yield PlanTask(line.plan.year, line.code, line.name)


def _for_approval(viewer: Viewer, pk: int) -> SafeString:
    """The sums and the lines, as on the plan's own page."""
    plan = AnnualPlan.objects.visible_to(viewer).get(pk=pk)
    values = PlanRegister().detail_values(viewer, plan)
    return render_to_string("planning/plan_for_approval.html", {**values})


def _steps(officer: Officer) -> Iterator[NextStep]:
    plans = AnnualPlan.objects.visible_to(officer)
    if officer.has(Role.COORDINATOR):
        for plan in plans.filter(state=states.DRAFT):
            yield _step(plan)
    if officer.has(Role.COORDINATOR, Role.BUREAU_LEADER):
        for plan in plans.filter(state=states.PUBLISHED, year=clock.today().year):
            yield from _behind(plan)
        yield from _without_a_basis(officer)


def _behind(plan: AnnualPlan) -> Iterator[NextStep]:
    found = progress_of(plan)
    if found is not None and found.behind:
        detail = _("按任务时间应完成 %(due)d 户，已完成 %(done)d 户；全年下限 %(floor)d 户") % {
            "due": found.due,
            "done": found.counted,
            "floor": found.floor,
        }
        address = reverse("planning:plan-progress", args=[plan.pk])
        yield NextStep(
            title=_("抽查进度落后：%(title)s") % {"title": plan.title},
            detail=detail,
            url=address,
            tone="warning",
            icon="chart-line",
        )


def _without_a_basis(officer: Officer) -> Iterator[NextStep]:
    """Plans with items whose article is gone: nobody may be inspected on it any more."""
    lines = PlanLine.objects.visible_to(officer).filter(
        plan__state__in=_LIVING, plan__year__gte=clock.today().year
    )
    lines = lines.select_related("plan").prefetch_related("items__item")
    found: dict[AnnualPlan, list[Touched]] = {}
    for touched in touched_lines(lines).values():
        for one in touched:
            if one.gone:
                found.setdefault(one.line.plan, []).append(one)
    for plan, gone in found.items():
        yield NextStep(
            title=_("计划任务的依据已失效：%(title)s") % {"title": plan.title},
            detail="；".join(dict.fromkeys(one.line.name for one in gone)),
            url=reverse("planning:plans-detail", args=[plan.pk]),
            tone="danger",
            icon="file-diff",
        )


def _step(plan: AnnualPlan) -> NextStep:
    return NextStep(
        title=_("完成年度计划：%(title)s") % {"title": plan.title},
        detail=_("添加任务、冻结基准，够下限后提请批准"),
        url=reverse("planning:plans-detail", args=[plan.pk]),
        icon="calendar-range",
    )


def _say_what_is_used() -> None:
    """Which parameters a plan rests on."""
    used = (
        (
            gettext_lazy("年度计划：比例下限、基数、上限提示"),
            (arithmetic.FLOOR, arithmetic.UPPER, "COVERAGE_BASE_DAY", "COVERAGE_BASE_STATES"),
        ),
        (gettext_lazy("年度计划：抽取权重"), tuple(arithmetic.WEIGHTS.values())),
        (
            gettext_lazy("年度计划：什么算完成、进度提示"),
            (arithmetic.COUNTS_SUPERIOR, arithmetic.COUNTS_OFF_SITE, progress.COUNTS_GONE, progress.BEHIND),
        ),
        (
            gettext_lazy("年度计划：所需人力与可用人力"),
            ("VISIT_HALF_DAYS", "OFF_SITE_PER_HALF_DAY", "INSPECTOR_TIME_PCT", "MIN_INSPECTORS"),
        ),
    )
    for label, codes in used:
        uses.register(*codes, label=label, url_name="planning:plans-list")

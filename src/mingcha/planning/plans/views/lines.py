"""The pages of one line of a plan: what it says, its strata, its forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base.roles import Role
from mingcha.planning import services
from mingcha.planning.models import PLAN_READERS, AnnualPlan, Campaign, Draw, PlanLine
from mingcha.planning.plans import publishing
from mingcha.planning.plans.bases import touched_lines
from mingcha.planning.plans.facts import is_stale, needs_reason, not_in_force
from mingcha.planning.plans.forms import LineForm, RatesForm
from mingcha.planning.plans.lifecycle import DRAFT, PUBLISHED
from mingcha.planning.plans.packages import proposal_named
from mingcha.planning.plans.people import needs_of
from mingcha.planning.plans.views.plans import crumbs_of, page_of, plan_of
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer


def line_of(request: HttpRequest, pk: int) -> PlanLine:
    rows = PlanLine.objects.visible_to(officer(request)).select_related("plan", "lead_unit")
    return get_object_or_404(rows.prefetch_related("items__item", "tags", "joining_units", "strata"), pk=pk)


def line_page(line: PlanLine) -> str:
    return reverse("planning:plan-line", args=[line.pk])


def _crumbs(line: PlanLine, *last: str) -> list[Crumb]:
    trail = crumbs_of(line.plan, Crumb(line.name, line_page(line)))
    return [*trail, *(Crumb(label) for label in last)]


@officers(*PLAN_READERS)
@require_GET
def line(request: Request, pk: int) -> HttpResponse:
    found = line_of(request, pk)
    strata = list(found.strata.all())
    may_change = found.plan.state == DRAFT and officer(request).has(Role.COORDINATOR)
    quota = sum(stratum.quota for stratum in strata)
    row = publishing.row_of(found)
    facts = [(one.label, row[one.name]) for one in publishing.TYPE.fields if one.name != "items"]
    values = {
        "line": found,
        "plan": found.plan,
        "facts": facts,
        "items": found.items.all(),
        "strata": strata,
        "population": sum(stratum.population for stratum in strata),
        "available": sum(stratum.available for stratum in strata),
        "quota": quota,
        "need": needs_of([found], {found.pk: quota})[0],
        "stale": found.plan.state == DRAFT and is_stale(found),
        "not_in_force": not_in_force(found),
        "touched": touched_lines([found]).get(found.pk, ()),
        "needs_reason": needs_reason(found),
        "may_change": may_change,
        "may_draw": found.plan.state == PUBLISHED and officer(request).has(Role.COORDINATOR),
        "campaigns": Campaign.objects.visible_to(officer(request)).filter(plan_lines=found),
        "draws": Draw.objects.visible_to(officer(request)).filter(plan_line=found),
        "crumbs": _crumbs(found)[:-1] + [Crumb(found.name)],
    }
    return render(request, "planning/plan_line.html", values)


class LineFormView(ServiceFormView):
    """What the two forms of a line share."""

    form_class = LineForm
    plan: AnnualPlan
    done = gettext_lazy("任务已保存。改过抽查范围的，请重新冻结基准。")

    def form_arguments(self) -> dict[str, Any]:
        return {"plan": self.plan}

    def outcome(self, result: PlanLine) -> str:
        return line_page(result)


class CreateLine(LineFormView):
    title = gettext_lazy("添加任务")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.plan = plan_of(request, kwargs["pk"])
        self.verb = f"planning.add_line:{self.plan.pk}"

    def form_arguments(self) -> dict[str, Any]:
        found = proposal_named(self.request.GET.get("package", ""), officer(self.request), self.plan.year)
        return {**super().form_arguments(), "proposed": found.initial() if found else {}}

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.plan, Crumb(self.title))

    def cancel_url(self) -> str:
        return page_of(self.plan)

    def perform(self, form: LineForm) -> PlanLine:
        return services.plans.add_line(actor=officer(self.request), plan=self.plan, values=form.cleaned_data)


class ChangeLine(LineFormView):
    title = gettext_lazy("修改任务")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.line = line_of(request, kwargs["pk"])
        self.plan = self.line.plan
        self.verb = f"planning.change_line:{self.line.pk}"

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "initial": LineForm.initial_of(self.line)}

    def crumbs(self) -> list[Crumb]:
        return _crumbs(self.line, str(self.title))

    def cancel_url(self) -> str:
        return line_page(self.line)

    def perform(self, form: LineForm) -> PlanLine:
        return services.plans.change_line(
            actor=officer(self.request), line=self.line, values=form.cleaned_data
        )


class ChangeRates(ServiceFormView):
    form_class = RatesForm
    title = gettext_lazy("各层比例")
    subtitle = gettext_lazy("只填与任务比例不同的层；每层应抽户数向上取整")
    done = gettext_lazy("各层比例已保存，应抽户数已重新计算。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.line = line_of(request, kwargs["pk"])
        self.verb = f"planning.set_rates:{self.line.pk}"

    def form_arguments(self) -> dict[str, Any]:
        return {"strata": list(self.line.strata.all()), "rates": self.line.rates}

    def crumbs(self) -> list[Crumb]:
        return _crumbs(self.line, str(self.title))

    def cancel_url(self) -> str:
        return line_page(self.line)

    def perform(self, form: RatesForm) -> PlanLine:
        return services.plans.set_rates(actor=officer(self.request), line=self.line, rates=form.rates())

    def outcome(self, result: PlanLine) -> str:
        return line_page(result)


@officers(Role.COORDINATOR)
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    found = line_of(request, pk)
    return perform(
        request,
        verb=f"planning.remove_line:{pk}",
        run=lambda: services.plans.remove_line(actor=officer(request), line=found),
        outcome=page_of,
        done=_("任务已删去。"),
    )


create = officers(Role.COORDINATOR)(CreateLine.as_view())
change = officers(Role.COORDINATOR)(ChangeLine.as_view())
rates = officers(Role.COORDINATOR)(ChangeRates.as_view())

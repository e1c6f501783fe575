"""The pages of a plan beside its first one: verbs, people, progress, the frozen list, versions."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base.roles import Role
from mingcha.basics.selectors import parameters
from mingcha.planning import services
from mingcha.planning.models import BASE_LIST_READERS, PLAN_READERS, AnnualPlan, PlanBase, PlanLine
from mingcha.planning.plans import charts, comparing, population, publishing
from mingcha.planning.plans.arithmetic import base_of, sums_of
from mingcha.planning.plans.lifecycle import DRAFT, PLAN
from mingcha.planning.plans.packages import proposals
from mingcha.planning.plans.people import manpower_of
from mingcha.planning.plans.progress import progress_of
from mingcha.planning.plans.registers import PlanRegister
from mingcha.publication.difference import difference
from mingcha.registry.models import Subject
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer
from mingcha.web.verbs import Verb, press, roles_of

REGISTER = PlanRegister()
#: Members of a stratum that a page shows; the whole list is a download.
SHOWN = 200
VERBS = {
    "submit": Verb(
        lambda actor, plan, reason: services.plans.submit(actor=actor, plan=plan),
        gettext_lazy("计划已提请局领导批准。批准后自动向社会公布。"),
    ),
    "drop": Verb(
        lambda actor, plan, reason: services.plans.drop(actor=actor, plan=plan, reason=reason),
        gettext_lazy("草稿已放弃。"),
    ),
    "stop": Verb(
        lambda actor, plan, reason: services.plans.stop(actor=actor, plan=plan, reason=reason),
        gettext_lazy("计划已停止执行，公示已撤下并写明理由。"),
    ),
}


def plan_of(request: HttpRequest, pk: int) -> AnnualPlan:
    return get_object_or_404(AnnualPlan.objects.visible_to(officer(request)), pk=pk)


def page_of(plan: AnnualPlan) -> str:
    return reverse("planning:plans-detail", args=[plan.pk])


def crumbs_of(plan: AnnualPlan, *last: Crumb) -> list[Crumb]:
    return REGISTER.crumbs(Crumb(str(plan), page_of(plan)), *last)


def _page(request: HttpRequest, plan: AnnualPlan, template: str, title: str, **values: Any) -> HttpResponse:
    """A page under the plan's tabs."""
    head = REGISTER.head(officer(request), plan)
    crumbs = crumbs_of(plan, Crumb(title))
    return render(request, template, {**head, "crumbs": crumbs, "plan": plan, "tab": "", **values})


@officers(*roles_of(PLAN, VERBS))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    return press(request, name, VERBS, plan_of(request, pk), page_of)


@officers(Role.COORDINATOR)
@require_POST
def freeze(request: Request, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)

    def where(job_id: int | None) -> str:
        return reverse("jobs:job-detail", args=[job_id]) if job_id else page_of(plan)

    return perform(
        request,
        verb=f"planning.plan-freeze:{pk}",
        run=lambda: services.plans.freeze_base(actor=officer(request), plan=plan),
        outcome=where,
        done=_("正在按基准日计算，名单已留存或将由后台留存。"),
    )


@officers(Role.COORDINATOR)
@require_POST
def new_version(request: Request, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)
    return perform(
        request,
        verb=f"planning.plan-new-version:{pk}",
        run=lambda: services.plans.new_version(
            actor=officer(request), plan=plan, reason=request.POST.get("reason", "")
        ),
        outcome=page_of,
        done=_("新版草稿已建立。修改后冻结基准，再提请批准。"),
    )


@officers(*PLAN_READERS)
@require_GET
def people(request: Request, pk: int) -> HttpResponse:
    """Needed and there by month; people by name, never by how much they do (N13)."""
    plan = plan_of(request, pk)
    sums = sums_of(plan)
    manpower = manpower_of(plan, sums.quota_by_line if sums else {})
    return _page(
        request,
        plan,
        "planning/plan_people.html",
        _("人员"),
        manpower=manpower,
        chart=charts.months_of_work(manpower),
    )


@officers(*PLAN_READERS)
@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)
    found = progress_of(plan)
    chart = charts.coverage_by_month(found) if found else None
    return _page(request, plan, "planning/plan_progress.html", _("进度"), progress=found, chart=chart)


@officers(*PLAN_READERS)
@require_GET
def base(request: Request, pk: int) -> HttpResponse:
    """What was frozen, and how the register stands today beside it."""
    plan = plan_of(request, pk)
    frozen = base_of(plan)
    kinds = comparing.kinds_of(frozen) if frozen else ()
    values = {
        "base": frozen,
        "kinds": kinds,
        "states": parameters.value(population.BASE_STATES),
        "may_download": officer(request).has(*BASE_LIST_READERS),
    }
    return _page(request, plan, "planning/plan_base.html", _("基准名单"), **values)


@officers(*BASE_LIST_READERS)
@require_GET
def base_file(request: Request, pk: int) -> HttpResponseBase:
    """The list of who counted, byte for byte as its digest was taken."""
    plan = plan_of(request, pk)
    frozen = get_object_or_404(PlanBase.objects.visible_to(officer(request)), plan=plan)
    response = StreamingHttpResponse(_unpacked(bytes(frozen.content)), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="plan-{plan.year}-{plan.version}-base.csv"'
    return response


def _unpacked(content: bytes) -> Iterator[bytes]:
    with gzip.open(io.BytesIO(content)) as archive:
        while chunk := archive.read(1 << 20):
            yield chunk


@officers(*PLAN_READERS)
@require_GET
def members(request: Request, pk: int) -> HttpResponse:
    """Who makes up a number: a line's firms, or one stratum's, from the frozen list."""
    line = get_object_or_404(PlanLine.objects.visible_to(officer(request)).select_related("plan"), pk=pk)
    code = request.GET.get("stratum")
    stratum = get_object_or_404(line.strata, code=code) if code is not None else None
    frozen = get_object_or_404(PlanBase.objects.visible_to(officer(request)), plan=line.plan)
    wanted = {f"{line.pk}/{code}" for code in ([stratum.code] if stratum else _codes(line))}
    found = [member for member in population.members(frozen) if wanted & member.strata]
    names = dict(
        Subject.objects.visible_to(officer(request))
        .filter(pk__in=[member.subject_id for member in found[:SHOWN]])
        .values_list("pk", "name")
    )
    values = {
        "line": line,
        "stratum": stratum,
        "total": len(found),
        "rows": [(member, names.get(member.subject_id, "")) for member in found[:SHOWN]],
        "shown": SHOWN,
    }
    title = str(stratum) if stratum else line.name
    return _page(request, line.plan, "planning/plan_members.html", title, **values)


def _codes(line: PlanLine) -> list[str]:
    return list(line.strata.values_list("code", flat=True))


@officers(*PLAN_READERS)
@require_GET
def versions(request: Request, pk: int) -> HttpResponse:
    """Every version of the year, and what this one changed of the one before."""
    plan = plan_of(request, pk)
    everything = AnnualPlan.objects.visible_to(officer(request)).filter(year=plan.year).order_by("-version")
    before = plan.replaces
    found = None
    if before is not None:
        labels = {field.name: str(field.label) for field in publishing.TYPE.fields}
        rows_before, rows_now = publishing.rows_of(before), publishing.rows_of(plan)
        found = difference(rows_before, rows_now, key=publishing.TYPE.key, labels=labels)
    return _page(
        request,
        plan,
        "planning/plan_versions.html",
        _("版本"),
        versions=everything,
        before=before,
        difference=found,
    )


@officers(Role.COORDINATOR)
@require_GET
def packages(request: Request, pk: int) -> HttpResponse:
    """Ready-made tasks for several departments, while the plan is a draft."""
    plan = plan_of(request, pk)
    if plan.state != DRAFT:
        raise Http404
    found = proposals(officer(request), plan.year)
    return _page(request, plan, "planning/plan_packages.html", _("一业一查套餐"), proposals=found)

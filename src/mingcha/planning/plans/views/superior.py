"""Bring a superior's plan in: upload, see what was understood, confirm."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.roles import Role
from mingcha.kernel.refusal import Refused
from mingcha.planning import services
from mingcha.planning.models import SuperiorPlanList
from mingcha.planning.plans.forms import SuperiorListForm
from mingcha.planning.plans.views.plans import crumbs_of, page_of, plan_of
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer


class Receive(ServiceFormView):
    form_class = SuperiorListForm
    title = gettext_lazy("导入上级计划")
    subtitle = gettext_lazy("先看读懂了什么，确认以后才成为任务")
    submit_label = gettext_lazy("上传并核对")
    done = gettext_lazy("已读取。请核对各行，再确认导入。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.plan = plan_of(request, kwargs["pk"])
        self.verb = f"planning.receive_superior:{self.plan.pk}"

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.plan, Crumb(self.title))

    def cancel_url(self) -> str:
        return page_of(self.plan)

    def perform(self, form: SuperiorListForm) -> SuperiorPlanList:
        return services.plans.receive_superior_list(
            actor=officer(self.request), plan=self.plan, file=form.cleaned_data["file"]
        )

    def outcome(self, result: SuperiorPlanList) -> str:
        return reverse("planning:plan-superior-confirm", args=[result.pk])


@officers(Role.COORDINATOR)
def confirm(request: Request, pk: int) -> HttpResponse:
    """The rows with a box each; a refused row has none."""
    rows = SuperiorPlanList.objects.visible_to(officer(request)).select_related("plan")
    received = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return _show(request, received, chosen=None)
    chosen = {int(place) for place in request.POST.getlist("row") if place.isascii() and place.isdigit()}
    try:
        return perform(
            request,
            verb=f"planning.confirm_superior:{pk}",
            run=lambda: services.plans.confirm_superior_list(
                actor=officer(request), received=received, chosen=chosen
            ),
            outcome=page_of,
            done=_("已按上级计划增加任务。请核对各项任务，再冻结基准。"),
        )
    except Refused as refused:
        return _show(request, received, chosen=chosen, refused=refused)


def _show(
    request: Request,
    received: SuperiorPlanList,
    *,
    chosen: set[int] | None,
    refused: Refused | None = None,
) -> HttpResponse:
    shown = [
        {
            "place": place,
            "row": row,
            "possible": row["verdict"] != "refused",
            "chosen": row["verdict"] != "refused" if chosen is None else place in chosen,
        }
        for place, row in enumerate(received.rows)
    ]
    values = {
        "received": received,
        "plan": received.plan,
        "rows": shown,
        "understood": sum(one["possible"] for one in shown),
        "refusals": refused.refusals if refused else (),
        "crumbs": crumbs_of(received.plan, Crumb(_("导入上级计划"))),
    }
    return render(request, "planning/superior_confirm.html", values, status=409 if refused else 200)


receive = officers(Role.COORDINATOR)(Receive.as_view())

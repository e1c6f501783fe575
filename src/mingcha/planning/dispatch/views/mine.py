"""我的任务: what an inspector is to do, on a phone."""

from __future__ import annotations

from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.workload import own_workload
from mingcha.planning.models import Task
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.http import Request, officer

#: Tasks on the page; the register shows all.
SHOWN = 100


@officers(Role.INSPECTOR)
@require_GET
def my_tasks(request: Request) -> HttpResponse:
    """What is left of the tasks that this inspector may know of by now, the nearest visit first."""
    viewer = officer(request)
    rows = (
        Task.objects.visible_to(viewer)
        .mine(viewer)
        .exclude(state__in=states.OVER)
        .select_related("subject", "dispatch__campaign", "slot")
        .prefetch_related(
            "members__inspector__unit", "companions__inspector", "dispatch__item_versions__item"
        )
        .annotate(when=Coalesce("slot__day", "visit_until"))
        .order_by("when", "-slot__morning", "subject__town", "name", "pk")
    )
    tasks = list(rows[: SHOWN + 1])
    values = {
        "crumbs": [Crumb(_("我的任务"))],
        "tasks": tasks[:SHOWN],
        "more": len(tasks) > SHOWN,
        "today": clock.today(),
        "load": own_workload(viewer),
    }
    return render(request, "planning/my_tasks.html", values)

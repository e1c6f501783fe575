"""Progress while a job runs, and the three buttons of a job's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mingcha.base.jobs import services
from mingcha.base.jobs.models import Job
from mingcha.project.jobs.registers import progress_values
from mingcha.web.access import View, officers
from mingcha.web.forms import perform


@officers()
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that the job's page asks for every two seconds.

    Once the job has ended, the whole page is loaded anew: other buttons belong to it now.
    """
    viewer = request.viewer  # type: ignore[attr-defined]
    job: Job = get_object_or_404(Job.objects.visible_to(viewer), pk=pk)
    response = render(request, "jobs/progress.html", progress_values(job))
    if job.is_finished:
        response["HX-Refresh"] = "true"
    return response


def _button(verb: str, service: Callable[..., Job], done: Any) -> View:
    @officers()
    @require_POST
    def press(request: HttpRequest, pk: int) -> HttpResponse:
        actor = request.viewer  # type: ignore[attr-defined]
        try:
            return perform(
                request,
                verb=f"jobs.{verb}",
                run=lambda: service(actor=actor, job_id=pk),
                outcome=lambda job: reverse("jobs:job-detail", args=[job.pk]),
                done=str(done),
            )
        except Job.DoesNotExist as error:
            raise Http404 from error

    press.__name__ = press.__qualname__ = verb
    return press


cancel = _button("cancel", services.cancel, _("已要求取消"))
retry = _button("retry", services.retry, _("已重新排队"))
acknowledge = _button("acknowledge", services.acknowledge, _("不再提示这次失败"))

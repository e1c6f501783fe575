"""What the frame and the home page know of background jobs."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.jobs.models import Job
from mingcha.base.viewers import Officer
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps

navigation.add(
    navigation.Entry(
        code="jobs",
        label=gettext_lazy("后台任务"),
        url_name="jobs:job-list",
        icon="list-checks",
        group="work",
        order=900,
    )
)


@next_steps.register("jobs")
def own_failed_jobs(officer: Officer) -> Iterator[NextStep]:
    """Jobs that this person started and that failed, until run again or acknowledged."""
    failed = Job.objects.visible_to(officer).filter(started_by=officer.reference)
    for job in failed.unacknowledged_failures()[:20]:
        yield NextStep(
            title=_("后台任务失败：%(job)s") % {"job": job},
            detail=job.error_message,
            url=reverse("jobs:job-detail", args=[job.pk]),
            tone="danger",
            icon="rotate-ccw",
        )

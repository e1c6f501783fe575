"""The jobs' own periodic work: old rows go."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.jobs import beats
from mingcha.base.jobs.context import JobContext
from mingcha.base.jobs.models import Job, JobState
from mingcha.base.jobs.registry import periodic

#: Finished jobs are kept this long. They record how work was done, not what was decided.
KEPT_FOR = timedelta(days=90)


@periodic("jobs.tidy", label=_("清理陈旧的后台任务记录"), daily_at="03:10")
def tidy(ctx: JobContext) -> dict[str, int]:
    """Remove jobs that ended long ago (failures only once acknowledged) and signs of dead processes."""
    old = Job.objects.filter(finished_at__lt=clock.now() - KEPT_FOR)
    removed = old.exclude(state=JobState.FAILED, acknowledged_at=None)
    return {"jobs": removed.delete()[0], "processes": beats.forget_dead()}

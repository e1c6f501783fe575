"""Looking for duplicates, by the clock or when a person asks."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.jobs import JobContext, job, periodic
from mingcha.base.viewers import System
from mingcha.registry.services.duplicates import keep_suspicions, look


@job("registry.look-for-duplicates", label=gettext_lazy("查找疑似重复的检查对象"))
def look_for_duplicates(ctx: JobContext) -> dict[str, object]:
    """Started from the page of suspected duplicates."""
    new = keep_suspicions(actor=System(purpose="duplicates"), pairs=look())
    return {
        "summary": _("查找完毕，新发现 %(count)d 对") % {"count": new},
        "url": reverse("registry:suspicions-list"),
    }


@periodic("registry.duplicates", label=gettext_lazy("查找疑似重复的检查对象"), daily_at="02:20")
def look_every_night(ctx: JobContext) -> dict[str, object]:
    """Every night, after the day's entries and imports."""
    return look_for_duplicates(ctx)

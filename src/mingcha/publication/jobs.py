"""What the clock does for publications."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mingcha.base.jobs import JobContext, periodic
from mingcha.publication import services


@periodic("publication.take-down", label=gettext_noop("撤下期满的公示"), daily_at="00:20")
def take_down(ctx: JobContext) -> dict[str, str]:
    """Take down what has run out; running it again takes nothing down twice."""
    count = services.take_down_run_out(actor=ctx.actor)
    return {"summary": _("已撤下 %(count)s 件期满的公示") % {"count": count}}

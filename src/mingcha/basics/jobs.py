"""The daily work of basics."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mingcha.base.jobs import JobContext, periodic
from mingcha.basics.services import deadlines


@periodic("basics.watch-deadlines", label=_("检查期限"), daily_at="06:10")
def watch_deadlines(ctx: JobContext) -> dict[str, int]:
    """Warn, pass and escalate; running it again on the same day announces nothing twice."""
    return deadlines.watch(actor=ctx.actor)

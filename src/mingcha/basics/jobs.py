"""The daily work of basics."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mingcha.base.jobs import JobContext, periodic
from mingcha.basics.services import attachments, deadlines


@periodic("basics.watch-deadlines", label=_("检查期限"), daily_at="06:10")
def watch_deadlines(ctx: JobContext) -> dict[str, int]:
    """Warn, pass and escalate; running it again on the same day announces nothing twice."""
    return deadlines.watch(actor=ctx.actor)


@periodic("basics.forget-orphans", label=_("清理未登记的上传文件"), daily_at="03:40")
def forget_orphans(ctx: JobContext) -> dict[str, int]:
    """Remove files whose upload was rolled back."""
    return {"removed": attachments.forget_orphans(actor=ctx.actor)}

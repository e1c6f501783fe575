"""The daily work of basics."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_noop as _

from mingcha.base import clock
from mingcha.base.jobs import JobContext, enqueue, job, periodic
from mingcha.basics.services import attachments, deadlines, mails

#: A mail server that is down is asked again after so long, and so often on a day.
_PAUSE, _ATTEMPTS = timedelta(minutes=10), 60


@periodic("basics.watch-deadlines", label=_("检查期限"), daily_at="06:10")
def watch_deadlines(ctx: JobContext) -> dict[str, int]:
    """Warn, pass and escalate; running it again on the same day announces nothing twice."""
    return deadlines.watch(actor=ctx.actor)


@periodic("basics.forget-orphans", label=_("清理未登记的上传文件"), daily_at="03:40")
def forget_orphans(ctx: JobContext) -> dict[str, int]:
    """Remove files whose upload was rolled back."""
    return {"removed": attachments.forget_orphans(actor=ctx.actor)}


@periodic("basics.write-mails", label=_("写提醒邮件"), daily_at="07:20")
def write_mails(ctx: JobContext) -> dict[str, int]:
    """One reminder for everybody who gave an address, after the deadlines were watched; then send them."""
    if not settings.SENDS_MAIL:
        return {"written": 0}
    people = mails.recipients()
    written = 0
    for place, user in enumerate(people, start=1):
        written += mails.write(actor=ctx.actor, user=user) is not None
        ctx.progress(place, len(people))
    if written:
        _send(ctx, attempt=1)
    return {"written": written}


@job("basics.send-mails", label=_("发送提醒邮件"))
def send_mails(ctx: JobContext, *, attempt: int) -> dict[str, int]:
    """Whatever waits; what the server does not take now is tried again in ten minutes, until the evening."""
    counts = mails.send_waiting(actor=ctx.actor)
    if mails.some_wait() and attempt < _ATTEMPTS:
        _send(ctx, attempt=attempt + 1)
    return counts


def _send(ctx: JobContext, *, attempt: int) -> None:
    at = clock.now() + (_PAUSE if attempt > 1 else timedelta())
    key = f"basics.send-mails:{clock.today()}:{attempt}"
    enqueue("basics.send-mails", {"attempt": attempt}, actor=ctx.actor, key=key, run_after=at)

"""The periodic work of accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mingcha.accounts.services import close_abandoned_sessions
from mingcha.base.jobs.context import JobContext
from mingcha.base.jobs.registry import periodic


@periodic("accounts.close-abandoned-sessions", label=_("关闭无人使用的登录"), daily_at="03:30")
def close_abandoned(ctx: JobContext) -> dict[str, int]:
    """Close the records of sessions nobody came back to, and drop what the framework kept of them."""
    return {"closed": close_abandoned_sessions(actor=ctx.actor)}

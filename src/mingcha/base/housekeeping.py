"""The periodic work of base itself."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mingcha.base import idempotency, statistics
from mingcha.base.jobs.context import JobContext
from mingcha.base.jobs.registry import periodic


@periodic("base.forget-old-keys", label=_("清理过期的提交凭证"), daily_at="03:20")
def forget_old_keys(ctx: JobContext) -> dict[str, int]:
    """Remove idempotency keys that no open form can still hold."""
    return {"removed": idempotency.forget_old_keys(actor=ctx.actor)}


@periodic("base.refresh-statistics", label=_("更新数据库的统计信息"), daily_at="03:30")
def refresh_statistics(ctx: JobContext) -> dict[str, int]:
    """Let the database choose its indexes by the rows of today."""
    statistics.refresh()
    return {}

"""The nightly work of the firm's page."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mingcha.base.jobs import JobContext, periodic
from mingcha.enterprise import services


@periodic("enterprise.forget-marks", label=_("清除过了评价期限的评价凭证"), daily_at="04:10")
def forget(ctx: JobContext) -> dict[str, int]:
    """Which visits were rated is known to nobody once none can be rated any more."""
    return {"forgotten": services.forget_marks(actor=ctx.actor)}

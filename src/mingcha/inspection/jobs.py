"""The daily work of inspections."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mingcha.base.jobs import JobContext, periodic
from mingcha.inspection.services import announcing, evidence


@periodic("inspection.forget-pieces", label=_("清理没有登记的现场证据分段"), daily_at="03:50")
def forget_pieces(ctx: JobContext) -> dict[str, int]:
    """Remove pieces of files whose upload broke off before they were named."""
    return {"removed": evidence.forget_orphans(actor=ctx.actor)}


@periodic("inspection.count-as-served", label=_("公告送达期满的视为送达"), daily_at="00:30")
def count_as_served(ctx: JobContext) -> dict[str, int]:
    """Before the deadlines are watched: the end of an announcement is no term that somebody has missed."""
    return {"served": announcing.count_as_served(actor=ctx.actor)}

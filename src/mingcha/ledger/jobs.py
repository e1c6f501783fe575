"""What the clock does for the ledger."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.jobs import periodic
from mingcha.ledger import services


@periodic("ledger.seal-day", label=gettext_lazy("封存日终摘要"), daily_at="00:10")
def seal_day(ctx: object) -> dict[str, Any]:
    """Seal every day that is over and still open. Running it again seals nothing twice."""
    sealed = services.seal_yesterday()
    return {"summary": _("已封存 %(count)s 天的日终摘要") % {"count": len(sealed)}}

"""When the firm may apply by its code that somebody stays away (行政处罚法43; 劳动保障监察条例16)."""

from __future__ import annotations

from mingcha.enterprise.doors import Door
from mingcha.inspection.services.recusing import OPEN_FOR
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop


def may_recuse(door: Door) -> None:
    """Refuse by a void code, and once the record of the visit is in."""
    if (door.valid or door.ended) and door.inspection.state in OPEN_FOR:
        return
    raise Refused(
        Refusal(
            "recusal.door",
            gettext_noop("现在不能用这个码申请回避：码已作废，或者检查记录已经提交"),
            gettext_noop("《行政处罚法》第四十三条；《劳动保障监察条例》第十六条"),
            gettext_noop("请用检查人员最后亮的码；对结果有意见的，陈述申辩或者拨打监督电话"),
        )
    )

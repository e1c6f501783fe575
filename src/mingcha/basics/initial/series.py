"""Number series of the bureau's documents (domain §9.2: suggestions, to be confirmed by the bureau)."""

from __future__ import annotations

from mingcha.base.viewers import Viewer
from mingcha.basics.models import NumberSeries
from mingcha.basics.services import numbers

_SOURCE = "建议格式，待与本局文号规则核对"

#: code, document, the letters before the year, whose name it is issued in.
TABLE: tuple[tuple[str, str, str, str], ...] = (
    ("inspect-approval", "行政检查审批表", "检审字", "石栾人社"),
    ("inspect-notice", "行政检查通知书", "检通字", "石栾人社"),
    ("inspect-result", "行政检查结果告知书", "检告字", "石栾人社"),
    ("referral", "抄告函", "抄函字", "石栾人社"),
    ("seal-notice", "抽查名单封存公告", "封字", "石栾人社"),
    ("case-opening", "立案审批表", "监立字", "石栾人社"),
    ("rectify-order", "劳动保障监察限期改正指令书", "监限字", "石栾人社"),
    ("penalty-advance", "行政处罚事先告知书", "监罚告字", "石栾人社"),
    ("handling-decision", "行政处理决定书", "监理字", "石栾人社"),
    ("penalty-decision", "行政处罚决定书", "监罚字", "石栾人社"),
    ("transfer", "案件移送书", "监移字", "石栾人社"),
    # 稽核 is done in the name and with the numbers of the insurance agency (design §4.8).
    ("audit-notice", "社会保险稽核通知书", "稽通字", "石栾社保"),
    ("audit-opinion", "社会保险稽核意见书", "稽意字", "石栾社保"),
)


def load(actor: Viewer) -> int:
    """Enter every series whose code is not there."""
    held = set(NumberSeries.objects.values_list("code", flat=True))
    missing = [row for row in TABLE if row[0] not in held]
    for code, label, letters, issuer in missing:
        numbers.set_series(
            actor=actor,
            code=code,
            label=label,
            issuer=issuer,
            pattern=f"{{issuer}}{letters}〔{{year}}〕第{{number:04d}}号",
            source=_SOURCE,
        )
    return len(missing)

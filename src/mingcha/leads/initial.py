"""Initial data: the number series of leads and of their papers. Loading again changes nothing."""

from __future__ import annotations

from mingcha.base.viewers import Viewer
from mingcha.basics.models import NumberSeries
from mingcha.basics.services import numbers

#: Series of the leads themselves, and of each paper by the kind of the notice.
LEAD_SERIES = "lead"
NOTICE_SERIES = {
    "ask": "lead-ask",
    "decline": "lead-decline",
    "send_on": "lead-send-on",
    "told": "lead-told",
    "answer": "lead-answer",
    "feedback": "lead-feedback",
}
_SOURCE = "建议格式，待与本局文号规则核对"
#: code, document, issuer, pattern.
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    (LEAD_SERIES, "线索编号", "", "线索〔{year}〕第{number:04d}号"),
    ("lead-ask", "补正告知书", "石栾人社", "{issuer}监补字〔{year}〕第{number:04d}号"),
    ("lead-decline", "不予受理通知书", "石栾人社", "{issuer}监不受字〔{year}〕第{number:04d}号"),
    ("lead-send-on", "线索转送函", "石栾人社", "{issuer}监转字〔{year}〕第{number:04d}号"),
    ("lead-told", "转送告知书", "石栾人社", "{issuer}监转告字〔{year}〕第{number:04d}号"),
    ("lead-answer", "办理结果告知书", "石栾人社", "{issuer}监结告字〔{year}〕第{number:04d}号"),
    ("lead-feedback", "办理情况反馈函", "石栾人社", "{issuer}监反字〔{year}〕第{number:04d}号"),
)


def load(actor: Viewer) -> int:
    """Enter every series whose code is not there; returns how many were added."""
    held = set(NumberSeries.objects.values_list("code", flat=True))
    missing = [row for row in _TABLE if row[0] not in held]
    for code, label, issuer, pattern in missing:
        numbers.set_series(
            actor=actor, code=code, label=label, issuer=issuer, pattern=pattern, source=_SOURCE
        )
    return len(missing)

"""Initial data: who was there or wrote the record does not review, publish, or decide on a correction."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from mingcha.accounts.services import declare_conflict
from mingcha.base.viewers import Viewer

INSPECT_DUTY, REVIEW_DUTY, PUBLISH_DUTY = "inspection.inspect", "inspection.review", "inspection.publish"
#: Writing the form, at the desk too, and submitting it.
WRITE_DUTY = "inspection.write"
#: Declared by accounts: asking for a correction and deciding on it are done by two people.
CORRECT_DUTY, DECIDE_DUTY = "request-correction", "approve-correction"
_FIVE = gettext_noop("国办发〔2024〕54号五；本局方案二（三）3：程序规范、定性准确")
_S8 = gettext_noop("本局方案三（二）：严禁随意录入、擅自修改检查结果")


def load(actor: Viewer) -> int:
    """Enter what is missing; loading again changes nothing."""
    rows = (
        (REVIEW_DUTY, gettext_noop("检查与审核分离"), _FIVE),
        (PUBLISH_DUTY, gettext_noop("检查与公示分离"), _FIVE),
        (DECIDE_DUTY, gettext_noop("检查与批准更正分离"), _S8),
    )
    written = (
        (REVIEW_DUTY, gettext_noop("填写记录与审核分离"), _FIVE),
        (PUBLISH_DUTY, gettext_noop("填写记录与公示分离"), _FIVE),
        (DECIDE_DUTY, gettext_noop("填写记录与批准更正分离"), _S8),
    )
    for duty, cells in ((INSPECT_DUTY, rows), (WRITE_DUTY, written)):
        for other, label, basis in cells:
            declare_conflict(actor=actor, duties=(duty, other), label=label, basis=basis, mandatory=True)
    return len(rows) + len(written)

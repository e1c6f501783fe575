"""Initial data of accounts: the separation-of-duty matrix (design §4.7). Running it again changes nothing."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from mingcha.accounts.services import declare_conflict
from mingcha.base.viewers import Viewer

_DRAW = gettext_noop("国办发〔2015〕58号：双随机抽查全程留痕，实现责任可追溯")
_RESULT = gettext_noop("本局监管工作实施方案：严禁随意录入、擅自修改检查结果")
_APPROVAL = gettext_noop("国办发〔2024〕54号：实施行政检查须经行政机关负责人批准")
_ITEMS = gettext_noop("国办发〔2024〕54号：行政检查事项经审核后公布，未公布的不得实施")

#: duty, duty, what is kept apart, on what it rests, whether it can never be switched off.
CONFLICTS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("draw.seal", "draw.confirm", gettext_noop("封存名单与确认抽取分离"), _DRAW, True),
    ("draw.enter-digits", "draw.confirm-digits", gettext_noop("录入与复核摇号数字分离"), _DRAW, True),
    ("inspect", "review", gettext_noop("实施检查与审核结果分离"), _RESULT, True),
    (
        "request-correction",
        "approve-correction",
        gettext_noop("申请更正与批准更正分离"),
        _RESULT,
        True,
    ),
    ("propose", "approve", gettext_noop("提请与审批分离"), _APPROVAL, True),
    ("draft-item", "publish-item", gettext_noop("起草与发布抽查事项分离"), _ITEMS, False),
)


def load(actor: Viewer) -> int:
    """Put the matrix in place; says how many rows there are."""
    for first, second, label, basis, mandatory in CONFLICTS:
        declare_conflict(actor=actor, duties=(first, second), label=label, basis=basis, mandatory=mandatory)
    return len(CONFLICTS)

"""What a result needs before it may stand (S9, domain §2.5): pure, in words.

A result is empty until somebody enters it (N7). Each category has its own proof: 失联 several attempts on
different days, 经营异常 a check of what is so, 不配合 facts and evidence. What contradicts the answers
is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from mingcha.items.vocabulary import Result

#: 经营异常: what the public register of firms says does not hold (企业信息公示暂行条例17).
BUSINESS: Final = frozenset({Result.NOT_PUBLISHED.value, Result.FALSE_INFORMATION.value, Result.CLOSED.value})
#: Results of which 市场监管 is told: it keeps the list of abnormal operation (domain §3.6).
TOLD_TO_MARKET: Final = BUSINESS | {Result.UNREACHABLE.value}
#: Results that say that something was found.
FOUND: Final = frozenset({Result.CORRECTED.value, Result.PENDING.value, Result.BREACH.value})


@dataclass(frozen=True)
class Found:
    """What was found, as far as a result depends on it.

    bad           how many points are not in order
    items         item's name → (its own result, how many of its points are not in order)
    attempts      the different days on which somebody tried to reach the firm
    checks        kinds of `AbnormalCheck` → whether what was suspected is so
    reasons       the words of the dictionaries that were chosen for the result
    offered       whether there is a dictionary for it
    asked_checks  kinds of check that the reason given for the result calls for
    tries         how many different days 失联 needs (parameter)
    least_facts   how many characters an account of 不配合 has at least (parameter)
    """

    result: str = ""
    reason: str = ""
    reasons: Collection[str] = ()
    offered: bool = False
    bad: int = 0
    items: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    attempts: int = 0
    checks: Mapping[str, bool] = field(default_factory=dict)
    asked_checks: Collection[str] = ()
    evidence: int = 0
    tries: int = 2
    least_facts: int = 10


def missing(found: Found) -> tuple[str, ...]:
    """Everything that stands in the way of this result, each in words; empty when nothing does.

    That there is a result, for the whole and for each item, is asked by the form (`FilledForm.missing`).
    """
    if not found.result:
        return ()  # The form itself says that a result is missing.
    return (*_contradictions(found), *_of_the_items(found), *_proof(found))


#: Results of an item beside which the whole may read 未发现问题.
_QUIET = ("", Result.NOTHING_FOUND, Result.NO_SUCH_ACTIVITY)


def _contradictions(found: Found) -> Iterator[str]:
    if found.result == Result.NOTHING_FOUND and found.bad:
        yield _("有 %(n)d 项不符合，检查结果不能是“未发现问题”") % {"n": found.bad}
    if found.result == Result.NOTHING_FOUND and any(found.checks.values()):
        yield _("异常核查的结论是情况属实，检查结果不能是“未发现问题”")
    if found.result == Result.NO_SUCH_ACTIVITY and found.bad:
        yield _("有 %(n)d 项不符合，检查结果不能是“未发现开展本次抽查涉及的经营活动”") % {"n": found.bad}
    if found.result in FOUND and not found.bad and not any(found.checks.values()):
        yield _("没有一项不符合，检查结果不能是“%(result)s”") % {"result": _words(found.result)}
    if found.offered and not found.reasons:
        yield _("没有选“%(result)s”的情形；列出的都不符合的，选“其他情形”") % {"result": _words(found.result)}
    if found.result != Result.NOTHING_FOUND and not found.reason:
        yield _("没有写明结果的具体情形")


def _of_the_items(found: Found) -> Iterator[str]:
    for name, (result, bad) in found.items.items():
        if result == Result.NOTHING_FOUND and bad:
            yield _("“%(item)s”有 %(n)d 项不符合，它的结果不能是“未发现问题”") % {"item": name, "n": bad}
        elif result in FOUND and not bad and not any(found.checks.values()):
            yield _("“%(item)s”没有一项不符合，它的结果不能是“%(result)s”") % {
                "item": name,
                "result": _words(result),
            }
        elif result not in _QUIET and found.result == Result.NOTHING_FOUND:
            yield _("“%(item)s”的结果是“%(result)s”，整户的结果不能是“未发现问题”") % {
                "item": name,
                "result": _words(result),
            }


def _proof(found: Found) -> Iterator[str]:
    if found.result == Result.UNREACHABLE and found.attempts < found.tries:
        yield _("认定无法联系，要有 %(n)d 个不同日期的联系情况并附凭证，现在有 %(has)d 个") % {
            "n": found.tries,
            "has": found.attempts,
        }
    if found.result in BUSINESS and not found.checks.get("business"):
        yield _("认定“%(result)s”，要先登记经营异常的核查，结论为情况属实") % {"result": _words(found.result)}
    names = {"business": _("经营异常"), "labour": _("用工异常"), "insurance": _("社保异常")}
    for kind in sorted(set(found.asked_checks) - set(found.checks)):
        if kind != "business" or found.result not in BUSINESS:
            yield _("结果的情形属于%(kind)s，要先登记核查情况") % {"kind": names[kind]}
    if found.result == Result.UNCOOPERATIVE:
        if len(found.reason) < found.least_facts:
            yield _("认定不配合检查，要写明不配合的事实（不少于 %(n)d 个字）") % {"n": found.least_facts}
        if not found.evidence:
            yield _("认定不配合检查，要有照片、录音录像等证据")


def _words(result: str) -> str:
    return str(Result(result).label)


def letters(result: str, *, arrears: bool, others: Sequence[str] = ()) -> tuple[str, ...]:
    """Who is to be told of a result that stands: codes of `Referral.To` (domain §2.5, §3.6)."""
    told = []
    if result in TOLD_TO_MARKET:
        told.append("market")
    if arrears:
        told.append("tax")
    if result == Result.OTHER_BREACH or Result.OTHER_BREACH in others:
        told.append("other")
    return tuple(told)

"""What a person is told about a code that was not accepted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mingcha.accounts.services.factor import Outcome, Verdict
from mingcha.accounts.totp import Skew


def explain(outcome: Outcome) -> str:
    """What is wrong with the code and what to do; empty when it was accepted."""
    if outcome.verdict is Verdict.WAIT:
        seconds = max(1, -(-int(outcome.wait.total_seconds() * 1000) // 1000))
        return _("输错次数过多，请等 %(seconds)d 秒后再试。") % {"seconds": seconds}
    if outcome.verdict is Verdict.USED:
        return _("这个验证码已用过。请等手机上出现下一个验证码（最多 30 秒）后再输入。")
    if outcome.verdict is Verdict.WRONG_CLOCK and outcome.skew is not None:
        return _wrong_clock(outcome.skew)
    if outcome.verdict is Verdict.WRONG:
        return _("验证码不正确。请输入手机验证器上“明查”一项现在显示的 6 位数字。")
    return ""


def _wrong_clock(skew: Skew) -> str:
    amount = (
        _("%(minutes)d 分钟") % {"minutes": round(skew.minutes)}
        if skew.minutes >= 1.5
        else _("%(seconds)d 秒") % {"seconds": round(skew.minutes * 60)}
    )
    remedy = _("请在手机的“日期和时间”里打开“自动设置”或改正时间，再输入新的验证码。")
    if skew.slow:
        return _("手机时间慢了约 %(amount)s。") % {"amount": amount} + remedy
    return _("手机时间快了约 %(amount)s。") % {"amount": amount} + remedy

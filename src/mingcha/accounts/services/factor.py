"""The second factor: enrol an authenticator app, take the second step, recovery codes, reset.

Wrong codes slow down: from the third one each wait doubles, up to a quarter of an hour. The waiting is
written even though the code is refused, so these verbs return an outcome instead of raising.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from django.utils.translation import gettext_noop

from mingcha.accounts import selectors, totp
from mingcha.accounts.events import (
    RecoveryCodesIssued,
    RecoveryCodeUsed,
    SecondFactorEnrolled,
    SecondFactorReset,
)
from mingcha.accounts.models import Authenticator, EndedBecause, RecoveryCode, User
from mingcha.accounts.rules import refuse, require_administrator
from mingcha.accounts.services.sessions import end_all_sessions
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.kernel.refusal import Refused

RECOVERY_CODES = 10
_RECOVERY_BYTES = 10
_FREE_FAILURES = 2
_LONGEST_WAIT = timedelta(minutes=15)


class Verdict(Enum):
    """What came of a code."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    WRONG_CLOCK = "wrong_clock"
    USED = "used"
    WAIT = "wait"


@dataclass(frozen=True)
class Outcome:
    """What came of a code; with `wait` how long, with `skew` how far the phone is off."""

    verdict: Verdict
    authenticator: Authenticator | None = None
    skew: totp.Skew | None = None
    wait: timedelta = timedelta()
    by_recovery_code: bool = False
    recovery_codes: tuple[str, ...] = field(default=(), repr=False)

    @property
    def accepted(self) -> bool:
        return self.verdict is Verdict.ACCEPTED


@service
def start_enrolment(*, actor: Viewer, user: User) -> Authenticator:
    """Draw a new secret; it counts only once a code from it was confirmed."""
    _require_self(actor, user)
    if selectors.authenticator_of(user) is not None:
        raise refuse(
            "factor_enrolled",
            gettext_noop("您已绑定验证器"),
            gettext_noop("要换手机的，请先用现在的验证码解除绑定；手机遗失的，请系统管理员解除"),
        )
    Authenticator.objects.filter(user=user).delete()
    device: Authenticator = Authenticator.objects.create(
        user=user, name="totp", confirmed=False, secret=totp.new_secret(), created_at=clock.now()
    )
    return device


@service
def confirm_enrolment(*, actor: Viewer, user: User, code: str, keep_session: str = "") -> Outcome:
    """Confirm the drawn secret with a code; the outcome carries ten recovery codes, shown once."""
    _require_self(actor, user)
    device = Authenticator.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None:
        raise refuse(
            "factor_not_started",
            gettext_noop("没有待确认的绑定"),
            gettext_noop("请从“我的账号—两步验证”重新开始"),
        )
    outcome = _check(device, code)
    if not outcome.accepted:
        return outcome
    device.confirmed = True
    device.confirmed_at = clock.now()
    device.save(update_fields=["confirmed", "confirmed_at"])
    end_all_sessions(actor=actor, user=user, because=EndedBecause.SECOND_FACTOR_CHANGED, keep=keep_session)
    emit(SecondFactorEnrolled(thing=Thing.of(user)))
    return Outcome(Verdict.ACCEPTED, device, recovery_codes=_issue(user))


@service
def verify_second_step(*, actor: Viewer, user: User, code: str) -> Outcome:
    """Take a code from the app, or one of the recovery codes, at signing in."""
    device = Authenticator.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        return Outcome(Verdict.WRONG)
    if _is_totp(code):
        return _check(device, code)
    if wait := _waiting(device):
        return Outcome(Verdict.WAIT, wait=wait)
    used = RecoveryCode.objects.filter(user=user, used_at=None, digest=_digest(user, code)).update(
        used_at=clock.now()
    )
    if not used:
        _fail(device)
        return Outcome(Verdict.WRONG)
    _succeed(device)
    emit(RecoveryCodeUsed(thing=Thing.of(user), after={"left": recovery_codes_left(user)}))
    return Outcome(Verdict.ACCEPTED, device, by_recovery_code=True)


@service
def renew_recovery_codes(*, actor: Viewer, user: User, code: str) -> Outcome:
    """Ten new recovery codes for a code from the app; the old ones are void."""
    _require_self(actor, user)
    outcome = _with_own_code(user, code)
    if not outcome.accepted:
        return outcome
    return Outcome(Verdict.ACCEPTED, outcome.authenticator, recovery_codes=_issue(user))


@service
def disable_factor(*, actor: Viewer, user: User, code: str) -> Outcome:
    """Unbind one's own app with a code from it, to bind another phone (or none where none is asked)."""
    _require_self(actor, user)
    outcome = _with_own_code(user, code)
    if outcome.accepted:
        _remove(user)
        emit(SecondFactorReset(thing=Thing.of(user), why="本人解除"))
    return outcome


@service
def reset_factor(*, actor: Viewer, user: User, why: str) -> None:
    """An administrator unbinds a lost phone; the person enrols anew at the next sign-in."""
    require_administrator(actor)
    if isinstance(actor, Officer) and actor.id == user.pk:
        raise refuse(
            "factor_own_reset",
            gettext_noop("不能用管理员权限解除自己的两步验证"),
            gettext_noop("请用验证码在“我的账号”里解除，或者请另一名系统管理员办理"),
        )
    if not why.strip():
        raise refuse(
            "factor_why", gettext_noop("解除他人的两步验证必须写明理由"), gettext_noop("请填写理由后再提交")
        )
    _remove(user)
    end_all_sessions(actor=actor, user=user, because=EndedBecause.SECOND_FACTOR_CHANGED)
    emit(SecondFactorReset(thing=Thing.of(user), why=why))


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def _with_own_code(user: User, code: str) -> Outcome:
    device = Authenticator.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        raise refuse("factor_none", gettext_noop("您还没有绑定验证器"), gettext_noop("请先绑定验证器"))
    return _check(device, code)


def _check(device: Authenticator, code: str) -> Outcome:
    """Accept a code once; slow down after wrong ones; tell a wrong clock from a wrong code."""
    if wait := _waiting(device):
        return Outcome(Verdict.WAIT, wait=wait)
    code = _plain(code)
    now = clock.now()
    if not _is_totp(code):
        _fail(device)
        return Outcome(Verdict.WRONG)
    step = totp.step_of(device.secret, code, now)
    if step is not None and (step <= device.last_step or step == device.burnt_step):
        _fail(device)
        return Outcome(Verdict.USED)
    if step is not None:
        device.last_step = step
        _succeed(device)
        return Outcome(Verdict.ACCEPTED, device)
    far = totp.step_of(device.secret, code, now, reach=totp.HINT_REACH)
    if far is not None:
        # The hint tells a guesser that this code will be valid: it never is.
        device.burnt_step = far
    _fail(device)
    if far is None:
        return Outcome(Verdict.WRONG)
    return Outcome(Verdict.WRONG_CLOCK, skew=totp.Skew(far - totp.step_at(now)))


def _waiting(device: Authenticator) -> timedelta:
    """How long no code is looked at any more; zero when one may try."""
    if device.failures <= _FREE_FAILURES or device.failed_at is None:
        return timedelta()
    seconds = 2.0 ** min(device.failures - _FREE_FAILURES, 16)
    until: datetime = device.failed_at + min(timedelta(seconds=seconds), _LONGEST_WAIT)
    return max(until - clock.now(), timedelta())


def _fail(device: Authenticator) -> None:
    device.failures = min(device.failures + 1, 1000)
    device.failed_at = clock.now()
    device.save(update_fields=["failures", "failed_at", "burnt_step"])


def _succeed(device: Authenticator) -> None:
    device.failures = 0
    device.failed_at = None
    device.last_used_at = clock.now()
    device.save(update_fields=["failures", "failed_at", "last_used_at", "last_step"])


def _issue(user: User) -> tuple[str, ...]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = tuple(_new_recovery_code() for _i in range(RECOVERY_CODES))
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    emit(RecoveryCodesIssued(thing=Thing.of(user), after={"count": len(codes)}))
    return codes


def _remove(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _new_recovery_code() -> str:
    text = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _digest(user: User, code: str) -> str:
    return hashlib.sha256(f"mingcha recovery {user.pk} {_plain(code).upper()}".encode()).hexdigest()


def _plain(code: str) -> str:
    return "".join(character for character in code if character.isalnum())


def _is_totp(code: str) -> bool:
    plain = _plain(code)
    return plain.isascii() and plain.isdigit() and len(plain) == totp.DIGITS


def _require_self(actor: Viewer, user: User) -> None:
    if not (isinstance(actor, Officer) and actor.id == user.pk):
        raise _not_self()


def _not_self() -> Refused:
    return refuse(
        "factor_own_only",
        gettext_noop("两步验证只能由本人设置"),
        gettext_noop("手机遗失的，请系统管理员解除绑定后由本人重新绑定"),
    )

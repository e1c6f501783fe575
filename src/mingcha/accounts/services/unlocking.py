"""Lock-out after failed sign-ins (django-axes counts them) and its undoing by an administrator."""

from __future__ import annotations

from axes.utils import reset
from django.utils.translation import gettext_noop

from mingcha.accounts.events import LockedOut, Unlocked
from mingcha.accounts.models import Authenticator, User
from mingcha.accounts.rules import refuse, require_administrator
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import System, Viewer


@service
def unlock(*, actor: Viewer, user: User, why: str = "") -> int:
    """Forget the failed sign-ins and wrong codes of a person; says how many records there were."""
    require_administrator(actor)
    count: int = reset(username=user.username)
    count += Authenticator.objects.filter(user=user, failures__gt=0).update(failures=0, failed_at=None)
    if not count:
        raise refuse(
            "not_locked",
            gettext_noop("%(name)s的账号没有被锁定"),
            gettext_noop("忘记密码的，请重置密码"),
            name=user.name,
        )
    emit(Unlocked(thing=Thing.of(user), why=why))
    return count


@service
def record_lock_out(*, actor: Viewer, username: str) -> None:
    """Put on record that an account was locked; unknown names leave no trace here."""
    if not isinstance(actor, System):
        raise TypeError("only the platform records a lock-out")
    user = User.objects.filter(username=username).first()
    if user is not None:
        emit(LockedOut(thing=Thing.of(user)))

"""Sessions: at most so many at a time, ended when idle, and one can end one's own elsewhere."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

from mingcha.accounts import options
from mingcha.accounts.events import SessionEnded, SignedIn
from mingcha.accounts.models import EndedBecause, SignIn, User
from mingcha.accounts.rules import require_administrator, require_administrator_or_self
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import System, Viewer

SEEN_KEY = "seen"
BEGAN_KEY = "began"
#: The last request is noted at most this often, so that reading pages costs no write.
TOUCH_EVERY = timedelta(minutes=1)


def overdue(session: SessionBase) -> EndedBecause | None:
    """Why this session may go on no longer, or None."""
    now = clock.now().timestamp()
    if now - session.get(SEEN_KEY, 0) > options.idle_limit().total_seconds():
        return EndedBecause.IDLE
    if now - session.get(BEGAN_KEY, 0) > settings.SESSION_COOKIE_AGE:
        return EndedBecause.EXPIRED
    return None


def touch(session: SessionBase) -> None:
    """Note that the session was used now; writes at most once a minute."""
    now = clock.now()
    if now.timestamp() - session.get(SEEN_KEY, 0) >= TOUCH_EVERY.total_seconds():
        session[SEEN_KEY] = now.timestamp()
        SignIn.objects.filter(session_key=session.session_key, ended_at=None).update(last_seen_at=now)


def start_clocks(session: SessionBase) -> None:
    """Set the two moments that `overdue` looks at; called once when signing in."""
    session[SEEN_KEY] = session[BEGAN_KEY] = clock.now().timestamp()


@service
def open_session(*, actor: Viewer, user: User, session_key: str, ip_address: str, browser: str) -> SignIn:
    """Record a sign-in and end the person's oldest sessions beyond the limit."""
    require_administrator_or_self(actor, user)
    now = clock.now()
    _close_stale(user)
    # The row lock makes two sign-ins at the same moment count each other.
    User.objects.select_for_update().get(pk=user.pk)
    open_now = list(SignIn.objects.filter(user=user, ended_at=None).order_by("started_at", "id"))
    for surplus in open_now[: max(len(open_now) - options.session_limit() + 1, 0)]:
        _end(surplus, EndedBecause.DISPLACED)
    sign_in = SignIn.objects.create(
        user=user,
        session_key=session_key,
        started_at=now,
        last_seen_at=now,
        ip_address=ip_address or None,
        browser=browser[:80],
    )
    emit(SignedIn(thing=Thing.of(user)))
    return sign_in


@service
def end_session(*, actor: Viewer, sign_in: SignIn, because: EndedBecause) -> None:
    """End one session; the person themselves, an administrator or the platform may."""
    require_administrator_or_self(actor, sign_in.user)
    if sign_in.ended_at is None:
        _end(sign_in, because)


@service
def end_all_sessions(*, actor: Viewer, user: User, because: EndedBecause, keep: str = "") -> int:
    """End all sessions of a person except the one with the key `keep`; says how many ended."""
    require_administrator_or_self(actor, user)
    ending = list(SignIn.objects.filter(user=user, ended_at=None).exclude(session_key=keep))
    for sign_in in ending:
        _end(sign_in, because)
    return len(ending)


@service
def close_abandoned_sessions(*, actor: Viewer) -> int:
    """Close every session that nobody came back to within the idle limit; says how many.

    Expired sessions of the framework go too, visitors' among them.
    """
    require_administrator(actor)
    abandoned = list(
        SignIn.objects.filter(
            ended_at=None, last_seen_at__lt=clock.now() - options.idle_limit()
        ).select_related("user")
    )
    for sign_in in abandoned:
        _end(sign_in, EndedBecause.IDLE)
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    return len(abandoned)


def end_current(*, session_key: str, because: EndedBecause) -> None:
    """End the session with this key, if it is a recorded one that is still open."""
    sign_in = SignIn.objects.select_related("user").filter(session_key=session_key, ended_at=None).first()
    if sign_in is not None:
        end_session(actor=System(purpose="sessions"), sign_in=sign_in, because=because)


def rotate_key(session: SessionBase) -> None:
    """Give the session another key after its owner gained rights; its record follows."""
    old = session.session_key
    session.cycle_key()
    follow_key(old or "", session.session_key or "")


def follow_key(old: str, new: str) -> None:
    """Let the record of an open session follow a change of its key."""
    SignIn.objects.filter(session_key=old, ended_at=None).update(session_key=new)


def why_ended(session_key: str) -> EndedBecause | None:
    """Why the session with this key was ended, when it was and the person did not do it here."""
    sign_in = SignIn.objects.filter(session_key=session_key).exclude(ended_at=None).first()
    if sign_in is None or sign_in.ended_because == EndedBecause.SIGNED_OUT:
        return None
    return EndedBecause(sign_in.ended_because)


def _end(sign_in: SignIn, because: EndedBecause) -> None:
    sign_in.ended_at = clock.now()
    sign_in.ended_because = because
    sign_in.save(update_fields=["ended_at", "ended_because"])
    Session.objects.filter(session_key=sign_in.session_key).delete()
    emit(SessionEnded(thing=Thing.of(sign_in.user), after={"because": because.value}))


def _close_stale(user: User) -> None:
    """Close records of sessions that nobody came back to; they no longer count against the limit."""
    for sign_in in SignIn.objects.filter(
        user=user, ended_at=None, last_seen_at__lt=clock.now() - options.idle_limit()
    ):
        _end(sign_in, EndedBecause.IDLE)

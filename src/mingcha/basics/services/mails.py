"""Reminders by mail: write each morning's, keep what became of each.

    write(actor=…, user=…)      one a person a day, and only when something is new
    send_waiting(actor=…)       tries everything of today that has not gone out; called every few minutes

Nothing is sent inside a transaction: a mail that went out and could not be marked may go out twice, one that
did not go out is never marked as sent.
"""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from mingcha.accounts.models import User
from mingcha.accounts.selectors import officer_of
from mingcha.base import clock
from mingcha.base.service import service
from mingcha.base.viewers import System
from mingcha.basics.mailing import Counted, body_of, counted, subject_of
from mingcha.basics.models import MorningMail

_STATES = MorningMail.State
#: Answers of a mail server from here on are final (RFC 5321 §4.2.1).
_FOR_GOOD = 500
_UNREACHABLE = "unreachable"


def recipients() -> list[User]:
    """People with an address who may sign in; the addresses are encrypted, so they are asked one by one."""
    return [user for user in User.objects.active().order_by("pk") if user.email]


def write(*, actor: System, user: User) -> MorningMail | None:
    """Today's reminder for one person; None where there is one already, or nothing is new since the last.

    What waits is counted before the transaction begins, which is then short.
    """
    if MorningMail.objects.filter(user=user, day=clock.today()).exists():
        return None
    found = counted(officer_of(user))
    last = MorningMail.objects.filter(user=user).order_by("-day").first()
    fresh = found.known - set(last.known if last else ())
    return _keep(actor=actor, user=user, found=found, fresh=len(fresh)) if fresh else None


@service
def _keep(*, actor: System, user: User, found: Counted, fresh: int) -> MorningMail:
    kept, _made = MorningMail.objects.get_or_create(
        user=user,
        day=clock.today(),
        defaults={
            "steps": found.steps,
            "fresh": min(fresh, found.steps),
            "soon": found.soon,
            "today": found.today,
            "overdue": found.overdue,
            "escalated": found.escalated,
            "known": sorted(found.known),
            "written_at": clock.now(),
        },
    )
    return kept


def send_waiting(*, actor: System) -> dict[str, int]:
    """Send what waits; of earlier days nothing any more, since it no longer says what is due.

    Where the server cannot be reached the rest is left for the next time.
    """
    counts = dict.fromkeys(_STATES.values, 0)
    rows = MorningMail.objects.waiting().select_related("user").order_by("pk")
    for mail in rows.filter(day__lt=clock.today()):
        counts[_mark(actor=actor, mail=mail, state=_STATES.FAILED, why="expired")] += 1
    for mail in list(rows.filter(day=clock.today())):
        state, why = _tried(mail)
        counts[_mark(actor=actor, mail=mail, state=state, why=why)] += 1
        if why == _UNREACHABLE:
            break
    return counts


def some_wait() -> bool:
    """Whether something of today has not gone out and is not given up."""
    return MorningMail.objects.waiting().filter(day=clock.today()).exists()


def _tried(mail: MorningMail) -> tuple[str, str]:
    """What came of sending one, and a word for why not: never the server's, which may hold an address."""
    message = EmailMessage(subject_of(mail), body_of(mail), settings.DEFAULT_FROM_EMAIL, [mail.user.email])
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        for_good = all(code >= _FOR_GOOD for code, _text in error.recipients.values())
        return (_STATES.FAILED if for_good else _STATES.WAITING), "refused"
    except smtplib.SMTPResponseException as error:
        return _STATES.WAITING, str(error.smtp_code)
    except (OSError, smtplib.SMTPException):
        return _STATES.WAITING, _UNREACHABLE
    return _STATES.SENT, ""


@service
def _mark(*, actor: System, mail: MorningMail, state: str, why: str) -> str:
    mail.state, mail.why, mail.attempts = state, why, mail.attempts + 1
    mail.sent_at = clock.now() if state == _STATES.SENT else None
    mail.save(update_fields=["state", "why", "attempts", "sent_at"])
    return state

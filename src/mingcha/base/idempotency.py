"""Pressing a button twice does once (N11).

Every form that changes something carries a hidden `token()`. The view runs the service through `once`:

    outcome, fresh = once(
        key=request.POST["press"], viewer=request.viewer, verb="planning.seal",
        run=lambda: seal(actor=request.viewer, campaign_id=campaign.id),
        outcome=lambda draw: draw.get_absolute_url(),
    )
    return redirect(outcome)

Order inside the one transaction: (1) insert the key's row, (2) run the service, whose own last statement
appends to the ledger under the ledger's lock, (3) write the outcome into the row. Step 3 comes after the
append, and cannot deadlock: nobody else can hold that row's lock. A second press with the same key waits
at step 1 holding nothing, until the first has committed (it then answers with the stored outcome) or
rolled back (it then runs). `once` refuses to run inside another transaction or service, where none of
this would hold.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from mingcha.base import clock
from mingcha.base.service import service
from mingcha.base.viewers import Viewer
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

R = TypeVar("R")

#: How long a key is remembered: longer than any form stays open in a browser.
KEEP = timedelta(days=7)
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
_BASIS = gettext_noop("本系统规则 N11：同一次提交只办理一次")


class IdempotencyKey(models.Model):
    """One press of one button: whose, which verb, and what came of it."""

    key = models.CharField(max_length=64, unique=True)
    viewer = models.CharField(max_length=200)
    verb = models.CharField(max_length=100)
    outcome = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "base"
        verbose_name = "提交凭证"

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


def token() -> str:
    """A fresh key for a form that is about to be shown."""
    return secrets.token_urlsafe(24)


def once(
    *, key: str, viewer: Viewer, verb: str, run: Callable[[], R], outcome: Callable[[R], str]
) -> tuple[str, bool]:
    """Run a service once for a key; give its outcome, and whether it ran now.

    A second press gives the first one's stored outcome without running, also when both come at the same
    moment. If `run` raises anything, no key is left, so that the person may correct and press again.
    `outcome` turns the result into a short text without personal data (usually the next address).

    Raises Refused for a key that is malformed, or that belongs to another viewer or verb; RuntimeError
    when called inside a transaction.
    """
    if not _KEY.fullmatch(key):
        raise Refused(_malformed())
    with transaction.atomic(durable=True):
        row = _claim(key, viewer, verb)
        if row is None:
            return _stored(key, viewer, verb), False
        row.outcome = outcome(run())
        row.save(update_fields=["outcome"])
        return row.outcome, True


def earlier_outcome(*, key: str, viewer: Viewer, verb: str) -> str | None:
    """The outcome of an earlier press with this key, None when there was none.

    For a second press whose input no longer passes only because the first one succeeded, such as a
    number that is now taken.
    """
    found = IdempotencyKey.objects.filter(key=key, viewer=viewer.reference, verb=verb).first()
    return found.outcome if found is not None else None


@service
def forget_old_keys(*, actor: Viewer) -> int:
    """Remove the keys older than `KEEP`; a periodic job calls it. Gives how many."""
    removed, _ = IdempotencyKey.objects.filter(at__lt=clock.now() - KEEP).delete()
    return removed


def _claim(key: str, viewer: Viewer, verb: str) -> IdempotencyKey | None:
    """Insert the key's row, or None when it exists; waits for a press that is under way."""
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(key=key, viewer=viewer.reference, verb=verb, at=clock.now())
    except IntegrityError:
        return None


def _stored(key: str, viewer: Viewer, verb: str) -> str:
    row = IdempotencyKey.objects.get(key=key)
    if row.viewer != viewer.reference or row.verb != verb:
        raise Refused(_foreign())
    return row.outcome


def _malformed() -> Refusal:
    return Refusal(
        code="idempotency.malformed",
        message=gettext_noop("这次提交缺少有效的页面凭证，没有办理"),
        basis=_BASIS,
        remedy=gettext_noop("请刷新页面后重新提交"),
    )


def _foreign() -> Refusal:
    return Refusal(
        code="idempotency.foreign",
        message=gettext_noop("这次提交的页面凭证属于另一个人或另一项操作，没有办理"),
        basis=_BASIS,
        remedy=gettext_noop("请回到自己要办的页面，刷新后重新提交"),
    )

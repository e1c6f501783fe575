"""评价: once for a visit, counted into the section's month, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from mingcha.base import clock
from mingcha.base.crypto.keys import index_keys
from mingcha.base.service import service
from mingcha.base.viewers import Capability, Viewer
from mingcha.basics.selectors import parameters
from mingcha.enterprise.doors import Door
from mingcha.enterprise.models import RatingMark, RatingTally
from mingcha.enterprise.questions import BY_CODE
from mingcha.enterprise.rated import TERM, may_rate, refused
from mingcha.inspection.models import Inspection
from mingcha.kernel.refusal import gettext_noop

_CONTEXT = b"enterprise_ratingmark.mark"
_BATCH = 500


@service
def rate(*, actor: Capability, door: Door, answers: Mapping[str, str]) -> None:
    """Count a firm's answers (question → answer; what is left out is not counted).

    Refused before the visit is over, after the term, with no answer at all, and the second time. It goes into
    the month in which it is given, so that a month that is over never changes. No event is recorded: the
    hour of an event would tell whose rating it was.
    """
    given = {code: answer for code, answer in answers.items() if answer}
    if not given:
        raise refused("empty", gettext_noop("一个问题也没有回答"), gettext_noop("请至少回答一个问题再提交"))
    if any(answer not in dict(BY_CODE[code].answers) for code, answer in given.items()):
        raise ValueError("no such answer")
    may_rate(door)
    _use(door.issue.inspection_id)
    month = clock.today().replace(day=1)
    for code, answer in {"": "", **given}.items():
        _count(door.inspection.unit_id, month, code, answer)


@service
def forget_marks(*, actor: Viewer) -> int:
    """Forget that visits were rated once none can be rated any more; gives how many marks are gone.

    From then on nobody, with whatever keys, can work out which visits were rated.
    """
    since = clock.now() - timedelta(days=parameters.value(TERM).as_int())
    open_ones = Inspection.objects.filter(left_at__gte=since).values_list("pk", flat=True)
    keys = index_keys()
    kept = {mark for pk in open_ones for mark in keys.marks(_visit(pk), _CONTEXT)}
    gone = sorted(set(RatingMark.objects.values_list("pk", flat=True)) - kept)
    for start in range(0, len(gone), _BATCH):
        RatingMark.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    return len(gone)


def _is_rated(inspection_id: int) -> bool:
    return RatingMark.objects.filter(pk__in=index_keys().marks(_visit(inspection_id), _CONTEXT)).exists()


def _visit(inspection_id: int) -> bytes:
    return str(inspection_id).encode()


def _use(inspection_id: int) -> None:
    """Take the one rating of a visit; Refused where it is taken."""
    already = refused(
        "twice",
        gettext_noop("这次检查已经评价过"),
        gettext_noop("每次检查评价一次；不是您单位评价的，请投诉，只有督导员看得到"),
    )
    if _is_rated(inspection_id):
        raise already
    try:
        with transaction.atomic():
            RatingMark.objects.create(mark=index_keys().mark(_visit(inspection_id), _CONTEXT))
    except IntegrityError:
        raise already from None


def _count(unit_id: int, month: date, question: str, answer: str) -> None:
    row, _made = RatingTally.objects.get_or_create(
        unit_id=unit_id, month=month, question=question, answer=answer
    )
    RatingTally.objects.filter(pk=row.pk).update(count=F("count") + 1)

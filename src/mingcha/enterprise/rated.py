"""When a visit may be rated, and what officers see of ratings: sums of past months, of enough firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingcha.accounts.models import Unit
from mingcha.base import clock
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.selectors import parameters
from mingcha.enterprise.doors import RATING_DAYS, Door
from mingcha.enterprise.models import RatingTally
from mingcha.enterprise.questions import QUESTIONS, Question
from mingcha.kernel.refusal import Refusing, gettext_noop
from mingcha.web.text import Text

LEAST, TERM = "RATING_LEAST", RATING_DAYS
_BASIS = gettext_noop("本局方案二（三）2：自觉接受企业监督评价；国办发〔2024〕54号九")


def is_the_firms(viewer: Viewer) -> None:
    """Refuse whoever is signed in: what firms think is theirs to say, not an officer's who shows the code."""
    if isinstance(viewer, Officer):
        raise refused(
            "officer",
            gettext_noop("评价由企业作出，登录平台的工作人员不能评价"),
            gettext_noop("请企业用自己的手机扫码评价"),
        )


#: A refusal about rating.
refused = Refusing("rating", _BASIS)


def may_rate(door: Door) -> None:
    """Refuse a rating before the visit is over and after the term."""
    left = door.inspection.left_at
    if not door.ended or left is None:
        raise refused(
            "early",
            gettext_noop("检查还没有结束，不能评价"),
            gettext_noop("检查人员离开以后，用同一个码评价"),
        )
    if clock.now() > left + timedelta(days=parameters.value(TERM).as_int()):
        raise refused(
            "late", gettext_noop("评价的时间已经过去"), gettext_noop("有意见请投诉，或者拨打监督电话")
        )


@dataclass(frozen=True)
class Sums:
    """What the firms of one section's month said; `bad` is how many answers an overseer looks for."""

    unit: Unit
    month: date
    ratings: int
    rows: Sequence[tuple[Question, Sequence[tuple[Text, int]]]]
    bad: int


def sums_of(officer: Officer) -> tuple[list[Sums], int]:
    """The sums that may be shown, the newest first, and how many firms one sum needs at least.

    A month that is not over, and a section's month of fewer firms, are shown to nobody.
    """
    least = parameters.value(LEAST).as_int()
    this_month = clock.today().replace(day=1)
    rows = RatingTally.objects.visible_to(officer).filter(month__lt=this_month).select_related("unit")
    found: dict[tuple[date, int], list[RatingTally]] = defaultdict(list)
    for row in rows.order_by("-month", "unit__path", "pk"):
        found[(row.month, row.unit_id)].append(row)
    sums = [_sum(tallies) for tallies in found.values()]
    return [one for one in sums if one.ratings >= least], least


def _sum(tallies: Sequence[RatingTally]) -> Sums:
    counts = {(row.question, row.answer): row.count for row in tallies}
    rows = [
        (question, [(label, counts.get((question.code, code), 0)) for code, label in question.answers])
        for question in QUESTIONS
    ]
    bad = sum(counts.get((question.code, code), 0) for question in QUESTIONS for code in question.bad)
    return Sums(tallies[0].unit, tallies[0].month, counts.get(("", ""), 0), rows, bad)

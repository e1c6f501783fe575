"""What is late about inspections, or will be soon: counted together, one step for all that wait (N9).

The terms: a batch's period of visits, the record after leaving, the review after submitting, the publication
after the inspection. Each inspection's own deadlines stand on its page; home pages say how many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.basics.models import Deadline
from mingcha.basics.selectors import parameters, workdays
from mingcha.basics.services.deadlines import ESCALATION
from mingcha.inspection import lifecycle as states
from mingcha.inspection import terms
from mingcha.inspection.models import Inspection

#: Work days before the end from which something counts as near.
NEAR: Final = 3
VISIT, SOON = "visit", "soon"


@dataclass(frozen=True)
class Term:
    """One term of inspections: its rule, how the list's filter calls it, how it is said when late or near."""

    rule: str
    work: str
    late: str | Promise
    near: str | Promise


#: A batch's period stands at home by itself; of single inspections what ends soon is counted here.
#: What is past is counted by its days, drawn or single: `asked_for(…, VISIT)`.
WINDOW: Final = Term(
    terms.VISIT_WINDOW, VISIT, _("%(n)d 户超过检查期间还没有检查"), _("%(n)d 户单户检查即将到检查结束日期")
)
TERMS: Final = (
    Term(terms.RECORD_ENTRY, "record", _("%(n)d 件检查记录逾期未提交"), _("%(n)d 件检查记录即将到期")),
    Term(terms.RESULT_REVIEW, "review", _("%(n)d 件检查结果逾期未审核"), _("%(n)d 件检查结果即将到审核期限")),
    Term(terms.PUBLICATION, "publish", _("%(n)d 件检查结果逾期未公示"), _("%(n)d 件检查结果即将到公示期限")),
)
CHOICES: Final = (
    (VISIT, _("超过检查期间还没有检查")),
    ("record", _("检查记录逾期未提交")),
    ("review", _("检查结果逾期未审核")),
    ("publish", _("检查结果逾期未公示")),
    (SOON, _("即将到期")),
)


@dataclass(frozen=True)
class Counted:
    """How many are late, how many of them long enough to be escalated, how many near; the first last days."""

    late: int
    escalated: int
    near: int
    first_late: date | None
    first_near: date | None


def asked_for(rows: QuerySet[Any], work: str) -> QuerySet[Any]:
    """Those of the rows whose term of this kind has passed; for SOON, whose term of any kind ends soon."""
    today = clock.today()
    if work == VISIT:
        return rows.filter(state__in=states.TO_VISIT, visit_until__lt=today)
    terms = Deadline.objects.open().filter(thing_type=Inspection._meta.label_lower)
    if work == SOON:
        every = [term.rule for term in (WINDOW, *TERMS)]
        found = terms.filter(rule__code__in=every, due_on__range=(today, _near(today)))
    else:
        rule = next(term.rule for term in TERMS if term.work == work)
        found = terms.filter(rule__code=rule, due_on__lt=today)
    return rows.filter(pk__in=found.values("thing_id"))


def long_unvisited(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those to which nobody has gone for so long after their period that the leader hears of it."""
    wait = parameters.value(ESCALATION, on=clock.today()).as_int()
    return rows.filter(state__in=states.TO_VISIT, visit_until__lt=clock.today() - timedelta(days=wait))


def _near(today: date) -> date:
    return workdays.calendar().add_workdays(today, NEAR).date


def counted(rows: QuerySet[Any]) -> dict[str, Counted]:
    """By rule, what of these inspections is late or near; in two queries. Nothing is asked of the settings
    where there is no inspection: the home page stands before an installation has its initial data."""
    if not rows.exists():
        return {}
    today = clock.today()
    near = _near(today)
    wait = parameters.value(ESCALATION, on=today).as_int()
    passed, coming = Q(due_on__lt=today), Q(due_on__gte=today, due_on__lte=near)
    long_past = Q(due_on__lt=today - timedelta(days=wait))
    # Few terms are open and near, however many inspections there are: each asks for its own.
    open_ones = Deadline.objects.open().filter(
        Exists(rows.filter(pk=OuterRef("thing_id"))),
        thing_type=Inspection._meta.label_lower,
        due_on__lte=near,
    )
    found = (
        open_ones.order_by("rule__code")
        .values("rule__code")
        .annotate(
            late=Count("pk", filter=passed),
            escalated=Count("pk", filter=long_past),
            near=Count("pk", filter=coming),
            first_late=Min("due_on", filter=passed),
            first_near=Min("due_on", filter=coming),
        )
    )
    return {
        row["rule__code"]: Counted(
            row["late"], row["escalated"], row["near"], row["first_late"], row["first_near"]
        )
        for row in found
    }

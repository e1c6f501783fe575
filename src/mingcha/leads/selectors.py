"""Reading leads with their terms."""

from __future__ import annotations

from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.basics.models import Deadline
from mingcha.leads import terms
from mingcha.leads.lifecycle import ENDED, OPEN
from mingcha.leads.models import Lead

#: Whoever sees a lead sees when it is due.
_PLATFORM = System(purpose="leads")


def _terms() -> QuerySet[Deadline]:
    rows: QuerySet[Deadline] = Deadline.objects.visible_to(_PLATFORM).open()
    return rows.filter(thing_type=Lead._meta.label_lower)


def with_due_days(leads: QuerySet[Any]) -> QuerySet[Any]:
    """Leads with `next_due`, the first day on which something is due; None where no term runs."""
    first = _terms().filter(thing_id=OuterRef("pk")).order_by().values("thing_id").annotate(d=Min("due_on"))
    return leads.annotate(next_due=Subquery(first.values("d")))


def owed(leads: QuerySet[Any]) -> QuerySet[Any]:
    """Those of which somebody is still to be told by a paper that is served: who complains; who sent it,
    once what came of it is known."""
    told = _terms().filter(rule__code__in=terms.BY_SERVICE).values("thing_id")
    sent = _terms().filter(rule__code=terms.STATED).values("thing_id")
    waiting = merged_into(Lead.objects.filter(state__in=OPEN).values("pk"))
    concluded = Q(state__in=ENDED) & ~Q(pk__in=[one.pk for one in waiting])
    return leads.filter(Q(pk__in=told) | (Q(pk__in=sent) & concluded))


def merged_into(leads: Any) -> list[Lead]:
    """Everything that was merged into one of these (keys, or a query for them), and into those."""
    found: list[Lead] = []
    fresh = list(Lead.objects.filter(merged_into__in=leads))
    while fresh:
        found += fresh
        fresh = list(Lead.objects.filter(merged_into__in=[one.pk for one in fresh]))
    return found


def late(leads: QuerySet[Any]) -> QuerySet[Any]:
    """Those with a term that has passed and was not met, also before the platform has looked (`watch`)."""
    return leads.filter(pk__in=_terms().filter(due_on__lt=clock.today()).values("thing_id"))

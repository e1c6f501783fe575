"""Home pages: what is late about inspections and what will be soon, for whoever answers and who watches."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.accounts.heads import HEADS
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import reach_filter
from mingcha.inspection import lifecycle as states
from mingcha.inspection import terms
from mingcha.inspection.late import (
    SOON,
    TERMS,
    VISIT,
    WINDOW,
    Counted,
    Term,
    asked_for,
    counted,
    long_unvisited,
)
from mingcha.inspection.links import page_of
from mingcha.inspection.models import Entry, Inspection
from mingcha.web.providers import NextStep, Tone, next_steps

#: Who watches everybody's terms; a section's heads answer for its own.
_WATCHING = (Role.COORDINATOR, Role.OVERSEER)
#: Visits without an end that stand one by one on a home page.
SHOWN = 10
_EVERY = tuple(term.rule for term in (WINDOW, *TERMS))


def register() -> None:
    """Called once at start-up."""
    next_steps.register("inspection.late")(_steps)


def _steps(officer: Officer) -> Iterator[NextStep]:
    seen = Inspection.objects.visible_to(officer)
    if officer.has(*HEADS, *_WATCHING):
        yield from _unvisited(seen)
        yield from _terms(seen, near=officer.has(*HEADS))
    elif officer.has(Role.BUREAU_LEADER):
        yield from _escalated(seen)
    yield from _unended(officer, seen)
    if officer.has(Role.INSPECTOR) and not officer.has(*HEADS):
        yield from _terms(seen.mine(officer), near=True, rules=(terms.RECORD_ENTRY,))
    if officer.has(Role.INSPECTOR, Role.OVERSEER):
        yield from _unscanned(seen if officer.has(Role.OVERSEER) else seen.mine(officer))


def _unvisited(seen: QuerySet[Inspection]) -> Iterator[NextStep]:
    rows = asked_for(seen, VISIT)
    count = rows.count()
    if count:
        title = str(WINDOW.late) % {"n": count}
        detail = _("由股室负责人在派发页面申请延长检查期限；不再去的逐户办理“未检查，说明理由”")
        first = rows.aggregate(first=Min("visit_until"))["first"]
        yield _step(title, detail, VISIT, count, first)


def _unended(officer: Officer, seen: QuerySet[Inspection]) -> Iterator[NextStep]:
    """Visits of an earlier day that nobody has ended: to those who are there, and to who answers for them."""
    today = clock.start_of(clock.today())
    open_ones = seen.filter(state=states.ON_SITE, entered_at__lt=today)
    if officer.has(*HEADS):
        reached = reach_filter(officer, HEADS, section="unit_id")
        rows = open_ones.filter(reached | Q(pk__in=seen.mine(officer).values("pk")))  # type: ignore[attr-defined]
    elif officer.has(Role.INSPECTOR):
        rows = open_ones.mine(officer)  # type: ignore[attr-defined]
    else:
        return
    for one in rows.order_by("entered_at")[:SHOWN]:
        day = clock.day_of(one.entered_at or today)
        yield NextStep(
            title=_("登记离开：%(firm)s") % {"firm": one},
            detail=_("%(day)s 入企，一直没有登记离开；提交和公示的期限已经在走") % {"day": day.isoformat()},
            url=reverse("inspection:leave", args=[one.pk]),
            due=day,
            tone="danger",
            icon="log-out",
        )


def _terms(seen: QuerySet[Inspection], *, near: bool, rules: Collection[str] = _EVERY) -> Iterator[NextStep]:
    found = counted(seen)
    if near and WINDOW.rule in rules:
        yield from _soon(WINDOW, found.get(WINDOW.rule))
    for term in TERMS:
        what = found.get(term.rule)
        if what is None or term.rule not in rules:
            continue
        if what.late:
            detail = _("其中 %(n)d 件已报督导员") % {"n": what.escalated} if what.escalated else ""
            yield _step(str(term.late) % {"n": what.late}, detail, term.work, what.late, what.first_late)
        if near:
            yield from _soon(term, what)


def _soon(term: Term, what: Counted | None) -> Iterator[NextStep]:
    if what is not None and what.near:
        title = str(term.near) % {"n": what.near}
        yield _step(title, "", SOON, what.near, what.first_near, tone="warning")


def _escalated(seen: QuerySet[Inspection]) -> Iterator[NextStep]:
    """To the leader goes what the section has left lying for long."""
    found = counted(seen)
    if asked_for(seen, VISIT).exists():
        unvisited = long_unvisited(seen).aggregate(n=Count("pk"), first=Min("visit_until"))
        if unvisited["n"]:
            title = str(WINDOW.late) % {"n": unvisited["n"]}
            yield _step(title, _("超期已久"), VISIT, unvisited["n"], unvisited["first"])
    for term in TERMS:
        what = found.get(term.rule)
        if what is not None and what.escalated:
            title = str(term.late) % {"n": what.escalated}
            yield _step(title, _("超期已久，已报督导员"), term.work, what.escalated, what.first_late)


def _unscanned(seen: QuerySet[Inspection]) -> Iterator[NextStep]:
    """Emergencies whose code has not been shown: red until it is. One's own; for the overseer all."""
    rows = Entry.objects.filter(via=Entry.Via.EMERGENCY, made_up_at=None, inspection__in=seen.values("pk"))
    for entry in rows.select_related("inspection").order_by("at")[:20]:
        yield NextStep(
            title=_("补扫入企码：%(name)s") % {"name": entry.inspection.name},
            detail=_("紧急情况先行检查，离开以前应补扫"),
            url=page_of(entry.inspection_id),
            due=clock.day_of(entry.at),
            tone="danger",
            icon="scan",
        )


def _step(
    title: str, detail: str, work: str, count: int, due: date | None, tone: Tone = "danger"
) -> NextStep:
    return NextStep(
        title=title,
        detail=detail,
        url=f"{reverse('inspection:inspections-list')}?term={work}",
        due=due,
        tone=tone,
        icon="alarm-clock",
        count=count,
    )

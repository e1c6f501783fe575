"""What handing over adds to the shared pages: menu, next steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base.viewers import Officer
from mingcha.basics import things
from mingcha.basics.models import Deadline
from mingcha.inspection import terms
from mingcha.inspection.backfill import fields
from mingcha.inspection.backfill import lifecycle as states
from mingcha.inspection.backfill.selectors import UNLIKE, to_hand_over
from mingcha.inspection.models import (
    RETURN_KEEPERS,
    RETURN_READERS,
    Inspection,
    ReturnSheet,
    ReturnTemplate,
)
from mingcha.planning.models import Campaign
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps

_WAITING = Count("rows", filter=Q(rows__published_on=None))


def register() -> None:
    """Called once at start-up."""
    fields.register()
    navigation.add(
        navigation.Entry(
            code="inspection.returns",
            label=gettext_lazy("回填省平台"),
            url_name="inspection:returns-list",
            icon="file-output",
            group="inspection",
            order=60,
            roles=RETURN_READERS,
        )
    )
    describe(states.RETURN)
    next_steps.register("inspection.returns")(_steps)
    things.register(
        ReturnSheet,
        label=gettext_lazy("回填清单"),
        url=lambda pk: reverse("inspection:returns-detail", args=[pk]),
    )
    things.register(
        ReturnTemplate,
        label=gettext_lazy("回填模板"),
        url=lambda pk: reverse("inspection:return-templates-detail", args=[pk]),
    )


def _steps(officer: Officer) -> Iterator[NextStep]:
    if not officer.has(*RETURN_KEEPERS):
        return
    yield from _to_hand_over(officer)
    yield from _to_read_back(officer)


def _to_hand_over(officer: Officer) -> Iterator[NextStep]:
    """Of a superior's task its publication ends the term, so what waits here is late there."""
    waiting = to_hand_over(officer).filter(task__dispatch__campaign__source=Campaign.Source.SUPERIOR)
    of, named = "task__dispatch__campaign", "task__dispatch__campaign__title"
    for campaign, title, firms in waiting.order_by(of).values_list(of, named).annotate(n=Count("pk")):
        yield NextStep(
            title=_("回填省平台：%(title)s") % {"title": title},
            detail=_("%(n)d 户已审核通过，还没有回填") % {"n": firms},
            url=f"{reverse('inspection:return-make')}?campaign={campaign}",
            tone="warning",
            icon="file-output",
            count=firms,
        )


def _to_read_back(officer: Officer) -> Iterator[NextStep]:
    sheets = ReturnSheet.objects.visible_to(officer).filter(state=states.OPEN)
    for sheet in sheets.annotate(waiting=_WAITING, differ=UNLIKE).order_by("made_at"):
        yield NextStep(
            title=_("读回省平台的导出：%(title)s") % {"title": sheet},
            detail=_("%(n)d 户和省平台不一致，请改正后再读回") % {"n": sheet.differ}
            if sheet.differ
            else _("%(n)d 户等待省平台公示") % {"n": sheet.waiting},
            url=reverse("inspection:returns-detail", args=[sheet.pk]),
            due=_nearest(officer, sheet),
            tone="danger" if sheet.differ else "info",
            icon="file-input",
            count=sheet.waiting,
        )


def _nearest(officer: Officer, sheet: ReturnSheet) -> date | None:
    """The first last day of publishing among what waits on the list."""
    waiting = sheet.rows.filter(published_on=None).values("inspection")
    found = Deadline.objects.visible_to(officer).open()
    found = found.filter(
        rule__code=terms.PUBLICATION, thing_type=Inspection._meta.label_lower, thing_id__in=waiting
    )
    nearest: date | None = found.aggregate(first=Min("due_on"))["first"]
    return nearest

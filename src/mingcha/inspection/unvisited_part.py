"""未检查 on the page of an inspection, on home pages, and as a thing that papers hang on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things
from mingcha.basics.selectors import attachments
from mingcha.inspection import lifecycle as states
from mingcha.inspection import unvisited_lifecycle as table
from mingcha.inspection.links import page_of
from mingcha.inspection.models import Inspection, Unvisited
from mingcha.inspection.pages import Part, part
from mingcha.inspection.unvisited import answers_for, unvisited_facts, waiting_for
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import NextStep, next_steps

_ICONS = {"grant": "check", "reject": "x", "withdraw": "undo-2"}
#: Requests that stand one by one on a home page.
SHOWN = 10


@part("unvisited", order=27)
def unvisited(viewer: Viewer, inspection: Inspection) -> Part:
    """The way out of a visit that cannot be made, and what was said and decided about it."""
    rows = list(
        Unvisited.objects.visible_to(viewer)
        .filter(inspection=inspection)
        .select_related("asked_by", "decided_by")
    )
    papers = {one.pk: list(attachments.of_thing(Thing.nameless(one), viewer)) for one in rows}
    late = inspection.state == states.READY and inspection.visit_until < clock.today()
    values = {"rows": [(one, papers[one.pk]) for one in rows], "late": late, "inspection": inspection}
    actions = list(_actions(viewer, inspection, rows))
    return Part(actions, "inspection/unvisited_card.html" if rows or late else "", values)


def _actions(viewer: Viewer, inspection: Inspection, rows: list[Unvisited]) -> Iterator[Action]:
    waiting = next((one for one in rows if one.state == table.ASKED), None)
    if waiting is not None:
        made = verb_actions(
            table.UNVISITED,
            state=waiting.state,
            roles=viewer.roles,
            facts=unvisited_facts(waiting, inspection, viewer),
            url_for=lambda row: reverse("inspection:unvisited-verb", args=[waiting.pk, row.verb]),
            icons=_ICONS,
            danger=("reject",),
            quiet=("withdraw",),
        )
        # Whoever may not decide sees that it waits, not a row of buttons that refuse.
        yield from (one for one in made if not one.refusals)
    elif inspection.state == states.READY and answers_for(viewer, inspection):
        address = reverse("inspection:unvisited", args=[inspection.pk])
        yield Action(_("未检查，说明理由"), address, "circle-slash")


def register() -> None:
    """Called once at start-up."""
    describe(table.UNVISITED)
    next_steps.register("inspection.unvisited")(_steps)
    things.register(
        Unvisited,
        label=gettext_lazy("未检查"),
        url=_page_of,
        gathered=True,
    )


def _page_of(pk: int) -> str:
    return reverse("inspection:unvisited-request", args=[pk])


def _steps(officer: Officer) -> Iterator[NextStep]:
    """What waits for this officer's decision."""
    rows = waiting_for(officer)
    step = NextStep(title="", url="", tone="warning", icon="circle-slash")
    for one in rows[:SHOWN]:
        yield replace(
            step,
            title=_("决定是否“未检查”：%(firm)s") % {"firm": one.inspection},
            detail=_("理由：%(reason)s。同意以后这一户不计入已检查，公开页面写明理由")
            % {"reason": one.get_reason_display()},
            url=page_of(one.inspection_id),
        )
    if len(rows) > SHOWN:
        yield replace(
            step,
            title=_("还有 %(n)d 户等待决定是否“未检查”") % {"n": len(rows) - SHOWN},
            url=f"{reverse('inspection:inspections-list')}?state={states.READY}",
            count=len(rows) - SHOWN,
        )

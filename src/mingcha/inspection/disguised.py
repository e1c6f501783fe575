"""变相检查: a clue against a firm soon after a visit that was no inspection (国办发〔2024〕54号: 不得⑧).

The platform only puts both beside one another before the overseer; what it means, people find out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics import uses
from mingcha.basics.selectors import parameters, workdays
from mingcha.kernel.terms import due
from mingcha.leads.links import page_of
from mingcha.leads.models import Lead
from mingcha.leads.vocabulary import Kind
from mingcha.registry.models import Visit
from mingcha.registry.selectors.subjects import stand_ins
from mingcha.web.providers import NextStep, next_steps

#: Within how long after such a visit a clue is worth a look (domain §12).
WITHIN = "OTHER_VISIT_CLUE"
#: For how many days a clue stands on the overseer's home page.
SHOWN = "OTHER_VISIT_SHOWN_DAYS"
_PLATFORM = System(purpose="visits that are no inspection")


class Suspect(NamedTuple):
    """A clue and the visit after which it came."""

    lead: Lead
    visit: Visit


def suspects(viewer: Viewer) -> list[Suspect]:
    """The clues of late that came soon after somebody of the bureau was there without inspecting."""
    since = clock.today() - timedelta(days=parameters.value(SHOWN).as_int())
    recent = Lead.objects.visible_to(viewer).filter(
        kind=Kind.CLUE, received_on__gte=since, subject__isnull=False
    )
    clues = list(recent.select_related("subject").order_by("-received_on"))
    if not clues:
        return []
    standing = stand_ins()
    visits = _other_visits({_firm(lead.subject_id, standing) for lead in clues}, standing)
    term, calendar = parameters.value(WITHIN, on=clock.today()).as_term(), workdays.calendar()
    found = []
    for lead in clues:
        there = visits.get(_firm(lead.subject_id, standing), ())
        last = next((visit for visit in there if visit.visited_on <= lead.received_on), None)
        if last is not None and lead.received_on <= due(last.visited_on, term, calendar).date:
            found.append(Suspect(lead, last))
    return found


def _firm(entry: int | None, standing: Mapping[int, int]) -> int | None:
    """The entry that stands for this one now."""
    return standing.get(entry, entry) if entry is not None else None


def _other_visits(
    firms: Collection[int | None], standing: Mapping[int, int]
) -> Mapping[int | None, Sequence[Visit]]:
    """The visits of these firms that were no inspection, by firm, the latest first."""
    entries = [*firms, *(merged for merged, kept in standing.items() if kept in firms)]
    rows = Visit.objects.visible_to(_PLATFORM).filter(
        subject__in=entries, kind=Visit.Kind.OTHER, own_bureau=True
    )
    found: dict[int | None, list[Visit]] = {}
    for visit in rows.order_by("-visited_on"):
        found.setdefault(_firm(visit.subject_id, standing), []).append(visit)
    return found


def register() -> None:
    """Called once at start-up."""
    next_steps.register("inspection.disguised")(_steps)
    uses.register(
        WITHIN,
        SHOWN,
        label=gettext_lazy("调研、督导、观摩：其后产生的线索提示督导员"),
        url_name="inspection:inspections-list",
    )


def _steps(officer: Officer) -> Iterator[NextStep]:
    if not officer.has(Role.OVERSEER):
        return
    for one in suspects(officer):
        yield NextStep(
            title=_("非执法入企后产生线索：%(firm)s") % {"firm": one.lead.firm_name},
            detail=_(
                "%(visited)s %(unit)s入企（调研、督导、观摩），%(received)s 收到线索；请核对是否变相检查"
            )
            % {
                "visited": one.visit.visited_on.isoformat(),
                "unit": one.visit.unit_name,
                "received": one.lead.received_on.isoformat(),
            },
            url=page_of(one.lead.pk),
            tone="warning",
            icon="eye",
        )

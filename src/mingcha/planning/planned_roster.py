"""The roster of a draw for a line of the year's plan: the line's firms, and who is left out (N6, S2).

What the plan counted as certain holds only when its draws leave out the same firms for the same reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.planning import lifecycle
from mingcha.planning.models import Draw, DrawTarget, PlanLine
from mingcha.planning.plans import scope
from mingcha.planning.plans.scope import EVERYONE, Firm, Scope
from mingcha.registry.models import Grading, Subject
from mingcha.registry.selectors import at_cap, seen_in_year, with_records

AT_CAP, CLASS_A, SEEN = "AT_CAP", "CLASS_A", "SEEN_THIS_YEAR"
#: The coarse reasons that stand in the sealed roster.
LABELS = {
    AT_CAP: _("已达年度入企频次上限"),
    CLASS_A: _("守法诚信A级、无违法记录，本年已抽查"),
    SEEN: _("本年已抽查，任务避开"),
}
#: What of a subject has to be read for it.
FIELDS = ("town", "industry_code", "workers", "grade_hrss", "grade_market", "grade_dispatch")
_BEST = Grading.GRADES[Grading.System.HRSS][0]


@dataclass(frozen=True)
class PlannedRoster:
    """Whom the line reaches, and why somebody it reaches cannot be drawn."""

    scope: Scope
    divisions: Mapping[str, str]
    at_cap: frozenset[int]
    seen: frozenset[int]
    records: frozenset[int]
    spares_class_a: bool
    avoids: bool

    def reaches(self, subject: Subject) -> bool:
        """Whether the subject stands on the roster at all."""
        section, industry = scope.industry_of(subject.industry_code, self.divisions)
        return self.scope.reaches(
            Firm(
                subject.pk,
                subject.kind,
                subject.town,
                section,
                industry,
                subject.workers,
                subject.grade_hrss,
                subject.grade_market,
                subject.grade_dispatch,
            )
        )

    def reason(self, subject: Subject) -> str:
        """The code of why it cannot be drawn; empty when it can. As in `plans.population`."""
        if subject.pk in self.at_cap:
            return AT_CAP
        if subject.pk not in self.seen:
            return ""
        if self.spares_class_a and subject.grade_hrss == _BEST and subject.pk not in self.records:
            return CLASS_A
        return SEEN if self.avoids else ""


def planned_roster(draw: Draw) -> PlannedRoster | None:
    """What the draw's line says of its roster; None for a draw outside the plan."""
    line = draw.plan_line
    if line is None:
        return None
    from_above = line.special and line.source == PlanLine.Source.SUPERIOR
    capped = line.on_site and not from_above
    return PlannedRoster(
        scope=scope.scope_of(line),
        divisions=scope.sections_of_divisions(),
        at_cap=frozenset(at_cap(clock.today())) if capped else frozenset(),
        seen=frozenset(seen_in_year(line.plan.year) | _drawn_in(line.plan.year, draw)),
        records=frozenset(with_records()),
        spares_class_a=not line.special,
        avoids=line.avoid_seen,
    )


def _drawn_in(year: int, draw: Draw) -> set[int]:
    """Subjects drawn for a visit in a year by another draw, whether the visit has been made or not."""
    targets = DrawTarget.objects.visible_to(EVERYONE).filter(
        kind=DrawTarget.Kind.DRAWN, draw__state=lifecycle.DRAWN, draw__visit_from__year=year
    )
    return set(targets.exclude(draw=draw).values_list("subject_id", flat=True))

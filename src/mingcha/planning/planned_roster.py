"""Who stands on the roster of a campaign's draw, in which stratum, and who is left out (N6, S2, E5, E6).

What the plan counted as certain holds only when its draws leave out the same firms for the same reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.kernel.refusal import gettext_noop
from mingcha.planning import elsewhere, lifecycle
from mingcha.planning.campaigns.lifecycle import RUNNING
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.models import Campaign, CampaignTarget, Dispatch, Draw, DrawTarget, PlanLine, Task
from mingcha.planning.plans import scope
from mingcha.planning.plans.scope import EVERYONE, Firm, Scope
from mingcha.registry.models import Grading
from mingcha.registry.selectors import at_cap, seen_in_year, with_records

AT_CAP, CLASS_A, SEEN = "AT_CAP", "CLASS_A", "SEEN_THIS_YEAR"
ALREADY, LEFT_OUT = "ALREADY_DRAWN", "LEFT_OUT"
#: The coarse reasons that stand in the sealed roster.
LABELS = {
    AT_CAP: _("已达年度入企频次上限"),
    CLASS_A: _("守法诚信A级、无违法记录，本年已抽查"),
    SEEN: _("本年已抽查，任务避开"),
    ALREADY: _("已列入正在进行的另一任务，合并检查"),
    LEFT_OUT: _("已达频次上限，报上级不检查"),
}
#: What each reason rests on.
BASES = {
    AT_CAP: gettext_noop("国办发〔2024〕54号四：年度检查频次上限"),
    CLASS_A: gettext_noop("本局方案二（四）：信用等级高、无违法违规记录的，本年度原则上不重复抽查"),
    SEEN: gettext_noop("国办发〔2024〕54号四：能合并的不得重复；任务写明避开本年已抽查的对象"),
    ALREADY: gettext_noop("国办发〔2024〕54号四：能合并的不得重复，能联合的不得多头"),
    LEFT_OUT: gettext_noop("国办发〔2024〕54号四：年度检查频次上限"),
}


class Listed(NamedTuple):
    """A subject as the roster looks at it: columns of the register, no model for each of a million."""

    pk: int
    name: str
    kind: str
    registration: str
    division_code: str
    credit_code: str
    public_number: str
    town: str
    industry_code: str
    workers: int | None
    grade_hrss: str
    grade_market: str
    grade_dispatch: str

    @property
    def roster_id(self) -> str:
        """As `Subject.roster_id`."""
        return self.credit_code or self.public_number


_BEST = Grading.GRADES[Grading.System.HRSS][0]

#: What says whom a roster is about: a campaign, or the plan's task of a draw of before.
Rule = Campaign | PlanLine


@dataclass(frozen=True)
class PlannedRoster:
    """Whom the rule reaches, in which stratum, and why somebody it reaches cannot be drawn.

    `only` are the firms themselves where they are named one by one (a superior's draw, firms without a full
    team), None where the scope decides. `left_out` are those that a person decided not to inspect.
    """

    scope: Scope
    divisions: Mapping[str, str]
    at_cap: frozenset[int]
    seen: frozenset[int]
    records: frozenset[int]
    taken: frozenset[int]
    spares_class_a: bool
    avoids: bool
    only: frozenset[int] | None = None
    left_out: frozenset[int] = frozenset()

    def place(self, subject: Listed) -> str | None:
        """The stratum (as the plan calls it) in which the subject stands; None when it is not reached."""
        if self.only is not None:
            return subject.kind if subject.pk in self.only else None
        section, industry = scope.industry_of(subject.industry_code, self.divisions)
        firm = Firm(
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
        return self.scope.stratum(firm) if self.scope.reaches(firm) else None

    def reason(self, subject: Listed) -> str:
        """The code of why it cannot be drawn; empty when it can. As in `plans.population`."""
        if self.only is not None:
            return LEFT_OUT if subject.pk in self.left_out else ""
        if subject.pk in self.at_cap:
            return AT_CAP
        if subject.pk in self.taken:
            return ALREADY
        if subject.pk not in self.seen:
            return ""
        if self.spares_class_a and subject.grade_hrss == _BEST and subject.pk not in self.records:
            return CLASS_A
        return SEEN if self.avoids else ""


def planned_roster(draw: Draw) -> PlannedRoster | None:
    """What the draw's campaign says of its roster; None for a draw of before without a task of the plan."""
    rule: Rule | None = draw.campaign or draw.plan_line
    if rule is None:
        return None
    year = draw.visit_from.year
    only, left_out = _named(draw)
    return PlannedRoster(
        scope=scope.scope_of(rule),
        divisions=scope.sections_of_divisions(),
        at_cap=frozenset(at_cap(clock.today())) if _is_capped(rule) else frozenset(),
        seen=frozenset(seen_in_year(year) | _drawn_in(year, draw)),
        records=frozenset(with_records()),
        taken=_taken(draw),
        spares_class_a=not rule.special,
        avoids=rule.avoid_seen,
        only=only,
        left_out=left_out,
    )


def _is_capped(rule: Rule) -> bool:
    """The cap holds for planned visits on site; a superior's special ones are not stopped by it (54号 E6)."""
    return rule.on_site and not rule.beyond_cap


def _named(draw: Draw) -> tuple[frozenset[int] | None, frozenset[int]]:
    """The firms themselves where they are named, and those among them that are not to be inspected."""
    if draw.supplements is not None:
        return lacking(draw.supplements), frozenset()
    if draw.campaign is None or not draw.campaign.from_above:
        return None, frozenset()
    targets = CampaignTarget.objects.visible_to(EVERYONE).filter(campaign=draw.campaign, inspectors=None)
    left_out = targets.filter(decision=CampaignTarget.Decision.LEAVE_OUT)
    return _ids(targets), _ids(left_out)


def unserved(draw: Draw) -> frozenset[int]:
    """Firms that a finished draw left without a full team."""
    targets = DrawTarget.objects.visible_to(EVERYONE).filter(draw=draw, kind=DrawTarget.Kind.DRAWN)
    return _ids(targets.annotate(team_members=Count("members")).filter(team_members__lt=draw.per_target))


def lacking(draw: Draw) -> frozenset[int]:
    """Firms of a finished draw that lack people now: after every 候补 and 更换, and unless somebody else
    serves them already."""
    batch = Dispatch.objects.visible_to(EVERYONE).filter(draw=draw).first()
    if batch is None:
        return unserved(draw)
    rows = (
        Task.objects.visible_to(EVERYONE)
        .filter(dispatch=batch)
        .exclude(state__in=(tasks.CANCELLED, tasks.UNVISITED))
    )
    people = Count("members", filter=Q(members__left_at=None))
    return _ids(rows.annotate(people=people).filter(people__lt=draw.per_target))


def _ids(targets: object) -> frozenset[int]:
    return frozenset(targets.order_by().values_list("subject_id", flat=True))  # type: ignore[attr-defined]


def _told_by(draw: Draw) -> tuple[str, ...]:
    """Results by which this roster may leave somebody out: a roster that is public at once must not tell
    whom a draw has found whose result is still kept (暗访)."""
    return lifecycle.COMPLETE if draw.mode == Draw.Mode.SEALED else (lifecycle.DRAWN,)


def _drawn_in(year: int, draw: Draw) -> set[int]:
    """Subjects drawn for a visit in a year by another campaign, whether the visit has been made or not."""
    targets = DrawTarget.objects.visible_to(EVERYONE).filter(
        draw__state__in=_told_by(draw), draw__visit_from__year=year
    )
    if draw.campaign_id is not None:
        targets = targets.exclude(draw__campaign=draw.campaign_id)
    return set(targets.to_visit().exclude(draw=draw.pk).values_list("subject_id", flat=True))


def _taken(draw: Draw) -> frozenset[int]:
    """Subjects that another campaign has drawn, a superior has named, or that are visited for a reason of
    their own, and whose visits are not over."""
    today = clock.today()
    targets = DrawTarget.objects.visible_to(EVERYONE).filter(
        Q(draw__campaign__isnull=True) | Q(draw__campaign__state__in=RUNNING),
        draw__state__in=_told_by(draw),
        draw__visit_until__gte=today,
    )
    named = CampaignTarget.objects.visible_to(EVERYONE).filter(
        campaign__state__in=RUNNING, campaign__visit_until__gte=today
    )
    if draw.campaign_id is not None:
        targets = targets.exclude(draw__campaign=draw.campaign_id)
        named = named.exclude(campaign=draw.campaign_id)
    named = named.exclude(decision=CampaignTarget.Decision.LEAVE_OUT)
    singly = frozenset(elsewhere.visited.gather(today))
    return _ids(targets.to_visit().exclude(draw=draw.pk)) | _ids(named) | singly

"""Firms to which another section goes too, or has just been: better visited once, together (54号 E5, E14)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.ids import one_of
from mingcha.base.viewers import Viewer
from mingcha.basics.selectors import parameters, workdays
from mingcha.kernel.terms import due
from mingcha.planning import lifecycle as draws
from mingcha.planning.campaigns.lifecycle import RUNNING
from mingcha.planning.models import Campaign, CampaignTarget, DrawTarget
from mingcha.registry.models import Visit

WITHIN = "MERGE_WINDOW"


@dataclass(frozen=True)
class Meeting:
    """One firm and what else happens there; `address` is the other campaign's page, empty for a visit."""

    subject_id: int
    name: str
    what: str
    when: str
    address: str = ""


def meetings_of(viewer: Viewer, campaign: Campaign, subjects: Collection[int]) -> list[Meeting]:
    """What this viewer may know of other campaigns and visits at these firms, within the days that count."""
    if not subjects:
        return []
    today = clock.today()
    days = due(today, parameters.value(WITHIN).as_term(), workdays.calendar()).date - today
    first, last = campaign.visit_from - days, campaign.visit_until + days
    found = [
        *_drawn(viewer, campaign, subjects, first, last),
        *_named(viewer, campaign, subjects, first, last),
        *_visited(viewer, campaign, subjects, days),
    ]
    return sorted(dict.fromkeys(found), key=lambda one: (one.name, one.when))


def _drawn(
    viewer: Viewer, campaign: Campaign, subjects: Collection[int], first: date, last: date
) -> Iterable[Meeting]:
    """Whom another campaign has drawn. A kept result is seen only by those who may."""
    targets = DrawTarget.objects.visible_to(viewer).filter(
        draw__state__in=draws.COMPLETE,
        draw__campaign__state__in=RUNNING,
        draw__visit_from__lte=last,
        draw__visit_until__gte=first,
    )
    others = targets.to_visit().exclude(draw__campaign=campaign).filter(one_of("subject", list(subjects)))
    for target in others.select_related("draw__campaign__lead_unit"):
        yield _meeting(target.subject_id, target.name, target.draw.campaign)


def _named(
    viewer: Viewer, campaign: Campaign, subjects: Collection[int], first: date, last: date
) -> Iterable[Meeting]:
    """Whom a superior has drawn."""
    targets = CampaignTarget.objects.visible_to(viewer).filter(
        campaign__state__in=RUNNING,
        campaign__visit_from__lte=last,
        campaign__visit_until__gte=first,
    )
    targets = targets.exclude(campaign=campaign).exclude(decision=CampaignTarget.Decision.LEAVE_OUT)
    targets = targets.filter(one_of("subject", list(subjects)))
    for target in targets.select_related("campaign__lead_unit"):
        yield _meeting(target.subject_id, target.name, target.campaign)


def _visited(
    viewer: Viewer, campaign: Campaign, subjects: Collection[int], days: timedelta
) -> Iterable[Meeting]:
    """Where another section or department was lately."""
    visits = Visit.objects.visible_to(viewer).filter(visited_on__gte=clock.today() - days)
    visits = visits.filter(one_of("subject", list(subjects)))
    own = campaign.lead_unit.name if campaign.lead_unit else ""
    for visit in visits.exclude(unit_name=own).select_related("subject"):
        what = _("%(unit)s已去过") % {"unit": visit.unit_name}
        yield Meeting(visit.subject_id, visit.subject.name, what, visit.visited_on.isoformat())


def _meeting(subject_id: int, name: str, other: Campaign) -> Meeting:
    unit = other.lead_unit.name if other.lead_unit else _("上级")
    return Meeting(
        subject_id,
        name,
        _("%(unit)s：%(title)s") % {"unit": unit, "title": other.title},
        f"{other.visit_from.isoformat()} — {other.visit_until.isoformat()}",
        reverse("planning:campaigns-detail", args=[other.pk]),
    )

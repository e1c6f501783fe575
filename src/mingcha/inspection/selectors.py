"""Reads about inspections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from mingcha.accounts.heads import HEADS
from mingcha.base import clock
from mingcha.base.viewers import Officer, Viewer
from mingcha.base.visibility import reach_filter
from mingcha.inspection import lifecycle as states
from mingcha.inspection.drafting import draft_facts
from mingcha.inspection.facts import DraftFacts, InspectionFacts
from mingcha.inspection.models import (
    Entry,
    EntryPerson,
    Inspection,
    InspectionHelper,
    InspectionMember,
    RecordVersion,
)
from mingcha.planning.models import TaskMember
from mingcha.registry.models import Inspector
from mingcha.registry.selectors import kept_away, stand_ins

_PEOPLE = (
    Prefetch("task__members", TaskMember.objects.select_related("inspector__unit")),
    Prefetch("members", InspectionMember.objects.select_related("inspector__unit")),
    "recusal_applications",
    Prefetch("helpers", InspectionHelper.objects.filter(left_at=None).select_related("inspector__unit")),
)


def with_people(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """The rows with everybody who goes, in a bounded number of queries."""
    return rows.select_related("task", "unit", "subject").prefetch_related(*_PEOPLE)


def with_correction(rows: QuerySet[Inspection]) -> QuerySet[Any]:
    """The rows with `corrected`: whether the result once read otherwise."""
    made = RecordVersion.objects.filter(inspection=OuterRef("pk"), cause=RecordVersion.Cause.CORRECTED)
    return rows.annotate(corrected=Exists(made))


def result_said(one: Any) -> str:
    """The result of a row of `with_correction` in words, and that it was corrected (更正处处可见)."""
    said = str(one.get_result_display())
    return _("%(result)s（已更正）") % {"result": said} if one.corrected else said


def is_on_team(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether this officer goes, or went, there."""
    if not isinstance(viewer, Officer):
        return False
    return any(one.user_id == viewer.id for one in inspection.team)


def stays_away(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether this officer is one whom the firm had kept away from this visit."""
    if not isinstance(viewer, Officer):
        return False
    kept_away = inspection.kept_away
    return bool(kept_away) and Inspector.objects.filter(pk__in=kept_away, user=viewer.id).exists()


def too_few_go_on(inspection: Inspection) -> bool:
    """Whether a visit is under way with fewer than two, since somebody must stay away (54号五)."""
    there = inspection.enforcing and inspection.state == states.ON_SITE
    return there and bool(inspection.kept_away) and len(inspection.team) < states.LEAST_GO


def heads(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether this officer is the head of the section or department that leads, or stands in for it."""
    if not isinstance(viewer, Officer):
        return False
    reached = reach_filter(viewer, HEADS, section="unit_id")
    return Inspection.objects.filter(pk=inspection.pk).filter(reached).exists()


def was_there(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether this officer took part: came in, or, before anybody has, is to go."""
    if not isinstance(viewer, Officer):
        return False
    came = set(
        EntryPerson.objects.filter(entry__inspection=inspection.pk).values_list("inspector__user", flat=True)
    )
    return viewer.id in came if came else is_on_team(viewer, inspection)


def able(inspection: Inspection, on: date) -> list[Inspector]:
    """Those of the team who may inspect on a day: certificate valid, in service, not recused (N3)."""
    recused = kept_away(inspection.subject, on, on)
    return [one for one in inspection.team if _certified(one, on) and one.active and one.pk not in recused]


def _certified(one: Inspector, on: date) -> bool:
    return bool(one.valid_from and one.valid_until and one.valid_from <= on <= one.valid_until)


def facts_of(inspection: Inspection, viewer: Viewer, *, on: date | None = None) -> InspectionFacts:
    """What the guards depend on, on a day (today)."""
    today = on or clock.today()
    drafted = inspection.state == states.DRAFT
    versions = [one.version for one in inspection.items.select_related("version__item")]
    span = (inspection.visit_from, inspection.visit_until) if drafted else (today, today)
    return InspectionFacts(
        today=today,
        visit_from=inspection.visit_from,
        visit_until=inspection.visit_until,
        enforcing=inspection.enforcing,
        people=len(able(inspection, today)),
        items=len(versions),
        stale_items=tuple(version.item.code for version in versions if not version.in_force(*span)),
        entered=_has_entered(inspection),
        was_there=was_there(viewer, inspection),
        stays_away=stays_away(viewer, inspection),
        draft=draft_facts(inspection, viewer) if drafted else DraftFacts(),
    )


def _has_entered(inspection: Inspection) -> bool:
    """Whether it came in by a code, or what stood in a code's place has been made up (domain §12: 扫码)."""
    entry = Entry.objects.filter(inspection=inspection).first()
    return entry is not None and not entry.awaits_scan


def published_above(inspection: Inspection) -> bool:
    """Whether its result is published by the superior that drew it: only that ends the term (design §7)."""
    return inspection.task is not None and inspection.task.dispatch.campaign.from_above


def singly_visited(on: date) -> set[int]:
    """Subjects with an inspection that no draw made, asked for or approved, and that is not over: they are
    not drawn beside it. A draft that nobody has been asked about keeps nobody out."""
    rows = Inspection.objects.filter(task=None, visit_until__gte=on)
    rows = rows.exclude(kind=Inspection.Kind.OTHER).filter(
        state__in=(states.PROPOSED, states.READY, *states.UNDER_WAY)
    )
    standing = stand_ins()
    return {standing.get(pk, pk) for pk in rows.order_by().values_list("subject_id", flat=True)}

"""What the form adds to the page of an inspection: how far it is, what is in dispute, the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.inspection import lifecycle as states
from mingcha.inspection.form.fields import served_text
from mingcha.inspection.form.reading import FilledForm, form_of
from mingcha.inspection.form.repeats import repeats_of
from mingcha.inspection.models import Inspection
from mingcha.inspection.pages import Part, part
from mingcha.inspection.selectors import is_on_team
from mingcha.inspection.services.copying import may_copy
from mingcha.web.components import Action


@part("form", order=30)
def form(viewer: Viewer, inspection: Inspection) -> Part:
    """The form while it is filled; its evidence, and what of it is kept for another inspection too."""
    if inspection.entered_at is None or not inspection.enforcing:
        return Part(list(_actions(viewer, inspection)))
    filled = form_of(inspection)
    repeats = {one.evidence.pk: one for one in repeats_of(inspection, viewer)}
    open_now = inspection.state in states.UNDER_WAY
    values = {
        "inspection": inspection,
        "open": open_now,
        "answered": sum(bool(one.answer) for one in filled.points),
        "points": len(filled.points),
        "missing": filled.missing() if open_now else [],
        "conflicts": filled.conflicts,
        "served": _served(inspection, filled),
        "evidence": [(one, repeats.get(one.pk)) for one in filled.evidence],
        "may_drop": open_now and may_copy(viewer, inspection),
    }
    return Part(list(_actions(viewer, inspection)), "inspection/form_card.html", values)


def _served(inspection: Inspection, filled: FilledForm) -> str:
    """How the notice was served, in words; empty while nobody knows."""
    if not filled.told_notice or inspection.entered_at is None:
        return ""
    entered = inspection.entered_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return served_text(filled.told_notice, filled.told_notice_how, entered)


def _actions(viewer: Viewer, inspection: Inspection) -> Iterator[Action]:
    goes = isinstance(viewer, Officer) and viewer.has(Role.INSPECTOR) and is_on_team(viewer, inspection)
    if goes and inspection.state in states.IN_HAND:
        yield Action(_("今日路线、离线检查表"), reverse("inspection:phone"), "smartphone")
    if inspection.enforcing and inspection.state in states.UNDER_WAY and may_copy(viewer, inspection):
        yield Action(_("代录手写笔录"), reverse("inspection:copy-record", args=[inspection.pk]), "scan-text")

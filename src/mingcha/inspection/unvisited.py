"""Who may say that a visit will not be made, who decides on it, and what is told of it."""

from __future__ import annotations

from mingcha.base.memo import once
from mingcha.base.viewers import PUBLIC, Officer, Viewer
from mingcha.basics.rules import user_id_of
from mingcha.inspection import unvisited_lifecycle as states
from mingcha.inspection.models import Inspection, Unvisited
from mingcha.inspection.results.reviewers import REVIEWERS, decidable
from mingcha.inspection.selectors import heads, is_on_team, with_people
from mingcha.inspection.unvisited_lifecycle import UnvisitedFacts
from mingcha.planning.models import Draw


def answers_for(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether this officer may say it: 主检, or the head of the section or department that leads."""
    if not isinstance(viewer, Officer):
        return False
    team = inspection.team
    return bool(team and team[0].user_id == viewer.id) or heads(viewer, inspection)


def unvisited_facts(asked: Unvisited, inspection: Inspection, viewer: Viewer) -> UnvisitedFacts:
    """What the guards of deciding look at."""
    own, goes = asked.asked_by_id == user_id_of(viewer), is_on_team(viewer, inspection)
    # Whoever is kept out for one of these is told that, and not the section's rule besides.
    decides_it = own or goes or (isinstance(viewer, Officer) and bool(_decided_by(viewer, [asked])))
    return UnvisitedFacts(own=own, of_the_team=goes, decides_it=decides_it)


def waiting_for(officer: Officer) -> list[Unvisited]:
    """What this officer is to decide, the oldest first."""
    if not officer.has(*REVIEWERS):
        return []
    rows = Unvisited.objects.visible_to(officer).filter(state=states.ASKED).order_by("asked_at")
    return _decided_by(officer, list(rows))


def _decided_by(officer: Officer, requests: list[Unvisited]) -> list[Unvisited]:
    """Of these, those on which the officer decides: neither the one who asked nor one of the team does."""
    asked = {one.inspection_id: one for one in requests}

    def barring(_inspections: list[int]) -> dict[int, set[int | None]]:
        return {
            visit.pk: {asked[visit.pk].asked_by_id, *(one.user_id for one in visit.team)} for visit in visits
        }

    visits = with_people(Inspection.objects.visible_to(officer).filter(pk__in=asked))
    found = set(decidable(officer, visits, barring))
    known = {one.pk: one for one in visits}
    for request in requests:
        request.inspection = known.get(request.inspection_id, request.inspection)
    return [one for one in requests if one.inspection_id in found]


def public_reasons(draw: Draw) -> dict[int, str]:
    """Drawn target → why nobody went there, as the public reads it: the reason's label, never the words."""
    return once(draw, "public reasons", lambda: _public_reasons(draw))


def _public_reasons(draw: Draw) -> dict[int, str]:
    rows = Unvisited.objects.visible_to(PUBLIC).filter(inspection__task__dispatch__draw=draw)
    found = rows.values_list("inspection__task__target", "reason")
    return {target: str(Unvisited.Reason(reason).label) for target, reason in found}

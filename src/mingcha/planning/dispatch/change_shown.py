"""A 候补 or a 更换 with names, for whoever asks, decides, or looks it up later."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingcha.base.viewers import Viewer
from mingcha.planning import roster
from mingcha.planning.dispatch.changes import Outcome, sentences
from mingcha.planning.models import ChangeRequest, Dispatch, DispatchChange, DrawPerson, DrawTarget, Task


@dataclass(frozen=True)
class TeamShown:
    """One firm whose team or whose place changes; `takes` is the reserve that takes the place, if any."""

    seq: int
    firm: str
    takes: str
    before: str
    after: str
    missing: int


@dataclass(frozen=True)
class Shown:
    """The whole outcome. `hidden` counts firms that this viewer may not know of yet."""

    teams: tuple[TeamShown, ...]
    chains: tuple[str, ...]
    shortages: tuple[str, ...]
    hidden: int
    digest: str


def shown(found: Outcome, batch: Dispatch, viewer: Viewer) -> Shown:
    """As this viewer may see it."""
    names = _names(batch)
    firms = _firms(batch, found, viewer)
    seqs = {target.id: number for number, target in enumerate(found.pairing.targets, start=1)}
    teams = []
    for target in sorted(found.change.teams, key=lambda one: seqs[one]):
        former = found.leaves if target == found.takes else target
        if former not in firms:
            continue
        after = found.change.teams[target]
        teams.append(
            TeamShown(
                seqs[target],
                firms[former],
                firms.get(target, _("下一个候补（封存中）")) if former != target else "",
                _listed(found.before.get(former, []), names),
                _listed(after, names),
                max(0, found.pairing.per_target - len(after)),
            )
        )
    chains, shortages = sentences(found, names, firms)
    return Shown(
        tuple(teams), tuple(chains), tuple(shortages), len(found.change.teams) - len(teams), found.digest
    )


def _listed(codes: list[str], names: dict[str, str]) -> str:
    return "、".join(names.get(code, code) for code in codes) or "—"


def _names(batch: Dispatch) -> dict[str, str]:
    people = DrawPerson.objects.visible_to(roster.EVERYONE).filter(draw=batch.draw_id)
    return dict(people.values_list("code", "inspector__name"))


def _firms(batch: Dispatch, found: Outcome, viewer: Viewer) -> dict[str, str]:
    """id → name of the firms concerned: those whose task the viewer sees, and the reserve for who sees
    the drawn list."""
    rows = Task.objects.visible_to(viewer).filter(dispatch=batch, target__isnull=False)
    firms = dict(rows.values_list("target__roster_id", "name"))
    if found.takes:
        reserves = DrawTarget.objects.visible_to(viewer).filter(draw=batch.draw_id, roster_id=found.takes)
        firms |= dict(reserves.values_list("roster_id", "name"))
    return firms


def change_of(request: ChangeRequest, viewer: Viewer) -> DispatchChange | None:
    """What came of a request, None while nothing did."""
    made = DispatchChange.objects.visible_to(viewer).filter(request=request)
    found: DispatchChange | None = made.select_related("dispatch__draw", "line").first()
    return found

"""What a citizen reads of 候补 and 更换 after a draw: firms with the reason, people as codes, no cause."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mingcha.base.memo import once
from mingcha.base.viewers import PUBLIC
from mingcha.inspection.unvisited import public_reasons
from mingcha.kernel import draw as ssj
from mingcha.planning import selectors
from mingcha.planning.models import ChangeRequest, DispatchChange, Draw, DrawTarget
from mingcha.planning.replayed import repeated


@dataclass(frozen=True)
class Place:
    """A firm and, where it has one, the codes of its team afterwards, 主检 first."""

    name: str
    id: str
    team: str = ""


@dataclass(frozen=True)
class PublicChange:
    """One change in words; `leaves` and `takes` only for a 候补. `digest` stands in the register."""

    number: int
    event: str
    at: datetime
    teams: tuple[Place, ...]
    seq: int
    digest: str
    leaves: Place | None = None
    takes: Place | None = None
    reason: str = ""


def changes_of(draw: Draw) -> list[PublicChange]:
    """Every change of a draw whose result is public, in order; read once for a page."""
    return once(draw, "public changes", lambda: _changes_of(draw))


def _changes_of(draw: Draw) -> list[PublicChange]:
    made = list(
        DispatchChange.objects.visible_to(PUBLIC)
        .filter(dispatch__draw=draw)
        .select_related("line")
        .order_by("number")
    )
    names = dict(
        DrawTarget.objects.visible_to(PUBLIC).filter(draw=draw).values_list("roster_id", "name")
        if made
        else ()
    )
    return [_told(change, names) for change in made]


def _told(change: DispatchChange, names: Mapping[str, str]) -> PublicChange:
    told = json.loads(change.public)

    def place(id: str | None, team: tuple[str, ...] = ()) -> Place | None:
        return Place(names.get(id, ""), id, "、".join(team)) if id else None

    teams = [place(id, tuple(team)) for id, team in told["teams"].items()]
    return PublicChange(
        number=change.number,
        event=change.event,
        at=change.made_at,
        teams=tuple(one for one in teams if one is not None),
        seq=change.line.seq,
        digest=change.line.digest,
        leaves=place(told.get("leaves")),
        takes=place(told.get("takes")),
        reason=str(dict(ChangeRequest.Cause.choices).get(told.get("reason", ""), "")),
    )


def what_became_of(draw: Draw) -> dict[str, list[str]]:
    """id → a sentence for each change, of firms that left their place or took one after the draw, and of
    those to which nobody went."""
    found: dict[str, list[str]] = {}
    reasons = public_reasons(draw)
    unvisited = DrawTarget.objects.visible_to(PUBLIC).filter(pk__in=reasons)
    for pk, id in unvisited.values_list("pk", "roster_id"):
        found[id] = [_("后来没有检查（%(why)s），不计入已检查。") % {"why": reasons[pk]}]
    for change in changes_of(draw):
        if change.leaves and change.takes:
            left = _("后来它不能检查（%(why)s），由候补“%(name)s”递补。")
            came = _("后来“%(name)s”不能检查，按候补先后由它递补。")
            found.setdefault(change.leaves.id, []).append(
                left % {"why": change.reason, "name": change.takes.name}
            )
            found.setdefault(change.takes.id, []).append(came % {"name": change.leaves.name})
    return found


def checked(draw: Draw) -> str:
    """Whether the changes are those of the register, in a sentence; "" where there are none."""
    files = selectors.change_files(draw, PUBLIC)
    if not files:
        return ""
    register = ssj.load_register(selectors.register_jsonl())
    try:
        found = ssj.check_changes(register, draw.number, files[ssj.PUBLIC_CHANGES], draw=repeated(draw))
    except ssj.Rejected as rejected:
        return _("抽取以后的变动与登记簿不符：%(why)s") % {"why": rejected.detail}
    return _("抽取以后的候补和更换 %(n)d 次，与登记簿上的摘要一致") % {"n": len(found)}

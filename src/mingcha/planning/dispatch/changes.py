"""What a 候补 or a 更换 does: the kernel names who comes, from the draw and all changes so far (§7.7).

Nothing here is chosen. Whoever asks, approves or audits gets the same answer from the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.kernel import draw as ssj
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.draw.chains import chain_record
from mingcha.kernel.draw.text import canonical_json, parse_json
from mingcha.planning import roster
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.models import (
    ChangeRequest,
    Dispatch,
    DispatchChange,
    Draw,
    DrawPerson,
    DrawTarget,
    Task,
)
from mingcha.planning.replayed import paired
from mingcha.registry.selectors import availability, recusals_between

RESERVE, REPLACE = "候补", "更换"
EVENTS = {
    ChangeRequest.Kind.RESERVE: RESERVE,
    ChangeRequest.Kind.REPLACE: REPLACE,
    ChangeRequest.Kind.DROP_OUT: REPLACE,
}


@dataclass(frozen=True)
class Outcome:
    """What would happen, in the codes of the draw; `detail` is what repeats it (`ssj.Dispatch.apply`).

    `before` are the teams of the targets that `change` touches; `leaves` and `takes` are a 候补's firms.
    `digest` tells whether two people have seen the same outcome.
    """

    event: str
    detail: Mapping[str, Any]
    before: Mapping[str, list[str]]
    change: ssj.Change
    pairing: Any
    digest: str

    @property
    def leaves(self) -> str:
        return str(self.detail.get("leaves", ""))

    @property
    def takes(self) -> str:
        return str(self.detail.get("takes", ""))


def living(batch: Dispatch, *, before: int | None = None) -> ssj.Dispatch:
    """The teams as they are, or as they were before change `before`: the draw and its changes, repeated."""
    assert batch.draw is not None  # noqa: S101  `change_rules` has asked
    state = ssj.Dispatch(paired(batch.draw))
    rows = DispatchChange.objects.visible_to(roster.EVERYONE).filter(dispatch=batch).order_by("number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    for event, line in rows.values_list("event", "confidential"):
        state.apply(event, _detail(line))
    return state


def _detail(line: str) -> dict[str, Any]:
    found: dict[str, Any] = parse_json("changes", line.encode())
    return found


def teams_of(state: ssj.Dispatch) -> dict[str, list[str]]:
    """target id → codes, 主检 first."""
    pairing = state.pairing
    return {target.id: pairing.team_ids(number) for number, target in enumerate(pairing.targets)}


def outcome(batch: Dispatch, kind: str, *, target: str = "", code: str = "") -> Outcome | None:
    """What the event would do now; None for a 候补 without a reserve left in its stratum.

    `target` is the id of the firm (候补, 更换 at one firm), `code` the person's (更换).
    """
    state = living(batch)
    event = EVENTS[ChangeRequest.Kind(kind)]
    if event == RESERVE:
        reserve = state.next_reserve(target)
        if reserve is None:
            return None
        detail: dict[str, Any] = {"leaves": target, "takes": reserve}
    else:
        detail = {"target": target, "inspector": code} if target else {"inspector": code}
    detail |= _known_since(batch, state, target, code)
    return _applied(state, event, detail)


def carried_out(change: DispatchChange) -> Outcome:
    """What a change did when it was made."""
    state = living(change.dispatch, before=change.number)
    return _applied(state, change.event, _detail(change.confidential))


def _applied(state: ssj.Dispatch, event: str, detail: Mapping[str, Any]) -> Outcome:
    before = teams_of(state)
    change = state.apply(event, detail)
    places = (str(detail.get("leaves", "")), *change.teams)
    shown = {place: before[place] for place in places if place in before}
    everything = {"after": teams_of(state), "detail": detail}
    return Outcome(event, detail, shown, change, state.pairing, hex_digest(canonical_json(everything)))


def _known_since(batch: Dispatch, state: ssj.Dispatch, target: str, code: str) -> dict[str, Any]:
    """Who must not be named, as far as the draw and earlier changes do not know it yet.

    Pairs that a recusal in force keeps apart, and people who can be sent nowhere any more: the certificate
    has run out, they are away for all that is left, their yearly limit is reached (N3); or only to so many
    more firms as the limit allows. And firms to which a supplement sends people, and those where somebody
    has begun; `state` knows them then.
    """
    served, begun = sorted(_served(batch, state)), sorted(_begun(batch, state))
    state.know(ssj.Known(served=served, begun=begun))
    assert batch.draw is not None  # noqa: S101  `change_rules` has asked
    first, last = max(clock.today(), batch.visit_from), batch.visit_until
    people = codes_of(batch.draw)
    firms = _ids_of(batch.draw)
    pairs = [
        [firms[subject], people[inspector]]
        for subject, inspector in recusals_between(first, last)
        if subject in firms and inspector in people
    ]
    barred = [
        pair for pair in pairs if pair[1] not in state.recusals.get(pair[0], ()) and pair != [target, code]
    ]
    everybody = {
        people[found.inspector.pk]: found
        for found in availability(roster.EVERYONE, first, last)
        if found.inspector.pk in people
    }
    away = [one for one in sorted(everybody) if everybody[one].obstacles]
    away = [one for one in away if one not in state.away and one != code]
    room = {
        one: found.remaining
        for one, found in everybody.items()
        if found.remaining is not None and one not in away and found.remaining < state.spare(one)
    }
    known = {"barred": sorted(barred), "away": away, "served": served, "begun": begun, "room": room}
    return {name: found for name, found in known.items() if found}


def _served(batch: Dispatch, state: ssj.Dispatch) -> set[str]:
    """Targets that still have their place in this draw and to which a supplement sends people instead.

    Who gave way to a reserve has no place any more; of a list that was taken back nothing is changed.
    """
    gone = Task.objects.visible_to(roster.EVERYONE).filter(dispatch=batch, state=tasks.CANCELLED)
    places = {target.id for target in state.pairing.targets} - state.served
    return places & set(gone.order_by().values_list("target__roster_id", flat=True))


def _begun(batch: Dispatch, state: ssj.Dispatch) -> set[str]:
    """Targets where a visit has begun since the last change: who is there stays, and hands on to nobody."""
    rows = Task.objects.visible_to(roster.EVERYONE).filter(dispatch=batch, state__in=tasks.VISITED)
    return set(rows.order_by().values_list("target__roster_id", flat=True)) - state.begun


def codes_of(draw: Draw) -> dict[int, str]:
    """inspector → code in this draw."""
    rows = DrawPerson.objects.visible_to(roster.EVERYONE).filter(draw=draw)
    return dict(rows.values_list("inspector_id", "code"))


def _ids_of(draw: Draw) -> dict[int, str]:
    """subject → id on the roster, of who was drawn or is a reserve."""
    rows = DrawTarget.objects.visible_to(roster.EVERYONE).filter(draw=draw)
    return dict(rows.order_by().values_list("subject_id", "roster_id"))


def sentences(
    found: Outcome, names: Mapping[str, str], firms: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """The chains that are carried out, and why places stay empty, for a reader.

    `names` gives people by code, `firms` firms by id; where one is missing its number stands alone.
    """
    targets = found.pairing.targets

    def firm(seq: int) -> str:
        name = firms.get(targets[seq - 1].id, "")
        return gettext("第 %(seq)s 号“%(name)s”") % {"seq": seq, "name": name} if name else str(seq)

    words = ssj.Words(inspector=lambda code: names.get(code, code), target=firm, say=gettext)
    chains = [ssj.chain_sentence(chain_record(found.pairing, one), words) for one in found.change.chains]
    short = [one for one in ssj.shortages(found.pairing) if targets[one.target].id in found.change.unserved]
    last = {one.target: one for one in short}
    return chains, [ssj.shortage_text(found.pairing, one, words).headline for one in last.values()]

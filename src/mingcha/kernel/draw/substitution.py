"""Reserves called up and inspectors replaced, at the loads after all earlier events (protocol 7.7, Details).

Every function changes the pairing it is given and returns what changed; replaying the events of a register in
order over a repeated draw gives the same teams on any machine (`Dispatch`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from .errors import Rejected
from .pairing import Chain, Pairing, Target
from .replay import Draw
from .text import shown


class Change(NamedTuple):
    """Outcome of one event. `teams` maps every target id whose team changed to its codes in order (主检
    first); `chains` are the 调剂 chains carried out; `unserved` maps target ids to missing slots."""

    teams: dict[str, list[str]]
    chains: tuple[Chain, ...]
    unserved: dict[str, int]


class Known(NamedTuple):
    """What the sealed files do not say: `barred` are (target, inspector) pairs that must not meet; `away`
    are inspectors who can be sent to nothing more; `served` are targets to which another draw number sends
    people; `begun` are targets whose visit has begun; `room` is how many more targets an inspector may be
    given."""

    barred: Iterable[tuple[str, str]] = ()
    away: Iterable[str] = ()
    served: Iterable[str] = ()
    begun: Iterable[str] = ()
    room: Mapping[str, int] = {}


class Dispatch:
    """The living dispatch after a draw: who stands in for whom, and which team goes where.

    Needs the complete bundle; raises Rejected `argument` for a public one, which has no pairing.
    """

    def __init__(self, draw: Draw) -> None:
        if draw.pairing is None:
            raise Rejected("argument", "公开包没有派员资料，不能推算候补与更换")
        self.pairing: Pairing = deepcopy(draw.pairing)  # the repeated draw itself stays as it was
        self.reserves = {t.id: t.row for s in draw.strata for t in s.reserves}
        self.queues = {s.code: [t.id for t in s.reserves] for s in draw.strata}
        self.stratum = {t.id: t.row.stratum for s in draw.strata for t in (*s.drawn, *s.reserves)}
        self.recusals: dict[str, set[str]] = {}
        for pair in draw.recusals:
            self.recusals.setdefault(pair.target, set()).add(pair.inspector)
        self.away: set[str] = set()
        self.served: set[str] = set()
        self.begun: set[str] = set()

    def _number(self, target: str) -> int:
        """Number of a target that is still to be visited under this draw number. Raises Rejected `argument`
        for any other id."""
        for number, t in enumerate(self.pairing.targets):
            if t.id == target and target not in self.served | self.begun:
                return number
        raise Rejected("argument", f"{shown(target)} 不在现行检查对象中")

    def _position(self, inspector: str) -> int:
        """Position of an inspector in P. Raises Rejected `argument` for an unknown code."""
        if inspector not in self.pairing.ids:
            raise Rejected("argument", f"{shown(inspector)} 不在本次检查人员名单中")
        return self.pairing.ids.index(inspector)

    def _mask(self, inspectors: Iterable[str]) -> int:
        """Those inspectors as bits; who is not in the draw is left out."""
        wanted = set(inspectors)
        return sum(1 << p for p, code in enumerate(self.pairing.ids) if code in wanted)

    def spare(self, inspector: str) -> int:
        """How many more targets an inspector can be given. Raises Rejected `argument` for an unknown code."""
        p = self._position(inspector)
        return self.pairing.capacity[p] - self.pairing.load[p]

    def know(self, known: Known) -> None:
        """What has become known since the sealing holds from now on (Details, events after the result).

        Nobody leaves for it but where another number `served`, and nobody is named against it; a team that
        has `begun` stays as it is. Again, it changes nothing. Raises Rejected `argument` for an unknown
        target or code.
        """
        for begun in sorted(set(known.begun) - self.begun):
            number = self._number(begun)
            # Whoever is there carries the load and hands the firm on to nobody.
            for p in self.pairing.teams[number]:
                self.pairing.held[p].remove(number)
            self.begun.add(begun)
        for served in sorted(set(known.served) - self.served):
            number = self._number(served)
            for p in list(self.pairing.teams[number]):
                self.pairing.join(number, p, -1)
            self.served.add(served)
        for inspector, more in known.room.items():
            self._leave_room(self._position(inspector), more)
        self.away |= set(known.away)
        for target_id, inspector in known.barred:
            self.recusals.setdefault(target_id, set()).add(inspector)
        gone = self._mask(self.away)
        for t, target in enumerate(self.pairing.targets):
            self.pairing.barred[t] |= gone | self._mask(self.recusals.get(target.id, ()))

    def _leave_room(self, p: int, more: int) -> None:
        """From now on p takes at most `more` targets beyond those that he has."""
        pairing = self.pairing
        pairing.capacity[p] = min(pairing.capacity[p], pairing.load[p] + more)
        if pairing.load[p] >= pairing.capacity[p]:
            pairing.open &= ~(1 << p)

    def _refill(self, numbers: Iterable[int]) -> Change:
        """Fill the given targets up to per_target by steps 1 and 2, then step 4; what changed beyond them,
        too."""
        pairing = self.pairing
        chains_before, unserved_before = len(pairing.chains), len(pairing.unserved)
        touched = set(numbers)
        pairing.forget()
        for t in sorted(touched):
            pairing.fill_team(t)
        chains = tuple(pairing.chains[chains_before:])
        touched |= {u for c in chains for _, u, _ in c.moves}
        for t in touched:
            pairing.leaders_first(t)
        teams = {pairing.targets[t].id: pairing.team_ids(t) for t in sorted(touched)}
        missing = {pairing.targets[u.target].id: u.slots for u in pairing.unserved[unserved_before:]}
        return Change(teams, chains, missing)

    def next_reserve(self, target: str) -> str | None:
        """Id of the reserve that must be called for this target: the next of its stratum (7.6), None if
        none."""
        queue = self.queues.get(self.stratum.get(target, ""), [])
        return queue[0] if queue else None

    def call_reserve(self, target: str, reserve: str) -> Change:
        """A reserve takes over place and team of the target it replaces (7.7 last paragraph, Details).

        Members recused from the reserve leave first; if then nobody in a full team has its skill, the
        member listed last leaves; steps 1 and 2 fill the places. Raises Rejected `argument` when `reserve`
        is not the next one of the stratum.
        """
        t = self._number(target)
        if reserve != self.next_reserve(target):
            raise Rejected("argument", f"应按顺序递补，{shown(reserve)} 不是该层下一个候补")
        self.queues[self.stratum[target]].pop(0)
        pairing, row = self.pairing, self.reserves[reserve]
        pairing.targets[t] = Target(row.id, row.skill)
        pairing.learn_skill(row.skill)
        pairing.barred[t] = self._mask(self.recusals.get(reserve, ()))
        for p in [p for p in pairing.teams[t] if pairing.barred[t] >> p & 1]:
            pairing.join(t, p, -1)
        pairing.barred[t] |= self._mask(self.away)
        full = len(pairing.teams[t]) == pairing.per_target > 0
        if full and not pairing.members[t] & pairing.having[row.skill]:
            pairing.join(t, pairing.teams[t][-1], -1)
        return self._refill([t])

    def recuse(self, target: str, inspector: str) -> Change:
        """A member who turns out to be recused leaves the target and is replaced (7.7 last paragraph)."""
        t, p = self._number(target), self._position(inspector)
        self.recusals.setdefault(target, set()).add(inspector)
        self.pairing.barred[t] |= 1 << p
        if p in self.pairing.teams[t]:
            self.pairing.join(t, p, -1)
        return self._refill([t])

    def drop_out(self, inspector: str) -> Change:
        """An inspector can no longer serve: capacity 0, and his targets are refilled in 抽取序号 order (7.7).

        He leaves all of them before the first is refilled; otherwise step 2 could start from him again.
        """
        p = self._position(inspector)
        self.pairing.capacity[p] = 0
        numbers = list(self.pairing.held[p])
        for t in numbers:
            self.pairing.join(t, p, -1)
        self.pairing.open &= ~(1 << p)
        return self._refill(numbers)

    def apply(self, event: str, detail: Mapping[str, Any]) -> Change:
        """Repeat one register event (protocol 7.10) from its `detail`.

        候补: {"leaves": target id, "takes": reserve id}; 更换: {"target": id, "inspector": code} for a
        recusal, {"inspector": code} for somebody who drops out. Both may carry what has become known before
        them: "barred" [[target id, code], …], "away" [code, …], "served" and "begun" [target id, …] and
        "room" {code: n}. Raises Rejected `argument` for anything else.
        """
        self.know(_known(detail))
        texts = {k: v for k, v in detail.items() if isinstance(v, str)}
        if event == "候补" and {"leaves", "takes"} <= set(texts):
            return self.call_reserve(texts["leaves"], texts["takes"])
        if event == "更换" and "inspector" in texts:
            if "target" in texts:
                return self.recuse(texts["target"], texts["inspector"])
            return self.drop_out(texts["inspector"])
        raise Rejected("argument", f"登记簿事件 {shown(event)} 的 detail 不足以推算")


def _known(detail: Mapping[str, Any]) -> Known:
    """What a detail knows, empty where it says nothing. Raises Rejected `argument`."""
    barred, room = detail.get("barred", []), detail.get("room", {})
    several = [detail.get(name, []) for name in ("away", "served", "begun")]
    lists = [*several, *(barred if isinstance(barred, list) else [0])]
    texts = all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in lists)
    pairs = texts and all(len(pair) == 2 for pair in barred)
    counts = isinstance(room, dict) and all(type(more) is int and more >= 0 for more in room.values())
    if not (pairs and counts):
        raise Rejected("argument", "登记簿事件的 barred、away、served、begun 或 room 不合规定")
    away, served, begun = several
    return Known([(target, inspector) for target, inspector in barred], away, served, begun, room)

"""One declarative table for each thing that lives: states, verbs, who may, what must be true first.

From the one table come the permission check, the buttons on a page, the refusal in plain Chinese with
its article, the diagram in the documentation and the property-based tests (`mingcha.kernel.testing`).

Guards are pure: they look at a frozen facts object that the caller has loaded and return a `Refusal`
or None. Roles are plain strings; their Chinese labels come with the table, the kernel knows none.
States describe the work ("待复查"), never the person it is with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

__all__ = ["SYSTEM", "SYSTEM_LABEL", "Guard", "Guarding", "Lifecycle", "Preview", "State", "Transition"]

F = TypeVar("F")

SYSTEM = "system"
"""The role the clock acts in. It is granted by `Transition.by_system`, never listed among the roles."""

SYSTEM_LABEL = gettext_noop("系统到期自动")

_CODE = re.compile(r"[a-z][a-z0-9_]*\Z")
_BASIS = gettext_noop("办理流程表“%(lifecycle)s”")


@dataclass(frozen=True)
class State:
    """Where the work stands. `final` states are left by nothing."""

    code: str
    label: str
    final: bool = False


@dataclass(frozen=True)
class Guard(Generic[F]):
    """A named condition: `check(facts)` is None when it holds, otherwise the reason why not."""

    name: str
    check: Callable[[F], Refusal | None]


@dataclass(frozen=True)
class Guarding(Generic[F]):
    """Writes the guards of one kind of thing; `about` begins the codes of their refusals ("draw")."""

    about: str

    def __call__(
        self,
        name: str,
        broken: Callable[[F], bool],
        message: str,
        basis: str,
        remedy: str,
        params: Callable[[F], Mapping[str, object]] = lambda facts: {},
    ) -> Guard[F]:
        """The guard that refuses while the facts are `broken`; `params` fills the texts' placeholders."""
        code = f"{self.about}.{name}"

        def check(facts: F) -> Refusal | None:
            return Refusal(code, message, basis, remedy, params(facts)) if broken(facts) else None

        return Guard(name, check)


@dataclass(frozen=True)
class Transition(Generic[F]):
    """One row of the table: `verb` takes the thing from any of `sources` to `target`.

    roles         who may; empty only when `by_system`
    by_system     the clock may do it too, acting as `SYSTEM`
    needs_reason  the actor must write down why
    """

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    roles: frozenset[str]
    guards: tuple[Guard[F], ...] = ()
    by_system: bool = False
    needs_reason: bool = False

    @property
    def actors(self) -> frozenset[str]:
        """Every role that may do it, `SYSTEM` included where the clock may."""
        return self.roles | {SYSTEM} if self.by_system else self.roles


@dataclass(frozen=True)
class Preview(Generic[F]):
    """What a button would do: `allowed`, or the refusals that would be raised, nothing raised yet.

    `transition` is None when the verb is not possible in this state or not for these roles at all.
    """

    transition: Transition[F] | None
    refusals: tuple[Refusal, ...]

    @property
    def allowed(self) -> bool:
        """Whether nothing stands in the way (a reason, where needed, is asked for afterwards)."""
        return not self.refusals


@dataclass(frozen=True)
class Lifecycle(Generic[F]):
    """The table of one kind of thing. Raises ValueError on construction when it does not hold together.

    name         code, e.g. "obligation"
    label        Chinese name of the thing, used in refusals, e.g. "责令改正"
    role_labels  Chinese names of the roles; a role without one is shown by its code
    """

    name: str
    label: str
    states: tuple[State, ...]
    initial: str
    transitions: tuple[Transition[F], ...]
    role_labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    _states: dict[str, State] = field(init=False, repr=False, compare=False)
    _rows: dict[tuple[str, str], Transition[F]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_states", {state.code: state for state in self.states})
        _check_states(self)
        rows: dict[tuple[str, str], Transition[F]] = {}
        for row in self.transitions:
            _check_row(self, row)
            for source in row.sources:
                if rows.setdefault((source, row.verb), row) is not row:
                    raise ValueError(f"{self.name}: two transitions {row.verb!r} from state {source!r}")
        object.__setattr__(self, "_rows", rows)
        _check_ways(self)

    def state(self, code: str) -> State:
        """The declared state with this code; ValueError when there is none."""
        try:
            return self._states[code]
        except KeyError:
            raise ValueError(f"{self.name}: no state {code!r}") from None

    def leaving(self, state: str) -> tuple[Transition[F], ...]:
        """Every transition out of `state`, in the order of the table."""
        self.state(state)
        return tuple(row for row in self.transitions if state in row.sources)

    def verbs(self, state: str, roles: Iterable[str]) -> tuple[Transition[F], ...]:
        """The buttons to show somebody with `roles`: by state and role only, guards are not asked."""
        held = frozenset(roles)
        return tuple(row for row in self.leaving(state) if row.actors & held)

    def roles_that_may(self, verb: str) -> frozenset[str]:
        """Every role that may use `verb` in some state; ValueError when the table has no such verb."""
        rows = [row for row in self.transitions if row.verb == verb]
        if not rows:
            raise ValueError(f"{self.name}: no verb {verb!r}")
        return frozenset[str]().union(*(row.actors for row in rows))

    def preview(self, state: str, verb: str, roles: Iterable[str], facts: F) -> Preview[F]:
        """What would happen, without raising: first state, then role, then all guards together."""
        self.state(state)
        row = self._rows.get((state, verb))
        if row is None:
            return Preview(None, (self._not_here(state, verb),))
        if not row.actors & frozenset(roles):
            return Preview(None, (self._not_you(row),))
        answers = (guard.check(facts) for guard in row.guards)
        return Preview(row, tuple(answer for answer in answers if answer is not None))

    def decide(
        self, state: str, verb: str, roles: Iterable[str], facts: F, *, reason: str = ""
    ) -> Transition[F]:
        """The transition that `verb` makes from `state`, or `Refused` with every reason why not.

        `reason` is what the actor wrote; where the row needs one, blanks are refused. Raises ValueError
        for a state the table does not declare: stored data and program disagree.
        """
        seen = self.preview(state, verb, roles, facts)
        row, refusals = seen.transition, seen.refusals
        if row is not None and row.needs_reason and not reason.strip():
            refusals += (self._no_reason(row),)
        if row is None or refusals:
            raise Refused(*refusals)
        return row

    def mermaid(self) -> str:
        """The table as a Mermaid `stateDiagram-v2`: labels, verbs, who may; always the same text."""
        lines = ["stateDiagram-v2", "    direction LR"]
        lines += [f'    state "{_plain(state.label)}" as s_{state.code}' for state in self.states]
        lines.append(f"    [*] --> s_{self.initial}")
        for row in self.transitions:
            caption = _plain(f"{row.label} {row.verb}（{self.who(row)}）")
            lines += [f"    s_{source} --> s_{row.target} : {caption}" for source in row.sources]
        lines += [f"    s_{state.code} --> [*]" for state in self.states if state.final]
        return "\n".join(lines) + "\n"

    def who(self, row: Transition[F]) -> str:
        """Chinese names of those who may, in a fixed order, the clock last."""
        names = [self.role_labels.get(role, role) for role in sorted(row.roles)]
        return "、".join([*names, SYSTEM_LABEL] if row.by_system else names)

    def _label_of(self, verb: str) -> str:
        return next((row.label for row in self.transitions if row.verb == verb), verb)

    def _not_here(self, state: str, verb: str) -> Refusal:
        rows = self.leaving(state)
        params = {
            "lifecycle": self.label,
            "state": self.state(state).label,
            "verb": self._label_of(verb),
            "possible": "；".join(f"{row.label}（{self.who(row)}）" for row in rows),
        }
        remedy = (
            gettext_noop("目前可以办理的是：%(possible)s")
            if rows
            else gettext_noop("流程已经结束，不能再办理；确需更正的，按更正程序另行提出")
        )
        message = gettext_noop("%(lifecycle)s目前为“%(state)s”，不能办理“%(verb)s”")
        return Refusal("lifecycle.not_here", message, _BASIS, remedy, params)

    def _not_you(self, row: Transition[F]) -> Refusal:
        params = {"lifecycle": self.label, "verb": row.label, "who": self.who(row)}
        message = gettext_noop("您的岗位不能办理%(lifecycle)s的“%(verb)s”")
        remedy = gettext_noop("请由有权办理的岗位办理：%(who)s")
        return Refusal("lifecycle.role", message, _BASIS, remedy, params)

    def _no_reason(self, row: Transition[F]) -> Refusal:
        params = {"lifecycle": self.label, "verb": row.label}
        message = gettext_noop("办理%(lifecycle)s的“%(verb)s”必须写明理由")
        return Refusal("lifecycle.reason", message, _BASIS, gettext_noop("请填写理由后再提交"), params)


def _check_states(table: Lifecycle[F]) -> None:
    if len(table._states) != len(table.states):
        raise ValueError(f"{table.name}: a state code stands twice")
    for state in table.states:
        if not _CODE.match(state.code) or not state.label.strip():
            raise ValueError(f"{table.name}: state {state.code!r} needs a plain code and a label")
    table.state(table.initial)


def _check_row(table: Lifecycle[F], row: Transition[F]) -> None:
    where = f"{table.name}: transition {row.verb!r}"
    if not _CODE.match(row.verb) or not row.label.strip():
        raise ValueError(f"{where} needs a plain verb and a label")
    if not row.sources:
        raise ValueError(f"{where} has no source state")
    if SYSTEM in row.roles:
        raise ValueError(f"{where}: the clock is allowed by by_system, not as a role")
    if not row.actors:
        raise ValueError(f"{where}: nobody may do it")
    table.state(row.target)
    for source in row.sources:
        if table.state(source).final:
            raise ValueError(f"{where} leaves the final state {source!r}")


def _check_ways(table: Lifecycle[F]) -> None:
    reached, waiting = {table.initial}, [table.initial]
    while waiting:
        for row in table.leaving(waiting.pop()):
            if row.target not in reached:
                reached.add(row.target)
                waiting.append(row.target)
    for state in table.states:
        if state.code not in reached:
            raise ValueError(f"{table.name}: state {state.code!r} cannot be reached")
        if not state.final and not table.leaving(state.code):
            raise ValueError(f"{table.name}: state {state.code!r} is a dead end but not final")


def _plain(text: str) -> str:
    return re.sub(r'["#;:<>\r\n]+', " ", text).strip()

"""Pages that gather from everywhere ask providers; apps register theirs at start-up (design §3).

Each registry maps a short code to a function, so that registering twice replaces and tests can look
one up by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from mingcha.base.viewers import Officer, Viewer
from mingcha.web.text import Text

Tone = Literal["danger", "warning", "info", "success", "secondary"]
F = TypeVar("F", bound=Callable[..., Any])


class Providers(Generic[F]):
    """A named set of functions of one shape."""

    def __init__(self) -> None:
        self._functions: dict[str, F] = {}

    def register(self, code: str) -> Callable[[F], F]:
        def decorate(function: F) -> F:
            self._functions[code] = function
            return function

        return decorate

    def __iter__(self) -> Iterator[F]:
        return iter(self._functions[code] for code in sorted(self._functions))

    def items(self) -> Iterator[tuple[str, F]]:
        """Each provider with the code it was registered under, in order of the codes."""
        return iter(sorted(self._functions.items()))

    def gather(self, *args: Any) -> list[Any]:
        """Everything that all providers give for these arguments."""
        return [found for provider in self for found in provider(*args)]


@dataclass(frozen=True)
class NextStep:
    """One thing a person can do now (待办), one click away. `due` sorts it; None goes last; what is `first`
    stands above everything."""

    title: Text
    url: str
    detail: Text = ""
    due: date | None = None
    tone: Tone = "info"
    icon: str = "arrow-right"
    count: int = 1
    first: bool = False


@dataclass(frozen=True)
class Signal:
    """Something that is wrong with the installation now; shown to administrators and on /healthz."""

    code: str
    message: Text
    remedy: Text
    tone: Tone = "danger"
    #: Whether everybody signed in must see it, not only administrators.
    for_everyone: bool = False


@dataclass(frozen=True)
class HistoryEntry:
    """One line of a thing's history, from the ledger: who, when, what, before → after, why."""

    at: datetime
    who: str
    what: str
    why: str = ""
    changes: tuple[tuple[str, str, str], ...] = field(default=())
    digest: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened to a firm on a day, wherever it is kept; `kind` is what it is filtered by."""

    day: date
    kind: Text
    title: Text
    detail: Text = ""
    url: str = ""
    tone: Tone = "secondary"
    icon: str = "circle-dot"


#: officer → NextStep…
next_steps: Providers[Callable[[Officer], Iterable[NextStep]]] = Providers()
#: () → Signal…
signals: Providers[Callable[[], Iterable[Signal]]] = Providers()
#: (viewer, thing type, thing id) → HistoryEntry…
histories: Providers[Callable[[Viewer, str, int], Iterable[HistoryEntry]]] = Providers()
#: (viewer, thing type, thing id) → TimelineEntry…: a thing's whole story from every app
timelines: Providers[Callable[[Viewer, str, int], Iterable[TimelineEntry]]] = Providers()

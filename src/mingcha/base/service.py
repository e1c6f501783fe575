"""One verb, one transaction.

    @service
    def seal(*, actor: Viewer, campaign_id: int, ...) -> Draw:
        ...change rows...
        emit(DrawSealed(thing=Thing.of(draw), after={...}))

A service takes only keyword arguments, `actor` among them. It checks, changes rows and emits typed
events. The outermost service hands every event of the unit of work to the sinks as the last statement
of its transaction; appending earlier would hold the ledger's lock while other rows are being locked,
which deadlocks (design §4.3). Side effects (mail, PDF, DuckDB) go through `after_commit` or a job.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import ParamSpec, TypeVar

from django.db import transaction

from mingcha.base import clock
from mingcha.base.events import Event, handlers_of
from mingcha.base.viewers import Viewer

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Happening:
    """An event with who caused it and when."""

    event: Event
    actor: Viewer
    at: datetime


@dataclass
class UnitOfWork:
    """What the outermost service has buffered for the sinks."""

    actor: Viewer
    happenings: list[Happening] = field(default_factory=list)
    actors: list[Viewer] = field(default_factory=list)


Sink = Callable[[list[Happening]], None]
_sinks: list[Sink] = []
_current: ContextVar[UnitOfWork | None] = ContextVar("mingcha_unit_of_work", default=None)


class OutsideService(RuntimeError):
    """An event was emitted outside any service, so nobody would record it."""


def add_sink(sink: Sink) -> None:
    """Register who receives the buffered events at the end of a unit of work (the ledger)."""
    if sink not in _sinks:
        _sinks.append(sink)


def emit(event: Event) -> None:
    """Record that something happened, and run its handlers in the same transaction."""
    unit = _current.get()
    if unit is None:
        raise OutsideService(f"{event.code} emitted outside a service")
    unit.happenings.append(Happening(event=event, actor=unit.actors[-1], at=clock.now()))
    for handler in handlers_of(event):
        handler(event)


def after_commit(effect: Callable[[], object]) -> None:
    """Run a side effect once the transaction has really been committed."""
    transaction.on_commit(effect)


def service(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function a service: keyword-only with `actor`, atomic, its events recorded."""
    parameters = inspect.signature(verb).parameters
    if "actor" not in parameters:
        raise TypeError(f"{verb.__qualname__}: a service takes `actor`")
    if any(p.kind is not inspect.Parameter.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{verb.__qualname__}: a service takes keyword-only arguments")

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise TypeError(f"{verb.__qualname__} takes keyword arguments only")
        actor: Viewer = kwargs["actor"]  # type: ignore[assignment]
        outer = _current.get()
        if outer is not None:
            return _run_inside(outer, actor, lambda: verb(*args, **kwargs))
        unit = UnitOfWork(actor=actor, actors=[actor])
        token = _current.set(unit)
        try:
            with transaction.atomic():
                result = verb(*args, **kwargs)
                if unit.happenings:
                    for sink in _sinks:
                        sink(unit.happenings)
                return result
        finally:
            _current.reset(token)

    return run


def _run_inside(unit: UnitOfWork, actor: Viewer, verb: Callable[[], R]) -> R:
    """Run a nested service in a savepoint; if it fails, its events are forgotten with its rows."""
    mark = len(unit.happenings)
    unit.actors.append(actor)
    try:
        with transaction.atomic():
            return verb()
    except BaseException:
        del unit.happenings[mark:]
        raise
    finally:
        unit.actors.pop()

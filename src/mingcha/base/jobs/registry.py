"""Which handler does which job, and which of them the clock starts."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext

from mingcha.base.clock import SHANGHAI

Handler = Callable[..., Mapping[str, Any] | None]
H = TypeVar("H", bound=Handler)
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_-]*)+\Z")


class UnknownJob(LookupError):
    """No handler is registered under this name."""


class Rule(Protocol):
    """When a periodic job is due."""

    def first(self, now: datetime) -> datetime:
        """When it is due for the first time, seen at `now`."""

    def after(self, now: datetime) -> datetime:
        """The next time strictly after `now`; what was missed before is not made up one by one."""


@dataclass(frozen=True)
class Daily:
    """Once a day at a time of the clock in Asia/Shanghai."""

    at: time

    def first(self, now: datetime) -> datetime:
        return self.after(now)

    def after(self, now: datetime) -> datetime:
        local = now.astimezone(SHANGHAI)
        due = datetime.combine(local.date(), self.at, tzinfo=SHANGHAI)
        return due if due > local else due + timedelta(days=1)

    def __str__(self) -> str:
        return f"daily {self.at:%H:%M}"


@dataclass(frozen=True)
class Every:
    """At a fixed distance, counted from the last start."""

    distance: timedelta

    def first(self, now: datetime) -> datetime:
        return now

    def after(self, now: datetime) -> datetime:
        return now + self.distance

    def __str__(self) -> str:
        return f"every {int(self.distance.total_seconds())} s"


@dataclass(frozen=True)
class Registered:
    """A handler with its Chinese label and, for a periodic one, its rule."""

    name: str
    label: str | Promise
    handler: Handler
    rule: Rule | None = None


_jobs: dict[str, Registered] = {}


def job(name: str, *, label: str | Promise) -> Callable[[H], H]:
    """Register a handler `def handler(ctx, *, …)` under a dotted name; `label` is shown to people.

    The handler returns None or a small mapping that JSON can hold; `summary` (a Chinese sentence) and
    `url` (a path of this site) in it are shown on the job's page.
    """
    return _register(name, label, None)


def periodic(
    name: str, *, label: str | Promise, daily_at: str | None = None, every: timedelta | None = None
) -> Callable[[H], H]:
    """Register a handler `def handler(ctx)` that the clock starts.

    `daily_at` is "HH:MM" in Asia/Shanghai; `every` a distance of at least a second. After a pause it
    runs once, not once for each time missed; it is left out while its previous run is unfinished.
    """
    rule: Rule
    if daily_at is not None and every is None:
        rule = Daily(time.fromisoformat(daily_at))
    elif every is not None and daily_at is None and every >= timedelta(seconds=1):
        rule = Every(every)
    else:
        raise TypeError(f"{name}: give either daily_at or every")
    return _register(name, label, rule)


def _register(name: str, label: str | Promise, rule: Rule | None) -> Callable[[H], H]:
    if not _NAME.match(name):
        raise ValueError(f"{name!r}: a job's name is dotted, like registry.import")

    def register(handler: H) -> H:
        known = _jobs.get(name)
        if known is not None and known.handler.__qualname__ != handler.__qualname__:
            raise ValueError(f"job {name} is taken by {known.handler.__qualname__}")
        _jobs[name] = Registered(name, label, handler, rule)
        return handler

    return register


def find(name: str) -> Registered:
    """The registered job; `UnknownJob` when there is none."""
    try:
        return _jobs[name]
    except KeyError:
        raise UnknownJob(name) from None


def label_of(name: str) -> str:
    """The Chinese label, or the name itself for a job that this version does not know."""
    known = _jobs.get(name)
    return gettext(str(known.label)) if known else name


def check_payload(name: str, payload: Mapping[str, Any]) -> None:
    """Raise `UnknownJob`, or TypeError when the handler does not take these arguments."""
    inspect.signature(find(name).handler).bind(None, **payload)


def all_jobs() -> tuple[Registered, ...]:
    """Every registered job, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))


def periodic_jobs() -> dict[str, Rule]:
    """The rule of every periodic job."""
    return {known.name: known.rule for known in all_jobs() if known.rule is not None}

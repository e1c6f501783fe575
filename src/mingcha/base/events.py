"""Typed events: the vocabulary of everything that happens.

A service emits an event inside its transaction. Handlers of other apps run at once, in the same
transaction (design §3); when the outermost service ends, the sinks (the ledger) receive all events of
the unit of work as its last statement (design §4.3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar


@dataclass(frozen=True)
class Thing:
    """What an event is about: a type code (`registry.subject`), its id, and a name for readers."""

    type: str
    id: int
    label: str = ""

    @classmethod
    def of(cls, instance: Any) -> Thing:
        """The thing that a saved model instance is."""
        return cls(type=instance._meta.label_lower, id=instance.pk, label=str(instance))

    @classmethod
    def nameless(cls, instance: Any) -> Thing:
        """The same by its kind alone: its name is for fewer people than read the ledger."""
        return cls(instance._meta.label_lower, instance.pk, str(instance._meta.verbose_name))


@dataclass(frozen=True)
class Personal:
    """Personal values of one person or firm, kept in the ledger only under that subject's own key.

    `subject` is whose key (`accounts.user:7`); erasing the key erases the values, the chain still
    verifies (design §4.3, N10).
    """

    subject: str
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to a thing: what it was before, what after, and why.

    Subclasses set `code` (stable, dotted) and `label` (Chinese). `before` and `after` hold no
    personal data; those go into `personal`.
    """

    code: ClassVar[str] = ""
    label: ClassVar[str] = ""
    #: Chinese names of the keys of `before` and `after` that are no fields of the thing's model.
    field_labels: ClassVar[Mapping[str, str]] = {}

    thing: Thing
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    personal: Personal | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.code:
            known = catalogue.get(cls.code)
            if known is not None and known.__qualname__ != cls.__qualname__:
                raise TypeError(f"event code {cls.code} is taken by {known.__qualname__}")
            catalogue[cls.code] = cls


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    """A thing went on along its lifecycle: `before` and `after` say the states in words, `target` is the code
    of the new one, for handlers."""

    target: str


#: Every event type by its code: the ledger's vocabulary, listed in the docs.
catalogue: dict[str, type[Event]] = {}

E = TypeVar("E", bound=Event)
_handlers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def handles(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Subscribe a handler; it runs in the emitter's transaction and calls one service."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        if handler not in _handlers[event_type]:
            _handlers[event_type].append(handler)
        return handler

    return register


def handlers_of(event: Event) -> list[Callable[[Any], None]]:
    """The handlers for the event's own type, in order of registration."""
    return list(_handlers[type(event)])

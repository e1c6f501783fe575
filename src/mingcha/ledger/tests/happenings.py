"""A small vocabulary for the ledger's tests: one event, services that emit it, people who look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection

from mingcha.base.events import Event, Personal, Thing
from mingcha.base.roles import Reach, Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Grant, Officer, Viewer
from mingcha.ledger.testing import ledger_unsealed

CLERK = Officer(id=7, name="王经办", grants=(Grant(Role.COORDINATOR),))
OVERSEER = Officer(id=8, name="李督导", grants=(Grant(Role.OVERSEER),))
LEADER = Officer(id=9, name="赵局长", grants=(Grant(Role.BUREAU_LEADER),))
ADMINISTRATOR = Officer(id=10, name="孙管理", grants=(Grant(Role.ADMINISTRATOR),))
SECTION_OVERSEER = Officer(id=11, name="周督导", grants=(Grant(Role.OVERSEER, Reach.SECTION),))

THING = Thing(type="ledger.head", id=1, label="某事")


@dataclass(frozen=True, kw_only=True)
class Noted(Event):
    code = "test.ledger.noted"
    label = "记一笔"
    field_labels: ClassVar[dict[str, str]] = {"colour": "颜色", "phone": "电话"}


class Failure(Exception):
    """What a failing service raises here."""


@service
def _emit_all(*, actor: Viewer, events: list[Noted]) -> None:
    for event in events:
        emit(event)


def note(*, actor: Viewer = CLERK, thing: Thing = THING, **said: Any) -> None:
    """One service that emits one event; `said` are the event's other fields."""
    _emit_all(actor=actor, events=[Noted(thing=thing, **said)])


def note_all(*, actor: Viewer = CLERK, numbers: list[int]) -> None:
    """One service that emits an event for each number."""
    _emit_all(actor=actor, events=[Noted(thing=THING, after={"n": number}) for number in numbers])


@service
def note_and_fail(*, actor: Viewer, number: int) -> None:
    emit(Noted(thing=THING, after={"n": number}))
    raise Failure


def phone(subject: str = "accounts.user:7", value: object = "13800138000") -> Personal:
    return Personal(subject=subject, values={"phone": value})


@contextmanager
def tampering() -> Iterator[Any]:
    """A cursor behind the triggers' back: what somebody who owns the database could do."""
    with ledger_unsealed(), connection.cursor() as cursor:
        yield cursor

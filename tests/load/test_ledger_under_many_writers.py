"""Many writers at once, each holding rows of its own and one that others want too (design §4.3).

Half of the services lock the shared row before they say something and half after, so that appending mid-way
would deadlock here; some say personal things about people whom other writers mention at the same moment, some
fail inside. Nothing may be refused by the database, lost, or out of place.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, connections

from mingcha.base.events import Event, Personal, Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.ledger.models import Record, SubjectKey
from mingcha.ledger.personal import Rings
from mingcha.ledger.verification import verify

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]

TABLE = "load_test_row"
SHARED_ROWS = 3
PEOPLE = 5


@dataclass(frozen=True)
class Size:
    """How many writers, and how many services each of them runs."""

    writers: int
    services: int


SIZES = {"postgresql": Size(writers=16, services=40), "sqlite": Size(writers=6, services=60)}


@dataclass(frozen=True, kw_only=True)
class Written(Event):
    code = "test.load.written"
    label = "写一笔"


class Failure(Exception):
    """A nested service changed its mind."""


@pytest.fixture
def rows() -> Iterator[Size]:
    """A table with a row for each writer and a few that all of them want."""
    size = SIZES[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, value integer NOT NULL)")
        ids = range(-SHARED_ROWS, size.writers)
        cursor.executemany(f"INSERT INTO {TABLE} VALUES (%s, 0)", [(number,) for number in ids])
    yield size
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def touch(row: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET value = value + 1 WHERE id = %s", [row])


def say(writer: int, number: int, part: str, person: int | None = None) -> None:
    personal = None
    if person is not None:
        personal = Personal(subject=f"test.person:{person}", values={"said": f"{writer}/{number}"})
    thing = Thing(type="test.writer", id=writer)
    emit(Written(thing=thing, after={"number": number, "part": part}, personal=personal))


@service
def change_mind(*, actor: Viewer, writer: int, number: int) -> None:
    say(writer, number, "never")
    raise Failure


@service
def write(*, actor: Viewer, writer: int, number: int, shared: int, person: int) -> None:
    shared_first = number % 2 == 0
    if shared_first:
        touch(-shared)
    say(writer, number, "first")
    touch(writer)
    say(writer, number, "second", person)
    if not shared_first:
        touch(-shared)
    try:
        change_mind(actor=actor, writer=writer, number=number)
    except Failure:
        say(writer, number, "last")


def run_writer(writer: int, services: int) -> None:
    """Run one writer's services on a connection of its own."""
    chance = random.Random(writer)
    officer = Officer(id=writer, name=f"第{writer}人")
    try:
        for number in range(services):
            shared, person = chance.randint(1, SHARED_ROWS), chance.randint(1, PEOPLE)
            write(actor=officer, writer=writer, number=number, shared=shared, person=person)
    finally:
        connections.close_all()


def run_all(size: Size) -> list[BaseException]:
    """Run all writers at once; what went wrong in any of them."""
    with ThreadPoolExecutor(size.writers) as pool:
        runs = [pool.submit(run_writer, writer, size.services) for writer in range(size.writers)]
        return [error for error in (run.exception() for run in runs) if error is not None]


def values_of(ids: range) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT value FROM {TABLE} WHERE id >= %s AND id < %s ORDER BY id", [ids.start, ids.stop]
        )
        return [value for (value,) in cursor.fetchall()]


def test_no_writer_is_refused_and_nothing_is_lost_or_out_of_place(rows: Size) -> None:
    assert run_all(rows) == []

    records = list(Record.objects.order_by("seq"))
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert_every_event_is_there_once(records, rows)
    assert_units_of_work_stand_together(records)
    assert values_of(range(rows.writers)) == [rows.services] * rows.writers
    assert sum(values_of(range(-SHARED_ROWS, 0))) == rows.writers * rows.services
    report = verify()
    assert report.intact, report.gaps
    assert report.count == rows.writers * rows.services * 3
    assert_personal_values_are_readable(records)


def assert_every_event_is_there_once(records: list[Record], size: Size) -> None:
    found = sorted((record.thing_id, record.after["number"], record.after["part"]) for record in records)
    assert found == sorted(
        (writer, number, part)
        for writer in range(size.writers)
        for number in range(size.services)
        for part in ("first", "second", "last")
    )


def assert_units_of_work_stand_together(records: list[Record]) -> None:
    for start in range(0, len(records), 3):
        unit = records[start : start + 3]
        assert len({(record.thing_id, record.after["number"]) for record in unit}) == 1
        assert [record.after["part"] for record in unit] == ["first", "second", "last"]


def assert_personal_values_are_readable(records: list[Record]) -> None:
    assert sorted(SubjectKey.objects.values_list("subject", "generation")) == [
        (f"test.person:{person}", 1) for person in range(1, PEOPLE + 1)
    ]
    rings = Rings.reading(records)
    read: list[tuple[Record, Any]] = [(r, rings.values_of(r)["said"]) for r in records if r.personal]
    assert len(read) == len(records) // 3
    assert all(said == f"{record.thing_id}/{record.after['number']}" for record, said in read)

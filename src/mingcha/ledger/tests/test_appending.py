from datetime import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mingcha.base import clock, service
from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.kernel.digest import GENESIS
from mingcha.ledger.appending import append
from mingcha.ledger.canonical import TooLarge
from mingcha.ledger.models import Head, Record
from mingcha.ledger.tests.happenings import (
    CLERK,
    THING,
    Failure,
    Noted,
    note,
    note_all,
    note_and_fail,
    phone,
)

pytestmark = pytest.mark.django_db


def statements(queries: CaptureQueriesContext) -> list[str]:
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [query["sql"] for query in queries if not query["sql"].startswith(frame)]


def test_the_ledger_is_a_sink_of_every_service():
    assert append in service._sinks


def test_an_event_becomes_a_record_with_who_when_what_and_why():
    with clock.using(clock.FixedClock(datetime(2026, 3, 1, 9, 30, tzinfo=clock.SHANGHAI))):
        note(actor=CLERK, before={"colour": "红"}, after={"colour": "绿"}, why="换了")

    record = Record.objects.get()
    assert (record.seq, record.prev) == (1, GENESIS)
    assert (record.actor, record.actor_name) == ("officer:7", "王经办")
    assert record.at.astimezone(clock.SHANGHAI).isoformat() == "2026-03-01T09:30:00+08:00"
    assert record.event == "test.ledger.noted"
    assert (record.thing_type, record.thing_id, record.thing_label) == (THING.type, THING.id, THING.label)
    assert (record.before, record.after, record.why) == ({"colour": "红"}, {"colour": "绿"}, "换了")


def test_the_numbers_are_dense_and_each_record_names_the_digest_before_it():
    note_all(actor=CLERK, numbers=[1, 2, 3])
    note_all(actor=CLERK, numbers=[4, 5])

    records = list(Record.objects.order_by("seq"))
    assert [record.seq for record in records] == [1, 2, 3, 4, 5]
    assert [record.after["n"] for record in records] == [1, 2, 3, 4, 5]
    assert [record.prev for record in records] == [GENESIS, *(r.digest for r in records[:-1])]
    assert all(record.content().digest(record.prev) == record.digest for record in records)


def test_the_append_is_the_last_statement_and_one_batch_for_all_nested_services():
    @service.service
    def outer(*, actor):
        note(actor=CLERK, personal=phone())
        note_all(actor=CLERK, numbers=[1, 2])
        Head.objects.create(
            day=clock.today(), seq=0, digest=GENESIS, algorithm="sha256", sealed_at=clock.now()
        )

    with CaptureQueriesContext(
        connection,
    ) as queries:
        outer(actor=CLERK)

    found = statements(queries)
    assert found[-1].startswith('INSERT INTO "ledger_record"')
    assert sum('"ledger_record"' in sql and sql.startswith("INSERT") for sql in found) == 1
    assert Record.objects.count() == 3
    if connection.vendor == "postgresql":
        lock = next(place for place, sql in enumerate(found) if "pg_advisory_xact_lock" in sql)
        own_work = next(place for place, sql in enumerate(found) if 'INSERT INTO "ledger_head"' in sql)
        subject_key = next(
            place for place, sql in enumerate(found) if 'INSERT INTO "ledger_subjectkey"' in sql
        )
        assert own_work < lock < subject_key < len(found) - 1


def test_an_event_of_a_failed_nested_service_is_not_recorded():
    @service.service
    def outer(*, actor):
        note_all(actor=CLERK, numbers=[1])
        with pytest.raises(Failure):
            note_and_fail(actor=CLERK, number=2)
        note_all(actor=CLERK, numbers=[3])

    outer(actor=CLERK)

    assert [record.after["n"] for record in Record.objects.order_by("seq")] == [1, 3]


def test_a_failed_service_leaves_no_record():
    with pytest.raises(Failure):
        note_and_fail(actor=CLERK, number=1)

    assert not Record.objects.exists()


def test_a_service_that_cannot_be_recorded_does_not_happen():
    @service.service
    def change_and_say_too_much(*, actor):
        Head.objects.create(
            day=clock.today(), seq=0, digest=GENESIS, algorithm="sha256", sealed_at=clock.now()
        )
        service.emit(Noted(thing=THING, after={f"field{n}": "x" * 3000 for n in range(40)}))

    with pytest.raises(TooLarge):
        change_and_say_too_much(actor=CLERK)

    assert not Head.objects.exists()
    assert not Record.objects.exists()


def test_nothing_stays_when_the_block_around_a_service_fails():
    with pytest.raises(Failure), transaction.atomic():
        note(actor=CLERK)
        raise Failure

    assert not Record.objects.exists()


def test_services_inside_one_outer_transaction_continue_the_same_chain():
    with transaction.atomic():
        note_all(actor=CLERK, numbers=[1])
        note_all(actor=CLERK, numbers=[2])

    assert [record.seq for record in Record.objects.order_by("seq")] == [1, 2]


def test_the_actor_of_a_nested_service_is_named_in_its_own_events():
    @service.service
    def outer(*, actor):
        note(actor=System("clock"))
        service.emit(Noted(thing=THING))

    outer(actor=CLERK)

    assert list(Record.objects.order_by("seq").values_list("actor", flat=True)) == [
        "system:clock",
        "officer:7",
    ]


def test_a_long_value_is_kept_as_its_digest_and_beginning():
    note(actor=CLERK, after={"text": "长" * 5000, "short": "短"}, why="因" * 5000)

    record = Record.objects.get()
    kept = record.after["text"]["abridged"]
    assert kept["bytes"] == 15_002
    assert kept["start"] == "长" * 200
    assert record.after["short"] == "短"
    assert len(record.why) == 4000
    assert record.why.endswith("…")


def test_long_names_do_not_break_the_service_they_belong_to():
    note(actor=CLERK, thing=Thing(type="ledger.head", id=1, label="名" * 1000))

    assert len(Record.objects.get().thing_label) == 300


def test_text_that_a_database_cannot_hold_is_replaced():
    note(actor=CLERK, after={"a\x00b": "\x00\ud800"}, why="\x00")

    record = Record.objects.get()
    assert record.after == {"a\ufffdb": "\ufffd\ufffd"}
    assert record.content().digest(record.prev) == record.digest


def test_sm3_can_be_chosen_and_each_record_names_its_algorithm(settings):
    note(actor=CLERK)
    settings.LEDGER_ALGORITHM = "sm3"
    note(actor=CLERK)
    settings.LEDGER_ALGORITHM = "sha256"
    note(actor=CLERK)

    records = list(Record.objects.order_by("seq"))
    assert [record.algorithm for record in records] == ["sha256", "sm3", "sha256"]
    assert all(record.content().digest(record.prev) == record.digest for record in records)

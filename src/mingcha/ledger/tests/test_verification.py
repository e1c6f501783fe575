import json
from datetime import datetime, timedelta

import pytest
from django.db import connection

from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.kernel.digest import GENESIS
from mingcha.ledger import verification
from mingcha.ledger.models import Head, Record
from mingcha.ledger.services import seal_day
from mingcha.ledger.tests.happenings import CLERK, note, note_all, phone, tampering
from mingcha.ledger.verification import Known, verify

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 12, tzinfo=clock.SHANGHAI)
COLUMNS = (
    "at, actor, actor_name, event, thing_type, thing_id, thing_label, before, after, why, subject, personal"
)


@pytest.fixture
def ten_records():
    """Six records on a Monday, whose head is number 6; the sealing is number 7; three more on Tuesday."""
    time = clock.FixedClock(MONDAY)
    with clock.using(time):
        note_all(actor=CLERK, numbers=[1, 2, 3, 4, 5])
        note(actor=CLERK, personal=phone())
        time.advance(days=1)
        seal_day(actor=System("test"), day=MONDAY.date())
        note_all(actor=CLERK, numbers=[8, 9, 10])
        yield


def found(**options) -> list[tuple[str, int]]:
    return [(gap.code, gap.seq) for gap in verify(**options).gaps]


def digest_of(seq: int) -> str:
    return Record.objects.get(seq=seq).digest


def rewrite_from(seq: int) -> None:
    """Recompute digests from a record to the end, as a careful forger would."""
    prev = digest_of(seq - 1) if seq > 1 else GENESIS
    with tampering() as cursor:
        for record in Record.objects.filter(seq__gte=seq).order_by("seq"):
            digest = record.content().digest(prev)
            cursor.execute(
                "UPDATE ledger_record SET prev = %s, digest = %s WHERE seq = %s", [prev, digest, record.seq]
            )
            prev = digest


def test_an_empty_chain_is_intact():
    report = verify()
    assert (report.intact, report.count, report.digest) == (True, 0, GENESIS)


def test_an_untouched_chain_is_intact(ten_records):
    report = verify()
    assert report.intact, report.gaps
    assert (report.first, report.last, report.count, report.heads) == (1, 10, 10, 1)
    assert report.digest == digest_of(10)


def test_algorithms_may_change_along_the_chain(ten_records, settings):
    settings.LEDGER_ALGORITHM = "sm3"
    note_all(actor=CLERK, numbers=[11, 12])
    settings.LEDGER_ALGORITHM = "sha256"
    note_all(actor=CLERK, numbers=[13])

    assert verify().intact
    assert set(Record.objects.values_list("algorithm", flat=True)) == {"sha256", "sm3"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-03-02 04:00:01"),
        ("actor", "officer:1"),
        ("actor_name", "别人"),
        ("event", "test.other"),
        ("thing_type", "other.thing"),
        ("thing_id", 99),
        ("thing_label", "别的事"),
        ("before", json.dumps({"n": 0})),
        ("after", json.dumps({"n": 99})),
        ("after", json.dumps({"n": 1.5})),
        ("why", "编的"),
        ("subject", "accounts.user:1"),
        ("personal", json.dumps({"phone": "v1:AAAA"})),
        ("algorithm", "sm3"),
        ("algorithm", "md5"),
    ],
)
def test_a_changed_record_is_named_with_its_time_and_thing(ten_records, column, value):
    with tampering() as cursor:
        cursor.execute(f"UPDATE ledger_record SET {column} = %s WHERE seq = 4", [value])

    report = verify()
    assert [(gap.code, gap.seq) for gap in report.gaps] == [("changed", 4)]
    assert "第 4 条" in report.gaps[0].text
    if column not in ("at", "thing_type", "thing_id", "thing_label"):
        assert "2026-03-02 12:00:00" in report.gaps[0].text
        assert "ledger.head:1 某事" in report.gaps[0].text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL stores nothing unreadable")
def test_a_record_that_cannot_even_be_read_is_named_and_the_walk_goes_on(ten_records):
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET at = '2026-99-99 00:00:00' WHERE seq = 4")
        cursor.execute("UPDATE ledger_record SET why = 'x' WHERE seq = 9")

    assert found() == [("changed", 4), ("changed", 9)]


def test_a_changed_digest_is_named_where_it_is_and_where_it_is_missed(ten_records):
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET digest = %s WHERE seq = 4", ["f" * 64])

    assert found() == [("changed", 4), ("wrong_prev", 5)]


def test_a_changed_record_with_a_recomputed_digest_breaks_the_next_link(ten_records):
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET why = 'x' WHERE seq = 4")
        record = Record.objects.get(seq=4)
        digest = record.content().digest(record.prev)
        cursor.execute("UPDATE ledger_record SET digest = %s WHERE seq = 4", [digest])

    assert found() == [("wrong_prev", 5)]


def test_a_chain_rewritten_to_its_end_is_betrayed_by_the_daily_head(ten_records):
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET why = 'x' WHERE seq = 4")
    rewrite_from(4)

    assert found() == [("head_mismatch", 6)]
    assert "2026-03-02" in verify().gaps[0].text


def test_a_chain_rewritten_together_with_its_heads_is_betrayed_by_a_digest_kept_outside(ten_records):
    kept = digest_of(6)
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET why = 'x' WHERE seq = 4")
    rewrite_from(4)
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_head SET digest = %s", [digest_of(6)])

    assert found() == []
    assert found(known=[Known(kept)]) == [("unknown_digest", 10)]
    assert found(known=[Known(kept, 6)]) == [("unknown_digest", 6)]


def test_a_changed_head_is_named(ten_records):
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_head SET digest = %s", ["f" * 64])

    assert found() == [("head_mismatch", 6)]


@pytest.mark.parametrize(("first", "last"), [(1, 1), (4, 4), (2, 5)])
def test_missing_records_are_named_from_first_to_last(ten_records, first, last):
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_record WHERE seq BETWEEN %s AND %s", [first, last])

    report = verify()
    assert [(gap.code, gap.seq) for gap in report.gaps] == [("missing", first)]
    expected = (
        f"第 {first} 条缺失" if first == last else f"第 {first} 至 {last} 条（共 {last - first + 1} 条）缺失"
    )
    assert expected in report.gaps[0].text


def test_a_missing_record_that_a_head_names_is_named_twice(ten_records):
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_record WHERE seq = 6")

    assert found() == [("missing", 6), ("head_mismatch", 6)]


def test_records_closed_up_after_a_deletion_are_noticed(ten_records):
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_record WHERE seq = 9")
        cursor.execute("UPDATE ledger_record SET seq = 9 WHERE seq = 10")

    assert found() == [("wrong_prev", 9), ("changed", 9)]


def test_two_records_that_changed_places_are_noticed(ten_records):
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET seq = -1 WHERE seq = 2")
        cursor.execute("UPDATE ledger_record SET seq = 2 WHERE seq = 3")
        cursor.execute("UPDATE ledger_record SET seq = 3 WHERE seq = -1")

    assert {seq for _code, seq in found()} == {2, 3, 4}


def test_an_inserted_record_is_noticed(ten_records):
    with tampering() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_record (seq, {COLUMNS}, algorithm, prev, digest)"
            f" SELECT 11, {COLUMNS}, algorithm, prev, digest FROM ledger_record WHERE seq = 10"
        )

    assert found() == [("wrong_prev", 11), ("changed", 11)]


def test_a_cut_off_end_is_proved_by_the_daily_head(ten_records):
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_record WHERE seq > 3")

    report = verify()
    assert [(gap.code, gap.seq) for gap in report.gaps] == [("truncated", 4)]
    assert "封存到第 6 条，现在只到第 3 条" in report.gaps[0].text


def test_a_wholly_deleted_chain_is_proved_by_the_daily_head(ten_records):
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_record")

    assert found() == [("truncated", 1)]


def test_an_end_cut_off_after_the_last_head_is_proved_by_a_digest_kept_outside(ten_records):
    kept = Known(digest_of(10), 10)
    assert found(known=[kept]) == []
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_record WHERE seq > 8")

    assert found() == []
    assert found(known=[kept]) == [("unknown_digest", 10)]


def test_a_digest_at_another_number_does_not_count(ten_records):
    assert found(known=[Known(digest_of(10), 9)]) == [("unknown_digest", 9)]


def test_a_part_can_be_walked_alone(ten_records):
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET why = 'x' WHERE seq IN (2, 9)")

    assert found(first=3, last=8) == []
    assert found(first=3) == [("changed", 9)]
    assert found(last=8) == [("changed", 2)]
    assert verify(first=3, last=8).count == 6


def test_a_part_is_tied_to_the_record_before_it(ten_records):
    rewritten = digest_of(2)
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET digest = %s WHERE seq = 2", [rewritten[::-1]])

    assert found(first=3, last=8) == [("wrong_prev", 3)]


def test_records_missing_at_the_end_of_a_named_part_are_named(ten_records):
    assert found(first=3, last=12) == [("missing", 11)]


def test_many_gaps_are_counted_but_not_all_kept(ten_records, monkeypatch):
    monkeypatch.setattr(verification, "KEPT_GAPS", 3)
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET why = 'x'")

    report = verify()
    assert (len(report.gaps), report.gap_count, report.intact) == (3, 10, False)


def test_the_walk_crosses_pages_and_reads_no_more_than_one_at_a_time(ten_records, monkeypatch):
    monkeypatch.setattr(verification, "PAGE", 3)
    pages = []

    report = verify(progress=pages.append)

    assert report.intact
    assert pages == [3, 6, 9, 10]


def test_an_empty_day_sealed_before_the_first_record_fits(ten_records):
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_head")
    Head.objects.create(
        day=MONDAY.date() - timedelta(days=1),
        seq=0,
        digest=GENESIS,
        algorithm="sha256",
        sealed_at=clock.now(),
    )
    assert found() == []


def test_a_known_digest_is_read_with_or_without_its_number():
    assert Known.parse("A" * 64) == Known("a" * 64)
    assert Known.parse(f"12:{'a' * 64}") == Known("a" * 64, 12)
    for text in ("abc", "x:" + "a" * 64, "g" * 64):
        with pytest.raises(ValueError):
            Known.parse(text)

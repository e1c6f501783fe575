import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from mingcha.base.roles import Role
from mingcha.kernel.digest import GENESIS, canonical_json, hex_digest
from mingcha.ledger.canonical import (
    MAX_INTEGER,
    MAX_VALUE_BYTES,
    Content,
    TooLarge,
    abridged,
    line,
    plain,
    side,
    utc_text,
)
from mingcha.ledger.models import Record
from mingcha.ledger.tests.happenings import CLERK, note

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**200), max_value=2**200),
    st.text(max_size=30),
    st.characters(categories=["Cs", "Co", "So"]),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(timezones=st.just(timezone(timedelta(hours=8)))),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.floats(),
    st.uuids(),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


def content(**changes) -> Content:
    said = {
        "seq": 1,
        "at": datetime(2026, 3, 1, 1, 2, 3, 4, tzinfo=UTC),
        "actor": "officer:7",
        "actor_name": "王经办",
        "event": "a.b",
        "thing_type": "a.thing",
        "thing_id": 5,
        "thing_label": "甲",
        "before": {},
        "after": {"n": 1},
        "why": "",
        "subject": "",
        "personal": {},
        "algorithm": "sha256",
    }
    return Content(**{**said, **changes})


def try_side(given_values):
    """One side of a record, or None for values that are refused as ambiguous."""
    try:
        return side(given_values)
    except ValueError:
        return None


@given(st.dictionaries(st.text(max_size=8), values, max_size=5))
def test_whatever_is_recorded_reads_back_to_the_same_bytes(given_values):
    first = try_side(given_values)
    if first is None:
        return
    spelled = canonical_json(first)
    assert canonical_json(json.loads(spelled)) == spelled
    assert side(json.loads(spelled)) == first


@given(st.dictionaries(st.text(max_size=8), values, max_size=5))
def test_no_recorded_number_is_rounded_by_a_reader_that_keeps_doubles(given_values):
    def numbers(value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return [number for entry in value for number in numbers(entry)]
        return [value] if isinstance(value, int) else []

    assert all(int(float(number)) == number for number in numbers(try_side(given_values)))


@pytest.mark.django_db
@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_values=st.dictionaries(st.text(max_size=8), values, max_size=5), why=st.text(max_size=40))
def test_the_database_gives_back_exactly_what_was_digested(given_values, why):
    if try_side(given_values) is None:
        return
    note(actor=CLERK, after=given_values, before=given_values, why=why)

    record = Record.objects.order_by("-seq").first()
    assert record.content().digest(record.prev) == record.digest
    assert record.after == side(given_values)


def test_dates_are_written_in_iso_and_moments_in_utc():
    shanghai = datetime(2026, 3, 1, 9, 2, 3, 4, tzinfo=timezone(timedelta(hours=8)))
    assert plain([date(2026, 3, 1), shanghai, time(9, 30), timedelta(days=1)]) == [
        "2026-03-01",
        "2026-03-01T01:02:03.000004Z",
        "09:30:00",
        "P1DT00H00M00S",
    ]
    assert utc_text(datetime(26, 1, 1, tzinfo=UTC)) == "0026-01-01T00:00:00.000000Z"


def test_values_that_json_does_not_know_become_text():
    class Colour(Enum):
        RED = "red"

    given_values = [Decimal("1E+3"), 1.5, UUID(int=1), Role.OVERSEER, Colour.RED, gettext_lazy("是"), {2, 1}]
    assert plain(given_values) == ["1000", "1.5", str(UUID(int=1)), "overseer", "red", "是", [1, 2]]


@pytest.mark.parametrize(
    ("number", "kept"),
    [(MAX_INTEGER, MAX_INTEGER), (MAX_INTEGER + 1, str(MAX_INTEGER + 1)), (-(10**30), str(-(10**30)))],
)
def test_an_integer_that_doubles_cannot_hold_becomes_text(number, kept):
    assert plain(number) == kept


def test_a_thing_that_has_no_plain_form_is_refused():
    with pytest.raises(TypeError, match="object"):
        plain({"a": object()})


def test_two_keys_that_become_one_are_refused():
    with pytest.raises(ValueError, match="two keys"):
        plain({1: "a", "1": "b"})


def test_a_side_that_is_too_large_even_abridged_is_refused():
    with pytest.raises(TooLarge):
        side({f"f{n}": "x" * (MAX_VALUE_BYTES - 10) for n in range(20)})


def test_an_abridged_value_can_be_proved_by_its_digest():
    long = ["值"] * 5000
    assert abridged(long)["abridged"]["sha256"] == hex_digest(canonical_json(long))


@pytest.mark.parametrize("field", list(Content.__dataclass_fields__))
def test_the_digest_covers_every_field(field):
    others = {
        "seq": 2,
        "at": datetime(2026, 3, 1, 1, 2, 3, 5, tzinfo=UTC),
        "thing_id": 6,
        "before": {"x": 1},
        "after": {"n": 2},
        "personal": {"phone": "v1:AAAA"},
        "algorithm": "sm3",
    }
    changed = content(**{field: others.get(field, "其他")})
    assert changed.digest(GENESIS) != content().digest(GENESIS)
    assert changed.payload() != content().payload()


def test_every_column_of_a_record_is_either_content_or_its_place_in_the_chain():
    columns = {field.name for field in Record._meta.concrete_fields}
    assert columns == {*Content.__dataclass_fields__, "prev", "digest"}


def test_a_line_holds_the_digested_bytes_as_they_are():
    said = content(after={"甲": '\u2028<>&"\\'})
    written = line(said, GENESIS, said.digest(GENESIS))
    assert written[160:-1] == said.payload()
    assert json.loads(written)["prev"] == GENESIS


def test_the_form_is_pinned_by_an_example():
    assert content().payload().decode() == (
        '{"actor":"officer:7","actor_name":"王经办","after":{"n":1},"algorithm":"sha256",'
        '"at":"2026-03-01T01:02:03.000004Z","before":{},"event":"a.b","personal":{},"seq":1,"subject":"",'
        '"thing":{"id":5,"label":"甲","type":"a.thing"},"version":1,"why":""}'
    )

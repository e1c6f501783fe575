import dataclasses

import pytest

from mingcha.base import events
from mingcha.base.events import Event, Personal, Thing, handlers_of, handles
from mingcha.base.idempotency import IdempotencyKey


@pytest.fixture(autouse=True)
def _own_catalogue(monkeypatch: pytest.MonkeyPatch, no_handlers: None) -> None:
    monkeypatch.setattr(events, "catalogue", {})


def test_a_code_belongs_to_one_type() -> None:
    class Sealed(Event):
        code = "test.sealed"

    assert events.catalogue == {"test.sealed": Sealed}

    with pytest.raises(TypeError, match="test.sealed"):

        class Opened(Event):
            code = "test.sealed"


def test_an_event_cannot_be_changed_after_it_happened() -> None:
    event = Event(thing=Thing("test.thing", 1), after={"state": "sealed"})

    with pytest.raises(dataclasses.FrozenInstanceError):
        event.why = "another reason"  # type: ignore[misc]


def test_personal_values_stand_apart() -> None:
    event = Event(thing=Thing("test.thing", 1), personal=Personal("accounts.user:7", {"phone": "x"}))

    assert event.before == event.after == {}
    assert event.personal is not None
    assert event.personal.subject == "accounts.user:7"


def test_a_thing_names_type_id_and_text_of_a_row() -> None:
    from datetime import UTC, datetime

    row = IdempotencyKey(pk=3, verb="test.verb", at=datetime(2026, 1, 2, tzinfo=UTC))

    assert Thing.of(row) == Thing("base.idempotencykey", 3, str(row))


def test_handlers_answer_to_the_exact_type_in_order_and_once() -> None:
    class Base(Event):
        pass

    class Special(Base):
        pass

    def first(event: Base) -> None: ...

    def second(event: Base) -> None: ...

    handles(Base)(first)
    handles(Base)(second)
    handles(Base)(first)

    assert handlers_of(Base(thing=Thing("t", 1))) == [first, second]
    assert handlers_of(Special(thing=Thing("t", 1))) == []

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from mingcha.base import clock
from mingcha.base import service as services
from mingcha.base.events import Event, Thing, handles
from mingcha.base.idempotency import IdempotencyKey
from mingcha.base.service import Happening, OutsideService, after_commit, emit, service
from mingcha.base.viewers import Officer, System, Viewer

OFFICER = Officer(id=7, name="王科长")
CLOCK = System("clock")


class Said(Event):
    pass


class Answered(Event):
    pass


def said(what: str) -> Said:
    return Said(thing=Thing("test.thing", 1), why=what)


def write(name: str) -> None:
    IdempotencyKey.objects.create(key=name, viewer="", verb="", at=clock.now())


def rows() -> list[str]:
    return list(IdempotencyKey.objects.order_by("key").values_list("key", flat=True))


def words(happenings: list[Happening]) -> list[str]:
    return [happening.event.why for happening in happenings]


@service
def say(*, actor: Viewer, what: str) -> str:
    write(what)
    emit(said(what))
    return what.upper()


@service
def say_and_fail(*, actor: Viewer, what: str) -> None:
    say(actor=actor, what=what)
    raise LookupError(what)


def test_it_needs_an_actor() -> None:
    with pytest.raises(TypeError, match="actor"):

        @service
        def nobody(*, what: str) -> None: ...


def test_it_takes_keyword_arguments_only() -> None:
    with pytest.raises(TypeError, match="keyword-only"):

        @service
        def positional(actor: Viewer) -> None: ...

    with pytest.raises(TypeError, match="keyword arguments only"):
        say(OFFICER, what="x")  # type: ignore[misc]


@pytest.mark.django_db
def test_it_returns_its_result_and_hands_its_events_over_once(handed_over: list[list[Happening]]) -> None:
    moment = datetime(2026, 3, 2, 8, tzinfo=UTC)

    with clock.using(clock.FixedClock(moment)):
        assert say(actor=OFFICER, what="a") == "A"

    assert [words(batch) for batch in handed_over] == [["a"]]
    assert (handed_over[0][0].actor, handed_over[0][0].at) == (OFFICER, moment)
    assert rows() == ["a"]


@pytest.mark.django_db
def test_a_service_without_events_hands_nothing_over(handed_over: list[list[Happening]]) -> None:
    @service
    def be_quiet(*, actor: Viewer) -> None:
        write("quiet")

    be_quiet(actor=OFFICER)

    assert handed_over == []


def test_an_event_outside_a_service_is_refused() -> None:
    with pytest.raises(OutsideService):
        emit(said("x"))


@pytest.mark.django_db
def test_after_a_service_has_ended_events_are_refused_again(handed_over: list[list[Happening]]) -> None:
    say(actor=OFFICER, what="a")
    with pytest.raises(LookupError):
        say_and_fail(actor=OFFICER, what="b")

    with pytest.raises(OutsideService):
        emit(said("x"))


@pytest.mark.django_db
def test_a_failing_service_leaves_no_row_and_no_event(handed_over: list[list[Happening]]) -> None:
    with pytest.raises(LookupError):
        say_and_fail(actor=OFFICER, what="a")

    assert rows() == []
    assert handed_over == []


@pytest.mark.django_db
def test_nested_services_hand_over_once_at_the_end_of_the_outermost(
    handed_over: list[list[Happening]],
) -> None:
    @service
    def converse(*, actor: Viewer) -> None:
        say(actor=actor, what="a")
        assert handed_over == []
        emit(said("b"))
        say(actor=CLOCK, what="c")
        emit(said("d"))
        assert handed_over == []

    converse(actor=OFFICER)

    assert [words(batch) for batch in handed_over] == [["a", "b", "c", "d"]]
    assert [happening.actor for happening in handed_over[0]] == [OFFICER, OFFICER, CLOCK, OFFICER]


@pytest.mark.django_db
def test_handing_over_is_the_last_statement_of_the_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[list[str], bool]] = []
    monkeypatch.setattr(services, "_sinks", [lambda _: seen.append((rows(), connection.in_atomic_block))])

    @service
    def say_first_then_write(*, actor: Viewer) -> None:
        say(actor=actor, what="a")
        write("z")

    say_first_then_write(actor=OFFICER)

    assert seen == [(["a", "z"], True)]


@pytest.mark.django_db
def test_a_nested_failure_that_is_caught_forgets_its_rows_and_events(
    handed_over: list[list[Happening]],
) -> None:
    @service
    def try_and_go_on(*, actor: Viewer) -> None:
        say(actor=actor, what="a")
        with pytest.raises(LookupError):
            say_and_fail(actor=CLOCK, what="b")
        say(actor=actor, what="c")
        emit(said("d"))

    try_and_go_on(actor=OFFICER)

    assert rows() == ["a", "c"]
    assert [words(batch) for batch in handed_over] == [["a", "c", "d"]]
    assert {happening.actor for happening in handed_over[0]} == {OFFICER}


@pytest.mark.django_db
def test_a_sink_that_fails_rolls_the_service_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(happenings: list[Happening]) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(services, "_sinks", [refuse])

    with pytest.raises(RuntimeError, match="full"):
        say(actor=OFFICER, what="a")

    assert rows() == []


@pytest.mark.django_db
def test_handlers_run_at_once_and_in_the_same_transaction(
    handed_over: list[list[Happening]], no_handlers: None
) -> None:
    order: list[str] = []

    @handles(Said)
    def answer(event: Said) -> None:
        order.append(f"handler of {event.why}")
        reply(actor=CLOCK, to=event.why)

    @service
    def reply(*, actor: Viewer, to: str) -> None:
        write(f"re-{to}")
        emit(Answered(thing=Thing("test.thing", 1), why=f"re-{to}"))

    @service
    def say_twice(*, actor: Viewer) -> None:
        say(actor=actor, what="a")
        order.append("after a")
        say(actor=actor, what="b")

    say_twice(actor=OFFICER)

    assert order == ["handler of a", "after a", "handler of b"]
    assert rows() == ["a", "b", "re-a", "re-b"]
    assert [words(batch) for batch in handed_over] == [["a", "re-a", "b", "re-b"]]
    assert [happening.actor for happening in handed_over[0]] == [OFFICER, CLOCK, OFFICER, CLOCK]


@pytest.mark.django_db
def test_a_failing_handler_rolls_everything_back(
    handed_over: list[list[Happening]], no_handlers: None
) -> None:
    @handles(Said)
    def fail(event: Said) -> None:
        raise ValueError("handler failed")

    with pytest.raises(ValueError, match="handler failed"):
        say(actor=OFFICER, what="a")

    assert rows() == []
    assert handed_over == []


@pytest.mark.django_db
def test_side_effects_wait_for_the_commit(
    django_capture_on_commit_callbacks: Any, handed_over: list[list[Happening]]
) -> None:
    sent: list[str] = []

    @service
    def notify(*, actor: Viewer) -> None:
        after_commit(lambda: sent.append("mail"))
        assert sent == []

    with django_capture_on_commit_callbacks(execute=True):
        notify(actor=OFFICER)
        assert sent == []

    assert sent == ["mail"]


@pytest.mark.django_db(transaction=True)
def test_side_effects_of_a_failed_service_never_happen(handed_over: list[list[Happening]]) -> None:
    sent: list[str] = []

    @service
    def notify_and_fail(*, actor: Viewer) -> None:
        after_commit(lambda: sent.append("mail"))
        raise LookupError

    with pytest.raises(LookupError):
        notify_and_fail(actor=OFFICER)

    assert sent == []


def test_a_service_keeps_the_name_of_its_verb() -> None:
    assert say.__name__ == "say"

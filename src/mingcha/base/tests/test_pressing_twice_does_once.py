import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mingcha.base import clock
from mingcha.base import service as services
from mingcha.base.events import Event, Thing
from mingcha.base.idempotency import KEEP, IdempotencyKey, forget_old_keys, once, token
from mingcha.base.jobs.models import PeriodicTask
from mingcha.base.service import Happening, emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.kernel.refusal import Refusal, Refused

WANG = Officer(id=7, name="王科长")
LI = Officer(id=8, name="李科长")
NO = Refusal(code="test.no", message="不行", basis="测试", remedy="改正")


class Made(Event):
    pass


@service
def make(*, actor: Viewer, name: str) -> PeriodicTask:
    """A verb that leaves a row and an event."""
    row = PeriodicTask.objects.create(name=f"{name}-{token()}", rule="", next_due=clock.now())
    emit(Made(thing=Thing.of(row)))
    return row


def press(key: str, *, viewer: Viewer = WANG, verb: str = "test.make", name: str = "a") -> tuple[str, bool]:
    return once(
        key=key,
        viewer=viewer,
        verb=verb,
        run=lambda: make(actor=viewer, name=name),
        outcome=lambda row: row.name,
    )


def made() -> int:
    return PeriodicTask.objects.count()


@pytest.fixture(autouse=True)
def _ledger_stands_aside(handed_over: list[list[Happening]]) -> None: ...


@pytest.mark.django_db
def test_the_second_press_gives_the_first_outcome_and_does_nothing(
    handed_over: list[list[Happening]],
) -> None:
    key = token()

    first = press(key)
    second = press(key)

    assert first[1] is True
    assert second == (first[0], False)
    assert made() == 1
    assert len(handed_over) == 1


@pytest.mark.django_db
def test_another_key_runs_again() -> None:
    assert press(token())[1] is True
    assert press(token())[1] is True
    assert made() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("error", [Refused(NO), LookupError("x"), IntegrityError("y"), KeyboardInterrupt()])
def test_a_failed_press_leaves_no_key_so_that_it_can_be_corrected(error: BaseException) -> None:
    key = token()

    def fail() -> None:
        make(actor=WANG, name="a")
        raise error

    with pytest.raises(type(error)):
        once(key=key, viewer=WANG, verb="test.make", run=fail, outcome=str)

    assert made() == 0
    assert not IdempotencyKey.objects.exists()
    assert press(key)[1] is True


@pytest.mark.django_db
def test_an_outcome_that_cannot_be_told_undoes_the_press() -> None:
    def lost(row: PeriodicTask) -> str:
        raise LookupError

    with pytest.raises(LookupError):
        once(
            key=token(),
            viewer=WANG,
            verb="test.make",
            run=lambda: make(actor=WANG, name="a"),
            outcome=lost,
        )

    assert made() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"viewer": LI}, {"verb": "test.other"}])
def test_a_key_of_another_person_or_verb_is_refused(other: dict[str, object]) -> None:
    key = token()
    outcome, _ = press(key)

    with pytest.raises(Refused) as refused:
        press(key, **other)  # type: ignore[arg-type]

    assert refused.value.codes == ("idempotency.foreign",)
    assert outcome not in refused.value.text()
    assert made() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 65, "a b" * 8, "<script>alert(1)</script>"])
def test_a_malformed_key_is_refused(key: str) -> None:
    with pytest.raises(Refused) as refused:
        press(key)

    assert refused.value.codes == ("idempotency.malformed",)
    assert "刷新" in refused.value.text()
    assert made() == 0


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_or_service_it_is_a_fault() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        press(token())

    @service
    def outer(*, actor: Viewer) -> None:
        press(token())

    with pytest.raises(RuntimeError):
        outer(actor=WANG)
    assert made() == 0


def test_tokens_are_accepted_as_keys_and_never_repeat() -> None:
    tokens = {token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(len(one) == 32 for one in tokens)


@pytest.mark.django_db
def test_old_keys_are_forgotten_and_younger_ones_kept() -> None:
    fixed = clock.FixedClock(datetime(2026, 3, 2, tzinfo=UTC))
    old, young = token(), token()
    with clock.using(fixed):
        press(old)
        fixed.advance(seconds=KEEP.total_seconds())
        press(young)
        assert forget_old_keys(actor=System("test")) == 0

        fixed.advance(seconds=1)

        assert forget_old_keys(actor=System("test")) == 1
    assert IdempotencyKey.objects.get().key == young
    assert timedelta(days=7) == KEEP


def in_threads(*works: Callable[[], object]) -> list[object]:
    """Run all at the same time, each with its own connection; an exception is a result too."""

    def guarded(work: Callable[[], object]) -> object:
        try:
            return work()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(guarded, works))


class Held:
    """A press that stays in the middle until the other one has had time to start."""

    def __init__(self, *, fails: bool) -> None:
        self.entered = threading.Event()
        self.fails = fails

    def press(self, key: str) -> tuple[str, bool]:
        return once(key=key, viewer=WANG, verb="test.make", run=self._run, outcome=lambda row: row.name)

    def _run(self) -> PeriodicTask:
        row = make(actor=WANG, name="held")
        self.entered.set()
        threading.Event().wait(0.5)
        if self.fails:
            raise Refused(NO)
        return row

    def press_after(self, key: str) -> tuple[str, bool]:
        assert self.entered.wait(10)
        return press(key)


@pytest.mark.django_db(transaction=True)
def test_a_press_during_the_first_waits_and_gives_its_outcome() -> None:
    key, held = token(), Held(fails=False)

    first, second = in_threads(lambda: held.press(key), lambda: held.press_after(key))

    assert isinstance(first, tuple)
    assert first[1] is True
    assert second == (first[0], False)
    assert made() == 1


@pytest.mark.django_db(transaction=True)
def test_a_press_during_one_that_fails_runs_itself() -> None:
    key, held = token(), Held(fails=True)

    first, second = in_threads(lambda: held.press(key), lambda: held.press_after(key))

    assert isinstance(first, Refused)
    assert isinstance(second, tuple)
    assert second[1] is True
    assert made() == 1


@pytest.mark.django_db(transaction=True)
def test_many_presses_of_several_buttons_neither_deadlock_nor_run_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each run ends with a lock that all share, as the ledger's append does."""

    def append(happenings: list[Happening]) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(20260302)")

    monkeypatch.setattr(services, "_sinks", [append])
    keys = [token() for _ in range(4)]
    barrier = threading.Barrier(6)

    def one_of(n: int) -> Callable[[], list[tuple[str, tuple[str, bool]]]]:
        def presses() -> list[tuple[str, tuple[str, bool]]]:
            barrier.wait(10)
            order = keys[n % 4 :] + keys[: n % 4]
            return [(key, press(key)) for key in (*order, *reversed(order))]

        return presses

    results = in_threads(*(one_of(n) for n in range(6)))

    assert [result for result in results if isinstance(result, Exception)] == []
    presses = [each for result in results for each in result]  # type: ignore[attr-defined]
    assert Counter(key for key, (_, fresh) in presses if fresh) == dict.fromkeys(keys, 1)
    assert len({(key, outcome) for key, (outcome, _) in presses}) == 4
    assert made() == 4

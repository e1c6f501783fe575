"""Two people merge the same entries at the same moment: one wins, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module

import pytest
from django.db import connection

from mingcha.accounts.models import UnitKind
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.kernel.refusal import Refused
from mingcha.registry.models import Merge, Subject
from mingcha.registry.services import enter_subject, merge_subjects
from mingcha.registry.tests.test_entering_a_subject import values

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk() -> Iterator[Officer]:
    fixed = clock.FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI))
    with clock.using(fixed):
        for app in ("accounts", "basics", "registry"):
            import_module(f"mingcha.{app}.initial").load(actor=System(purpose="tests"))
        unit = create_unit(
            actor=System(purpose="tests"), name="示范县人社局", kind=UnitKind.BUREAU, division_code="130111"
        )
        yield as_officer(make_officer(Role.COORDINATOR, unit=unit))


def at_once(*presses: Callable[[], object]) -> list[object]:
    gate = threading.Barrier(len(presses))
    outcomes: list[object] = [None] * len(presses)

    def press(number: int) -> None:
        gate.wait()
        try:
            outcomes[number] = presses[number]()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(len(presses))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_each_into_the_other_leaves_one_entry(clerk: Officer) -> None:
    first, second = (
        enter_subject(actor=clerk, values=values(name=name, credit_code="")) for name in ("甲", "乙")
    )

    def merge(kept: Subject, gone: Subject) -> Callable[[], object]:
        return lambda: merge_subjects(actor=clerk, kept=kept, gone=gone, take=(), reason="同一家")

    outcomes = at_once(merge(first, second), merge(second, first))
    assert [type(outcome) for outcome in outcomes].count(Merge) == 1
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert refused.codes == ("merge.done",)
    assert Subject.objects.current().count() == 1

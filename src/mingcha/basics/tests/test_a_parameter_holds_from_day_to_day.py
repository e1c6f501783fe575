"""A parameter has the value of the day, with where it came from (design §4.6)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics.events import ParameterSet
from mingcha.basics.models import ParameterValue
from mingcha.basics.selectors import parameters as reading
from mingcha.basics.services import parameters
from mingcha.basics.tests.factories import heard, of
from mingcha.kernel.refusal import Refused
from mingcha.kernel.terms import Term

SYSTEM = System(purpose="tests")


def define(code: str = "CAP", kind: str = "int", **more: str) -> None:
    parameters.define(actor=SYSTEM, code=code, label="年度上限", kind=kind, section="coverage", **more)


def put(value: object, since: date, code: str = "CAP", **more: object) -> ParameterValue:
    return parameters.set_value(
        actor=SYSTEM, code=code, value=value, effective_from=since, source="冀人社发〔2026〕1号", **more
    )


@pytest.mark.usefixtures("now")
def test_the_value_is_that_of_the_day(db: None) -> None:
    define()
    put(2, date(2026, 1, 1))
    put(3, date(2027, 1, 1))
    assert reading.value("CAP", on=date(2026, 12, 31)).as_int() == 2
    assert reading.value("CAP", on=date(2027, 1, 1)).as_int() == 3
    assert reading.value("CAP").as_int() == 2


@pytest.mark.usefixtures("now")
def test_a_new_value_closes_the_former_the_day_before(db: None) -> None:
    define()
    first = put(2, date(2026, 1, 1))
    with heard() as events:
        put(3, date(2026, 12, 1))
    first.refresh_from_db()
    assert first.effective_to == date(2026, 11, 30)
    (event,) = of(events, ParameterSet)
    assert (event.before["value"], event.after["value"]) == ("2", "3")


@pytest.mark.usefixtures("now")
def test_the_value_says_where_it_came_from(db: None) -> None:
    define()
    row = put(2, date(2026, 1, 1))
    value = reading.value("CAP")
    assert (value.row_id, value.source, value.confirmed) == (row.pk, "冀人社发〔2026〕1号", False)


@pytest.mark.usefixtures("now")
def test_a_day_without_a_value_refuses_and_names_who_must_enter_it(db: None) -> None:
    define(keeper=Role.SECTION_HEAD)
    put(2, date(2026, 1, 1))
    with pytest.raises(Refused) as refused:
        reading.value("CAP", on=date(2025, 12, 31))
    assert refused.value.codes == ("basics.parameter.none",)
    assert "股室负责人" in refused.value.text()
    assert "2025-12-31" in refused.value.text()


@pytest.mark.usefixtures("now")
def test_an_unknown_code_is_refused_and_not_guessed(db: None) -> None:
    with pytest.raises(Refused) as refused:
        reading.value("NOBODY_DEFINED_THIS")
    assert refused.value.codes == ("basics.parameter.unknown",)


@pytest.mark.usefixtures("now")
def test_changing_the_past_needs_a_reason(db: None) -> None:
    define()
    put(2, date(2026, 1, 1))
    with pytest.raises(Refused) as refused:
        put(3, date(2026, 6, 1))
    assert refused.value.codes == ("basics.retroactive",)
    put(3, date(2026, 6, 1), why="文件自6月1日起施行，11月收到")
    assert reading.value("CAP", on=date(2026, 6, 1)).as_int() == 3


@pytest.mark.usefixtures("now")
def test_a_correction_from_the_same_day_keeps_the_wrong_row_for_the_history(db: None) -> None:
    define()
    wrong = put(2, date(2027, 1, 1))
    put(3, date(2027, 1, 1))
    wrong.refresh_from_db()
    assert wrong.withdrawn_at is not None
    assert reading.value("CAP", on=date(2027, 5, 1)).as_int() == 3
    assert ParameterValue.objects.count() == 2


@pytest.mark.usefixtures("now")
def test_a_value_before_a_later_one_ends_where_that_begins(db: None) -> None:
    define()
    put(2, date(2026, 1, 1))
    put(4, date(2028, 1, 1))
    middle = put(3, date(2027, 1, 1))
    assert middle.effective_to == date(2027, 12, 31)
    assert reading.value("CAP", on=date(2028, 1, 1)).as_int() == 4


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("int", "3", 3),
        ("decimal", "21.75", Decimal("21.75")),
        ("text", " 01-01 ", "01-01"),
        ("bool", "否", False),
        ("list", "50，100", ["50", "100"]),
        ("term", "20wd", Term.parse("20WD")),
    ],
)
def test_a_value_comes_back_in_its_own_type(db: None, kind: str, typed: str, value: object) -> None:
    define(kind=kind)
    put(typed, date(2026, 1, 1))
    assert reading.value("CAP").value == value


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("int", "三"),
        ("int", 2.5),
        ("int", True),
        ("decimal", "NaN"),
        ("bool", "或许"),
        ("term", "两天"),
        ("list", " , "),
        ("text", " "),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(db: None, kind: str, typed: object) -> None:
    define(kind=kind)
    with pytest.raises(Refused) as refused:
        put(typed, date(2026, 1, 1))
    assert refused.value.codes == ("parameter.kind",)


@pytest.mark.usefixtures("now")
def test_an_inspector_may_not_set_parameters(db: None) -> None:
    define()
    inspector: Officer = as_officer(make_officer(Role.INSPECTOR))
    with pytest.raises(Refused) as refused:
        parameters.set_value(
            actor=inspector, code="CAP", value=9, effective_from=date(2027, 1, 1), source="口头"
        )
    assert refused.value.codes == ("basics.role",)


class ValuesNeverOverlap(TestCase):
    """Whatever the order in which values are entered, a day has one value or none."""

    @given(st.lists(st.integers(0, 400), min_size=1, max_size=8))
    def test_no_day_has_two_values(self, offsets: list[int]) -> None:
        define()
        start = date(2026, 1, 1)
        for number, offset in enumerate(offsets):
            put(number, start + timedelta(days=offset), why="补录")
        rows = list(ParameterValue.objects.standing().order_by("effective_from"))
        for earlier, later in zip(rows, rows[1:], strict=False):
            assert earlier.effective_to == later.effective_from - timedelta(days=1)
        assert rows[-1].effective_to is None
        latest = {offset: number for number, offset in enumerate(offsets)}
        for offset, number in latest.items():
            found = reading.value("CAP", on=start + timedelta(days=offset))
            assert found.as_int() == number

    def setUp(self) -> None:
        self._clock = clock.using(clock.WallClock())
        self._clock.__enter__()

    def tearDown(self) -> None:
        self._clock.__exit__(None, None, None)

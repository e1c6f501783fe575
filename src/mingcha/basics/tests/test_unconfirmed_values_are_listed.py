"""What nobody of the bureau has confirmed applies, and everybody sees that it is 待确认."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.base.viewers import Officer, System
from mingcha.basics.events import RowConfirmed
from mingcha.basics.models import DeadlineRule, ParameterValue
from mingcha.basics.selectors import parameters as reading
from mingcha.basics.services import deadline_rules, parameters
from mingcha.basics.tests.factories import heard, of
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.usefixtures("loaded")


def row_of(code: str) -> ParameterValue:
    return ParameterValue.objects.get(parameter__code=code)


def test_memory_and_suggestions_await_confirmation_and_read_law_does_not() -> None:
    waiting = {row.parameter.code for row in reading.awaiting_confirmation()}
    assert {"CAP_DEFAULT", "MIN_WAGE_MONTH", "HEARING_THRESHOLD", "CRIME_ONE_AMT"} <= waiting
    assert not {"COVERAGE_ENTERPRISE_BP", "MIN_INSPECTORS"} & waiting


def test_a_confirmed_value_leaves_the_list(leader: Officer) -> None:
    row = row_of("CAP_DEFAULT")
    with heard() as events:
        parameters.confirm_value(actor=leader, row_id=row.pk, note="与石家庄市公布的上限核对一致")
    assert "CAP_DEFAULT" not in {waiting.parameter.code for waiting in reading.awaiting_confirmation()}
    assert reading.value("CAP_DEFAULT").confirmed
    (event,) = of(events, RowConfirmed)
    assert event.why == "与石家庄市公布的上限核对一致"


def test_who_entered_a_value_does_not_confirm_it(coordinator: Officer, leader: Officer) -> None:
    row = parameters.set_value(
        actor=coordinator,
        code="CAP_DEFAULT",
        value=3,
        effective_from=date(2027, 1, 1),
        source="石人社〔2026〕9号",
    )
    with pytest.raises(Refused) as refused:
        parameters.confirm_value(actor=coordinator, row_id=row.pk, note="核对")
    assert refused.value.codes == ("basics.confirm.own",)
    parameters.confirm_value(actor=leader, row_id=row.pk, note="核对")
    row.refresh_from_db()
    assert row.confirmed and row.confirmed_by_id == leader.id


def test_confirming_says_what_it_was_compared_with(leader: Officer) -> None:
    with pytest.raises(Refused) as refused:
        parameters.confirm_value(actor=leader, row_id=row_of("CAP_C").pk, note="  ")
    assert refused.value.codes == ("basics.reason",)
    assert not row_of("CAP_C").confirmed


def test_nobody_enters_a_value_as_confirmed_by_himself(coordinator: Officer) -> None:
    row = parameters.set_value(
        actor=coordinator,
        code="CAP_C",
        value=5,
        effective_from=date(2027, 1, 1),
        source="口头",
        confirmed=True,
    )
    assert not row.confirmed


def test_a_rule_from_memory_awaits_confirmation_too(leader: Officer) -> None:
    rule = DeadlineRule.objects.get(code="T06")
    assert rule.awaits_confirmation
    deadline_rules.confirm_rule(actor=leader, row_id=rule.pk, note="部令25号原文第三十七条")
    rule.refresh_from_db()
    assert not rule.awaits_confirmation


def test_an_administrator_enters_but_does_not_confirm(administrator: Officer) -> None:
    with pytest.raises(Refused) as refused:
        parameters.confirm_value(actor=administrator, row_id=row_of("CAP_C").pk, note="核对")
    assert refused.value.codes == ("basics.role",)


def test_the_platform_may_not_skip_the_note(system: System) -> None:
    with pytest.raises(Refused):
        parameters.confirm_value(actor=system, row_id=row_of("CAP_C").pk, note="")

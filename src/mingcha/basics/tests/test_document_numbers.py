"""Numbers come one after the other, once each, and never disappear (design §4.8)."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.base.service import service
from mingcha.base.viewers import PUBLIC, Officer, System, Viewer
from mingcha.basics.events import NumberIssued, NumberVoided
from mingcha.basics.models import DocumentNumber, NumberSeries
from mingcha.basics.selectors.numbers import gaps
from mingcha.basics.services import numbers
from mingcha.basics.tests.factories import heard, of, thing
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.usefixtures("loaded")


def test_the_first_number_of_the_year_reads_as_the_pattern_says(coordinator: Officer) -> None:
    about = thing("某公司检查")
    with heard() as events:
        number = numbers.issue(actor=coordinator, series="inspect-notice", thing=about)
    assert number.text == "石栾人社检通字〔2026〕第0001号"
    assert (number.thing_type, number.thing_id, number.issued_by_id) == (about.type, about.id, coordinator.id)
    (event,) = of(events, NumberIssued)
    assert event.after["number"] == number.text


def test_numbers_follow_one_another_and_start_anew_each_year(system: System) -> None:
    def text(on: date) -> str:
        return numbers.issue(actor=system, series="rectify-order", thing=thing(), on=on).text

    assert [text(date(2026, 12, 31)), text(date(2026, 12, 31)), text(date(2027, 1, 1))] == [
        "石栾人社监限字〔2026〕第0001号",
        "石栾人社监限字〔2026〕第0002号",
        "石栾人社监限字〔2027〕第0001号",
    ]


def test_two_series_never_print_alike(administrator: Officer) -> None:
    """Else the second could never give a number that the first has given."""
    same = NumberSeries.objects.get(code="inspect-notice")
    values = {"label": "另一种通知书", "issuer": same.issuer, "source": "局文件"}
    with pytest.raises(Refused) as refused:
        numbers.set_series(actor=administrator, code="another", pattern=same.pattern, **values)
    assert refused.value.codes == ("basics.series.alike",)
    assert same.label in refused.value.text()
    numbers.set_series(actor=administrator, code="another", pattern="另" + same.pattern, **values)


def test_series_count_independently(system: System) -> None:
    numbers.issue(actor=system, series="inspect-notice", thing=thing())
    other = numbers.issue(actor=system, series="audit-notice", thing=thing())
    assert other.text == "石栾社保稽通字〔2026〕第0001号"


def test_a_series_without_years_goes_on(system: System) -> None:
    numbers.set_series(
        actor=system,
        code="subject",
        label="公开编号",
        issuer="G",
        pattern="{issuer}{number:06d}",
        yearly=False,
    )
    assert (
        numbers.issue(actor=system, series="subject", thing=thing(), on=date(2026, 12, 31)).text == "G000001"
    )
    assert numbers.issue(actor=system, series="subject", thing=thing(), on=date(2027, 1, 1)).text == "G000002"


def test_a_void_number_stays_listed_and_is_not_given_again(coordinator: Officer) -> None:
    first = numbers.issue(actor=coordinator, series="inspect-notice", thing=thing())
    with heard() as events:
        numbers.void(actor=coordinator, number_id=first.pk, why="填错单位名称")
    second = numbers.issue(actor=coordinator, series="inspect-notice", thing=thing())
    first.refresh_from_db()
    assert (first.state, first.void_why, second.number) == ("void", "填错单位名称", 2)
    assert gaps("inspect-notice", 2026) == []
    assert len(of(events, NumberVoided)) == 1


def test_voiding_needs_a_reason_and_happens_once(coordinator: Officer) -> None:
    number = numbers.issue(actor=coordinator, series="inspect-notice", thing=thing())
    with pytest.raises(Refused):
        numbers.void(actor=coordinator, number_id=number.pk, why=" ")
    numbers.void(actor=coordinator, number_id=number.pk, why="重复")
    with pytest.raises(Refused) as refused:
        numbers.void(actor=coordinator, number_id=number.pk, why="重复")
    assert refused.value.codes == ("basics.number.void",)


def test_an_inspector_does_not_void_numbers(coordinator: Officer) -> None:
    number = numbers.issue(actor=coordinator, series="inspect-notice", thing=thing())
    with pytest.raises(Refused):
        numbers.void(actor=as_officer(make_officer(Role.INSPECTOR)), number_id=number.pk, why="试试")


def test_a_document_that_fails_takes_no_number(system: System) -> None:
    @service
    def make_document(*, actor: Viewer) -> None:
        numbers.issue(actor=actor, series="inspect-notice", thing=thing())
        raise RuntimeError("the printer is on fire")

    with pytest.raises(RuntimeError):
        make_document(actor=system)
    assert numbers.issue(actor=system, series="inspect-notice", thing=thing()).number == 1


def test_a_missing_row_shows_as_a_gap(system: System) -> None:
    for _ in range(3):
        numbers.issue(actor=system, series="inspect-notice", thing=thing())
    DocumentNumber.objects.filter(number=2).delete()
    assert gaps("inspect-notice", 2026) == [2]


def test_an_unknown_or_closed_series_is_refused(system: System, administrator: Officer) -> None:
    with pytest.raises(Refused) as refused:
        numbers.issue(actor=system, series="nothing", thing=thing())
    assert refused.value.codes == ("basics.series.none",)
    numbers.set_series(
        actor=administrator,
        code="inspect-notice",
        label="行政检查通知书",
        issuer="石栾人社",
        pattern="{issuer}〔{year}〕{number}号",
        active=False,
    )
    with pytest.raises(Refused):
        numbers.issue(actor=system, series="inspect-notice", thing=thing())


@pytest.mark.parametrize(
    "pattern",
    [
        "石栾人社检通字第{number:04d}号",
        "石栾人社检通字〔{year}〕号",
        "{issuer.__class__}〔{year}〕{number}",
        "{0}〔{year}〕{number}",
        "〔{year}〕{number:.1s}",
        "〔{year}〕{number",
        "{secret}〔{year}〕{number}",
    ],
)
def test_a_pattern_that_could_repeat_or_pry_is_refused(administrator: Officer, pattern: str) -> None:
    with pytest.raises(Refused) as refused:
        numbers.set_series(actor=administrator, code="x", label="某文书", issuer="石栾人社", pattern=pattern)
    assert refused.value.codes == ("basics.series.pattern",)


def test_a_used_series_keeps_its_way_of_counting(administrator: Officer) -> None:
    numbers.issue(actor=administrator, series="inspect-notice", thing=thing())
    with pytest.raises(Refused) as refused:
        numbers.set_series(
            actor=administrator,
            code="inspect-notice",
            label="行政检查通知书",
            issuer="石栾人社",
            pattern="{issuer}{number}号",
            yearly=False,
        )
    assert refused.value.codes == ("basics.series.yearly",)


def test_the_public_sees_no_numbers(system: System) -> None:
    numbers.issue(actor=system, series="inspect-notice", thing=thing())
    assert not DocumentNumber.objects.visible_to(PUBLIC).exists()

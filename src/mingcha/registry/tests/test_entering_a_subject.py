"""A subject enters with an examined code; a doubtful one is confirmed, never refused (domain 0.7, 0.8)."""

from __future__ import annotations

from typing import Any

import pytest

from mingcha.base.viewers import Officer
from mingcha.kernel import credit_code
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.registry.models import Subject
from mingcha.registry.services import change_subject, enter_subject


def values(**changes: Any) -> dict[str, Any]:
    return {
        "name": "示范企业有限公司",
        "kind": Subject.Kind.ENTERPRISE,
        "credit_code": "91130111MA0ABCDE6D",
        "registration": Subject.Registration.ACTIVE,
        "division_code": "130111",
        "town": "示范镇",
        "industry_code": "C13",
    } | changes


def test_a_code_is_normalised(coordinator: Officer) -> None:
    typed = " 91130111 ｍa0abcde6d "
    assert (
        enter_subject(actor=coordinator, values=values(credit_code=typed)).credit_code == "91130111MA0ABCDE6D"
    )


def test_a_wrong_check_digit_is_confirmed_not_refused(coordinator: Officer) -> None:
    doubtful = values(credit_code="91350213M0001Q7Q47")
    with pytest.raises(Refused) as raised:
        enter_subject(actor=coordinator, values=doubtful)
    assert raised.value.codes == ("subject.code_doubtful",)
    assert not Subject.objects.exists()
    subject = enter_subject(actor=coordinator, values=doubtful, warnings_confirmed=True)
    assert subject.code_warnings


@pytest.mark.parametrize("code", ["9113011", "91130111MA0ABCDE6*", "91130111MAOABCDE6D", "110108000000016"])
def test_what_cannot_be_a_credit_code_is_refused(coordinator: Officer, code: str) -> None:
    with pytest.raises(Refused) as raised:
        enter_subject(actor=coordinator, values=values(credit_code=code), warnings_confirmed=True)
    assert raised.value.codes == ("subject.code_impossible",)


def test_a_code_belongs_to_one_subject(coordinator: Officer) -> None:
    enter_subject(actor=coordinator, values=values())
    with pytest.raises(Refused) as raised:
        enter_subject(actor=coordinator, values=values(name="另一家"))
    assert raised.value.codes == ("subject.code_taken",)
    assert "示范企业有限公司" in raised.value.text()


def test_a_subject_without_a_code_gets_a_public_number(coordinator: Officer) -> None:
    subjects = [enter_subject(actor=coordinator, values=values(credit_code="")) for _again in range(2)]
    assert [subject.roster_id for subject in subjects] == ["G2026000001", "G2026000002"]


def test_the_public_number_stays_when_a_code_is_entered_later(coordinator: Officer) -> None:
    subject = enter_subject(actor=coordinator, values=values(credit_code=""))
    changed = change_subject(actor=coordinator, subject=subject, values=values())
    assert (changed.public_number, changed.roster_id) == ("G2026000001", "91130111MA0ABCDE6D")


def test_the_place_is_never_inferred_from_the_code(coordinator: Officer) -> None:
    elsewhere = credit_code.synthetic(7, division="110108")
    subject = enter_subject(actor=coordinator, values=values(credit_code=elsewhere, division_code=""))
    assert subject.division_code == ""


def test_a_change_is_recorded_with_before_and_after(coordinator: Officer) -> None:
    subject = enter_subject(actor=coordinator, values=values())
    change_subject(actor=coordinator, subject=subject, values=values(town="东河镇"))
    record = Record.objects.get(event="registry.subject.changed")
    assert (record.before, record.after) == ({"town": "示范镇"}, {"town": "东河镇"})


def test_a_change_that_changes_nothing_is_not_recorded(coordinator: Officer) -> None:
    subject = enter_subject(actor=coordinator, values=values())
    change_subject(actor=coordinator, subject=subject, values=values())
    assert not Record.objects.filter(event="registry.subject.changed").exists()

"""Whoever saves second is shown both values; nothing typed is lost and nothing is overwritten in silence."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms.models import model_to_dict

from mingcha.base.viewers import Officer
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.registry.forms import SubjectForm
from mingcha.registry.models import FormerName, Subject
from mingcha.registry.services import change_subject, enter_subject
from mingcha.registry.tests.test_entering_a_subject import values


@pytest.fixture
def subject(coordinator: Officer) -> Subject:
    return enter_subject(actor=coordinator, values=values())


def page(subject: Subject, **typed: Any) -> dict[str, Any]:
    """What a browser posts: the fields, the hidden values that were seen, and the version."""
    seen = {name: value or "" for name, value in model_to_dict(subject, SubjectForm.Meta.fields).items()}
    hidden = {f"initial-{name}": value for name, value in seen.items()}
    return {**seen, **hidden, "version": subject.version, **typed}


def test_both_values_are_shown_where_both_changed_the_same(coordinator: Officer, subject: Subject) -> None:
    mine = page(subject, town="西河镇")
    change_subject(actor=coordinator, subject=subject, values=values(town="东河镇"))
    form = SubjectForm(mine, instance=Subject.objects.get(pk=subject.pk))
    assert "东河镇" in form.errors["town"][0]
    assert "西河镇" in form.errors["town"][0]
    assert form["town"].value() == "西河镇"


def test_what_only_the_other_one_changed_is_taken_over(coordinator: Officer, subject: Subject) -> None:
    mine = page(subject, address="示范路 1 号")
    change_subject(actor=coordinator, subject=subject, values=values(town="东河镇"))
    form = SubjectForm(mine, instance=Subject.objects.get(pk=subject.pk))
    assert set(form.errors) == {"__all__"}
    assert (form["town"].value(), form["address"].value()) == ("东河镇", "示范路 1 号")


def test_saving_once_more_after_looking_goes_through(coordinator: Officer, subject: Subject) -> None:
    mine = page(subject, town="西河镇")
    change_subject(actor=coordinator, subject=subject, values=values(town="东河镇"))
    stored = Subject.objects.get(pk=subject.pk)
    again = SubjectForm(mine, instance=stored)
    assert again.errors
    second = SubjectForm(again.data, instance=Subject.objects.get(pk=subject.pk))
    assert second.is_valid(), second.errors
    assert second.cleaned_data["version"] == stored.version


def test_the_service_refuses_what_was_seen_too_early(coordinator: Officer, subject: Subject) -> None:
    change_subject(actor=coordinator, subject=subject, values=values(town="东河镇"), seen_version=1)
    with pytest.raises(Refused) as raised:
        change_subject(actor=coordinator, subject=subject, values=values(town="西河镇"), seen_version=1)
    assert raised.value.codes == ("subject.changed_meanwhile",)
    assert Subject.objects.get(pk=subject.pk).town == "东河镇"


def test_a_new_name_keeps_the_old_one_with_its_last_day(coordinator: Officer, subject: Subject) -> None:
    change_subject(actor=coordinator, subject=subject, values=values(name="示范科技有限公司"))
    former = FormerName.objects.get(subject=subject)
    assert (former.name, former.until.isoformat()) == ("示范企业有限公司", "2026-11-23")


def test_a_misspelt_name_is_no_former_name(coordinator: Officer, subject: Subject) -> None:
    change_subject(
        actor=coordinator, subject=subject, values=values(name="示范企业股份有限公司"), misspelt=True
    )
    assert not FormerName.objects.exists()
    assert Record.objects.filter(event="registry.subject.changed").count() == 1

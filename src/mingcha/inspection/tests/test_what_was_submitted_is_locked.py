"""A result is empty until somebody enters it; submitting freezes the record (N7, S8)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.basics.selectors import deadlines
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.form.reading import form_of
from mingcha.inspection.models import Inspection, RecordedAnswer, RecordVersion
from mingcha.inspection.results.freezing import draft_of
from mingcha.inspection.results.record import record_of
from mingcha.inspection.results.testing import again, recorded, submitted, tried
from mingcha.inspection.testing import goes, wrote
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.planning.testing import County


def test_the_record_is_frozen_and_the_results_stand_on_the_rows(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit, result="6")

    version = RecordVersion.objects.get(inspection=inspection)
    record = record_of(version)
    assert (inspection.state, inspection.result) == (states.TO_REVIEW, "6")
    assert version.sha256 == record.sha256
    assert [(one.answer, one.persons, one.amount) for one in RecordedAnswer.objects.all()] == [
        ("bad", 3, 820050)
    ]
    assert record.value("present:name") == "王经理"
    assert [one["name"] for one in record.content["people"]] == [one.name for one in inspection.team]
    rules = {one.rule.code for one in deadlines.open_for(Thing.nameless(inspection))}
    assert rules == {"RESULT_REVIEW", "T24"}


def test_nothing_can_be_written_afterwards_and_no_version_is_ever_changed(
    here: County, visit: Inspection
) -> None:
    inspection = submitted(here, visit)

    with pytest.raises(Refused) as refused:
        wrote(inspection, goes(inspection), {"result:reason": "改一改"})
    assert refused.value.refusals[0].code == "form.closed"
    version = RecordVersion.objects.get(inspection=inspection)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE inspection_recordversion SET number = 9 WHERE id = %s", [version.pk])


def test_everything_that_is_open_is_said_at_once_and_nothing_is_lost(here: County, visit: Inspection) -> None:
    inspection = recorded(here, visit, values={"result:category": None, "told:rights": None})

    with pytest.raises(Refused) as refused:
        services.submit(actor=goes(inspection), inspection=inspection)

    text = str(refused.value.refusals[0].params)
    assert "没有选检查结果" in text
    assert "没有记是否告知权利义务" in text
    assert again(inspection).state == states.RECORDING
    assert again(inspection).result == ""


def test_the_ledger_names_no_firm_and_nothing_that_was_said(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit, result="6")

    lines = Record.objects.filter(thing_type="inspection.inspection", thing_id=inspection.pk)
    told = " ".join(f"{one.thing_label} {one.before} {one.after} {one.why}" for one in lines)
    assert "inspection.recorded" in {one.event for one in lines}
    for secret in (inspection.name, "王经理", "九月份工资没有支付凭证"):
        assert secret not in told


def test_a_record_of_before_reads_as_one_of_today(here: County, visit: Inspection) -> None:
    tried(visit, clock.today())
    frozen = draft_of(visit, form_of(visit)).content
    (one,) = frozen["attempts"]
    words = [{"day": one["day"], "way": "实地走访", "outcome": one["outcome"], "sha256": one["sha256"]}]
    labour = {"kind": "用工异常", "reason": "用工台账缺失", "conclusion": "情况属实", "people": 3}
    before = {**frozen, "format": 1, "attempts": words, "checks": [labour]}

    read = record_of(RecordVersion(inspection=visit, content=json.dumps(before)))

    assert read.attempts == frozen["attempts"]
    gone = {**words[0], "sha256": "0" * 64}
    other = json.dumps({**before, "attempts": [gone, *words]})
    tried(visit, clock.today() - timedelta(days=1))
    both = record_of(RecordVersion(inspection=visit, content=other)).attempts
    assert [one["id"] for one in both] == ["gone1", frozen["attempts"][0]["id"]]
    assert [(one["kind"], one["conclusion"]) for one in read.checks] == [("labour", "confirmed")]

"""What two inspectors write on their phones comes together; what cannot stand is refused alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mingcha.base import clock
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.form.reading import form_of
from mingcha.inspection.models import FormOp, Inspection
from mingcha.inspection.services.form import Outcome, Written
from mingcha.inspection.testing import entered, ready, team_of, wrote
from mingcha.kernel.forms import Scalar
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.planning.testing import County


def op(field: str, value: Scalar, seq: int = 1, client: str = "phone-a1", *seen: tuple[str, int]) -> Written:
    return Written(client, seq, field, value, clock.now(), frozenset(seen))


def codes(outcomes: list[Outcome]) -> list[str]:
    return ["taken" if one.refusal is None else one.refusal.code for one in outcomes]


def test_what_two_write_apart_is_one_form_and_the_lead_decides_where_they_differ(county: County) -> None:
    inspection = entered(county)
    lead, second = team_of(inspection)
    point = form_of(inspection).points[0].point.pk

    services.put(
        actor=lead,
        inspection=inspection,
        ops=[op(f"point:{point}:answer", "bad"), op(f"point:{point}:amount", "1234.50", 2)],
    )
    services.put(
        actor=second,
        inspection=inspection,
        ops=[
            op(f"point:{point}:answer", "ok", 1, "phone-b1"),
            op(f"point:{point}:persons", 3, 2, "phone-b1"),
        ],
    )

    form = form_of(inspection)
    assert (form.points[0].persons, form.points[0].amount) == (3, Decimal("1234.50"))
    assert form.points[0].answer == ""
    (conflict,) = form.conflicts
    assert {(one.words, one.who) for one in conflict.said} == {("不符合", lead.name), ("符合", second.name)}

    both = (("phone-a1", 1), ("phone-b1", 1))
    told = services.put(
        actor=second,
        inspection=inspection,
        ops=[op(f"point:{point}:answer", "ok", 3, "phone-b1", *both)],
    )
    assert codes(told) == ["form.lead_decides"]
    sly = op(f"point:{point}:answer", "na", 3, "phone-b1", ("phone-a1", 1))
    assert codes(services.put(actor=second, inspection=inspection, ops=[sly])) == ["form.lead_decides"]

    services.put(
        actor=lead, inspection=inspection, ops=[op(f"point:{point}:answer", "bad", 3, "phone-a1", *both)]
    )
    assert form_of(inspection).conflicts == ()
    assert form_of(inspection).points[0].answer == "bad"


CANNOT_STAND: tuple[tuple[str, Scalar], ...] = (
    ("point:%d:answer", "yes"),
    ("point:%d:persons", -1),
    ("point:%d:persons", True),
    ("point:%d:amount", "12.5"),
    ("point:%d:amount", 12),
    ("point:%d:facts", "x" * 4001),
    ("point:%d:facts", "\x00"),
    ("point:%d:facts", "\ud800"),
    ("point:%d:secret", "x"),
    ("point:9999999:answer", "ok"),
    ("result:category", "99"),
    ("sign:firm", "not-a-uuid"),
    ("sign:9999999", "5b1c2f64-7c2e-4a35-9a1e-0d6f3f0c1b11"),
    ("", "x"),
)


def test_a_change_that_cannot_stand_is_refused_alone(county: County) -> None:
    inspection = entered(county)
    lead, _second = team_of(inspection)
    point = str(form_of(inspection).points[0].point.pk)
    wrong = [op(field.replace("%d", point), value, seq) for seq, (field, value) in enumerate(CANNOT_STAND, 2)]

    told = services.put(actor=lead, inspection=inspection, ops=[op("firm:statement", "没有意见"), *wrong])

    assert [one.taken for one in told] == [True] + [False] * len(wrong)
    assert all(one.refusal.text() for one in told if one.refusal is not None)
    assert form_of(inspection).statement == "没有意见"


def test_what_was_sent_twice_stands_once_and_a_number_is_used_once(county: County) -> None:
    inspection = entered(county)
    lead, second = team_of(inspection)
    first = op("firm:statement", "属实")

    assert codes(services.put(actor=lead, inspection=inspection, ops=[first, first])) == ["taken"] * 2
    again = replace(first, at=first.at + timedelta(days=6))
    assert codes(services.put(actor=lead, inspection=inspection, ops=[again])) == ["taken"]
    assert FormOp.objects.count() == 1
    other = services.put(actor=lead, inspection=inspection, ops=[replace(first, value="不属实")])
    assert codes(other) == ["form.reused"]
    stranger = services.put(actor=second, inspection=inspection, ops=[replace(first, seq=2)])
    assert codes(stranger) == ["form.malformed"]


def test_a_device_that_writes_without_end_is_told_and_what_it_wrote_stands(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspection = entered(county)
    lead, second = team_of(inspection)
    monkeypatch.setenv("MINGCHA_LIMIT_FORM_CHANGES", "2")
    ops = [op("firm:statement", word, seq) for seq, word in enumerate(("一", "二", "三"), 1)]

    told = services.put(actor=lead, inspection=inspection, ops=ops)

    assert codes(told) == ["taken", "taken", "limit.form_changes"]
    assert codes(services.put(actor=lead, inspection=inspection, ops=ops[:2])) == ["taken"] * 2
    assert form_of(inspection).statement == "二"
    other = [replace(op("firm:statement", "四"), client="second-phone")]
    assert codes(services.put(actor=second, inspection=inspection, ops=other)) == ["taken"]


def test_a_queue_is_taken_from_the_entry_until_the_record_is_submitted(county: County) -> None:
    inspection = ready(county)
    lead, _second = team_of(inspection)
    change = op("firm:statement", "属实")

    for state, code in (
        (states.READY, "form.not_entered"),
        (states.ON_SITE, ""),
        (states.RECORDING, ""),
        (states.TO_REVIEW, "form.closed"),
    ):
        Inspection.objects.filter(pk=inspection.pk).update(state=state)
        county.clock.advance(days=7)
        if code:
            with pytest.raises(Refused) as refused:
                services.put(actor=lead, inspection=inspection, ops=[change])
            assert refused.value.codes == (code,)
        else:
            assert codes(services.put(actor=lead, inspection=inspection, ops=[change])) == ["taken"]


def test_only_the_team_writes(county: County) -> None:
    inspection = entered(county)

    for officer in (county.coordinator, county.head, county.overseer):
        with pytest.raises(Refused) as refused:
            services.put(actor=officer, inspection=inspection, ops=[op("firm:statement", "属实")])
        assert refused.value.codes == ("form.not_yours",)


def test_what_was_written_is_encrypted_never_changed_and_not_told_to_the_ledger(county: County) -> None:
    inspection = entered(county)
    lead, _second = team_of(inspection)
    services.put(actor=lead, inspection=inspection, ops=[op("present:name", "王大力")])

    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM inspection_formop")
        assert "王大力" not in cursor.fetchone()[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        FormOp.objects.update(field="present:post")
    told = Record.objects.order_by("-seq")[0]
    assert told.event == "inspection.form.filled"
    shown = f"{told.thing_label}{told.before}{told.after}"
    assert "王大力" not in shown and inspection.name not in shown


def test_a_long_queue_takes_no_more_statements_than_a_short_one(county: County) -> None:
    inspection = entered(county)
    lead, _second = team_of(inspection)

    counts = []
    for first, many in ((1, 2), (10, 180)):
        ops = [op("firm:statement", f"{n}", n) for n in range(first, first + many)]
        with CaptureQueriesContext(connection) as seen:
            services.put(actor=lead, inspection=inspection, ops=ops)
        counts.append(len(seen))
    # SQLite takes so many values in one statement, and no more.
    assert counts[1] <= counts[0] + 2 < 33


def test_a_form_says_what_it_lacks_until_it_lacks_nothing_but_files(county: County) -> None:
    inspection = entered(county)
    lead, _second = team_of(inspection)
    point = form_of(inspection).points[0].point.pk

    assert "没有选检查结果" in form_of(inspection).missing()
    wrote(inspection, lead, {f"point:{point}:answer": "bad"})
    assert "第 1 项不符合，没有写事实" in form_of(inspection).missing()
    wrote(
        inspection,
        lead,
        {
            f"point:{point}:facts": "拖欠上月工资",
            "present:name": "王大力",
            "told:certificates": "yes",
            "told:rights": "yes",
            "told:recusal": "none",
            "firm:agrees": "yes",
            "sign:refused": "看过笔录，不愿签字",
            "result:category": "6",
        },
    )
    lacks = form_of(inspection).missing()
    assert lacks[0] == "被检查单位拒绝签名，没有写见证人"
    assert len(lacks) == 3, "and the two signatures of the team"

    wrote(inspection, lead, {"result:category": "4"})
    assert form_of(inspection).missing()[0] == "没有写结果的具体情形"

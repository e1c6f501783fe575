"""公示: whitelisted fields, T24 from the end of the visit, never by who was there, problems included (R6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingcha.accounts import duties
from mingcha.accounts.models import User
from mingcha.accounts.selectors import without_grants
from mingcha.base.events import Thing
from mingcha.base.viewers import PUBLIC, System
from mingcha.basics.models import Deadline
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.initial import INSPECT_DUTY
from mingcha.inspection.models import Inspection, PublishedResult, Referral
from mingcha.inspection.results.publishing import TYPE
from mingcha.inspection.results.testing import again, published, recorded, reviewed, submitted, tried, waiting
from mingcha.inspection.results.waiting import to_publish
from mingcha.inspection.testing import goes
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County
from mingcha.publication.models import Publication
from mingcha.publication.services import publish, take_down_run_out

_PLATFORM = System(purpose="tests")


def test_one_press_publishes_all_that_wait_and_meets_the_term(here: County, visit: Inspection) -> None:
    inspection = published(here, visit, result="6")

    assert (inspection.state, inspection.published_on) == (states.PUBLISHED, here.clock.now().date())
    row = Publication.objects.get(thing_id=inspection.pk).rows[0]
    assert set(row) == {field.name for field in TYPE.fields}
    told = str(row)
    for secret in ("王经理", "九月份工资没有支付凭证", "8200.50", "执法"):
        assert secret not in told
    assert row["handling"] == "依法后续处理，处理结果另行公布"
    deadline = Deadline.objects.get(rule__code="T24", thing_id=inspection.pk)
    assert (deadline.state, deadline.met_on) == ("met", here.clock.now().date())
    assert deadline.started_on == inspection.left_at.astimezone().date()


def test_whoever_was_there_does_not_publish_and_the_others_are_published(
    here: County, visit: Inspection
) -> None:
    one = reviewed(here, visit)
    other = Inspection.objects.exclude(pk=one.pk)[0]
    submitted(here, other)
    user = User.objects.get(pk=here.head.id)
    duties.perform(actor=without_grants(user), duty=INSPECT_DUTY, thing=Thing.nameless(other))
    services.pass_review(actor=here.leader, inspection=other)

    assert {row.inspection.pk: row.refusal is None for row in to_publish(here.head)} == {
        one.pk: True,
        other.pk: False,
    }
    found = services.publish_results(actor=here.head, publications=waiting())

    assert found.count == 1
    assert [left.inspection.pk for left in found.left] == [other.pk]
    assert again(other).state == states.REVIEWED
    with pytest.raises(Refused):
        publish(actor=here.head, publication_id=Publication.objects.get(thing_id=other.pk).pk)


def test_what_has_run_out_is_found_no_more_and_names_no_firm(here: County, visit: Inspection) -> None:
    inspection = published(here, visit)
    assert PublishedResult.objects.visible_to(PUBLIC).count() == 1

    here.clock.advance(days=5 * 366)
    take_down_run_out(actor=_PLATFORM)

    assert not PublishedResult.objects.visible_to(PUBLIC).exists()
    line = Publication.objects.get(thing_id=inspection.pk)
    assert line.state == "withdrawn"
    assert inspection.name not in f"{line.title} {line.summary} {line.thing_label}"


def test_of_a_firm_nobody_can_reach_market_supervision_is_told_and_its_answer_waited_for(
    here: County, visit: Inspection
) -> None:
    values = {"result:category": "4", "result:reason": "登记的住所查无此单位"}
    inspection = recorded(here, visit, values=values)
    today = here.clock.now().date()
    for day in (today, today - timedelta(days=1)):
        tried(inspection, day)
    services.submit(actor=goes(inspection), inspection=inspection)
    services.pass_review(actor=here.head, inspection=inspection)

    letter = Referral.objects.get(inspection=inspection)
    assert (letter.to, letter.state) == ("market", "drafted")
    assert letter.number.endswith("0001号")
    services.send(actor=here.coordinator, referral=letter, to_name=letter.to_name, on=today, how="paper")
    term = Deadline.objects.get(rule__code="REFERRAL_FEEDBACK", thing_id=letter.pk)
    assert term.state == "running"
    services.answer(actor=here.coordinator, referral=letter, on=today, text="已列入经营异常名录")
    term.refresh_from_db()
    assert term.state == "met"


def test_the_firm_is_told_once_in_writing_and_by_whom_it_was_taken_is_kept_sealed(
    here: County, visit: Inspection
) -> None:
    inspection = reviewed(here, visit, result="6")

    notice = services.issue_result_notice(actor=goes(inspection), inspection=inspection)
    assert services.issue_result_notice(actor=goes(inspection), inspection=inspection).pk == notice.pk
    today = here.clock.now().date()
    with pytest.raises(Refused) as refused:
        services.serve_result_notice(
            actor=goes(inspection),
            notice=notice,
            on=today + timedelta(days=1),
            how="direct",
            receiver="王经理",
        )
    assert refused.value.refusals[0].code == "result_notice.served_when"
    services.serve_result_notice(
        actor=goes(inspection), notice=notice, on=today, how="direct", receiver="王经理"
    )

    notice.refresh_from_db()
    assert (notice.served_on, notice.receiver) == (today, "王经理")
    assert notice.number.endswith("0001号")


def test_a_result_of_a_natural_person_stands_for_the_shorter_term(here: County, visit: Inspection) -> None:
    type(visit.subject).objects.filter(pk=visit.subject_id).update(kind="household")

    inspection = published(here, visit)

    standing = Publication.objects.get(thing_id=inspection.pk)
    assert standing.term_parameter == "PUBLIC_CLEAN_PERSON"
    assert standing.until_day is not None
    assert standing.until_day.year == here.clock.now().year + 2

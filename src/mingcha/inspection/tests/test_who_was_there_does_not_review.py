"""检查与审核分离: the reviewer sees everything, changes nothing, and was not there (54号五)."""

from __future__ import annotations

import pytest

from mingcha.accounts.models import DutyRecord, RoleGrant, UnitKind, User
from mingcha.accounts.selectors import officer_by_id
from mingcha.accounts.testing import as_officer, make_officer, make_unit
from mingcha.base.events import Thing
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Officer
from mingcha.basics.models import Approval
from mingcha.basics.selectors import approvals, deadlines
from mingcha.basics.services.approvals import approve
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import EntryPerson, Inspection, RecordVersion
from mingcha.inspection.results.record import changes, record_of
from mingcha.inspection.results.reviewers import waiting_for
from mingcha.inspection.results.testing import again, recorded, reviewed, submitted, waiting
from mingcha.inspection.results.waiting import to_publish
from mingcha.inspection.testing import goes, wrote
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County
from mingcha.publication.models import Publication


def _also_head(county: County, officer: Officer) -> Officer:
    """The same person, who from now on leads the section as well."""
    head = RoleGrant.objects.get(user=county.head.id, role=Role.SECTION_HEAD)
    RoleGrant.objects.create(
        user_id=officer.id,
        role=Role.SECTION_HEAD,
        reach=head.reach,
        unit=head.unit,
        valid_from=head.valid_from,
        granted_at=head.granted_at,
    )
    found = officer_by_id(officer.id)
    assert found is not None
    return found


def test_the_head_passes_it_and_its_publication_is_prepared(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit)

    services.pass_review(actor=here.head, inspection=inspection)

    assert again(inspection).state == states.REVIEWED
    rows = Publication.objects.get(thing_id=inspection.pk, type="inspection-result").rows
    assert [row["subject"] for row in rows] == [inspection.name]
    assert {one.rule.code for one in deadlines.open_for(Thing.nameless(inspection))} == {"T24"}


def test_whoever_was_there_is_refused_though_he_leads_the_section(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit)
    both = _also_head(here, goes(inspection, 1))

    for verb in (services.pass_review, services.return_):
        given = {"reason": "退回"} if verb is services.return_ else {}
        with pytest.raises(Refused) as refused:
            verb(actor=both, inspection=inspection, **given)
        assert "inspection.was_there" in {one.code for one in refused.value.refusals}
    assert again(inspection).state == states.TO_REVIEW


def test_where_the_section_has_nobody_else_a_leader_is_asked(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit)
    assert waiting_for(here.head) == [inspection.pk]
    assert waiting_for(here.leader) == []

    both = _also_head(here, goes(inspection))
    RoleGrant.objects.filter(user=here.head.id).delete()
    assert waiting_for(both) == []

    assert waiting_for(here.leader) == [inspection.pk]
    services.pass_review(actor=here.leader, inspection=inspection)
    assert again(inspection).state == states.REVIEWED


def test_what_was_given_back_is_submitted_again_as_another_version(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit)

    with pytest.raises(Refused):
        services.return_(actor=here.head, inspection=inspection, reason=" ")
    services.return_(actor=here.head, inspection=inspection, reason="事项说明没有写清楚")

    row = again(inspection)
    assert (row.state, row.result) == (states.RECORDING, "")
    assert "RECORD_ENTRY" in {one.rule.code for one in deadlines.open_for(Thing.nameless(row))}
    item = row.items.get().version_id
    wrote(row, goes(row), {f"item:{item}:note": "已核对九月工资流水"})
    services.submit(actor=goes(row), inspection=row)
    first, second = (record_of(one) for one in RecordVersion.objects.filter(inspection=row))
    assert [one.changes[0].after for one in changes(first, second).changed] == ["已核对九月工资流水"]


def test_whoever_wrote_or_submitted_the_record_is_refused_and_told_who_may(
    here: County, visit: Inspection
) -> None:
    """A clerk who hands in the record, and leads the section as well, was not there."""
    inspection = recorded(here, visit)
    both = _also_head(here, here.coordinator)
    services.submit(actor=both, inspection=inspection)

    assert waiting_for(both) == []
    with pytest.raises(Refused) as refused:
        services.pass_review(actor=both, inspection=inspection)

    assert refused.value.codes == ("inspection.wrote",)
    assert here.head.name in refused.value.refusals[0].shown("remedy")
    services.pass_review(actor=here.head, inspection=inspection)
    services.publish_results(actor=both, publications=waiting())
    assert again(inspection).state == states.REVIEWED
    assert [row.refusal is not None for row in to_publish(both)] == [True]


def test_where_the_head_asks_for_a_correction_a_leader_decides(here: County, visit: Inspection) -> None:
    inspection = reviewed(here, visit, result="6")
    asked = services.ask_correction(
        actor=here.head,
        inspection=inspection,
        proposed={"result:reason": "缺少九月份工资支付台账"},
        reason="月份写错",
    )
    approval = approvals.of_thing("correction", Thing.of(asked))
    assert approval is not None

    assert list(approvals.awaiting(here.head)) == []
    assert list(approvals.awaiting(here.leader)) == [approval]
    approve(actor=here.leader, approval_id=approval.pk, opinion="同意")
    assert again(inspection).result_reason == "缺少九月份工资支付台账"


def _correction_of_a_record_by(here: County, visit: Inspection) -> tuple[Officer, Approval]:
    """A head who wrote the record, and the approval of a correction that is asked for by who was there."""
    inspection = recorded(here, visit, result="6")
    both = _also_head(here, here.coordinator)
    services.submit(actor=both, inspection=inspection)
    services.pass_review(actor=here.head, inspection=inspection)
    asked = services.ask_correction(
        actor=goes(inspection),
        inspection=inspection,
        proposed={"result:reason": "缺少九月份工资支付台账"},
        reason="月份写错",
    )
    approval = approvals.of_thing("correction", Thing.of(asked))
    assert approval is not None
    return both, approval


def test_a_correction_waits_for_the_head_and_for_nobody_who_wrote_the_record(
    here: County, visit: Inspection
) -> None:
    both, approval = _correction_of_a_record_by(here, visit)

    assert list(approvals.awaiting(both)) == [] and list(approvals.awaiting(here.leader)) == []
    assert list(approvals.awaiting(here.head)) == [approval]
    with pytest.raises(Refused) as refused:
        approve(actor=both, approval_id=approval.pk, opinion="同意")
    assert refused.value.codes == ("approval.had_part",)
    assert here.head.name in refused.value.refusals[0].shown("remedy")


def test_who_had_part_is_not_offered_as_the_signer_on_paper(here: County, visit: Inspection) -> None:
    both, approval = _correction_of_a_record_by(here, visit)
    assert approval.current_step is not None
    able = {user.pk for user in approvals.candidates(approval, approval.current_step)}
    assert here.head.id in able and both.id not in able


def test_of_the_team_who_did_not_come_may_review(here: County, visit: Inspection) -> None:
    head = _also_head(here, goes(visit, 1))
    inspection = submitted(here, visit)
    assert waiting_for(head) == []
    EntryPerson.objects.filter(entry__inspection=inspection, inspector__user=head.id).delete()
    DutyRecord.objects.filter(user=head.id).delete()
    assert waiting_for(head) == [inspection.pk]
    assert services.pass_review(actor=head, inspection=inspection).state == states.REVIEWED


def test_each_result_that_waits_says_why_this_officer_does_not_publish_it(
    here: County, visit: Inspection
) -> None:
    both = _also_head(here, goes(visit, 1))
    came = reviewed(here, visit)
    other = Inspection.objects.exclude(pk=came.pk).order_by("pk")[0]
    recorded(here, other)
    services.submit(actor=as_officer(User.objects.get(pk=here.coordinator.id)), inspection=other)
    services.pass_review(actor=here.head, inspection=other)
    rows = {row.inspection.pk: row.refusal for row in to_publish(both)}
    assert rows[came.pk] is not None
    assert rows[came.pk].basis
    assert "现场检查" in rows[came.pk].shown("message", str)
    mine = {row.inspection.pk: row.refusal for row in to_publish(_also_head(here, here.coordinator))}
    assert mine[came.pk] is None and mine[other.pk] is not None


def test_of_what_a_department_led_its_partner_decides(here: County, visit: Inspection) -> None:
    inspection = reviewed(here, visit, result="6")
    department = make_unit("市场监督管理局", kind=UnitKind.PARTNER)
    Inspection.objects.filter(pk=inspection.pk).update(unit=department)
    partner = as_officer(make_officer(Role.PARTNER, unit=department, reach=Reach.SECTION))
    asked = services.ask_correction(
        actor=here.coordinator,
        inspection=inspection,
        proposed={"result:reason": "缺少九月份工资支付台账"},
        reason="月份写错",
    )
    approval = approvals.of_thing("correction", Thing.of(asked))
    assert approval is not None

    assert list(approvals.awaiting(partner)) == [approval]
    assert list(approvals.awaiting(here.leader)) == []
    RoleGrant.objects.filter(user=partner.id).delete()
    assert list(approvals.awaiting(here.leader)) == [approval]

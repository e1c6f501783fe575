"""行政处罚法第43条；T09: it stops nothing, the head decides in time, the rule names who comes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base import clock, idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import Capability
from mingcha.basics.models import Deadline
from mingcha.inspection import lifecycle as inspections
from mingcha.inspection import recusal_lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.links import page_of
from mingcha.inspection.models import Inspection, RecusalApplication, VisitPackage
from mingcha.inspection.recusal_pages import answers_of
from mingcha.inspection.testing import entered, goes, ready, single
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.planning import services as planning
from mingcha.planning.models import ChangeRequest
from mingcha.planning.testing import County, agreed
from mingcha.registry.models import Inspector, Recusal


def applied(inspection: Inspection, place: int = 1, **values: Any) -> RecusalApplication:
    """The firm's manager says so to the one who leads."""
    said = {
        "inspector": inspection.team[place],
        "relation": "family",
        "ground": "是我们对手老板的表弟",
        "applicant": "王经理",
    }
    return services.apply_for_recusal(
        actor=goes(inspection), inspection=inspection, application=services.Applied(**said | values)
    )


def again(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


def test_it_stops_nothing_and_the_head_has_three_work_days(county: County) -> None:
    inspection = ready(county)
    asked = applied(inspection)

    term = Deadline.objects.get(
        rule__code="T09", thing_id=asked.pk, thing_type="inspection.recusalapplication"
    )
    assert (term.term, term.owner_role) == ("3WD", Role.BUREAU_LEADER)
    assert entered(county, inspection).state == inspections.ON_SITE


def test_for_a_drawn_one_the_rule_names_who_comes_and_one_decision_is_enough(county: County) -> None:
    inspection = ready(county)
    gone = inspection.team[1]
    asked = applied(inspection)
    assert asked.change is not None
    # The ground is for few: what others read says where it stands.
    assert asked.change.reason == "见回避申请"
    with pytest.raises(Refused) as raised:
        services.grant_recusal(actor=county.leader, application=asked)
    assert raised.value.codes == ("recusal_application.elsewhere",)

    agreed(county, asked.change)

    assert again(asked).state == states.GRANTED
    assert gone.pk not in {one.pk for one in again(inspection).team}
    barred = Recusal.objects.get(subject=inspection.subject_id, inspector=gone)
    assert (barred.state, barred.basis) == ("approved", "见回避申请")
    assert not ChangeRequest.objects.filter(state="waiting").exists()
    assert not Deadline.objects.open().filter(rule__code="T09").exists()


def test_refused_there_it_is_refused_here_and_nobody_is_barred(county: County) -> None:
    inspection = ready(county)
    asked = applied(inspection)
    assert asked.change is not None
    planning.dispatch.reject(actor=county.leader, request=asked.change, reason="查无此关系")

    found = again(asked)
    assert (found.state, found.answer) == (states.REJECTED, "查无此关系")
    assert not Recusal.objects.exists()
    assert [one.words for one in answers_of(inspection)] == ["不予回避：查无此关系"]


def test_from_a_single_one_the_person_leaves_and_another_certified_one_is_named(county: County) -> None:
    inspection = single(county)
    leaves, comes = inspection.team[1], county.inspectors[2]
    asked = applied(inspection)
    with pytest.raises(Refused) as raised:
        services.grant_recusal(actor=county.leader, application=asked)
    assert raised.value.codes == ("recusal_application.substitute",)

    services.grant_recusal(actor=county.leader, application=asked, substitute=comes, reason="确有近亲属关系")

    assert [one.pk for one in again(inspection).team] == [inspection.team[0].pk, comes.pk]
    barred = Recusal.objects.get(inspector=leaves)
    assert (barred.state, barred.basis) == ("approved", "见回避申请")
    (told,) = answers_of(inspection)
    assert (told.person, told.words) == (leaves.name, f"准予回避，由{comes.name}接替。确有近亲属关系")


def test_who_cannot_go_is_no_substitute(county: County) -> None:
    inspection = single(county)
    expired = county.inspectors[3]
    Inspector.objects.filter(pk=expired.pk).update(valid_until=clock.today())
    with pytest.raises(Refused) as raised:
        services.grant_recusal(
            actor=county.leader, application=applied(inspection), substitute=again(expired)
        )
    assert raised.value.codes == ("recusal_application.fit",)


def test_what_was_asked_before_somebody_came_in_is_decided_by_the_head_afterwards(county: County) -> None:
    inspection = ready(county)
    asked = applied(inspection)
    entered(county, inspection)

    services.grant_recusal(actor=county.leader, application=again(asked), reason="以后不再参加")

    assert again(asked).state == states.GRANTED
    assert Recusal.objects.get(inspector=asked.inspector).state == "approved"


def test_nobody_of_the_team_decides(county: County) -> None:
    inspection = single(county)
    leader = make_officer(Role.BUREAU_LEADER, Role.INSPECTOR, name="带队的局长")
    Inspector.objects.filter(pk=inspection.team[0].pk).update(user=leader)
    asked = applied(again(inspection))
    with pytest.raises(Refused) as raised:
        services.reject_recusal_application(actor=as_officer(leader), application=asked, reason="不必")
    assert "recusal_application.of_the_team" in raised.value.codes


def test_the_firm_applies_from_its_own_page_and_only_about_its_own_visit(county: County) -> None:
    inspection = single(county)
    firm = Capability("door", inspection._meta.label_lower, inspection.pk)
    said = services.Applied(inspection.team[0], "direct_stake", "欠我们货款", "老板", how="page")

    made = services.apply_for_recusal(actor=firm, inspection=inspection, application=said)

    assert (made.recorded_by, made.how) == (None, "page")
    other = Capability("door", inspection._meta.label_lower, inspection.pk + 1)
    with pytest.raises(Inspection.DoesNotExist):
        services.apply_for_recusal(actor=other, inspection=inspection, application=said)


def test_it_is_taken_down_once_and_by_those_who_are_concerned(county: County) -> None:
    inspection = single(county)
    applied(inspection)
    with pytest.raises(Refused) as raised:
        applied(inspection)
    assert raised.value.codes == ("recusal_application.twice",)
    with pytest.raises(Refused) as raised:
        applied(inspection, inspector=county.inspectors[3])
    assert raised.value.codes == ("recusal_application.not_on_team",)


def test_the_ground_is_for_few_and_never_in_the_ledger(county: County) -> None:
    inspection = single(county)
    asked = applied(inspection)
    seen = RecusalApplication.objects
    for viewer in (county.leader, county.overseer, county.coordinator, goes(inspection)):
        assert seen.visible_to(viewer).filter(pk=asked.pk).exists()
    assert not seen.visible_to(county.head).exists()
    told = Record.objects.filter(thing_type=asked._meta.label_lower)
    assert told.exists()
    assert not any("表弟" in str(vars(record)) for record in told)


def test_when_the_inspection_is_taken_back_nothing_is_left_to_decide(county: County) -> None:
    inspection = single(county)
    asked = applied(inspection)
    services.cancel(actor=county.head, inspection=inspection, reason="企业撤回申请")
    assert again(asked).state == states.ENDED
    assert not Deadline.objects.open().filter(rule__code="T09").exists()
    assert not VisitPackage.objects.standing().exists()


def test_on_the_pages_it_is_taken_down_and_decided(client: Client, county: County) -> None:
    inspection = single(county)
    sign_in(client, User.objects.get(pk=goes(inspection).id))
    page = reverse("inspection:apply-for-recusal", args=[inspection.pk])
    assert page in client.get(page_of(inspection.pk)).content.decode()
    values = {
        "_once": idempotency.token(),
        "inspector": inspection.team[1].pk,
        "relation": "other",
        "ground": "曾有纠纷",
        "applicant": "王经理",
        "how": "spot",
    }
    assert client.post(page, values).status_code == 302
    asked = RecusalApplication.objects.get()

    sign_in(client, User.objects.get(pk=county.leader.id))
    assert (
        "曾有纠纷"
        in client.get(reverse("inspection:recusal-applications-detail", args=[asked.pk])).content.decode()
    )
    decide = reverse("inspection:application-grant", args=[asked.pk])
    assert "执法3" in client.get(decide).content.decode()
    client.post(decide, {"_once": idempotency.token(), "substitute": county.inspectors[2].pk, "reason": ""})
    assert again(asked).state == states.GRANTED

"""行政处罚法第43条: granted after they came in, the person is out from then on, and the reviewer is told."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.inspection import services
from mingcha.inspection.arriving import shown
from mingcha.inspection.form.fields import layout_of
from mingcha.inspection.form.reading import form_of
from mingcha.inspection.links import page_of
from mingcha.inspection.models import Entry, Inspection, RecordVersion, RecusalApplication, VisitPackage
from mingcha.inspection.recusal_pages import answers_of
from mingcha.inspection.results.record import record_of
from mingcha.inspection.results.testing import answered, signed_paper
from mingcha.inspection.results.unusual import unusual
from mingcha.inspection.services.evidence import Announced, announce
from mingcha.inspection.services.form import Written
from mingcha.inspection.services.recusing import stops_the_visit
from mingcha.inspection.testing import entered, goes, ready, team_of, wrote
from mingcha.kernel.refusal import Refused
from mingcha.planning.models import TaskMember
from mingcha.planning.testing import County
from mingcha.web.providers import next_steps


def _again(inspection: Inspection) -> Inspection:
    return Inspection.objects.get(pk=inspection.pk)


def _granted(county: County, inspection: Inspection, place: int = 0) -> RecusalApplication:
    """The firm applies on the spot against one of the team, and the leader agrees."""
    said = services.Applied(inspection.team[place], "family", "是对手老板的表弟", "王经理")
    asked = services.apply_for_recusal(actor=goes(inspection, 1), inspection=inspection, application=said)
    return services.grant_recusal(actor=county.leader, application=asked)


@pytest.fixture
def begun(county: County) -> Inspection:
    """A drawn visit of three, all of whom have come in."""
    return entered(county, ready(county, team_size=3))


def _codes(raised: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return raised.value.codes


def test_the_next_of_the_team_leads_and_the_teams_of_the_draw_stay_as_they_were(
    county: County, begun: Inspection
) -> None:
    first, second, third = begun.team
    drawn = list(TaskMember.objects.values_list("pk", "position", "left_at").order_by("pk"))

    _granted(county, begun)

    assert _again(begun).team == [second, third]
    assert layout_of(begun).lead == second
    assert first not in form_of(begun).unsigned()
    assert list(TaskMember.objects.values_list("pk", "position", "left_at").order_by("pk")) == drawn


def test_the_person_writes_decides_proves_and_submits_nothing_any_more(
    county: County, begun: Inspection
) -> None:
    gone, *_others = team_of(begun)
    wrote(begun, gone, {"present:name": "王经理"})
    _granted(county, begun)

    with pytest.raises(Refused) as raised:
        wrote(begun, gone, {"present:name": "李经理"})
    assert _codes(raised) == ("form.stays_away",)
    with pytest.raises(Refused) as raised:
        announce(actor=gone, inspection=begun, announced=_photo())
    assert _codes(raised) == ("form.stays_away",)
    services.leave(actor=goes(_again(begun)), inspection=begun)
    with pytest.raises(Refused) as raised:
        services.submit(actor=gone, inspection=begun)
    assert "inspection.stays_away" in _codes(raised)
    # What was written before the decision stands, and the person still reads how it goes on.
    assert form_of(begun).present_name == "王经理"
    seen = Inspection.objects.visible_to(gone)
    assert seen.filter(pk=begun.pk).exists() and not seen.mine(gone).filter(pk=begun.pk).exists()


def test_a_phone_that_says_again_that_the_person_came_in_is_answered_as_before(
    county: County, begun: Inspection
) -> None:
    gone = goes(begun)
    _granted(county, begun)
    again = services.enter(actor=gone, inspection=begun, via=Entry.Via.CODE)
    assert again.people.count() == 3


def test_two_values_are_decided_by_who_leads_now(county: County, begun: Inspection) -> None:
    gone, second, third = team_of(begun)
    for officer, text in ((second, "王"), (third, "李")):
        _wrote_alone(begun, officer, text)
    _granted(county, begun)
    wrote(begun, second, {"present:name": "王"})
    assert form_of(begun).present_name == "王"
    assert not form_of(begun).conflicts


def test_the_reviewer_is_told_who_left_when_and_what_they_had_written(
    county: County, begun: Inspection
) -> None:
    gone, second, _third = team_of(begun)
    name = begun.team[0].name
    wrote(begun, gone, {"present:name": "王经理", "present:post": "经理"})
    county.clock.advance(minutes=10)
    _granted(county, begun)

    version = _submitted(county, begun, second)

    said = unusual(_again(begun), version, record_of(version))
    (told,) = [one for one in said if name in one]
    assert shown(clock.now() - timedelta(minutes=30)) in told
    assert "被准予回避，此前由其填写 2 处、拍照录音等 0 件" in told
    assert not any("表弟" in one or "不足两名" in one for one in said)


def test_where_fewer_than_two_are_left_they_are_told_to_stop_and_the_reviewer_that_they_were_one(
    client: Client, county: County
) -> None:
    begun = entered(county)
    gone, stays = team_of(begun)
    said = services.Applied(begun.team[0], "family", "是对手老板的表弟", "王经理")
    asked = services.apply_for_recusal(actor=stays, inspection=begun, application=said)
    assert stops_the_visit(asked)
    sign_in(client, User.objects.get(pk=county.leader.id))
    decide = reverse("inspection:application-grant", args=[asked.pk])
    assert "准予以后在场的检查人员不足两名" in client.get(decide).content.decode()

    services.grant_recusal(actor=county.leader, application=asked)

    (told,) = answers_of(_again(begun))
    assert "这次检查停止" in told.words
    title = f"停止检查、登记离开：{begun.name}"
    assert title in _titles(stays) and title not in _titles(gone)
    sign_in(client, User.objects.get(pk=stays.id))
    assert "请停止检查、登记离开" in client.get(page_of(begun.pk)).content.decode()
    sign_in(client, User.objects.get(pk=gone.id))
    assert "您已被准予回避" in client.get(page_of(begun.pk)).content.decode()
    version = _submitted(county, begun, stays)
    found = unusual(_again(begun), version, record_of(version))
    assert any("检查人员只有 1 名" in one for one in found)


def test_before_anybody_came_in_the_code_with_the_name_is_void(county: County) -> None:
    inspection = ready(county)
    said = services.Applied(inspection.team[0], "family", "是对手老板的表弟", "王经理")
    asked = services.apply_for_recusal(actor=goes(inspection, 1), inspection=inspection, application=said)
    services.issue_package(actor=goes(inspection, 1), inspection=inspection)
    # Where the rule has nothing to say (a superior's list, a supplement), the leader decides directly.
    RecusalApplication.objects.filter(pk=asked.pk).update(change=None)

    services.grant_recusal(actor=county.leader, application=RecusalApplication.objects.get(pk=asked.pk))

    assert not VisitPackage.objects.standing().filter(inspection=inspection).exists()


def _wrote_alone(inspection: Inspection, officer: Officer, text: str) -> None:
    """A phone that knows of nothing but its own."""
    said = Written(f"phone-{officer.id:04d}", 1, "present:name", text, clock.now())
    services.put(actor=officer, inspection=inspection, ops=[said])


def _photo() -> Announced:
    return Announced(uuid4(), "photo", "a.jpg", "0" * 64, 10, clock.now())


def _submitted(county: County, inspection: Inspection, officer: Officer) -> RecordVersion:
    """Half an hour later they leave, and the record is handed in."""
    county.clock.advance(minutes=30)
    services.leave(actor=officer, inspection=inspection)
    paper = signed_paper(inspection)
    wrote(inspection, officer, answered(inspection) | {"record:on_paper": str(paper.uuid)})
    return services.submit(actor=officer, inspection=inspection)


def _titles(officer: Officer) -> list[str]:
    return [str(step.title) for step in next_steps.gather(officer)]

"""公告送达 (T14): after direct service and the post have failed, thirty days in public are service."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.basics.models import Deadline
from mingcha.basics.services import deadlines
from mingcha.inspection import services
from mingcha.inspection.models import Inspection, ResultNotice
from mingcha.inspection.results.testing import a_paper, again, corrected, reviewed
from mingcha.inspection.results.waiting import to_serve
from mingcha.inspection.testing import goes
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County
from mingcha.publication.models import Publication
from mingcha.publication.services import publish

_CLOCK = System(purpose="tests")


def _undeliverable(county: County, visit: Inspection) -> ResultNotice:
    """A notice that neither a visit nor the post could bring to the firm."""
    inspection = reviewed(county, visit, result="6")
    notice = services.issue_result_notice(actor=goes(inspection), inspection=inspection)
    for how in ("direct", "post"):
        services.record_failure(
            actor=county.coordinator,
            notice=notice,
            day=county.clock.now().date(),
            how=how,
            why="大门紧锁，邮件被退回",
            proof=a_paper(content=how.encode()),
        )
    return notice


def _announced(county: County, visit: Inspection) -> ResultNotice:
    notice = _undeliverable(county, visit)
    publication = services.announce_notice(actor=county.coordinator, notice=notice)
    publish(actor=county.head, publication_id=publication.pk)
    notice.refresh_from_db()
    return notice


def _term(notice: ResultNotice) -> Deadline:
    found: Deadline = Deadline.objects.get(rule__code="T14", thing_id=notice.pk)
    return found


def test_it_is_not_announced_before_both_ways_have_failed(here: County, visit: Inspection) -> None:
    inspection = reviewed(here, visit)
    notice = services.issue_result_notice(actor=goes(inspection), inspection=inspection)
    services.record_failure(
        actor=here.coordinator,
        notice=notice,
        day=here.clock.now().date(),
        how="direct",
        why="大门紧锁",
        proof=a_paper(),
    )

    with pytest.raises(Refused) as refused:
        services.announce_notice(actor=here.coordinator, notice=notice)

    assert refused.value.codes == ("result_notice.not_tried",)


def test_thirty_days_after_another_person_has_published_it_it_counts_as_served(
    here: County, visit: Inspection
) -> None:
    notice = _undeliverable(here, visit)
    publication = services.announce_notice(actor=here.head, notice=notice)
    with pytest.raises(Refused):
        publish(actor=here.head, publication_id=publication.pk)
    publish(actor=here.leader, publication_id=publication.pk)

    row = Publication.objects.get(pk=publication.pk).rows[0]
    assert (row["subject"], row["number"]) == (notice.inspection.name, notice.number)
    assert "工资" not in str(row)
    assert not to_serve(here.coordinator).exists()
    term = _term(notice)
    assert term.started_on == here.clock.now().date()
    assert term.due_on >= term.started_on + timedelta(days=30)
    here.clock.advance(days=(term.due_on - here.clock.now().date()).days)
    assert services.count_as_served(actor=_CLOCK) == 0
    here.clock.advance(days=1)
    assert services.count_as_served(actor=_CLOCK) == 1
    deadlines.watch(actor=_CLOCK)

    notice.refresh_from_db()
    assert (notice.served_on, notice.served_how) == (term.due_on, "announced")
    assert again(notice.inspection).told_on == term.due_on
    assert _term(notice).state == "met"
    assert services.count_as_served(actor=_CLOCK) == 0


def test_who_comes_for_it_within_the_days_is_served_and_it_comes_down(
    here: County, visit: Inspection
) -> None:
    notice = _announced(here, visit)
    here.clock.advance(days=3)

    services.serve_result_notice(
        actor=here.coordinator,
        notice=notice,
        on=here.clock.now().date(),
        how="direct",
        receiver="王经理",
    )

    notice.refresh_from_db()
    assert notice.served_how == "direct"
    assert _term(notice).state == "cancelled"
    assert Publication.objects.get(type="service-announcement").state == "withdrawn"


def test_a_corrected_result_is_announced_no_more(here: County, visit: Inspection) -> None:
    notice = _announced(here, visit)

    corrected(here, notice.inspection, {"result:reason": "缺少九月份工资支付台账"}, "月份写错")

    assert _term(notice).state == "cancelled"
    assert [one.pk for one in to_serve(here.coordinator)] == [notice.inspection_id]
    here.clock.advance(days=60)
    assert services.count_as_served(actor=_CLOCK) == 0


def test_the_page_of_the_notice_leads_through_it(here: County, visit: Inspection) -> None:
    inspection = reviewed(here, visit)
    notice = services.issue_result_notice(actor=goes(inspection), inspection=inspection)
    client = Client()
    sign_in(client, User.objects.get(pk=here.coordinator.id))
    page = reverse("inspection:result-notice", args=[notice.pk])
    failed = reverse("inspection:fail-result-notice", args=[notice.pk])
    assert "公告送达" not in client.get(page).content.decode()
    for how in ("direct", "post"):
        shown = client.get(failed)
        once = shown.context["form"] and shown.content.decode().split('name="_once" value="')[1].split('"')[0]
        sent = {
            "_once": once,
            "day": here.clock.now().date().isoformat(),
            "how": how,
            "why": "邮件被退回",
            "proof": a_paper(content=how.encode()),
        }
        assert client.post(failed, sent).status_code == 302

    shown = client.get(page).content.decode()
    once = shown.split('name="_once" value="')[1].split('"')[0]
    client.post(reverse("inspection:announce-result-notice", args=[notice.pk]), {"_once": once})

    assert "送达公告已经提交" in client.get(page).content.decode()
    assert Publication.objects.filter(thing_id=notice.pk, thing_type=Thing.of(notice).type).count() == 1

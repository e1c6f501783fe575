"""检查通知书: handed over at the door unless somebody says otherwise; the record says which (54号五)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.inspection import services
from mingcha.inspection.form.reading import form_of
from mingcha.inspection.models import Entry, Inspection
from mingcha.inspection.results import papers
from mingcha.inspection.results.record import Record, current, record_of
from mingcha.inspection.results.testing import answered, recorded, signed_paper, submitted
from mingcha.inspection.results.unusual import unusual
from mingcha.inspection.testing import entered, goes, wrote
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County

UNSAID = "没有记检查通知书怎样送达"
UNEXPLAINED = "检查通知书不是当场交付的，没有写何时怎样送达，或者没有出具的原因"


def _page(officer: Officer, inspection: Inspection, name: str) -> str:
    client = sign_in(Client(), User.objects.get(pk=officer.id))
    return client.get(reverse(f"inspection:{name}", args=[inspection.pk])).content.decode()


def _came_in(inspection: Inspection) -> str:
    at = inspection.entered_at
    assert at is not None
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")


def test_who_shows_the_code_hands_the_notice_over_without_saying_so(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit)
    record = record_of(current(inspection))

    assert record.value("told:notice") == "door"
    said = f"当场出示并交付（入企时 {_came_in(inspection)}）"
    assert said in _page(here.head, inspection, "record")
    assert said in _page(here.head, inspection, "inspections-detail")


def test_what_came_before_the_visit_is_written_with_when_and_how(here: County, visit: Inspection) -> None:
    inspection = recorded(here, visit, values={"told:notice": "before"})
    with pytest.raises(Refused) as refused:
        services.submit(actor=goes(inspection), inspection=inspection)
    assert UNEXPLAINED in str(refused.value)

    wrote(inspection, goes(inspection), {"told:notice_how": "11月20日上午送到前台"})
    services.submit(actor=goes(inspection), inspection=inspection)
    assert "此前已送达（11月20日上午送到前台）" in _page(here.head, inspection, "record")


def test_a_visit_without_a_notice_says_why_and_the_reviewer_reads_it(here: County, visit: Inspection) -> None:
    values = {"told:notice": "none", "told:notice_how": "打印机坏了"}
    inspection = submitted(here, visit, values=values)
    version = current(inspection)
    assert unusual(inspection, version, record_of(version)) == ["没有出具检查通知书：打印机坏了"]


@pytest.mark.parametrize("via", Entry.EXCEPTIONS)
def test_where_no_code_was_shown_somebody_must_say_how(here: County, visit: Inspection, via: str) -> None:
    inspection = entered(here, visit, via=via, reason="当场断网，先行检查")
    paper = signed_paper(inspection)
    given = answered(inspection) | {"record:on_paper": str(paper.uuid)}
    wrote(inspection, goes(inspection), given)
    assert UNSAID in form_of(inspection).missing()

    wrote(inspection, goes(inspection), {"told:notice": "door"})
    assert form_of(inspection).missing() == []


def test_where_nobody_was_met_nothing_was_handed_over(here: County, visit: Inspection) -> None:
    inspection = recorded(here, visit, values={"result:category": "4", "result:reason": "查无此单位"})
    form = form_of(inspection)
    assert form.told_notice == ""
    assert UNSAID not in form.missing()


def test_what_was_said_and_taken_back_goes_without_saying_again(here: County, visit: Inspection) -> None:
    inspection = recorded(here, visit, values={"told:notice": "none"})
    wrote(inspection, goes(inspection), {"told:notice": None})
    assert form_of(inspection).told_notice == "door"


def test_a_record_from_before_this_was_asked_opens_and_says_nothing_of_it(
    here: County, visit: Inspection
) -> None:
    inspection = submitted(here, visit)
    version = current(inspection)
    old = record_of(version)
    values = {name: value for name, value in old.values.items() if not name.startswith("told:notice")}
    version.content = Record({**old.content, "values": values}).json()

    paper = papers.record_paper(inspection, version, whole=False)
    assert [label for label, _value in paper.told] == ["出示执法证件", "告知权利义务", "是否申请回避"]

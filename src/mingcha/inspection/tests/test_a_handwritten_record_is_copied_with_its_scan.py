"""Where no phone was at hand, the record is written on paper and copied later, with its scan."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.basics.services import attachments
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.form.fields import DESK
from mingcha.inspection.form.reading import form_of, newest_of
from mingcha.inspection.links import page_of
from mingcha.inspection.models import FormOp, Inspection
from mingcha.inspection.services.evidence import PURPOSES
from mingcha.inspection.services.form import Written
from mingcha.inspection.testing import entered, goes, left, team_of, wrote
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County
from mingcha.web.forms import ONCE

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("笔录.pdf", PDF)


def scan() -> attachments.Stored:
    """The paper, as a page has stored it before it asks for anything."""
    return attachments.store(file=paper(), purpose=PURPOSES["scan"])


def copied(**values: Any) -> int:
    """By a clerk who has seen everything that stands, or what was there at `seen`."""
    return services.copy_record(**{"seen": newest_of(values["inspection"])} | values)


def test_a_clerk_copies_the_record_once_its_scan_is_there(county: County) -> None:
    inspection = entered(county)
    clerk = county.coordinator
    values = {"present:name": "王大力", "sign:refused": None}

    with pytest.raises(Refused) as refused:
        copied(actor=clerk, inspection=inspection, values=values, scan=None)
    assert refused.value.codes == ("form.no_scan",)
    with pytest.raises(Refused) as refused:
        copied(actor=county.head, inspection=inspection, values=values, scan=scan())
    assert refused.value.codes == ("form.not_yours",)

    assert copied(actor=clerk, inspection=inspection, values=values, scan=scan()) == 1
    assert copied(actor=clerk, inspection=inspection, values=values, scan=None) == 0
    form = form_of(inspection)
    assert (form.present_name, form.scan is not None, form.unsigned()) == ("王大力", True, [])
    assert {(op.client, op.author_id) for op in FormOp.objects.all()} == {(DESK, clerk.id)}


def test_what_stands_is_corrected_and_where_two_values_stand_the_lead_decides(county: County) -> None:
    inspection = entered(county)
    lead, second = team_of(inspection)
    wrote(inspection, lead, {"present:name": "王大力", "firm:agrees": "yes"})
    copy: dict[str, Any] = {"actor": county.coordinator, "inspection": inspection}

    copied(**copy, values={"present:name": "王大立", "firm:agrees": None}, scan=scan())
    form = form_of(inspection)
    assert (form.present_name, form.agrees, form.conflicts) == ("王大立", "", ())

    for number, officer in enumerate((lead, second)):
        op = Written(
            f"phone-x{number}", 1, "firm:statement", f"陈述{number}", county.clock.now(), frozenset()
        )
        services.put(actor=officer, inspection=inspection, ops=[op])
    assert copied(**copy, values={"firm:statement": None}, scan=None) == 0
    with pytest.raises(Refused) as refused:
        copied(**copy, values={"firm:statement": "陈述1"}, scan=None)
    assert refused.value.codes == ("form.lead_decides",)
    copied(actor=lead, inspection=inspection, values={"firm:statement": "陈述1"}, scan=None)
    assert form_of(inspection).statement == "陈述1"


def test_what_was_written_while_the_clerk_typed_is_in_dispute_and_not_overwritten(county: County) -> None:
    inspection = entered(county)
    lead, _second = team_of(inspection)
    wrote(inspection, lead, {"present:name": "王大力", "present:post": "经理"})
    seen = newest_of(inspection)
    wrote(inspection, lead, {"present:name": "王大立", "firm:statement": "没有意见"})

    values = {"present:name": "王达力", "present:post": "人事经理", "firm:statement": None}
    copied(actor=county.coordinator, inspection=inspection, values=values, scan=scan(), seen=seen)

    form = form_of(inspection)
    assert [one.field for one in form.conflicts] == ["present:name"]
    assert (form.present_post, form.statement) == ("人事经理", "没有意见")


def test_the_page_keeps_what_was_typed_and_saves_it(county: County) -> None:
    inspection = entered(county)
    point = form_of(inspection).points[0].point.pk
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    url = reverse("inspection:copy-record", args=[inspection.pk])
    typed = {
        f"point-{point}-answer": "bad",
        f"point-{point}-facts": "拖欠上月工资",
        f"point-{point}-amount": "1234.5",
        "result-category": "6",
        ONCE: "x" * 20,
        "seen": 0,
    }

    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert "拖欠上月工资" in answer.content.decode()

    answer = client.post(url, typed | {"scan": paper()})
    assert answer.status_code == 302
    form = form_of(inspection)
    assert (form.points[0].answer, str(form.points[0].amount), form.category) == ("bad", "1234.50", "6")
    page = client.get(page_of(inspection.pk)).content.decode()
    assert "手写笔录扫描件" in page and "没有写在场人姓名" in page


def test_two_telephones_in_dispute_are_told_apart_and_not_shown(county: County) -> None:
    inspection = entered(county)
    for officer, phone in zip(team_of(inspection), ("13800001234", "13800005678"), strict=True):
        said = Written(f"phone-{officer.id:04d}", 1, "present:phone", phone, county.clock.now())
        services.put(actor=officer, inspection=inspection, ops=[said])

    page = sign_in(Client(), User.objects.get(pk=county.head.id)).get(page_of(inspection.pk)).content.decode()

    assert "138****1234" in page and "138****5678" in page
    assert "13800001234" not in page


def test_the_page_with_everything_that_was_written_opens_for_who_copies_while_there_is_something_to_copy(
    county: County,
) -> None:
    inspection = left(county)
    wrote(inspection, goes(inspection), {"present:phone": "13800001234"})
    url = reverse("inspection:copy-record", args=[inspection.pk])
    clerk = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    elsewhere = sign_in(Client(), make_officer(Role.SECTION_HEAD, Role.INSPECTOR, unit=inspection.unit))

    assert "13800001234" in clerk.get(url).content.decode()
    answer = elsewhere.get(url)
    assert (answer.status_code, "13800001234" in answer.content.decode()) == (409, False)

    Inspection.objects.filter(pk=inspection.pk).update(state=states.PUBLISHED)
    answer = clerk.get(url)
    assert (answer.status_code, "13800001234" in answer.content.decode()) == (409, False)


def test_a_file_on_a_lost_phone_is_given_up_on_a_page(county: County) -> None:
    from mingcha.inspection.tests.test_evidence_comes_in_pieces import JPEG, told

    inspection = entered(county)
    lost = services.announce(actor=goes(inspection), inspection=inspection, announced=told(JPEG))
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    url = reverse("inspection:evidence-drop", args=[lost.uuid])

    assert client.post(url, {"why": "手机丢失", ONCE: "y" * 20}).status_code == 302
    lost.refresh_from_db()
    assert (lost.dropped_why, lost.waiting) == ("手机丢失", False)
    stranger = sign_in(Client(), make_officer(Role.INSPECTOR))
    assert stranger.get(url).status_code == 404

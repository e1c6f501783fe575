"""检查资料包 and 通知书: what is taken along is signed, numbered once, and void as soon as it is replaced."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock, idempotency
from mingcha.base.crypto.signing_keys import public_keys
from mingcha.basics.models import Attachment, DocumentNumber
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.links import page_of
from mingcha.inspection.models import Entry, Inspection, InspectionItem, VisitPackage
from mingcha.inspection.packages import package_of
from mingcha.inspection.testing import entered, goes, left, single
from mingcha.items.models import Material
from mingcha.items.testing import published_item
from mingcha.kernel.testing import refused
from mingcha.planning import services as planning
from mingcha.planning.testing import County, agreed, grounds, make_inspector
from mingcha.registry.models import Contact, Inspector
from mingcha.web.providers import next_steps

SITE = "https://mingcha.example"


def content(here: County, visit: Inspection) -> dict[str, Any]:
    found = Inspection.objects.get(pk=visit.pk)
    told = json.loads(package_of(found, goes(visit), SITE)["payload"])
    assert isinstance(told, dict)
    return told


def test_what_a_phone_takes_along_is_signed_and_says_everything(here: County, visit: Inspection) -> None:
    version = visit.items.get().version
    Material.objects.create(version=version, position=90, name="考勤记录", why="核对工时")
    Material.objects.create(version=version, position=91, name="参保明细", held_by_bureau=True)
    Contact.objects.create(
        subject=visit.subject, name="王小明", phone="13812345678", recorded_on=clock.today()
    )
    issue = services.issue_package(actor=goes(visit), inspection=visit)

    signed = package_of(Inspection.objects.get(pk=visit.pk), goes(visit), SITE)
    public_keys()[signed["kid"]].check(signed["payload"], signed["signature"])
    told = json.loads(signed["payload"])

    facts = told["facts"]
    assert facts["notice_number"].startswith("石栾人社检通字〔2026〕")
    assert [one["certificate"] for one in facts["team"]] == [one.certificate_number for one in visit.team]
    assert "考勤记录" in [one["name"] for one in facts["papers"]]
    assert "参保明细" not in [one["name"] for one in facts["papers"]]
    assert "参保明细" in facts["held"]
    assert facts["firm"]["contacts"][0]["phone"] == "138****5678"
    assert "13812345678" not in signed["payload"]
    assert facts["items"][0]["points"]
    assert told["issue"]["digits"] == issue.digits
    assert told["issue"]["address"] == f"{SITE}{reverse('enterprise:door', args=[issue.token])}"
    assert len(told["issue"]["qr"]) == len(told["issue"]["qr"][0])


def test_who_helps_at_a_single_inspection_is_named_to_the_firm(here: County) -> None:
    unit = here.inspectors[0].unit
    expert, gone = (
        make_inspector(here.coordinator, number, unit, kind=Inspector.Kind.EXPERT) for number in (8, 9)
    )
    made = single(here, helpers=[expert, gone], helper_purpose="看懂工资系统")
    made.helpers.filter(inspector=gone).update(left_at=clock.now())
    services.issue_package(actor=goes(made), inspection=made)

    helpers = content(here, made)["facts"]["helpers"]

    assert [(one["name"], one["helps_with"]) for one in helpers] == [(expert.name, "看懂工资系统")]


def test_colleagues_take_the_same_and_a_new_one_voids_it(here: County, visit: Inspection) -> None:
    first = services.issue_package(actor=goes(visit), inspection=visit)
    assert services.issue_package(actor=goes(visit, 1), inspection=visit).pk == first.pk

    second = services.issue_package(actor=goes(visit), inspection=visit, anew=True)

    first.refresh_from_db()
    assert (second.number, first.ended_at) == (2, clock.now())
    numbers = DocumentNumber.objects.filter(thing_id=visit.pk, series__code="inspect-notice")
    assert numbers.count() == 1


def test_what_has_changed_since_is_said_and_issued_anew(here: County, visit: Inspection) -> None:
    services.issue_package(actor=goes(visit), inspection=visit)
    more = published_item("劳动合同管理")
    InspectionItem.objects.create(inspection=visit, version=more, unit=visit.unit)
    with refused("package.changed"):
        content(here, visit)

    assert services.issue_package(actor=goes(visit), inspection=visit).number == 2
    assert more.name in [one["name"] for one in content(here, visit)["facts"]["items"]]


def test_it_runs_out_and_nobody_comes_in_by_it_then(here: County, visit: Inspection) -> None:
    actor = goes(visit)
    with refused("entry.no_code"):
        services.enter(actor=actor, inspection=visit, via=Entry.Via.CODE)
    services.issue_package(actor=actor, inspection=visit)
    here.clock.advance(hours=73)
    with refused("package.none"):
        content(here, visit)
    with refused("entry.no_code"):
        services.enter(actor=actor, inspection=visit, via=Entry.Via.CODE)

    shown = clock.now() - timedelta(hours=2)
    both = [one.pk for one in visit.team]
    entry = services.enter(actor=actor, inspection=visit, via=Entry.Via.CODE, at=shown, people=both)
    assert entry.at == shown


def test_nothing_is_issued_before_approval_after_leaving_or_for_whom_the_rules_refuse(
    here: County, visit: Inspection
) -> None:
    with refused("basics.role"):
        services.issue_package(actor=here.overseer, inspection=visit)
    Inspection.objects.filter(pk=visit.pk).update(state=states.PROPOSED)
    with refused("package.state"):
        services.issue_package(actor=goes(visit), inspection=visit)
    Inspection.objects.filter(pk=visit.pk).update(state=states.READY)
    person = Inspector.objects.get(pk=visit.team[1].pk)
    until, person.valid_until = person.valid_until, clock.today() - timedelta(days=1)
    person.save()
    with refused("inspection.two_go"):
        services.issue_package(actor=goes(visit), inspection=visit)
    person.valid_until = until
    person.save()
    left(here, visit)
    with refused("package.state"):
        services.issue_package(actor=goes(visit), inspection=visit)


def test_once_people_have_left_the_team_takes_the_form_along_without_a_code(
    here: County, client: Client, visit: Inspection
) -> None:
    left(here, visit)
    url = reverse("inspection:package", args=[visit.pk])
    sign_in(client, User.objects.get(pk=goes(visit, 1).id))

    signed = client.post(url).json()

    public_keys()[signed["kid"]].check(signed["payload"], signed["signature"])
    told = json.loads(signed["payload"])
    assert told["issue"] is None
    assert told["facts"]["items"][0]["points"]
    assert not VisitPackage.objects.standing().filter(inspection=visit).exists()
    issue = VisitPackage.objects.get(inspection=visit)
    assert issue.digits not in signed["payload"]
    assert issue.token not in signed["payload"]
    sign_in(client, User.objects.get(pk=here.head.id))
    answer = client.post(url, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert "预载" in answer.json()["refusals"][0]["remedy"]


def test_on_site_the_form_is_taken_along_when_no_code_may_be_issued_any_more(
    here: County, client: Client, visit: Inspection
) -> None:
    entered(here, visit)
    here.clock.advance(days=(visit.visit_until - clock.today()).days + 1)
    sign_in(client, User.objects.get(pk=goes(visit, 1).id))

    signed = client.post(reverse("inspection:package", args=[visit.pk])).json()

    assert json.loads(signed["payload"])["issue"] is None


def press(client: Client, what: str, visit: Inspection, values: dict[str, Any]) -> Any:
    once = {"_once": idempotency.token()}
    return client.post(reverse(f"inspection:{what}", args=[visit.pk]), {**values, **once})


@pytest.fixture
def signed_in(client: Client, visit: Inspection) -> Client:
    sign_in(client, User.objects.get(pk=goes(visit).id))
    return client


def test_opening_the_address_issues_nothing_and_asking_does(signed_in: Client, visit: Inspection) -> None:
    address = reverse("inspection:package", args=[visit.pk])
    asked = signed_in.get(address, headers={"accept": "application/json"})
    assert asked.status_code == 409
    assert asked.json()["refusals"][0]["code"] == "package.none"

    assert json.loads(signed_in.post(address).json()["payload"])["issue"]["number"] == 1
    assert signed_in.get(address).status_code == 200


def test_the_notice_says_what_the_law_wants_and_asks_for_nothing_the_bureau_holds(
    here: County, signed_in: Client, visit: Inspection
) -> None:
    version = visit.items.get().version
    Material.objects.create(version=version, position=91, name="参保明细", held_by_bureau=True)
    services.issue_package(actor=goes(visit), inspection=visit)
    visit.refresh_from_db()

    page = signed_in.get(reverse("inspection:notice", args=[visit.pk])).content.decode()

    for told in (
        visit.notice_number,
        visit.name,
        version.name,
        visit.team[0].certificate_number,
        "本年度本机关已入企检查 0 次，上限 1 次",
        "下列材料本局已掌握，不需要提供：参保明细",
        "申请其回避",
        "不得刻意要求法定代表人到场",
        "区司法局行政执法监督",
        "签收人",
    ):
        assert told in page
    upload = reverse("inspection:notice-signed", args=[visit.pk])
    assert upload in page
    sign_in(signed_in, User.objects.get(pk=here.overseer.id))
    assert upload not in signed_in.get(reverse("inspection:notice", args=[visit.pk])).content.decode()
    paper = signed_in.get(reverse("inspection:notice-pdf", args=[visit.pk]))
    assert paper.content.startswith(b"%PDF")


def test_the_sealed_notice_is_scanned_back(here: County, visit: Inspection) -> None:
    scan = SimpleUploadedFile("通知书.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    with refused("notice.none"):
        services.keep_signed_notice(actor=goes(visit), inspection=visit, file=scan)
    services.issue_package(actor=goes(visit), inspection=visit)

    services.keep_signed_notice(actor=goes(visit), inspection=visit, file=scan)

    assert Attachment.objects.get(thing_id=visit.pk, purpose="signed-paper").media_type == "application/pdf"


def test_a_visit_is_registered_at_a_desk_too(here: County, signed_in: Client, visit: Inspection) -> None:
    services.issue_package(actor=goes(visit), inspection=visit)
    page = page_of(visit.pk)
    assert reverse("inspection:show-code", args=[visit.pk]) in signed_in.get(page).content.decode()
    assert visit.name in signed_in.get(reverse("inspection:show-code", args=[visit.pk])).content.decode()

    asked = {"via": "failure", "people": [one.pk for one in visit.team], "at": "2026-11-24T09:30"}
    again = press(signed_in, "enter", visit, asked)
    assert again.status_code == 409
    assert "2026-11-24T09:30" in again.content.decode()
    press(signed_in, "enter", visit, {**asked, "reason": "全镇停电断网"})
    press(signed_in, "leave", visit, {"at": ""})

    found = Inspection.objects.get(pk=visit.pk)
    assert found.state == states.RECORDING
    assert "全镇停电断网" in signed_in.get(page).content.decode()


def test_the_code_of_a_visit_that_was_taken_back_is_void(here: County, visit: Inspection) -> None:
    issue = services.issue_package(actor=goes(visit), inspection=visit)
    task = visit.task
    assert task is not None
    asked = planning.dispatch.ask_reserve(actor=here.head, task=task, grounds=grounds("closed"))
    agreed(here, asked)

    issue.refresh_from_db()
    assert issue.ended_at == clock.now()


def test_an_emergency_before_eight_in_the_morning_is_due_on_its_own_day(
    here: County, signed_in: Client, visit: Inspection
) -> None:
    # At this hour it is still yesterday in UTC.
    here.clock.advance(minutes=-120)
    entered(here, visit, via=Entry.Via.EMERGENCY, reason="正在转移记录")
    step = next(one for one in next_steps.gather(goes(visit)) if "补扫入企码" in one.title)
    assert step.due == clock.today()


def test_the_page_of_an_emergency_says_in_red_what_is_missing(
    here: County, signed_in: Client, visit: Inspection
) -> None:
    entered(here, visit, via=Entry.Via.EMERGENCY, reason="正在转移记录")
    page = signed_in.get(page_of(visit.pk)).content.decode()
    assert "还没有补扫" in page

    press(signed_in, "make-up", visit, {"via": "code"})

    assert Entry.objects.get(inspection=visit).made_up_at == clock.now()

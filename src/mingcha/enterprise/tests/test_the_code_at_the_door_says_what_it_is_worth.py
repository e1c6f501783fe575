"""亮码: whoever scans it learns who comes, why and with what right, or that the code is worth nothing."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mingcha.base.crypto.signing import Signer
from mingcha.base.crypto.signing_keys import new_signing_key
from mingcha.base.viewers import Capability, System
from mingcha.enterprise.doors import door_viewer, open_door
from mingcha.enterprise.services import recuse
from mingcha.inspection import services
from mingcha.inspection.models import Entry, Inspection, InspectionItem, RecusalApplication, VisitPackage
from mingcha.inspection.testing import goes, left
from mingcha.kernel.testing import refused
from mingcha.planning.testing import County
from mingcha.registry.models import Recusal


def scan(client: Client, token: str) -> tuple[int, str]:
    response: HttpResponse = client.get(reverse("enterprise:door", args=[token]))
    assert not response.cookies
    return response.status_code, response.content.decode()


@pytest.fixture
def issue(here: County, visit: Inspection) -> VisitPackage:
    return services.issue_package(actor=goes(visit), inspection=visit)


def test_a_valid_code_tells_everything_without_signing_in(
    client: Client, visit: Inspection, issue: VisitPackage
) -> None:
    status, page = scan(client, issue.token)

    assert status == 200
    for told in (
        "检查码有效",
        visit.name,
        visit.team[0].name,
        visit.team[1].certificate_number,
        "证件有效至",
        visit.items.get().version.name,
        "随机抽查",
        "什么情况可以拒绝",
        "上限 1 次",
        "12345",
    ):
        assert told in page


@pytest.mark.parametrize("change", ["cut", "changed", "other_key", "not_a_door", "unknown_visit", "huge"])
def test_what_this_platform_has_not_signed_for_a_visit_is_called_forged(
    client: Client, issue: VisitPackage, change: str
) -> None:
    theirs = Signer("3" * 64)
    said = {"typ": "door", "p": issue.ref, "n": 1, "f": "示范企业"}
    token = {
        "cut": issue.token[:-20],
        "changed": issue.token[:30] + ("A" if issue.token[30] != "A" else "B") + issue.token[31:],
        "other_key": theirs.token(said),
        "not_a_door": issue.token.replace(".", "_"),
        "unknown_visit": theirs.token({"typ": "door", "p": "nobody"}),
        "huge": "A" * 5000 + ".B",
    }[change]

    status, page = scan(client, token)

    assert status == 404
    assert "残缺" in page or "不是本平台签发" in page
    assert issue.inspection.name not in page


def test_a_code_that_has_run_out_was_replaced_or_whose_visit_was_cancelled_says_so(
    client: Client, here: County, visit: Inspection, issue: VisitPackage
) -> None:
    newer = services.issue_package(actor=goes(visit), inspection=visit, anew=True)
    assert scan(client, issue.token)[0] == 410
    assert "已经作废" in scan(client, issue.token)[1]
    here.clock.advance(hours=73)
    status, page = scan(client, newer.token)
    assert status == 410
    assert "已经过期" in page
    assert visit.team[0].certificate_number not in page
    Inspection.objects.filter(pk=visit.pk).update(state="cancelled")
    assert "已经取消" in scan(client, newer.token)[1]


def test_shown_again_after_leaving_it_says_that_the_visit_is_over(
    client: Client, here: County, visit: Inspection
) -> None:
    left(here, visit)
    issue = VisitPackage.objects.get(inspection=visit)

    _status, page = scan(client, issue.token)

    assert "结束。此码不能再用来入企" in page
    assert "检查码有效" not in page
    with refused("package.state"):
        services.issue_package(actor=goes(visit), inspection=visit)


def test_it_says_for_which_firm_alone_it_is(client: Client, visit: Inspection, issue: VisitPackage) -> None:
    other = Inspection.objects.exclude(pk=visit.pk).first()
    assert other is not None
    theirs = services.issue_package(actor=goes(other), inspection=other)

    _status, page = scan(client, theirs.token)

    assert other.name in page
    assert visit.name not in page
    assert "名称不对的，是另一户的码，请拒绝检查" in page


def test_a_code_opens_one_visit_and_nothing_beside_it(visit: Inspection, issue: VisitPackage) -> None:
    viewer = door_viewer(visit.pk)
    assert list(Inspection.objects.visible_to(viewer)) == [visit]
    assert InspectionItem.objects.visible_to(viewer).count() == 1
    assert not VisitPackage.objects.visible_to(viewer).exists()
    for other in (Capability("own", "inspection.inspection", visit.pk), Capability("door", "x.y", visit.pk)):
        assert not Inspection.objects.visible_to(other).exists()
        assert not Entry.objects.visible_to(other).exists()


def test_a_key_that_was_replaced_still_verifies_and_is_published(
    client: Client, visit: Inspection, issue: VisitPackage
) -> None:
    new_signing_key(actor=System("tests"))

    assert scan(client, issue.token)[0] == 200
    published = client.get(reverse("enterprise:keys")).json()["keys"]
    assert len(published) == 2
    assert {one["crv"] for one in published} == {"P-256"}
    assert all("d" not in one for one in published)


def test_the_firm_applies_that_somebody_stays_away_and_reads_the_answer_there(
    client: Client, here: County, visit: Inspection, issue: VisitPackage
) -> None:
    person = visit.team[1]
    said = {
        "inspector": person.pk,
        "relation": Recusal.Kind.values[0],
        "ground": "是本单位会计的姐夫",
        "applicant": "李会计",
    }
    answered = client.post(reverse("enterprise:recuse", args=[issue.token]), said)

    applied = RecusalApplication.objects.get(inspection=visit)
    assert (applied.inspector, applied.how) == (person, RecusalApplication.How.PAGE)
    page = client.get(answered["Location"]).content.decode()
    assert "回避申请已收到" in page
    assert f"{person.name}：已收到，由局领导在规定期限内决定" in page
    assert "姐夫" not in page
    before = open_door(issue.token)
    newer = services.issue_package(actor=goes(visit), inspection=visit, anew=True)
    assert newer.number == 2
    application = services.Applied(person, "family", "又说一遍", "李会计")
    with refused("recusal.door"):
        recuse(actor=before.viewer, door=before, application=application)
    assert client.post(reverse("enterprise:recuse", args=[issue.token]), said).status_code == 409

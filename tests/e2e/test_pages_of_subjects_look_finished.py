"""The pages of the register of subjects at both sizes: accessible, nothing cut off, nothing complaining."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.accounts.models import UnitKind, User
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.kernel import credit_code
from mingcha.registry.models import Contact, Grading, Subject, Suspicion, Tag, Visit
from mingcha.registry.services import (
    add_part,
    change_subject,
    change_together,
    end_part,
    enter_subject,
    keep_suspicions,
    merge_subjects,
    receive_claims,
)
from mingcha.registry.services.duplicates import look
from tests.e2e.looking import AT_DESKS, judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def firm(name: str, code: str = "", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "kind": Subject.Kind.ENTERPRISE,
        "credit_code": code,
        "registration": Subject.Registration.ACTIVE,
        "division_code": "130111",
        "town": "示范镇",
        "industry_code": "7263",
        "address": "示范镇示范路 18 号",
        "legal_form": "有限责任公司（自然人投资或控股）",
        "capital_text": "500万元人民币",
        "scope": "劳务派遣服务；人力资源服务；物业管理；建筑劳务分包。",
    } | more


@pytest.fixture
def clerk(db: None) -> User:
    """A county with one firm of which everything is known, a twin of it, and arrivals."""
    for app in ("accounts", "basics", "registry"):
        import_module(f"mingcha.{app}.initial").load(actor=System(purpose="tests"))
    bureau = create_unit(
        actor=System(purpose="tests"), name="示范县人社局", kind=UnitKind.BUREAU, division_code="130111"
    )
    user = make_officer(Role.COORDINATOR, unit=bureau, name="周综合")
    actor, today = as_officer(user), clock.today()
    code = credit_code.synthetic(7, division="130124")
    known = enter_subject(actor=actor, values=firm("示范人力资源有限公司", code))

    def add(part: str, **values: Any) -> Any:
        return add_part(actor=actor, part=part, subject=known, values=values)

    add("contacts", post="hr", name="李晓明", phone="13800001234", source="企业自报", recorded_on=today)
    left = add("contacts", post="legal", name="王某", phone="13900004321", source="", recorded_on=today)
    end_part(actor=actor, part="contacts", row_id=left.pk, reason="已离职")
    add(
        "licences",
        kind="dispatch",
        number="冀13011120230001",
        authority="示范县行政审批局",
        valid_from=today - timedelta(days=1000),
        valid_until=today + timedelta(days=20),
    )
    add("tags", tag=Tag.objects.get(code="dispatch"), since=today, why="持有劳务派遣经营许可")
    add("headcounts", counted_on=today, workers=86, insured=61, dispatched=240, source="参保登记")
    add("gradings", system=Grading.System.HRSS, grade="B", year=today.year - 1, graded_on=today, source="")
    add(
        "violations",
        decided_on=today - timedelta(days=400),
        handling="order",
        what="未按规定与 12 名劳动者订立书面劳动合同",
        article="《劳动合同法》第十条",
        document_number="示人社监令〔2025〕3号",
        authority="示范县人社局",
    )
    Visit.objects.create(
        subject=known, visited_on=today, unit_name="劳动监察股", items="劳务派遣", recorded_at=clock.now()
    )
    change_subject(actor=actor, subject=known, values=firm("示范人力资源集团有限公司", code))
    others = [enter_subject(actor=actor, values=firm(f"新设企业{n}有限公司")) for n in range(3)]
    receive_claims(actor=actor, subjects=[other.pk for other in others], source="省监管平台推送")
    enter_subject(actor=actor, values=firm("示范人力资源集团 有限公司", town="东河镇"))
    keep_suspicions(actor=actor, pairs=look())
    twins = [enter_subject(actor=actor, values=firm(f"同一家{n}")) for n in range(2)]
    merge_subjects(actor=actor, kept=twins[0], gone=twins[1], take=(), reason="同一家，重复录入")
    change_together(
        actor=actor,
        verb="town",
        value="西河镇",
        subjects=Subject.objects.filter(pk=twins[0].pk),
        counted=1,
        reason="并镇",
    )
    return user


def addresses() -> dict[str, str]:
    """Every page of the register of subjects, by a short name."""
    known = Subject.objects.get(name="示范人力资源集团有限公司")
    pair = Suspicion.objects.get()
    contact = Contact.objects.filter(ended_on=None).get()
    page = reverse
    return {
        "list": page("registry:subjects-list"),
        "detail": page("registry:subjects-detail", args=[known.pk]),
        "file": page("registry:subject-file", args=[known.pk]),
        "timeline": page("registry:subject-timeline", args=[known.pk]),
        "history": page("registry:subjects-history", args=[known.pk]),
        "create": page("registry:subjects-create"),
        "edit": page("registry:subjects-edit", args=[known.pk]),
        "project": page("registry:project-create"),
        "grading": page("registry:part-add", args=[known.pk, "gradings"]),
        "end": page("registry:part-end", args=["contacts", contact.pk]),
        "phone": page("registry:contact-phone", args=[contact.pk]),
        "claims": page("registry:claims-list"),
        "many": page("registry:claims-many"),
        "suspicions": page("registry:suspicions-list"),
        "pair": page("registry:suspicions-detail", args=[pair.pk]),
        "merge": page("registry:subjects-merge", args=[pair.first_id, pair.second_id]),
        "merges": page("registry:merges-list"),
        "bulk": page("registry:subjects-bulk"),
        "bulkchanges": page("registry:bulkchanges-list"),
        "tags": page("registry:tags-list"),
        "home": page("web:home"),
    }


@pytest.mark.parametrize("size", AT_DESKS)
def test_every_page_of_subjects_looks_finished(
    size: str, clerk: User, live_server: Any, enter: Any, axe: Any, console: Any, request: Any
) -> None:
    page: Page = request.getfixturevalue(size)
    enter(page, clerk)
    complaints = console(page)
    for address in addresses().values():
        page.goto(live_server.url + address)
        judge(page, axe, complaints)


def test_a_clerk_looks_at_a_number_and_calls(clerk: User, live_server: Any, enter: Any, phone: Page) -> None:
    enter(phone, clerk)
    phone.goto(live_server.url + addresses()["detail"])
    expect(phone.get_by_text("138****1234")).to_be_visible()
    phone.get_by_role("link", name="电话").first.click()
    phone.get_by_label("理由").fill("通知入企时间")
    phone.get_by_role("button", name="记录并查看").click()
    expect(phone.get_by_role("link", name="拨打")).to_have_attribute("href", "tel:13800001234")


def test_many_are_ticked_counted_and_confirmed(
    clerk: User, live_server: Any, enter: Any, desktop: Page
) -> None:
    enter(desktop, clerk)
    desktop.goto(live_server.url + addresses()["list"] + "?q=新设企业")
    desktop.get_by_role("link", name="批量办理").click()
    desktop.get_by_label("全选").check()
    expect(desktop.locator("[data-pick-count]").first).to_have_text("3")
    desktop.get_by_label("办理", exact=True).select_option("town")
    desktop.get_by_label("乡镇街道").fill("南河镇")
    desktop.get_by_label("理由").fill("按实际所在镇填写")
    desktop.get_by_role("button", name="下一步：核对").click()
    desktop.get_by_role("button", name="确认，改动 3 户").click()
    expect(desktop.get_by_text("已办理，可以在这一页撤销")).to_be_visible()
    assert Subject.objects.filter(town="南河镇").count() == 3

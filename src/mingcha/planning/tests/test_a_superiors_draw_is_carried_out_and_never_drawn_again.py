"""Domain §2.2, 54号 E6: a superior's draw comes as its export; all its firms are inspected, once."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock, idempotency
from mingcha.basics.selectors import approvals
from mingcha.items.models import ItemVersion
from mingcha.items.testing import published_item
from mingcha.kernel.testing import refused
from mingcha.planning import services
from mingcha.planning.campaigns import lifecycle as states
from mingcha.planning.campaigns.superior import said_of
from mingcha.planning.models import Campaign, CampaignTarget, Draw, SuperiorDrawList, Task
from mingcha.planning.planned_roster import LEFT_OUT
from mingcha.planning.selectors import preview_of
from mingcha.planning.testing import DIGITS, WITNESSES, County, approved, draft, make_subject
from mingcha.registry.models import Visit
from mingcha.web.providers import next_steps, timelines

pytestmark = pytest.mark.django_db
HEADER = ("抽查任务编号", "抽查任务名称", "统一社会信用代码", "企业名称", "检查人员", "派发时间", "抽查事项")
NUMBER = "冀双随机2026-0458"
GONE = "91130100MA0GONE00X"


def export(county: County, *rows: tuple[str, str, str]) -> ContentFile:
    """The superior's export: code, name and inspectors of each firm."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("抽查名单")
    sheet.write_row(0, 0, HEADER)
    task = "2026年用工联合抽查"
    for place, (code, name, people) in enumerate(rows, start=1):
        row = (NUMBER, task, code, name, people, "2026-11-20 09:30", "工资支付与最低工资")
        sheet.write_row(place, 0, row)
    book.close()
    return ContentFile(buffer.getvalue(), name="省平台导出.xlsx")


def firm(county: County, place: int, people: str = "") -> tuple[str, str, str]:
    subject = county.subjects[place]
    return subject.credit_code, subject.name, people


def receive(county: County, *rows: tuple[str, str, str]) -> SuperiorDrawList:
    published_item("工资支付与最低工资")
    return services.campaigns.receive_superior_draw(actor=county.coordinator, file=export(county, *rows))


def values(county: County, received: SuperiorDrawList, **changed: Any) -> dict[str, Any]:
    unit = User.objects.get(pk=county.coordinator.id).unit
    work = {"manner": "on_site", "manner_reason": "须当场核对", "team_size": 2, "lead_unit": unit}
    said = said_of(received.rows)
    versions = ItemVersion.objects.filter(pk__in=said["item_versions"])
    return {**said, **work, "item_versions": versions, **changed}


def confirm(county: County, received: SuperiorDrawList, left_reason: str = "", **changed: Any) -> Campaign:
    return services.campaigns.confirm_superior_draw(
        actor=county.coordinator,
        received=received,
        values=values(county, received, **changed),
        left_reason=left_reason,
    )


def finish(county: County, draw: Draw) -> Draw:
    """Sealed, and drawn before witnesses."""
    draw = services.seal(actor=county.coordinator, draw=draw)
    county.clock.advance(minutes=31)
    services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    return services.confirm_digits(actor=county.overseer, draw=Draw.objects.get(pk=draw.pk))


def at_its_cap(county: County, place: int) -> None:
    Visit.objects.create(
        subject=county.subjects[place],
        unit_name="劳动监察股",
        visited_on=date(2026, 3, 2),
        recorded_at=clock.now(),
    )


def test_nothing_that_the_list_says_is_typed_again(county: County) -> None:
    received = receive(county, firm(county, 0), firm(county, 1))
    assert not Campaign.objects.exists()
    made = confirm(county, received)
    assert (made.superior_number, made.title) == (NUMBER, "2026年用工联合抽查")
    assert made.superior_at == datetime(2026, 11, 20, 9, 30, tzinfo=clock.SHANGHAI)
    assert [version.name for version in made.item_versions.all()] == ["工资支付与最低工资"]
    assert [target.subject for target in made.targets.all()] == county.subjects[:2]


def test_a_firm_is_found_by_its_name_where_the_code_is_missing(county: County) -> None:
    name = county.subjects[3].name.replace("（", "(")
    received = receive(county, ("", name, ""), firm(county, 1))
    assert [row["subject_id"] for row in received.rows] == [county.subjects[3].pk, county.subjects[1].pk]


def test_an_unknown_firm_waits_until_it_is_entered_and_nothing_is_uploaded_twice(county: County) -> None:
    received = receive(county, firm(county, 0), ("", "新设企业有限公司", ""))
    with refused("campaign.rows_unmatched"):
        confirm(county, received)
    make_subject(county.coordinator, 77, name="新设企业有限公司")
    services.campaigns.match_superior_draw(actor=county.coordinator, received=received)
    received.refresh_from_db()
    assert confirm(county, received).targets.count() == 2


def test_a_firm_is_left_off_the_list_only_with_a_reason(county: County) -> None:
    received = receive(county, firm(county, 0), ("", "外县企业有限公司", ""))
    made = confirm(county, received, "已迁往外县，11月23日电话报市局")
    assert (made.targets.count(), made.reason) == (1, "已迁往外县，11月23日电话报市局")


def test_a_superiors_number_comes_in_once(county: County) -> None:
    first, second = receive(county, firm(county, 0)), receive(county, firm(county, 1))
    confirm(county, first)
    with refused("campaign.list_confirmed"):
        confirm(county, first)
    with refused("campaign.superior_number"):
        confirm(county, second)


def test_all_its_firms_are_drawn_and_only_the_inspectors_are_left_to_chance(county: County) -> None:
    made = approved(county, confirm(county, receive(county, *(firm(county, place) for place in range(4)))))
    draw = draft(county, made, reserve_pct=20)
    seen = preview_of(draw)
    assert (len(seen.entries), seen.drawn_total) == (4, 4)
    draw = finish(county, draw)
    targets = draw.targets.all()
    assert {target.subject for target in targets} == set(county.subjects[:4])
    assert {target.kind for target in targets} == {"S"}
    assert all(target.members.count() == 2 for target in targets)
    assert draw.quota_text == "上级抽中的对象全部检查，只随机选派检查人员"


def test_where_the_superior_named_the_inspectors_nothing_is_drawn_at_all(county: County) -> None:
    received = receive(county, firm(county, 0, "执法1、执法2"), firm(county, 1, "执法3 执法4"))
    made = approved(county, confirm(county, received))
    assert made.state == states.APPROVED
    with refused("draw.named"):
        draft(county, made)


def test_one_named_inspector_is_no_team_and_the_draw_sends_two(county: County) -> None:
    received = receive(county, firm(county, 0, "执法1"), firm(county, 1, "执法3、执法4"))
    assert "不足 2 人" in str(received.rows[0]["problems"])
    made = approved(county, confirm(county, received))
    (entry,) = preview_of(draft(county, made)).entries
    assert entry.subject_id == county.subjects[0].pk


def test_firms_with_named_inspectors_are_handed_on_while_the_others_wait_for_their_draw(
    county: County,
) -> None:
    received = receive(county, firm(county, 0), firm(county, 1, "执法3、执法4"))
    made = approved(county, confirm(county, received))
    (batch,) = made.dispatches.all()
    (task,) = batch.tasks.all()
    assert task.subject == county.subjects[1]
    assert [str(member) for member in task.team] == ["执法3", "执法4"]
    services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    made.refresh_from_db()
    assert made.state == states.DISPATCHED
    waiting = [str(step.title) for step in next_steps.gather(county.coordinator)]
    assert f"拟定抽取：{made.title}" in waiting
    finish(county, draft(county, made))
    assert [str(other) for other in Task.objects.exclude(dispatch=batch)] == [county.subjects[0].name]
    waiting = [str(step.title) for step in next_steps.gather(county.coordinator)]
    assert f"拟定抽取：{made.title}" not in waiting


def test_a_campaign_is_not_ended_while_firms_of_the_superior_wait_for_a_draw(county: County) -> None:
    received = receive(county, firm(county, 0), firm(county, 1, "执法3、执法4"))
    made = approved(county, confirm(county, received))
    services.dispatch.dispatch(actor=county.coordinator, batch=made.dispatches.get())

    def close() -> Campaign:
        return services.campaigns.close(actor=county.coordinator, campaign=made, reason="指定的一户已检查")

    with refused("campaign.left_to_draw"):
        close()
    finish(county, draft(county, made))
    assert close().state == states.CLOSED


def test_whoever_approves_reads_which_firms_of_the_list_are_not_inspected_and_why(county: County) -> None:
    rows = firm(county, 0), firm(county, 1, "执法3、执法4"), ("", "外县企业有限公司", ""), (GONE, "", "")
    received = receive(county, *rows)
    made = confirm(county, received, "已迁往外县，电话报市局")
    services.campaigns.submit(actor=county.coordinator, campaign=made)
    client = Client()
    sign_in(client, User.objects.get(pk=county.leader.id))
    approval = approvals.awaiting(county.leader).get()
    read = client.get(reverse("basics:approvals-detail", args=[approval.pk])).content.decode()
    assert f"外县企业有限公司<br>{GONE}" in read
    assert "已迁往外县，电话报市局" in read
    assert "其中 1 户上级已指定检查人员" in read


def test_a_firm_at_its_cap_is_raised_and_decided_by_a_person_with_a_reason(county: County) -> None:
    at_its_cap(county, 0)
    made = confirm(county, receive(county, firm(county, 0), firm(county, 1)))
    with refused("campaign.caps_decided"):
        services.campaigns.submit(actor=county.coordinator, campaign=made)
    target = CampaignTarget.objects.get(campaign=made, at_cap=True)
    with refused("basics.reason"):
        services.campaigns.decide_target(actor=county.head, target=target, decision="keep", reason=" ")
    services.campaigns.decide_target(
        actor=county.head, target=target, decision="leave_out", reason="三月已查，报市局同意"
    )
    seen = preview_of(draft(county, approved(county, made)))
    assert {entry.subject_id: entry.row.excluded for entry in seen.entries} == {
        county.subjects[0].pk: LEFT_OUT,
        county.subjects[1].pk: "",
    }
    other = next(t for t in CampaignTarget.objects.filter(campaign=made) if not t.at_cap)
    with refused("campaign.not_draft"):
        services.campaigns.decide_target(actor=county.head, target=other, decision="keep", reason="照查")


def test_a_superiors_special_inspection_is_not_stopped_by_the_cap(county: County) -> None:
    at_its_cap(county, 0)
    made = confirm(county, receive(county, firm(county, 0), firm(county, 1)), special=True)
    assert made.beyond_cap
    seen = preview_of(draft(county, approved(county, made)))
    assert {entry.row.excluded for entry in seen.entries} == {""}


def test_a_firm_of_a_superior_is_not_drawn_by_another_campaign(county: County) -> None:
    approved(county, confirm(county, receive(county, firm(county, 0))))
    seen = preview_of(draft(county, items="另一事项"))
    assert [entry.subject_id for entry in seen.excluded] == [county.subjects[0].pk]


def test_the_story_of_a_firm_tells_it(county: County) -> None:
    made = approved(county, confirm(county, receive(county, firm(county, 0))))
    told = [
        [str(entry.title) for entry in timelines.gather(county.coordinator, "registry.subject", one.pk)]
        for one in county.subjects[:2]
    ]
    assert f"上级抽中：{made.title}" in told[0]
    assert f"上级抽中：{made.title}" not in told[1]


def test_the_pages_lead_from_the_file_to_the_approval(county: County) -> None:
    client = Client()
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    published_item("工资支付与最低工资")
    at_its_cap(county, 0)
    file = export(county, firm(county, 0), firm(county, 1), ("", "新设企业有限公司", ""))
    answer = client.post(reverse("planning:campaign-superior"), {"_once": idempotency.token(), "file": file})
    received = SuperiorDrawList.objects.get()
    page = reverse("planning:campaign-superior-confirm", args=[received.pk])
    assert answer.headers["Location"] == page
    shown = client.get(page)
    assert "有 1 户没有对上" in shown.content.decode()
    assert shown.context["form"].initial["superior_number"] == NUMBER
    typed = {
        "_once": idempotency.token(),
        "superior_number": NUMBER,
        "superior_at": "2026-11-20T09:30",
        "title": "2026年用工联合抽查",
        "item_versions": shown.context["form"].initial["item_versions"],
        "visit_from": "2026-11-24",
        "visit_until": "2026-12-18",
        "lead_unit": User.objects.get(pk=county.coordinator.id).unit_id,
        "manner": "on_site",
        "manner_reason": "须当场核对",
        "team_size": "2",
        "half_days": "1",
    }
    again = client.post(page, typed)
    assert again.status_code == 409
    assert 'value="2026年用工联合抽查"' in again.content.decode()
    client.post(page, typed | {"_once": idempotency.token(), "left_reason": "查无此户，报市局"})
    made = Campaign.objects.get()
    detail = reverse("planning:campaigns-detail", args=[made.pk])
    assert "已达上限，待决定" in client.get(detail).content.decode()
    target = made.targets.get(at_cap=True)
    decide = reverse("planning:campaign-target-decide", args=[target.pk])
    client.post(decide, {"_once": idempotency.token(), "decision": "keep", "reason": "上级要求必查"})
    assert "上级要求必查" in client.get(detail).content.decode()
    client.post(f"{detail}do/submit/", {"_once": idempotency.token()})
    approval = approvals.awaiting(county.leader).get()
    read = client.get(reverse("basics:approvals-detail", args=[approval.pk])).content.decode()
    assert "上级抽中的对象" in read

"""任务包: route, firms, what to look at and what to carry, for a team in one town in one week (E8)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.planning import services
from mingcha.planning.models import Dispatch, Task, VisitSlot
from mingcha.planning.testing import County, handed_on
from mingcha.registry.models import Contact, Inspector, Subject
from mingcha.web.testing import response_bytes

pytestmark = pytest.mark.django_db
LATER = {"visit_from": date(2026, 12, 1), "visit_until": date(2026, 12, 18)}


def arranged(county: County, **values: object) -> Dispatch:
    return services.dispatch.arrange(actor=county.coordinator, batch=handed_on(county, **values))


def address(batch: Dispatch, name: str = "dispatch-pack", town: str = "示范镇") -> str:
    slot = VisitSlot.objects.filter(task__dispatch=batch, task__subject__town=town).order_by("day").first()
    day = slot.day if slot is not None else batch.visit_from
    return f"{reverse(f'planning:{name}', args=[batch.pk])}?town={town}&week={day.isoformat()}"


def test_it_says_where_to_go_what_to_look_at_and_what_to_carry(county: County) -> None:
    batch = arranged(county, total=8)
    task = batch.tasks.select_related("subject", "slot").prefetch_related("members__inspector")[0]
    Subject.objects.filter(pk=task.subject_id).update(address="示范镇兴业路8号")
    Contact.objects.create(
        subject=task.subject, post="hr", name="张三丰", phone="13812345678", recorded_on=date(2026, 1, 1)
    )
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    shown = client.get(address(batch)).content.decode()
    leader = f"主检：{task.team[0]}"
    for text in ("示范镇兴业路8号", task.subject.credit_code, leader, "行政执法证", "138****5678"):
        assert text in shown
    assert "张三丰" not in shown
    assert "13812345678" not in shown
    version = batch.item_versions.get()
    assert version.name in shown
    assert all(point.question in shown for point in version.points.all())
    assert all(one.name in shown for one in batch.tasks.all())


def test_an_inspector_prints_his_own_firms_when_he_may_know_of_them(county: County) -> None:
    person = county.inspectors[0]
    user = make_officer(Role.INSPECTOR, unit=person.unit)
    Inspector.objects.filter(pk=person.pk).update(user=user)
    batch = arranged(county, mode="sealed", total=8, **LATER)
    page = address(batch)
    assert sign_in(Client(), user).get(page).status_code == 404
    county.clock.advance(days=7)
    shown = sign_in(Client(), user).get(page).content.decode()
    mine = set(Task.objects.filter(members__inspector=person).values_list("pk", flat=True))
    for task in batch.tasks.all():
        assert (task.name in shown) == (task.pk in mine)
    assert "名单封存中" in shown


def test_a_town_or_week_with_nothing_is_not_there(county: County) -> None:
    batch = arranged(county)
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    bare = reverse("planning:dispatch-pack", args=[batch.pk])
    for asked in ("", "?town=示范镇", "?town=没有的镇&week=2026-11-24", "?town=示范镇&week=soon"):
        assert client.get(bare + asked).status_code == 404


def test_it_comes_as_pdf_too(county: County) -> None:
    batch = arranged(county)
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    response = client.get(address(batch, "dispatch-pack-pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response_bytes(response).startswith(b"%PDF")


def test_a_pack_with_many_firms_asks_no_more(county: County) -> None:
    few, many = arranged(county), arranged(county, total=8, items="另一批")
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    counts = []
    for batch in (few, few, many):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(batch)).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]

"""N3: a helper or an expert may go along for a purpose, and is never one of the two who inspect (54号五)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import Capacity, Unit, UnitKind, User
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import idempotency
from mingcha.base.roles import Role
from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import refused
from mingcha.ledger.models import Record
from mingcha.planning import services
from mingcha.planning.campaigns import superior
from mingcha.planning.dispatch.facts import short_of
from mingcha.planning.models import Companion, Dispatch, Task, TaskMember
from mingcha.planning.testing import County, drawn, handed_on, make_inspector
from mingcha.planning.tests.test_a_drawn_list_becomes_tasks import superior as superiors_list
from mingcha.registry.models import Inspector, Leave, Recusal
from mingcha.registry.services import merge_subjects

pytestmark = pytest.mark.django_db
WHY = "核对社保缴费数据"


@pytest.fixture
def helper(county: County) -> Inspector:
    """A helper of the bureau, without a certificate."""
    none = {"certificate_number": "", "valid_from": None, "valid_until": None}
    values = {"kind": Inspector.Kind.HELPER, "name": "何协助", **none}
    return make_inspector(county.coordinator, 9, county.inspectors[0].unit, **values)


@pytest.fixture
def task(county: County) -> Task:
    batch = services.dispatch.arrange(actor=county.head, batch=handed_on(county))
    return batch.tasks.select_related("slot").order_by("seq")[0]


def add(county: County, person: Inspector, *tasks: Task) -> list[Companion]:
    return services.dispatch.add_companions(actor=county.head, tasks=tasks, person=person, purpose=WHY)


def test_a_helper_is_named_with_a_purpose_and_the_team_stays_as_it_was(
    county: County, helper: Inspector, task: Task
) -> None:
    before = list(task.members.values_list("inspector", "position"))
    (made,) = add(county, helper, task)
    assert (made.inspector, made.purpose) == (helper, WHY)
    assert list(task.members.values_list("inspector", "position")) == before
    assert Record.objects.filter(event="planning.companions.added", thing_id=task.pk).count() == 1
    add(county, helper, task)
    assert Companion.objects.count() == 1


def test_a_helper_does_not_make_a_team_whole(county: County, helper: Inspector) -> None:
    batch = Dispatch.objects.get(draw=drawn(county))
    short = batch.tasks.order_by("seq")[0]
    add(county, helper, short)
    short.members.filter(position=2).update(left_at="2026-11-23T10:00+08:00")
    assert list(short_of(batch)) == [short]


def test_who_has_a_certificate_is_drawn_and_cannot_be_named(county: County, task: Task) -> None:
    with refused("companion.certified"):
        add(county, county.inspectors[0], task)


def test_a_helper_cannot_be_a_member_of_a_team(county: County, helper: Inspector) -> None:
    Inspector.objects.filter(pk=county.inspectors[1].pk).update(kind=Inspector.Kind.EXPERT)
    with refused("team.helper"):
        superiors_list(county)
    assert not TaskMember.objects.exists()


def test_a_superiors_list_that_names_a_helper_says_the_article(county: County, helper: Inspector) -> None:
    rows = [superior.Row("", 2, {"name": county.subjects[0].name, "inspectors": "执法1、何协助"})]
    superior.match(rows)
    assert "54号" in next(text for one in rows[0].problems for text in one.values() if "协助人员" in text)


def test_a_firm_of_a_helper_who_must_stay_away_is_refused_without_saying_why(
    county: County, helper: Inspector, task: Task
) -> None:
    Recusal.objects.create(
        subject=task.subject,
        inspector=helper,
        kind="family",
        basis="登记",
        valid_from=date(2026, 1, 1),
        state=Recusal.State.APPROVED,
        declared_on=date(2026, 1, 1),
    )
    with pytest.raises(Refused) as caught:
        add(county, helper, *task.dispatch.tasks.all())
    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.params["firms"]) == ("companion.kept_away", task.name)
    assert "近亲属" not in f"{refusal.message}{refusal.basis}{refusal.remedy}"
    others = task.dispatch.tasks.exclude(pk=task.pk)
    assert len(add(county, helper, *others)) == 2


def test_a_helper_who_must_stay_away_by_now_does_not_go_along(
    county: County, helper: Inspector, task: Task
) -> None:
    (going,) = add(county, helper, task)
    recusal = Recusal.objects.create(
        subject=task.subject,
        inspector=helper,
        kind="family",
        basis="登记",
        valid_from=date(2026, 1, 1),
        state=Recusal.State.APPROVED,
        declared_on=date(2026, 1, 1),
    )
    services.dispatch.keep_away(actor=county.coordinator, recusal_id=recusal.pk)
    going.refresh_from_db()
    assert going.left_at is not None


def test_of_a_firm_whose_entries_were_merged_the_helper_is_kept_away_too(
    county: County, helper: Inspector, task: Task
) -> None:
    (going,) = add(county, helper, task)
    kept = next(one for one in county.subjects if not Task.objects.filter(subject=one).exists())
    merge_subjects(actor=county.coordinator, kept=kept, gone=task.subject, take=(), reason="同一户")
    recusal = Recusal.objects.create(
        subject=kept,
        inspector=helper,
        kind="family",
        basis="登记",
        valid_from=date(2026, 1, 1),
        state=Recusal.State.APPROVED,
        declared_on=date(2026, 1, 1),
    )
    services.dispatch.keep_away(actor=county.coordinator, recusal_id=recusal.pk)
    going.refresh_from_db()
    assert going.left_at is not None
    with refused("companion.kept_away"):
        add(county, helper, Task.objects.get(pk=task.pk))


def test_the_ledger_names_no_firm(county: County, helper: Inspector, task: Task) -> None:
    add(county, helper, task)
    record = Record.objects.filter(event="planning.companions.added").get()
    assert task.name not in f"{record.thing_label}{record.after}"


def test_leave_the_end_of_the_visit_and_missing_entrustment_stand_in_the_way(
    county: County, helper: Inspector, task: Task
) -> None:
    leave = Leave.objects.create(inspector=helper, first_day=task.slot.day, last_day=task.slot.day)
    with refused("companion.on_leave"):
        add(county, helper, task)
    leave.delete()
    town = make_unit("示范镇人民政府", kind=UnitKind.TOWN)
    Inspector.objects.filter(pk=helper.pk).update(unit=town)
    with refused("companion.not_entrusted"):
        add(county, Inspector.objects.get(pk=helper.pk), task)
    Unit.objects.filter(pk=town.pk).update(capacity=Capacity.ENTRUSTED)
    helper = Inspector.objects.get(pk=helper.pk)
    (made,) = add(county, helper, task)
    county.clock.advance(days=40)
    with refused("companion.too_late"):
        add(county, helper, task)
    with refused("companion.too_late"):
        services.dispatch.remove_companion(actor=county.head, companion=made)


def test_only_who_answers_for_the_firm_names_and_removes(
    county: County, helper: Inspector, task: Task
) -> None:
    with refused("basics.role"):
        services.dispatch.add_companions(actor=county.overseer, tasks=[task], person=helper, purpose=WHY)
    stranger = as_officer(make_officer(Role.SECTION_HEAD, unit=make_unit("别的股")))
    with pytest.raises(Task.DoesNotExist):
        services.dispatch.add_companions(actor=stranger, tasks=[task], person=helper, purpose=WHY)
    with refused("basics.reason"):
        services.dispatch.add_companions(actor=county.head, tasks=[task], person=helper, purpose=" ")


def test_the_pages_name_them_for_one_firm_and_for_a_whole_pack(
    county: County, helper: Inspector, task: Task
) -> None:
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    page = reverse("planning:tasks-detail", args=[task.pk])
    form = reverse("planning:task-companion", args=[task.pk])
    assert form in client.get(page).content.decode()
    shown = client.get(form).content.decode()
    assert "何协助" in shown
    assert "执法1" not in shown.split("<select")[1].split("</select>")[0]
    wrong = client.post(form, {"person": helper.pk, "purpose": "", "_once": idempotency.token()})
    assert wrong.status_code == 422
    token = idempotency.token()
    for _press in range(2):
        client.post(form, {"person": helper.pk, "purpose": WHY, "_once": token})
    assert Companion.objects.filter(left_at=None).count() == 1
    assert f"何协助（协助人员，{helper.unit.name}）：{WHY}" in client.get(page).content.decode()
    (made,) = Companion.objects.all()
    remove = reverse("planning:companion-remove", args=[made.pk])
    client.post(remove, {"_once": idempotency.token()})
    assert WHY not in client.get(page).content.decode()
    pack = reverse("planning:pack-companions", args=[task.dispatch_id])
    asked = f"{pack}?town=示范镇&week={task.slot.day.isoformat()}"
    assert client.get(asked).status_code == 200
    client.post(asked, {"person": helper.pk, "purpose": WHY, "_once": idempotency.token()})
    assert Companion.objects.filter(left_at=None).count() == 3

"""Days of leave and recusals come in by lists; who stays away from whom is for few, and the head decides."""

from __future__ import annotations

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.roles import Role
from mingcha.basics.models import Deadline
from mingcha.kernel.credit_code import synthetic
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.registry import services as registry
from mingcha.registry.importing import services
from mingcha.registry.models import (
    ImportBatch,
    Inspector,
    Leave,
    Recusal,
    StagedProblem,
    StagedRow,
    Subject,
)

pytestmark = pytest.mark.django_db(transaction=True)

CODE = synthetic(1)
LEAVES = ("姓名", "假别", "开始日期", "结束日期")
RECUSALS = ("单位名称", "回避人员", "回避事由", "有效期自", "说明")


@pytest.fixture
def person(bureau) -> Inspector:
    return Inspector.objects.create(
        name="张三",
        unit=bureau,
        certificate_number="13011100001",
        valid_from="2024-01-01",
        valid_until="2029-12-31",
    )


@pytest.fixture
def firm(bureau, now) -> Subject:
    return Subject.objects.create(name="示范商贸有限公司", credit_code=CODE, created_at=now.now())


def reason(batch: ImportBatch) -> str:
    return str(StagedProblem.objects.get(batch=batch, severity="error").reason)


def undone(batch, coordinator, confirm):
    inverse = services.undo(actor=coordinator, batch_id=batch.pk)
    run_waiting()
    inverse.refresh_from_db()
    return confirm(inverse)


def test_days_of_leave_come_in_and_go_again(bring, confirm, person, coordinator):
    listed = (
        LEAVES,
        ("张三", "年休假", "2026-12-01", "2026-12-05"),
        ("李四", "", "2026-12-01", "2026-12-02"),
    )
    batch = bring(listed, register="leaves")
    assert (batch.created, batch.refused) == (1, 1)
    assert "没有这个人" in reason(batch)
    confirm(batch)
    leave = Leave.objects.get()
    assert (leave.inspector, leave.kind, str(leave.last_day)) == (person, "leave", "2026-12-05")
    assert bring(listed, register="leaves").unchanged == 1
    undone(batch, coordinator, confirm)
    assert not Leave.objects.exists()


def test_absences_of_one_person_do_not_overlap(bring, person):
    Leave.objects.create(inspector=person, first_day="2026-12-01", last_day="2026-12-05")
    listed = (LEAVES, ("张三", "", "2026-12-04", "2026-12-08"), ("张三", "", "2026-12-20", "2026-12-21"))
    batch = bring(listed, register="leaves")
    assert (batch.created, batch.refused) == (1, 1)
    assert "重叠" in reason(batch)


def test_a_leave_that_was_cancelled_can_come_in_again(bring, confirm, person, now):
    Leave.objects.create(
        inspector=person, first_day="2026-12-01", last_day="2026-12-05", cancelled_on="2026-11-20"
    )
    confirm(bring((LEAVES, ("张三", "", "2026-12-01", "2026-12-05")), register="leaves"))
    assert Leave.objects.filter(cancelled_on=None).count() == 1


def test_a_recusal_is_declared_and_waits_for_the_head(bring, confirm, person, firm):
    batch = confirm(
        bring((RECUSALS, (firm.name, "张三", "近亲属", "2026-01-01", "配偶任职")), register="recusals")
    )
    assert batch.created == 1
    recusal = Recusal.objects.get()
    assert (recusal.subject, recusal.inspector, recusal.state) == (firm, person, "declared")
    assert Deadline.objects.open().filter(thing_type="registry.recusal", thing_id=recusal.pk).exists()
    assert Record.objects.filter(event="registry.recusal.declared").count() == 1
    leader = as_officer(make_officer(Role.BUREAU_LEADER))
    assert registry.approve_recusal(actor=leader, recusal=recusal).state == "approved"


def test_undoing_takes_back_what_nobody_has_decided(bring, confirm, person, firm, coordinator):
    other = Subject.objects.create(name="示范餐饮店", credit_code=synthetic(2), created_at=firm.created_at)
    listed = (RECUSALS, (firm.name, "张三", "近亲属", "", ""), (other.name, "张三", "曾任职", "", ""))
    batch = confirm(bring(listed, register="recusals"))
    decided = Recusal.objects.get(subject=other)
    registry.approve_recusal(actor=as_officer(make_officer(Role.BUREAU_LEADER)), recusal=decided)
    inverse = undone(batch, coordinator, confirm)
    assert (inverse.removed, inverse.refused) == (1, 1)
    assert [recusal.subject for recusal in Recusal.objects.all()] == [other]
    assert not Deadline.objects.open().filter(thing_type="registry.recusal").exists()


def test_what_comes_to_rest_on_a_recusal_while_it_is_undone_keeps_it(
    bring, confirm, person, firm, coordinator
):
    batch = confirm(bring((RECUSALS, (firm.name, "张三", "近亲属", "", "")), register="recusals"))
    recusal = Recusal.objects.get()
    inverse = services.undo(actor=coordinator, batch_id=batch.pk)
    run_waiting()
    inverse.refresh_from_db()
    values = {"subject": firm, "inspector": person, "kind": "family", "valid_from": recusal.valid_from}
    Recusal.objects.create(replaces=recusal, **values)
    inverse = confirm(inverse)
    assert inverse.removed == 0
    assert Recusal.objects.filter(pk=recusal.pk).exists()
    assert StagedProblem.objects.filter(batch=inverse).exists()


def test_what_is_registered_already_is_not_changed_by_a_list(bring, confirm, person, firm):
    confirm(bring((RECUSALS, (firm.name, "张三", "近亲属", "2026-01-01", "配偶")), register="recusals"))
    again = bring((RECUSALS, (firm.name, "张三", "近亲属", "2026-05-01", "配偶")), register="recusals")
    assert (again.updated, again.refused) == (0, 1)
    assert "已经登记过" in reason(again)


def test_a_list_of_recusals_is_seen_by_few(bring, person, firm):
    batch = bring((RECUSALS, (firm.name, "张三", "近亲属", "", "")), register="recusals")
    head = as_officer(make_officer(Role.SECTION_HEAD))
    overseer = as_officer(make_officer(Role.OVERSEER))
    for model, condition in ((ImportBatch, {"pk": batch.pk}), (StagedRow, {"batch": batch})):
        assert model.objects.visible_to(overseer).filter(**condition).exists()
        assert not model.objects.visible_to(head).filter(**condition).exists()


def test_a_head_does_not_bring_recusals_in(bring, bureau):
    from django.core.files.base import ContentFile

    head = as_officer(make_officer(Role.SECTION_HEAD, unit=bureau))
    with pytest.raises(Refused):
        services.receive(
            actor=head,
            register="recusals",
            source_name="示范",
            file=ContentFile(b"x", name="a.csv"),
        )


def test_the_digest_of_recusals_tells_nothing_of_them(bring, confirm, person, firm, coordinator):
    first = confirm(bring((RECUSALS, (firm.name, "张三", "近亲属", "", "配偶")), register="recusals"))
    undone(first, coordinator, confirm)
    second = confirm(bring((RECUSALS, (firm.name, "张三", "曾任职", "", "三年前")), register="recusals"))
    assert first.rows_digest == second.rows_digest

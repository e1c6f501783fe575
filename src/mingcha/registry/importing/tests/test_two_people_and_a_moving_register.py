"""What happens when somebody else is quicker: in the register, or at the same button."""

from __future__ import annotations

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.roles import Role
from mingcha.kernel.credit_code import synthetic
from mingcha.kernel.refusal import Refused
from mingcha.registry.importing import services, targets
from mingcha.registry.importing.subject_target import SubjectTarget
from mingcha.registry.importing.subject_writing import brings, write
from mingcha.registry.importing.tests.conftest import HEADINGS
from mingcha.registry.models import Inspector, Licence, StagedProblem, StagedSubject, Subject

pytestmark = pytest.mark.django_db(transaction=True)

CODES = [synthetic(number) for number in range(1, 6)]


def listed(*pairs: tuple[int, str]) -> tuple[tuple[str, ...], ...]:
    return (
        HEADINGS,
        *((f"示范企业{number}有限公司", CODES[number], "", "", where) for number, where in pairs),
    )


def test_a_firm_changed_after_the_comparison_is_listed_again_and_not_overwritten(bring, confirm):
    confirm(bring(listed((1, "旧路1号"), (2, "旧路2号"))))
    batch = bring(listed((1, "新路1号"), (2, "新路2号")))
    Subject.objects.filter(credit_code=CODES[1]).update(address="手工改的3号", version=2)
    again = confirm(batch)
    assert (again.state, again.updated) == ("ready", 2)
    assert "被别人改过" in again.message
    assert set(Subject.objects.values_list("address", flat=True)) == {"手工改的3号", "旧路2号"}
    row = StagedSubject.objects.get(batch=batch, credit_code=CODES[1])
    assert (row.before["address"], row.target_version, row.verdict) == ("手工改的3号", 2, "warned")
    confirm(again)
    assert Subject.objects.get(credit_code=CODES[1]).address == "新路1号"


def test_a_firm_entered_by_hand_meanwhile_becomes_an_update(bring, confirm, now):
    batch = bring(listed((1, "新路1号"), (2, "新路2号")))
    Subject.objects.create(name="示范企业1有限公司", credit_code=CODES[1], created_at=now.now())
    again = confirm(batch)
    assert (again.state, again.created, again.updated) == ("ready", 1, 1)
    assert Subject.objects.count() == 1
    confirm(again)
    assert Subject.objects.count() == 2


def test_the_register_is_asked_again_within_the_write_itself(bring, confirm):
    """The look before the transaction may be out of date by the time it runs."""
    confirm(bring(listed((1, "旧路1号"))))
    batch = bring(listed((1, "新路1号")))
    Subject.objects.update(version=7)
    with pytest.raises(targets.Stale):
        write(batch, brings(batch))
    assert Subject.objects.get().address == "旧路1号"


def test_a_list_that_only_fills_gaps_leaves_what_somebody_filled_meanwhile(bring, confirm, bureau):
    person = Inspector.objects.create(
        name="张三",
        unit=bureau,
        certificate_number="13011100001",
        valid_from="2024-01-01",
        valid_until="2029-12-31",
    )
    rows = (
        ("姓名", "所在股室", "执法证件号码", "证件有效期自", "证件有效期至", "职务"),
        ("张三", bureau.name, "13011100001", "2024-01-01", "2029-12-31", "科员"),
    )
    batch = bring(rows, register="inspectors", keep=True)
    assert batch.updated == 1
    Inspector.objects.update(post="科长")
    again = confirm(batch)
    assert (again.state, again.updated, again.unchanged) == ("ready", 0, 1)
    person.refresh_from_db()
    assert person.post == "科长"


def test_of_two_people_who_confirm_one_list_one_is_told_that_it_is_done(bring, bureau, coordinator):
    batch = bring(listed((1, "")))
    seen = services.expectation(batch)
    colleague = as_officer(make_officer(Role.COORDINATOR, unit=bureau))
    services.confirm(actor=coordinator, batch_id=batch.pk, seen=seen)
    with pytest.raises(Refused) as refused:
        services.confirm(actor=colleague, batch_id=batch.pk, seen=seen)
    assert refused.value.codes == ("lifecycle.not_here",)
    run_waiting()
    assert Subject.objects.count() == 1


def test_two_lists_about_the_same_new_firm_enter_it_once(bring, confirm):
    first, second = bring(listed((1, "甲路1号"))), bring(listed((1, "乙路2号")))
    confirm(first)
    again = confirm(second)
    assert (again.state, again.created, again.updated) == ("ready", 0, 1)
    confirm(again)
    assert Subject.objects.get().address == "乙路2号"


def test_numbers_that_changed_since_the_page_was_opened_are_not_confirmed(bring, coordinator):
    batch = bring(listed((1, ""), (2, "")))
    seen = services.expectation(batch)
    services.skip_row(actor=coordinator, batch_id=batch.pk, position=1)
    with pytest.raises(Refused) as refused:
        services.confirm(actor=coordinator, batch_id=batch.pk, seen=seen)
    assert refused.value.codes == ("import.moved",)


def test_rows_that_name_a_firm_twice_come_in_once(bring):
    batch = bring(listed((1, "甲路1号"), (1, "乙路2号")))
    assert (batch.created, batch.refused) == (1, 1)
    assert "前面已有" in StagedProblem.objects.get(batch=batch, severity="error").reason


def test_a_row_that_the_register_refuses_is_left_out_and_says_so(bring, confirm, now):
    """What is there already and what the list says do not go together; no job tries it again and again."""
    firm = Subject.objects.create(name="示范劳务有限公司", credit_code=CODES[1], created_at=now.now())
    Licence.objects.create(
        subject=firm, kind="dispatch", number="130111001", valid_from="2022-01-01", valid_until="2025-01-01"
    )
    headings = ("单位名称", "许可种类", "许可证号", "有效期自")
    batch = bring(
        (headings, (firm.name, "劳务派遣", "130111001", "2026-01-01"), (firm.name, "其他", "x2", "")),
        register="licences",
    )
    assert (batch.created, batch.updated) == (1, 1)
    again = confirm(batch)
    assert (again.state, again.created, again.updated, again.refused) == ("ready", 1, 0, 1)
    assert "冲突" in again.message
    assert "冲突" in StagedProblem.objects.get(batch=batch, severity="error").reason
    assert confirm(again).state == "done"
    assert Licence.objects.get(number="130111001").valid_from.year == 2022


def test_a_conflict_that_nobody_can_name_goes_back_to_the_person(bring, coordinator, monkeypatch):
    batch = bring(listed((1, "")))

    def moved(self, batch, brings):
        raise targets.Stale

    monkeypatch.setattr(SubjectTarget, "write", moved)
    services.confirm(actor=coordinator, batch_id=batch.pk, seen=services.expectation(batch))
    run_waiting()
    batch.refresh_from_db()
    assert (batch.state, Subject.objects.count()) == ("ready", 0)
    assert "什么都没有写入" in batch.message
    monkeypatch.undo()
    services.confirm(actor=coordinator, batch_id=batch.pk, seen=services.expectation(batch))
    run_waiting()
    assert Subject.objects.count() == 1

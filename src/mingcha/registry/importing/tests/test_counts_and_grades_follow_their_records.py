"""What a subject repeats is its newest standing record, whether a list or a person wrote it."""

from __future__ import annotations

import pytest

from mingcha.base.jobs.testing import run_waiting
from mingcha.kernel.credit_code import synthetic
from mingcha.registry import services as registry
from mingcha.registry.importing import services
from mingcha.registry.models import Contact, Grading, Headcount, Subject
from mingcha.registry.services import newest

pytestmark = pytest.mark.django_db(transaction=True)

CODE = synthetic(1)
COUNTS = ("企业名称", "统一社会信用代码", "用工人数", "参保人数", "统计日期")
GRADES = ("企业名称", "统一社会信用代码", "守法诚信等级")


def counted(workers: str, insured: str = "", day: str = "2026-06-30"):
    return (COUNTS, ("示范商贸有限公司", CODE, workers, insured, day))


def graded(grade: str):
    return (GRADES, ("示范商贸有限公司", CODE, grade))


def shown() -> tuple[object, ...]:
    """The columns as they stand; they are what the one mechanism makes of the records."""
    columns = Subject.objects.values_list(*newest.COLUMNS).get()
    newest.refresh(Subject.objects.values_list("pk", flat=True))
    assert Subject.objects.values_list(*newest.COLUMNS).get() == columns
    return tuple(getattr(Subject.objects.get(), name) for name in ("workers", "insured", "grade_hrss"))


@pytest.fixture
def undo(coordinator, confirm):
    def run(batch):
        inverse = services.undo(actor=coordinator, batch_id=batch.pk)
        run_waiting()
        inverse.refresh_from_db()
        return confirm(inverse)

    return run


def test_a_corrected_list_of_the_same_day_corrects_the_record(bring, confirm, undo):
    confirm(bring(counted("30", "28")))
    corrected = confirm(bring(counted("35", "28")))
    assert [(row.workers, row.insured) for row in Headcount.objects.all()] == [(35, 28)]
    assert shown() == (35, 28, "")
    undo(corrected)
    assert [(row.workers, row.insured) for row in Headcount.objects.all()] == [(30, 28)]
    assert shown() == (30, 28, "")


def test_a_number_that_the_list_does_not_say_is_not_recorded_for_its_day(bring, confirm):
    confirm(bring(counted("30", "28")))
    confirm(bring(counted("", "29", "2026-09-30")))
    later = Headcount.objects.get(counted_on="2026-09-30")
    assert (later.workers, later.insured) == (None, 29)
    assert shown() == (30, 29, "")


def test_a_record_that_was_withdrawn_stands_again_when_a_list_brings_it(bring, confirm, coordinator):
    confirm(bring(graded("A")))
    registry.end_part(
        actor=coordinator, part="gradings", row_id=Grading.objects.get().pk, reason="录错了企业"
    )
    assert shown() == (None, None, "")
    confirm(bring(graded("B")))
    grading = Grading.objects.get()
    assert (grading.grade, grading.withdrawn_on, grading.withdrawn_why) == ("B", None, "")
    assert shown() == (None, None, "B")


def test_a_grade_of_the_same_day_is_corrected_and_comes_back(bring, confirm, undo):
    confirm(bring(graded("A")))
    second = confirm(bring(graded("C")))
    assert shown() == (None, None, "C")
    undo(second)
    assert shown() == (None, None, "A")
    assert Grading.objects.get().grade == "A"


def test_undoing_takes_no_record_that_somebody_else_added_meanwhile(bring, confirm, undo, coordinator):
    rows = (
        (*COUNTS, "联系电话"),
        ("示范商贸有限公司", CODE, "30", "", "2026-06-30", "13800000001"),
    )
    confirm(bring(rows))
    changed = (rows[0], ("示范商贸有限公司", CODE, "40", "", "2026-09-30", "13800000002"))
    batch = confirm(bring(changed))
    firm = Subject.objects.get()
    later = Contact.objects.create(subject=firm, phone="13800000003", recorded_on="2026-11-01")
    between = Headcount.objects.create(subject=firm, counted_on="2026-07-31", workers=33, source="手工")
    inverse = undo(batch)
    assert inverse.updated == 1
    assert sorted(row.workers for row in Headcount.objects.all()) == [30, 33]
    assert Headcount.objects.filter(pk=between.pk).exists()
    assert {contact.phone for contact in Contact.objects.all()} == {"13800000001", "13800000003"}
    assert Contact.objects.filter(pk=later.pk).exists()
    assert shown()[0] == 33

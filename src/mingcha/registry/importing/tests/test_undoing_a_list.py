"""Undoing is an inverse list: looked at first, and whatever has moved on since is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from mingcha.base import clock
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.viewers import Officer
from mingcha.kernel.credit_code import synthetic
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.registry.importing import services
from mingcha.registry.importing.subject_undoing import sealed_rosters
from mingcha.registry.models import (
    Contact,
    FormerName,
    Headcount,
    ImportBatch,
    Project,
    StagedProblem,
    Subject,
    Visit,
)

pytestmark = pytest.mark.django_db(transaction=True)

CODES = [synthetic(number) for number in range(1, 6)]
HEADINGS = ("企业名称", "统一社会信用代码", "注册地址", "用工人数", "统计日期", "联系电话")


def listed(*rows: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return (HEADINGS, *rows)


def firm(number: int, name: str = "", address: str = "示范路1号", **more: str) -> tuple[str, ...]:
    return (
        name or f"示范企业{number}有限公司",
        CODES[number],
        address,
        more.get("workers", "12"),
        "2026-06-30",
        more.get("phone", "13800000001"),
    )


@pytest.fixture
def undo(coordinator: Officer) -> Callable[[ImportBatch], ImportBatch]:
    """Prepare the inverse; nothing is undone yet."""

    def prepared(batch: ImportBatch) -> ImportBatch:
        inverse = services.undo(actor=coordinator, batch_id=batch.pk)
        run_waiting()
        inverse.refresh_from_db()
        return inverse

    return prepared


def test_what_a_list_brought_in_goes_with_everything_beside_it(bring, confirm, undo):
    batch = confirm(bring(listed(firm(1), firm(2))))
    assert (Headcount.objects.count(), Contact.objects.count()) == (2, 2)
    inverse = undo(batch)
    assert (inverse.state, inverse.removed, inverse.skipped) == ("ready", 2, 0)
    assert Subject.objects.count() == 2
    confirm(inverse)
    assert not Subject.objects.exists()
    assert not Headcount.objects.exists()
    assert not Contact.objects.exists()
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert Record.objects.filter(event="registry.import.undone").count() == 1


def test_what_a_list_changed_comes_back(bring, confirm, undo):
    confirm(bring(listed(firm(1))))
    batch = confirm(
        bring(listed(firm(1, "示范新名有限公司", "示范路9号", workers="30", phone="13800000002")))
    )
    changed = Subject.objects.get()
    assert (changed.name, changed.workers, changed.version) == ("示范新名有限公司", 30, 2)
    inverse = undo(batch)
    assert (inverse.updated, inverse.removed) == (1, 0)
    confirm(inverse)
    restored = Subject.objects.get()
    assert (restored.name, restored.address, restored.workers) == ("示范企业1有限公司", "示范路1号", 12)
    assert restored.version == 3
    assert not FormerName.objects.exists()
    assert [contact.phone for contact in Contact.objects.all()] == ["13800000001"]


def test_a_firm_changed_since_stays_and_is_listed_with_the_reason(bring, confirm, undo):
    batch = confirm(bring(listed(firm(1), firm(2))))
    Subject.objects.filter(credit_code=CODES[1]).update(version=2, town="示范镇")
    inverse = undo(batch)
    assert (inverse.removed, inverse.refused) == (1, 1)
    assert "又被修改过" in StagedProblem.objects.get(batch=inverse).reason
    confirm(inverse)
    assert [subject.credit_code for subject in Subject.objects.all()] == [CODES[1]]


def test_a_firm_that_was_visited_since_stays(bring, confirm, undo):
    batch = confirm(bring(listed(firm(1), firm(2))))
    visited = Subject.objects.get(credit_code=CODES[2])
    Visit.objects.create(
        subject=visited, visited_on=clock.today(), unit_name="监察股", recorded_at=clock.now()
    )
    inverse = undo(batch)
    assert (inverse.removed, inverse.refused) == (1, 1)
    assert "入企记录" in StagedProblem.objects.get(batch=inverse).value


def test_a_firm_that_is_visited_while_the_undoing_waits_stays(bring, confirm, undo):
    batch = confirm(bring(listed(firm(1), firm(2))))
    inverse = undo(batch)
    assert inverse.removed == 2
    visited = Subject.objects.get(credit_code=CODES[2])
    Visit.objects.create(
        subject=visited, visited_on=clock.today(), unit_name="监察股", recorded_at=clock.now()
    )
    assert confirm(inverse).state == "ready"
    assert (inverse.removed, Subject.objects.count()) == (1, 2)
    assert confirm(inverse).state == "done"
    assert [subject.pk for subject in Subject.objects.all()] == [visited.pk]


@pytest.fixture
def seal() -> Iterator[Callable[[Subject], None]]:
    """Let subjects stand on a sealed roster."""
    sealed: set[int] = set()
    sealed_rosters.register("test")(lambda: sealed)
    yield lambda subject: sealed.add(subject.pk)
    del sealed_rosters._functions["test"]


def test_a_firm_in_a_sealed_roster_stays(bring, confirm, undo, seal):
    batch = confirm(bring(listed(firm(1), firm(2))))
    seal(Subject.objects.get(credit_code=CODES[1]))
    inverse = undo(batch)
    assert (inverse.removed, inverse.refused) == (1, 1)
    assert "封存" in StagedProblem.objects.get(batch=inverse).reason


PROJECTS = (("工程名称", "施工许可证号"), ("示范花园一期", "130111202601"), ("示范花园二期", "130111202602"))


def test_a_project_in_a_sealed_roster_stays(bring, confirm, undo, seal):
    batch = confirm(bring(PROJECTS, register="projects"))
    seal(Subject.objects.get(name="示范花园一期"))
    inverse = undo(batch)
    assert (inverse.removed, inverse.refused) == (1, 1)
    assert "封存" in StagedProblem.objects.get(batch=inverse).reason
    confirm(inverse)
    assert [project.subject.name for project in Project.objects.all()] == ["示范花园一期"]


def test_a_project_that_was_visited_since_stays(bring, confirm, undo):
    batch = confirm(bring(PROJECTS, register="projects"))
    site = Subject.objects.get(name="示范花园二期")
    Visit.objects.create(subject=site, visited_on=clock.today(), unit_name="监察股", recorded_at=clock.now())
    inverse = undo(batch)
    assert (inverse.removed, inverse.refused) == (1, 1)
    assert "入企记录" in StagedProblem.objects.get(batch=inverse).value
    confirm(inverse)
    assert Project.objects.get().subject == site


def test_the_rows_of_an_inverse_are_not_rewritten(bring, confirm, undo, coordinator):
    inverse = undo(confirm(bring(listed(firm(1)))))
    with pytest.raises(Refused) as refused:
        services.fix_row(actor=coordinator, batch_id=inverse.pk, position=1, raw={"name": "别的企业"})
    assert refused.value.codes == ("import.no_cells",)


def test_a_change_between_the_look_and_the_confirmation_leaves_that_firm_alone(bring, confirm, undo):
    inverse = undo(confirm(bring(listed(firm(1), firm(2)))))
    Subject.objects.filter(credit_code=CODES[1]).update(version=5)
    again = confirm(inverse)
    assert again.state == "ready"
    assert "重新核对" in again.message
    assert Subject.objects.count() == 2
    confirm(again)
    assert [subject.credit_code for subject in Subject.objects.all()] == [CODES[1]]


def test_one_list_is_undone_by_one_inverse(bring, confirm, undo, coordinator):
    batch = confirm(bring(listed(firm(1))))
    inverse = undo(batch)
    with pytest.raises(Refused) as refused:
        services.undo(actor=coordinator, batch_id=batch.pk)
    assert refused.value.codes == ("import.undoing",)
    services.cancel(actor=coordinator, batch_id=inverse.pk)
    run_waiting()
    assert undo(batch).removed == 1


def test_an_inverse_is_not_undone_itself(bring, confirm, undo, coordinator):
    inverse = confirm(undo(confirm(bring(listed(firm(1))))))
    with pytest.raises(Refused) as refused:
        services.undo(actor=coordinator, batch_id=inverse.pk)
    assert "import.inverse" in refused.value.codes

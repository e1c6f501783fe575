"""What a list brings is found at once, is in the index after the job, and leaves it when undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mingcha.base.jobs.testing import run_waiting
from mingcha.base.viewers import Officer
from mingcha.kernel.credit_code import synthetic
from mingcha.registry import search
from mingcha.registry.importing import jobs, services
from mingcha.registry.models import ImportBatch, Subject

pytestmark = pytest.mark.django_db(transaction=True)

HEADINGS = ("企业名称", "统一社会信用代码")
FIRST = (HEADINGS, ("栾城恒泰建筑有限公司", synthetic(1)), ("栾城永兴印务有限公司", synthetic(2)))
RENAMED = (HEADINGS, ("栾城瑞丰建筑有限公司", synthetic(1)))


def found(text: str) -> set[str]:
    return set(search.narrow(Subject.objects.all(), text).values_list("name", flat=True))


def test_names_codes_and_initials_are_found_after_an_import(
    bring: Callable[..., ImportBatch], confirm: Callable[..., ImportBatch]
) -> None:
    confirm(bring(FIRST))
    assert found("恒泰") == found("htjz") == found(synthetic(1)[-4:]) == {"栾城恒泰建筑有限公司"}
    assert search.check() == search.Health(subjects=2)


def test_between_writing_and_indexing_nothing_is_missed(
    bring: Callable[..., ImportBatch],
    confirm: Callable[..., ImportBatch],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs.search, "index_pending", lambda: 0)
    confirm(bring(FIRST))
    assert search.check() == search.Health(subjects=2, pending=2)
    assert found("恒泰") == found("htjz") == {"栾城恒泰建筑有限公司"}


def test_a_renamed_firm_is_found_by_both_names(
    bring: Callable[..., ImportBatch], confirm: Callable[..., ImportBatch]
) -> None:
    confirm(bring(FIRST))
    confirm(bring(RENAMED))
    assert found("瑞丰") == found("恒泰") == found("rfjz") == {"栾城瑞丰建筑有限公司"}


def test_undone_subjects_are_found_no_more(
    bring: Callable[..., ImportBatch], confirm: Callable[..., ImportBatch], coordinator: Officer
) -> None:
    batch = confirm(bring(FIRST))
    inverse = services.undo(actor=coordinator, batch_id=batch.pk)
    run_waiting()
    inverse.refresh_from_db()
    confirm(inverse)
    assert not Subject.objects.exists()
    assert found("恒泰") == set()
    assert search.check() == search.Health()

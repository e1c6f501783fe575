"""The same rows, problems and refusals, whoever reads the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingcha.kernel.credit_code import synthetic
from mingcha.kernel.refusal import Refused
from mingcha.registry.importing import reading
from mingcha.registry.importing.reading import rows_of
from mingcha.registry.importing.subject_rows import unpack
from mingcha.registry.importing.tests.conftest import HEADINGS, csv_of
from mingcha.registry.models import StagedProblem, StagedSubject
from mingcha.registry.sheets import Known, ReadRow, guess_layout, open_book

LIST = (
    HEADINGS,
    *((f"示范企业{n}有限公司", synthetic(n), "2019年3月5日", "100万", f"{n}号") for n in range(1, 3_001)),
    ("", synthetic(4_000), "2019-03-05", "", "没有名称"),
)


def read(path: Path, *, skip: int = 0, apart: bool) -> list:
    layout = guess_layout(open_book(str(path), path.name), "subjects", {}).to_json()
    arguments = (str(path), path.name, layout, "subjects", {"division_code": "130111"}, Known())
    with rows_of(*arguments, skip=skip, apart=apart) as rows:
        return [row if isinstance(row, ReadRow) else unpack(row) for row in rows]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    path.write_bytes(csv_of(LIST))
    return path


def test_the_reader_gives_the_same_rows(listed: Path) -> None:
    here, there = read(listed, apart=False), read(listed, apart=True)
    assert len(there) == 3_001
    assert [(row.row, row.values, row.problems, row.verdict) for row in here] == [
        (row.row, row.values, row.problems, row.verdict) for row in there
    ]
    assert there[-1].raw == here[-1].raw


def test_it_goes_on_after_the_rows_that_are_staged(listed: Path) -> None:
    assert [row.row for row in read(listed, skip=2_990, apart=True)] == list(range(2_992, 3_003))


def test_a_refusal_of_the_reader_is_raised_here(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_IMPORT_ROWS", "100")
    with pytest.raises(Refused) as refused:
        read_apart = read(listed, apart=True)
        assert read_apart == []
    assert refused.value.codes == ("limit.import_rows",)


def test_whoever_stops_early_leaves_no_reader_behind(listed: Path) -> None:
    layout = guess_layout(open_book(str(listed), listed.name), "subjects", {}).to_json()
    with rows_of(str(listed), listed.name, layout, "subjects", {}, Known(), skip=0, apart=True) as rows:
        assert unpack(next(rows)).row == 2


@pytest.mark.django_db(transaction=True)
def test_a_large_list_is_staged_like_a_small_one(bring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGE", 1)
    batch = bring(LIST)
    assert (batch.state, batch.created, batch.refused) == ("ready", 3_000, 1)
    assert StagedSubject.objects.count() == 3_001
    assert StagedProblem.objects.get().severity == "error"

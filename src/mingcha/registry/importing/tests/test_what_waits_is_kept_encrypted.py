"""Telephone numbers of a list are readable by nobody who only has the disk or the database (N10)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.kernel.credit_code import synthetic
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.registry.importing import files, services
from mingcha.registry.models import StagedSubject
from mingcha.web.registers.events import PersonalDataExported

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = "13800000001"
LIST = (
    ("企业名称", "统一社会信用代码", "注册日期", "联系电话"),
    ("示范甲有限公司", synthetic(1), "2019年3月", PHONE),
    ("示范乙有限公司", synthetic(2), "2019-03-05", PHONE),
)


@pytest.fixture
def clerk(client, coordinator):
    return sign_in(client, User.objects.get(pk=coordinator.id))


def stored_texts() -> str:
    """Everything that the staging tables hold, as the database has it."""
    found = []
    with connection.cursor() as cursor:
        for table in ("registry_stagedsubject", "registry_stagedproblem", "registry_importbatch"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  names of the test's own
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def files_below(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_the_file_lies_sealed_until_the_list_is_written(bring, confirm, settings):
    batch = bring(LIST)
    kept = files_below(Path(settings.MEDIA_ROOT))
    assert len(kept) == 1
    assert PHONE.encode() not in kept[0]
    assert "示范甲".encode() not in kept[0]
    with files.local_path(batch.file) as path:
        assert PHONE in Path(path).read_text(encoding="utf-8")
    confirm(batch)
    assert files_below(Path(settings.MEDIA_ROOT)) == []


def test_cells_of_doubtful_rows_stand_encrypted_in_the_database(bring):
    batch = bring(LIST)
    assert batch.warned == 1
    assert PHONE not in stored_texts()
    doubtful = StagedSubject.objects.get(verdict="warned")
    assert doubtful.raw["contact_phone"] == PHONE
    assert StagedSubject.objects.get(verdict="understood").cells == ""


def test_samples_of_columns_show_no_whole_number(bring):
    rows = ((*LIST[0][:3], "怎么找他"), *LIST[1:])
    batch = bring(rows)
    assert batch.state == "mapping"
    assert PHONE not in stored_texts()


def test_a_file_that_no_longer_opens_is_refused_in_words(bring, monkeypatch):
    batch = bring(LIST)
    path = Path(files.default_storage.path(batch.file))
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Refused) as refused, files.local_path(batch.file):
        raise AssertionError
    assert "重新上传" in refused.value.text()


def test_rows_with_people_leave_only_with_a_reason_and_a_watermark(bring, clerk):
    batch = bring(LIST)
    url = reverse("registry:import-problems", args=[batch.pk])
    assert clerk.get(url).status_code == 200
    assert clerk.post(url, {"reason": ""}).status_code == 422
    assert not Record.objects.filter(event=PersonalDataExported.code).exists()
    response = clerk.post(url, {"reason": "改正后重新导入"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    assert "用途：改正后重新导入" in book.get_sheet_by_index(0).to_python()[0][0]
    assert Record.objects.get(event=PersonalDataExported.code).why == "改正后重新导入"


def test_rows_without_people_are_handed_over_at_once(bring, clerk):
    batch = bring(tuple(row[:3] for row in LIST))
    response = clerk.get(reverse("registry:import-problems", args=[batch.pk]))
    assert response["Content-Type"].endswith("sheet")
    assert services.expectation(batch) == "2-0-0-0-0"

"""What leaves the system as Excel: text only, and personal data never without a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from mingcha.base import service as base_service
from mingcha.base.roles import Role
from mingcha.base.service import Happening
from mingcha.web.registers import export
from mingcha.web.registers.events import PersonalDataExported
from mingcha.web.testing import response_bytes, workbook_sheets
from mingcha.web.tests.sample import Firm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_tables")]
EXPORT = "/sample/personal/export/"


@pytest.fixture
def recorded() -> Iterator[list[Happening]]:
    happenings: list[Happening] = []
    sink = happenings.extend
    base_service.add_sink(sink)
    yield happenings
    base_service._sinks.remove(sink)


def test_codes_stay_text_and_formulas_are_never_calculated() -> None:
    rows = [["91130111000000000012", '=HYPERLINK("http://x")', "+1", "@x", "-2"]]
    book = export.workbook("名册/2026", ["a", "b", "c", "d", "e"], rows)
    content = book.read()
    assert workbook_sheets(content) == [[["a", "b", "c", "d", "e"], rows[0]]]
    styles = _part(content, "xl/styles.xml")
    assert 'quotePrefix="1"' in styles


def test_rows_beyond_a_sheet_go_on_to_the_next_with_heading_and_watermark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(export, "ROWS_A_SHEET", 2)
    book = export.workbook("名册", ["单位"], ([str(number)] for number in range(5)), watermark="用途")
    sheets = workbook_sheets(book.read())
    assert sheets == [
        [["用途"], ["单位"], ["0"], ["1"]],
        [["用途"], ["单位"], ["2"], ["3"]],
        [["用途"], ["单位"], ["4"]],
    ]


def test_personal_data_leave_only_with_a_reason(
    client: Client, sign_in: Callable[..., None], recorded: list[Happening]
) -> None:
    sign_in(Role.COORDINATOR)
    Firm.objects.create(name="甲公司")
    asked = client.get(EXPORT)
    assert "导出用途" in asked.content.decode()
    refused = client.post(EXPORT, {"reason": "   "})
    assert refused.status_code == 422
    assert recorded == []


def test_an_export_of_personal_data_is_marked_and_recorded_without_what_was_searched(
    client: Client, sign_in: Callable[..., None], recorded: list[Happening]
) -> None:
    sign_in(Role.COORDINATOR)
    Firm.objects.create(name="甲公司")
    Firm.objects.create(name="乙公司")
    response = client.post(EXPORT + "?q=甲", {"reason": "向市局报送"})
    assert "no-store" in response["Cache-Control"]
    content = response_bytes(response)
    (sheet,) = workbook_sheets(content)
    assert "王建国" in sheet[0][0]
    assert "向市局报送" in sheet[0][0]
    assert [row[0] for row in sheet[2:]] == ["甲公司"]
    assert "向市局报送" in _part(content, "xl/worksheets/sheet1.xml").split("<headerFooter>")[1]
    (happening,) = recorded
    assert isinstance(happening.event, PersonalDataExported)
    assert happening.event.why == "向市局报送"
    assert happening.event.after["rows"] == 1
    assert happening.event.after["filters"] == ["q"]
    assert "甲" not in str(happening.event.after)


def _part(content: bytes, name: str) -> str:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()

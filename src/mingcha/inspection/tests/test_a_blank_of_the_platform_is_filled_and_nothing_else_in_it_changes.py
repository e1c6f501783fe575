"""Design §7: the platform's own batch template is filled; what it brought along stays as it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from mingcha.inspection.backfill.filling import Unfillable, column_letters, fill
from mingcha.registry.sheets import open_book

HEADINGS = ("序号", "企业名称*", "检查结果", "检查日期", "平台用")


def blank(*, sample: bool = False) -> bytes:
    """A blank with a title, drop-downs from a hidden sheet, a formula, and perhaps rows with a look."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    words, sheet = book.add_worksheet("字典"), book.add_worksheet("检查结果 & 录入")
    words.write_column(0, 0, ("未发现问题", "发现问题已责令改正"))
    words.hide()
    sheet.activate()
    sheet.write(0, 0, "抽查检查结果批量录入模板")
    sheet.write_row(2, 0, HEADINGS)
    sheet.data_validation(3, 2, 200, 2, {"validate": "list", "source": "=字典!$A$1:$A$2"})
    if sample:
        boxed = book.add_format({"border": 1})
        sheet.write_row(3, 0, (1, "示例企业", "未发现问题", "2026-01-01"), boxed)
        sheet.write_formula(3, 4, "=B4&C4", boxed, "示例企业未发现问题")
    book.close()
    return made.getvalue()


def cells(data: bytes, folder: Path) -> dict[int, tuple[str, ...]]:
    path = folder / "filled.xlsx"
    path.write_bytes(data)
    return dict(open_book(str(path), "filled.xlsx").rows("检查结果 & 录入"))


ROWS = [
    {1: "甲 & 乙<公司>有限公司", 2: "未发现问题", 3: "2026-11-24"},
    {1: "=丙公司", 2: "发现问题已责令改正", 3: ""},
]


@pytest.mark.parametrize("sample", [False, True])
def test_each_inspection_is_a_row_below_the_headings(tmp_path: Path, sample: bool) -> None:
    seen = cells(fill(blank(sample=sample), "检查结果 & 录入", 4, ROWS), tmp_path)

    assert seen[1][0] == "抽查检查结果批量录入模板"
    assert seen[3][: len(HEADINGS)] == HEADINGS
    assert seen[4][1:4] == ("甲 & 乙<公司>有限公司", "未发现问题", "2026-11-24")
    assert seen[5][1:3] == ("=丙公司", "发现问题已责令改正")


def test_whatever_else_the_blank_holds_stays_byte_for_byte() -> None:
    empty = blank()
    before = zipfile.ZipFile(io.BytesIO(empty))
    after = zipfile.ZipFile(io.BytesIO(fill(empty, "检查结果 & 录入", 4, ROWS)))

    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["xl/worksheets/sheet2.xml"]
    old, new = before.read(changed[0]), after.read(changed[0])
    assert new.split(b"</sheetData>")[1] == old.split(b"</sheetData>")[1]
    assert b"dataValidation" in new
    assert old[: old.index(b"</sheetData>")] == new[: old.index(b"</sheetData>")]


def test_rows_take_the_look_of_the_first_and_a_formula_is_left_alone() -> None:
    made = zipfile.ZipFile(
        io.BytesIO(fill(blank(sample=True), "检查结果 & 录入", 4, [{**row, 4: "改掉"} for row in ROWS]))
    ).read("xl/worksheets/sheet2.xml")

    look = made.split(b'r="B4" s="')[1].split(b'"')[0]
    assert b'r="B5" s="' + look + b'"' in made
    assert b"<f>B4&amp;C4</f>" in made
    assert made.count("改掉".encode()) == 1  # only where no formula stands


def test_a_sheet_without_any_row_is_filled_too(tmp_path: Path) -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.add_worksheet("检查结果 & 录入")
    book.close()

    assert cells(fill(made.getvalue(), "检查结果 & 录入", 2, ROWS), tmp_path)[2][1] == "甲 & 乙<公司>有限公司"


def test_what_is_no_such_workbook_is_said_to_be_none() -> None:
    with pytest.raises(Unfillable):
        fill(blank(), "没有这张表", 4, ROWS)
    hostile = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank())) as source, zipfile.ZipFile(hostile, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename.endswith("sheet2.xml"):
                data = data.replace(b"<worksheet", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet", 1)
            target.writestr(entry, data)
    with pytest.raises(Unfillable):
        fill(hostile.getvalue(), "检查结果 & 录入", 4, ROWS)


def test_columns_are_counted_as_spreadsheets_do() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"),
    ]

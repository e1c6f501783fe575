"""Files that are broken, locked, disguised or dangerous get one sentence, its basis, and what to do."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from mingcha.kernel.refusal import Refused
from mingcha.registry.sheets import guess_layout, open_book, read_rows

CODE = "91130111MA0ABCDE6D"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c></row>'


def workbook(sheet: str | bytes, name: str = "名单") -> bytes:
    """The smallest .xlsx around the XML of one sheet's rows."""
    body = sheet if isinstance(sheet, bytes) else sheet.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{REL}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        head = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
        archive.writestr("xl/worksheets/sheet1.xml", head + body + b"</sheetData></worksheet>")
    return buffer.getvalue()


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., Refused]:
    """The refusal that a file meets, at opening or while its rows are read."""

    def run(data: bytes, name: str = "名单.xlsx") -> Refused:
        path = tmp_path / "given"
        path.write_bytes(data)
        with pytest.raises(Refused) as caught:
            book = open_book(str(path), name)
            list(read_rows(book, guess_layout(book, "subjects", {}), "subjects", {}))
        text = caught.value.text()
        assert len(caught.value.refusals) == 1
        assert "依据" in text
        assert "请" in text
        return caught.value

    return run


def old_excel() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    for column, heading in enumerate(["企业名称", "信用代码"]):
        sheet.write(0, column, heading)
    for row in range(1, 200):
        sheet.write(row, 0, f"示范{row}有限公司")
        sheet.write(row, 1, CODE)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def new_excel() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["企业名称", "信用代码"])
        for row in range(1, 500):
            sheet.write_row(row, 0, [f"示范{row}有限公司", CODE])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "空"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (gzip.compress(b"a,b", mtime=0), "gz"),
        (b"\xff\xd8\xff\xe0JFIF", "图片"),
        (b"MZ\x90\x00", "可执行"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"),
        (b"<html><body>please sign in</body></html>", "没有表格"),
    ],
)
def test_a_wrong_extension_does_not_deceive(refused: Callable[..., Refused], data: bytes, what: str) -> None:
    assert what in refused(data, "名单.xls").text()


def test_a_zip_of_other_things_is_to_be_unpacked(refused: Callable[..., Refused]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("名单.csv", "企业名称\n")
    assert "解压" in refused(buffer.getvalue()).text()


def test_a_word_document_is_no_list(refused: Callable[..., Refused]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "Word" in refused(buffer.getvalue()).text()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_named_as_such(refused: Callable[..., Refused], share: float) -> None:
    for data in (new_excel(), old_excel()):
        assert refused(data[: int(len(data) * share)]).codes == ("sheets.truncated",)


def test_a_locked_workbook_asks_for_the_password_to_be_taken_away(refused: Callable[..., Refused]) -> None:
    data = bytearray(old_excel())
    # The directory entry of the stream gets the name under which Office keeps encrypted packages.
    name, encrypted = ("Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
    place = data.index(name)
    data[place : place + len(encrypted)] = encrypted
    data[place + 64 : place + 66] = struct.pack("<H", len(encrypted) + 2)
    assert refused(bytes(data)).codes == ("sheets.password",)


def test_a_zip_bomb_is_not_inflated(refused: Callable[..., Refused]) -> None:
    data = workbook(
        HEADER + f'<row r="2"><c r="A2" t="inlineStr"><is><t>{"0" * 80_000_000}</t></is></c></row>'
    )
    assert len(data) < 400_000
    assert refused(data).codes == ("limit.zip_ratio",)


def test_a_zip_that_declares_less_than_it_holds_is_not_believed(refused: Callable[..., Refused]) -> None:
    data = bytearray(workbook(HEADER + '<row r="2"><c r="A2"><v>1</v></c></row>' * 1))
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    assert refused(bytes(data)).codes == ("sheets.truncated",)


def test_a_cell_in_the_farthest_corner_does_not_fill_the_memory(refused: Callable[..., Refused]) -> None:
    far = HEADER + '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>'
    assert refused(workbook(far)).codes[0] in {
        "limit.import_cells",
        "limit.import_columns",
        "limit.import_rows",
    }
    wide = HEADER + '<row r="900000"><c r="SA900000"><v>1</v></c></row>'
    assert refused(workbook(wide)).codes == ("limit.import_cells",)


def test_a_hundred_thousand_columns_are_too_many(refused: Callable[..., Refused]) -> None:
    assert refused(("甲," * 100_000 + "\n").encode(), "名单.csv").codes == ("limit.import_columns",)
    cells = "".join(
        f'<c r="{a}{b}{c}1"><v>1</v></c>' for a in "ABCDEFG" for b in "ABCDEFGHIJ" for c in "ABCDEFGH"
    )
    assert refused(workbook(f'<row r="1">{cells}</row>')).codes == ("limit.import_columns",)


def test_a_million_empty_formatted_rows_are_passed_over(tmp_path: Path) -> None:
    empty = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 600_000)
    )
    name = '<c r="A2" t="inlineStr"><is><t>示范甲有限公司</t></is></c>'
    path = tmp_path / "名单.xlsx"
    path.write_bytes(workbook(f'{HEADER}<row r="2">{name}</row>{empty}'))
    book = open_book(str(path), "名单.xlsx")
    assert book.sheets[0].rows == 2
    rows = list(read_rows(book, guess_layout(book, "subjects", {}), "subjects", {}))
    assert [(row.row, row.values["name"]) for row in rows] == [(2, "示范甲有限公司")]


def test_a_cell_of_ten_million_characters_refuses_its_row_only(tmp_path: Path) -> None:
    giant = f'<row r="2"><c r="A2" t="inlineStr"><is><t>{"示范" * 1_700_000}</t></is></c></row>'
    path = tmp_path / "名单.xlsx"
    path.write_bytes(workbook(HEADER + giant))
    book = open_book(str(path), "名单.xlsx")
    (row,) = read_rows(book, guess_layout(book, "subjects", {}), "subjects", {})
    assert row.verdict == "refused"
    assert "最多200个字" in row.problems[0].reason


def test_a_giant_field_of_a_text_file_names_its_row(refused: Callable[..., Refused]) -> None:
    data = f"企业名称,信用代码\n示范甲有限公司,{CODE}\n{'字' * 200_000},x\n".encode()
    assert "第3行" in refused(data, "名单.csv").text()


def test_nul_bytes_are_no_text(refused: Callable[..., Refused]) -> None:
    assert "第2行" in refused("企业名称,信用代码\n示范\0甲,1\n".encode(), "名单.csv").text()


def test_a_quote_that_is_never_closed_names_its_row(refused: Callable[..., Refused]) -> None:
    lines = "".join(f"示范{n}有限公司,{CODE},某路{n}号\n" for n in range(50))
    for broken in (f'"示范甲有限公司,{CODE},某路\n', f'示范甲,"{CODE},某路\n'):
        text = f"企业名称,信用代码,地址\n示范一有限公司,{CODE},某路\n{broken}{lines}"
        assert "第3行" in refused(text.encode(), "名单.csv").text()


def test_a_file_beyond_the_limit_is_not_opened(
    refused: Callable[..., Refused], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_IMPORT_FILE_BYTES", "1000")
    assert refused(b"x" * 1001, "名单.csv").codes == ("limit.import_file_bytes",)


def test_more_rows_than_the_limit_are_refused_while_reading(
    refused: Callable[..., Refused], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_IMPORT_ROWS", "100")
    lines = "".join(f"示范{n}有限公司,{CODE}\n" for n in range(200))
    assert refused(f"企业名称,信用代码\n{lines}".encode(), "名单.csv").codes == ("limit.import_rows",)
    assert refused(new_excel()).codes == ("limit.import_rows",)


def test_the_heading_does_not_count_against_the_limit(
    csv_file: Callable[..., str], read: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_IMPORT_ROWS", "100")
    rows = [f"示范{n}有限公司,{CODE}" for n in range(101)]
    path = csv_file("\n".join(["全县企业名单", "企业名称,信用代码", *rows[:100], "填表人：张某"]))
    assert len(read(path)) == 100
    with pytest.raises(Refused) as refusal:
        read(csv_file("\n".join(["企业名称,信用代码", *rows])))
    assert refusal.value.codes == ("limit.import_rows",)


def test_a_workbook_is_held_to_less_than_a_text_that_is_streamed(
    refused: Callable[..., Refused], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_IMPORT_BOOK_BYTES", "1000")
    assert refused(new_excel()).codes == ("limit.import_book_bytes",)


def test_random_bytes_behind_a_true_beginning_never_crash(refused: Callable[..., Refused]) -> None:
    noise = bytes((n * 7919 + 13) % 251 for n in range(6000))
    for beginning in (old_excel()[:1024], new_excel()[:200], b"PK\x03\x04"):
        assert refused(beginning + noise).codes == ("sheets.truncated",)


def test_macros_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsm"
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>示范甲有限公司</t></is></c></row>'
    path.write_bytes(workbook(HEADER + row))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub Auto_Open()")
    book = open_book(str(path), "名单.xlsm")
    rows = list(read_rows(book, guess_layout(book, "subjects", {}), "subjects", {}))
    assert [row.values["name"] for row in rows] == ["示范甲有限公司"]


def test_every_cut_of_an_old_workbook_is_read_or_refused(tmp_path: Path) -> None:
    data = old_excel()
    path = tmp_path / "名单.xls"
    for length in range(0, len(data), 1499):
        path.write_bytes(data[:length])
        try:
            book = open_book(str(path), "名单.xls")
            list(read_rows(book, guess_layout(book, "subjects", {}), "subjects", {}))
        except Refused:
            continue

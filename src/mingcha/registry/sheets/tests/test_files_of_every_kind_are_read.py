"""One list as .xlsx, as old .xls, as text in every usual encoding and separation, and as a web table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from mingcha.kernel.refusal import Refused
from mingcha.registry.sheets import Formula, ReadRow, guess_layout, open_book, read_rows

CODE = "91130111MA0ABCDE6D"
HEADER = ["企业名称", "统一社会信用代码", "成立日期", "用工人数"]
Read = Callable[..., list[ReadRow]]
Make = Callable[..., str]
EXPECTED = {
    "name": "示范甲（集团）有限公司",
    "credit_code": CODE,
    "registered_on": "2014-01-13",
    "workers": 12,
    "kind": "enterprise",
}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "|"])
def test_text_of_every_encoding_and_separator_is_read(
    csv_file: Make, read: Read, encoding: str, separator: str
) -> None:
    record = ["示范甲（集团）有限公司", CODE, "2014年1月13日", "12人"]
    text = "\r\n".join(separator.join(row) for row in (HEADER, record))
    (row,) = read(csv_file(text, encoding))
    assert row.values == EXPECTED


def test_the_encoding_is_decided_from_the_whole_file(csv_file: Make, read: Read) -> None:
    plain = "".join(f"Demo {n} Ltd,{CODE}\n" for n in range(100_000))
    rows = read(csv_file(f"name,credit_code\n{plain}示范甲有限公司,{CODE}\n", "gb18030"))
    assert rows[-1].values["name"] == "示范甲有限公司"


def test_a_wrong_byte_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    good = "企业名称,地址\n" + "示范甲有限公司,示范县某路一号\n" * 5
    path.write_bytes(good.encode() + b"\xff\xfe\xfa,x\n" + good.encode())
    with pytest.raises(Refused, match="第7行"):
        open_book(str(path), "名单.csv")
    path.write_bytes(good.encode("gb18030") + b"\xb0,x\xff\n")
    with pytest.raises(Refused, match="第7行"):
        open_book(str(path), "名单.csv")


def test_a_separator_that_a_spreadsheet_declared_is_obeyed(csv_file: Make, read: Read) -> None:
    (row,) = read(csv_file(f"sep=;\n企业名称;信用代码\n示范,甲厂;{CODE}\n"))
    assert row.values["name"] == "示范,甲厂"


def test_line_breaks_inside_quotes_are_one_row(csv_file: Make, read: Read) -> None:
    text = f'企业名称,信用代码,经营范围\n示范甲厂,{CODE},"第一行\n第二行"\n\n示范乙厂,{CODE},无\n'
    assert [row.row for row in read(csv_file(text))] == [2, 4]


def old_book(path: Path, **style: Any) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = style.get("epoch", False)
    sheet = book.add_sheet("名单")
    for column, heading in enumerate(HEADER):
        sheet.write(0, column, heading)
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    sheet.write(1, 0, "示范甲（集团）有限公司")
    sheet.write(1, 1, CODE)
    sheet.write(1, 2, dt.date(2014, 1, 13), day if style.get("formatted", True) else xlwt.Style.default_style)
    sheet.write(1, 3, xlwt.Formula("6+6") if style.get("formula") else 12)
    book.save(str(path))


@pytest.mark.parametrize("name", ["名单.xls", "名单.et", "名单.xlsx", "名单"])
def test_old_excel_under_any_name(tmp_path: Path, read: Read, name: str) -> None:
    old_book(tmp_path / name)
    (row,) = read(str(tmp_path / name))
    assert (row.row, row.verdict, row.values) == (2, "understood", EXPECTED)


@pytest.mark.parametrize("epoch", [False, True])
def test_days_without_a_format_are_serial_numbers_of_the_books_own_epoch(
    tmp_path: Path, read: Read, epoch: bool
) -> None:
    old_book(tmp_path / "名单.xls", epoch=epoch, formatted=False)
    (row,) = read(str(tmp_path / "名单.xls"))
    assert row.values["registered_on"] == "2014-01-13"


def test_new_excel_with_real_numbers_and_dates(xlsx_file: Make, read: Read) -> None:
    def more(book: Any) -> None:
        sheet = book.get_worksheet_by_name("名单")
        day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        sheet.write_datetime(1, 2, dt.datetime(2014, 1, 13), day)  # noqa: DTZ001  a cell has no zone

    path = xlsx_file({"名单": [HEADER, ["示范甲（集团）有限公司", CODE, "", 12.0]]}, more)
    (row,) = read(path)
    assert row.values == EXPECTED
    assert row.raw["workers"] == "12"


def test_days_of_1904_in_new_excel(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "名单.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["示范甲（集团）有限公司", CODE, 40190, 12])
    (row,) = read(str(path))
    assert row.values == EXPECTED


def test_formulas_are_read_by_their_result_and_marked(xlsx_file: Make, read: Read, tmp_path: Path) -> None:
    def more(book: Any) -> None:
        sheet = book.get_worksheet_by_name("名单")
        sheet.write_formula(1, 3, "=6+6", None, 12)
        sheet.write_string(2, 0, "=HYPERLINK(1)")

    table = [HEADER, ["示范甲（集团）有限公司", CODE, "2014-01-13", ""], ["", CODE, "2014-01-13", 12]]
    computed, text = read(xlsx_file({"名单": table}, more))
    assert computed.values == EXPECTED
    assert [(p.column, p.value) for p in computed.problems] == [("用工人数", "12")]
    assert "公式" in computed.problems[0].reason
    assert text.values["name"] == "=HYPERLINK(1)"
    assert text.problems == []
    old_book(tmp_path / "名单.xls", formula=True)
    book = open_book(str(tmp_path / "名单.xls"), "名单.xls")
    rows = dict(book.rows("名单"))
    assert isinstance(rows[2][3], Formula)


def test_merged_cells_below_the_header_hold_their_value_in_every_row(xlsx_file: Make, read: Read) -> None:
    def merge(book: Any) -> None:
        book.get_worksheet_by_name("名单").merge_range(1, 2, 2, 2, "示范镇")

    table = [["企业名称", "信用代码", "所属乡镇"], ["示范甲有限公司", CODE, ""], ["示范乙有限公司", CODE, ""]]
    assert [row.values["town"] for row in read(xlsx_file({"名单": table}, merge))] == ["示范镇", "示范镇"]


def test_empty_rows_and_columns_do_not_move_the_numbers(xlsx_file: Make, read: Read) -> None:
    table = [[], [], ["", "", "企业名称", "", "信用代码"], [], ["", "", "示范甲有限公司", "", CODE]]
    (row,) = read(xlsx_file({"名单": table}))
    assert (row.row, row.values["credit_code"]) == (5, CODE)


def test_a_web_table_that_is_called_xls(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "导出.xls"
    path.write_bytes(
        f"""<html><head><meta charset="gbk"></head><body><table border=1>
        <tr><th rowspan=2>企业名称</th><th rowspan=2>统一社会信用代码<th colspan=2>其他</th></tr>
        <tr><td>成立日期</td><td>用工人数</td></tr>
        <tr><td>示范甲（集团）<b>有限</b>公司</td><td>{CODE}&nbsp;</td><td>2014-01-13<td>12</tr>
        </table></body></html>""".encode("gb18030")
    )
    (row,) = read(str(path))
    assert (row.row, row.values) == (3, EXPECTED)


def test_a_book_can_be_read_again_and_an_unknown_sheet_is_an_error(csv_file: Make) -> None:
    book = open_book(csv_file(f"企业名称,信用代码\n示范甲有限公司,{CODE}\n"), "名单.csv")
    layout = guess_layout(book, "subjects", {})
    first, second = (list(read_rows(book, layout, "subjects", {})) for _ in range(2))
    assert first == second
    with pytest.raises(KeyError):
        next(iter(book.rows("没有这张表")))

"""The header is found under titles and units, over two merged rows, and again on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mingcha.registry.sheets import Layout, ReadRow, guess_layout, open_book

CODE = "91130111MA0ABCDE6D"
OTHER = "92130111MA0ABCDE6A"
Read = Callable[..., list[ReadRow]]
Make = Callable[..., str]


def test_titles_and_units_stand_above_the_header(xlsx_file: Make, read: Read) -> None:
    path = xlsx_file(
        {
            "Sheet1": [
                ["示范县2026年检查对象名单"],
                ["填报单位：示范县人社局", "", "单位：万元"],
                [],
                ["序号", "企业名称", "统一社会信用代码", "注册资本"],
                [1, "示范甲有限公司", CODE, 500],
            ]
        }
    )
    (row,) = read(path)
    assert (row.row, row.verdict) == (5, "understood")
    assert row.values["name"] == "示范甲有限公司"
    assert row.values["capital_text"] == "500万元"
    assert row.values["capital_yuan"] == 5_000_000


def test_a_header_of_two_merged_rows_is_joined(xlsx_file: Make, read: Read) -> None:
    def merge(book: Any) -> None:
        sheet = book.get_worksheet_by_name("名单")
        for column, heading in enumerate(["序号", "企业名称", "统一社会信用代码"]):
            sheet.merge_range(0, column, 1, column, heading)
        sheet.merge_range(0, 3, 0, 5, "用工人数")

    table = [
        ["", "", "", "", "", ""],
        ["", "", "", "总数", "参保", "派遣"],
        [1, "示范甲有限公司", CODE, 30, 25, 2],
    ]
    path = xlsx_file({"名单": table}, merge)
    layout = guess_layout(open_book(path, "名单.xlsx"), "subjects", {})
    assert layout.sheets[0].header_rows == (1, 2)
    assert [column.heading for column in layout.sheets[0].columns][3:] == [
        "用工人数/总数",
        "用工人数/参保",
        "用工人数/派遣",
    ]
    (row,) = read(path)
    assert row.row == 3
    assert [row.values[field] for field in ("workers", "insured", "dispatched")] == [30, 25, 2]


def test_the_same_header_without_merged_cells_is_joined_too(csv_file: Make, read: Read) -> None:
    path = csv_file(
        f"序号,企业名称,统一社会信用代码,用工人数,,备注\n,,,总数,参保,\n1,示范甲有限公司,{CODE},30,25,无\n"
    )
    (row,) = read(path)
    assert (row.values["workers"], row.values["insured"]) == (30, 25)


def test_a_header_repeated_on_each_page_is_no_row(csv_file: Make, read: Read) -> None:
    header = "企业名称,信用代码,法定代表人\n"
    path = csv_file(f"{header}示范甲有限公司,{CODE},张三\n\n{header}示范乙商店,{OTHER},李四\n")
    assert [(row.row, row.values["name"]) for row in read(path)] == [(2, "示范甲有限公司"), (5, "示范乙商店")]


def test_totals_and_signatures_below_are_no_rows(csv_file: Make, read: Read) -> None:
    path = csv_file(
        f"序号,单位名称,统一代码,职工人数\n1,示范甲有限公司,{CODE},12\n,合计,,12\n,,,\n"
        "制表人：王五,,审核人：赵六,\n注：本表一式两份,,,\n"
    )
    assert [row.row for row in read(path)] == [2]


@pytest.mark.parametrize(
    "heading",
    [
        "企业名称",
        " 企业 名称 ",
        "*企业名称",
        "企业名称（必填）",
        "企业\n名称",
        "企业名称：",
        "用人单位",
        "市场主体名称",
        "单位名称(全称)",
        "公司名称",
    ],
)
def test_headings_are_known_however_they_are_decorated(xlsx_file: Make, read: Read, heading: str) -> None:
    path = xlsx_file({"名单": [[heading, "社会信用代码"], ["示范甲有限公司", CODE]]})
    (row,) = read(path)
    assert row.values["name"] == "示范甲有限公司"


def test_what_somebody_said_of_a_heading_is_remembered(csv_file: Make) -> None:
    path = csv_file(f"甲方,统一社会信用代码,企业名称\n示范甲有限公司,{CODE},别名\n")
    layout = guess_layout(open_book(path, "名单.csv"), "subjects", {"甲方": "name", "企业名称": ""})
    assert [(c.field, c.how) for c in layout.sheets[0].columns] == [
        ("name", "remembered"),
        ("credit_code", "synonym"),
        ("", "remembered"),
    ]


def test_columns_without_a_known_heading_are_known_by_what_stands_in_them(csv_file: Make) -> None:
    rows = "".join(
        f"示范{name}有限公司,{CODE},2014-01-1{day},1380000000{day}\n" for day, name in enumerate("甲乙丙")
    )
    layout = guess_layout(open_book(csv_file(f"A,B,C,D\n{rows}"), "名单.csv"), "subjects", {})
    assert {c.field for c in layout.sheets[0].columns if c.how == "content"} == {
        "name",
        "credit_code",
        "registered_on",
        "contact_phone",
    }


def test_hidden_sheets_wait_until_somebody_asks_for_them(xlsx_file: Make, read: Read) -> None:
    table = [["企业名称", "信用代码"], ["示范甲有限公司", CODE]]
    path = xlsx_file({"甲": table, "乙": table}, lambda book: book.get_worksheet_by_name("乙").hide())
    assert [row.sheet for row in read(path)] == ["甲"]
    layout = guess_layout(open_book(path, "名单.xlsx"), "subjects", {})
    assert [(sheet.used, "隐藏" in sheet.remark) for sheet in layout.sheets] == [(True, False), (False, True)]


def test_sheets_may_have_different_columns(xlsx_file: Make, read: Read) -> None:
    path = xlsx_file(
        {
            "一": [["企业名称", "信用代码"], ["示范甲有限公司", CODE]],
            "二": [["说明"], ["这张表没有名单，只有文字"]],
            "三": [
                ["标题"],
                ["序号", "营业执照号", "联系电话", "商户名称"],
                [1, OTHER, 13800000000, "示范乙商店"],
            ],
        }
    )
    rows = read(path)
    assert [(row.sheet, row.row) for row in rows] == [("一", 2), ("三", 3)]
    assert rows[1].values["contact_phone"] == "13800000000"


def test_a_sheet_that_goes_on_without_header_is_read_like_the_one_before(xlsx_file: Make, read: Read) -> None:
    more = [["示范乙有限公司", CODE], ["示范丙有限公司", CODE]]
    path = xlsx_file({"一": [["企业名称", "信用代码"], ["示范甲有限公司", CODE]], "二": more})
    assert [(row.sheet, row.row) for row in read(path)] == [("一", 2), ("二", 1), ("二", 2)]


def test_a_layout_survives_being_stored(csv_file: Make) -> None:
    book = open_book(csv_file(f"企业名称,信用代码\n示范甲有限公司,{CODE}\n"), "名单.csv")
    layout = guess_layout(book, "subjects", {})
    assert Layout.from_json(layout.to_json()) == layout

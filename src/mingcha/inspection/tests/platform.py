"""The superior's platform as a county meets it: its lists, its blank, its export."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from django.core.files.base import ContentFile

from mingcha.basics.services import attachments
from mingcha.inspection.backfill.blanks import read_blank
from mingcha.inspection.models import ReturnTemplate
from mingcha.inspection.services.backfill import receive_blank
from mingcha.planning.testing import County
from mingcha.registry.sheets import open_book

NUMBER, TASK = "冀双随机2026-0458", "2026年用工联合抽查"
LIST = ("抽查任务编号", "抽查任务名称", "统一社会信用代码", "企业名称", "检查人员", "派发时间", "抽查事项")
BLANK = ("序号", "任务编号", "统一社会信用代码", "企业名称*", "检查结果", "检查人员", "检查时间", "备注")
ITEM = "工资支付与最低工资"
SHEET = "检查结果录入"


def book(sheet: str, rows: Iterable[Sequence[str]], name: str) -> ContentFile[bytes]:
    """A workbook of one sheet."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True})
    page = workbook.add_worksheet(sheet)
    for place, row in enumerate(rows):
        page.write_row(place, 0, row)
    workbook.close()
    return ContentFile(made.getvalue(), name=name)


def draw_list(firms: Iterable[tuple[str, str]], people: str) -> ContentFile[bytes]:
    """What it drew and dispatched: credit code and name of each firm."""
    told = (NUMBER, TASK), (people, "2026-11-20 09:30", ITEM)
    return book("抽查名单", [LIST, *((*told[0], *firm, *told[1]) for firm in firms)], "省平台名单.xlsx")


def blank() -> ContentFile[bytes]:
    """Its template for entering results in a batch."""
    return book(SHEET, [("检查结果批量录入模板",), BLANK], "批量录入模板.xlsx")


def taken_in(filled: bytes) -> list[tuple[str, ...]]:
    """The rows that it reads from a filled template."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "filled.xlsx"
        path.write_bytes(filled)
        rows = [row for number, row in open_book(str(path), path.name).rows(SHEET) if number > 2]
    return [row + ("",) * (len(BLANK) - len(row)) for row in rows]


def export(rows: Iterable[Sequence[str]], published: str) -> ContentFile[bytes]:
    """Its export: what it took in, with its own record number and its day of publication."""
    heading = (*BLANK, "检查结果编号", "公示日期")
    own = [(*row, f"JG{place:04d}", published) for place, row in enumerate(rows, start=1)]
    return book("检查结果", [heading, *own], "检查结果导出.xlsx")


def received(county: County, file: ContentFile[bytes]) -> ReturnTemplate:
    """A blank as its upload keeps it."""
    blank = read_blank(file, file.name or "")
    file.seek(0)
    stored = attachments.store(file=file, purpose="document")
    return receive_blank(actor=county.coordinator, blank=blank, stored=stored)

"""A superior's plan is read from its columns; nothing changes until it is confirmed."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from mingcha.basics.services.parameters import set_value
from mingcha.kernel.testing import refused
from mingcha.planning.models import PlanLine
from mingcha.planning.plans.testing import YEAR, add_line, an_item, make_plan, section
from mingcha.planning.services import plans
from mingcha.planning.testing import County

pytestmark = pytest.mark.django_db

HEADINGS = (
    "抽查计划编号",
    "任务名称",
    "抽查类型（定向/不定向）",
    "抽查对象",
    "发起部门",
    "参与部门",
    "抽查比例（数量）",
    "检查方式",
    "起止时间",
    "抽查事项",
)
GOOD = (
    "石双随机-01",
    "劳动保障监察检查",
    "定向抽查",
    "各类用人单位",
    "劳动监察股",
    "住建局",
    "20%",
    "实地核查",
    "1月至11月",
    "工资支付",
)
DISPATCH = (
    "石双随机-02",
    "派遣单位检查",
    "不定向",
    "劳务派遣企业",
    "市局",
    "",
    "12户",
    "书面检查",
    "3-10月",
    "没有的",
)
NAMELESS = ("石双随机-03", "", "", "企业", "", "", "", "", "", "")


def workbook(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("计划")
    sheet.write(0, 0, f"{YEAR} 年度计划表")
    for number, row in enumerate((HEADINGS, *rows), start=1):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("上级计划.xlsx", buffer.getvalue())


def test_what_is_understood_of_a_row(county: County) -> None:
    item, lead = an_item(), section()
    plan = make_plan(county)
    received = plans.receive_superior_list(
        actor=county.coordinator, plan=plan, file=workbook(GOOD, DISPATCH, NAMELESS)
    )
    good, dispatch, nameless = received.rows
    assert [row["verdict"] for row in received.rows] == ["warned", "warned", "refused"]
    assert [row["row"] for row in received.rows] == [3, 4, 5]
    assert good["values"] == {
        "name": "劳动保障监察检查",
        "source": "superior",
        "superior_number": "石双随机-01",
        "superior_items": "工资支付",
        "directed": True,
        "kinds": "enterprise,household,nonenterprise",
        "licences": "",
        "quota_mode": "rate",
        "rate_bp": 2000,
        "total": 0,
        "manner": "on_site",
        "first_day": f"{YEAR}-01-01",
        "last_day": f"{YEAR}-11-30",
        "lead_unit_id": lead.pk,
        "joining_ids": [],
    }
    assert good["item_ids"] == [item.pk]
    assert [problem["column"] for problem in good["problems"]] == ["参与部门"]
    assert (dispatch["values"]["quota_mode"], dispatch["values"]["total"]) == ("number", 12)
    assert (dispatch["values"]["kinds"], dispatch["values"]["licences"]) == ("enterprise", "dispatch")
    assert (dispatch["values"]["manner"], dispatch["values"]["directed"]) == ("off_site", False)
    assert (dispatch["values"]["first_day"], dispatch["values"]["last_day"]) == (
        f"{YEAR}-03-01",
        f"{YEAR}-10-31",
    )
    assert [problem["column"] for problem in dispatch["problems"]] == ["发起部门", "抽查事项"]
    assert nameless["problems"][0]["severity"] == "error"
    assert not plan.lines.exists()


def test_a_row_without_a_ratio_takes_the_lowest_that_is_allowed_today(county: County) -> None:
    set_value(
        actor=county.coordinator,
        code="COVERAGE_ENTERPRISE_BP",
        value=500,
        effective_from=county.clock.now().date(),
        source="局务会纪要",
    )
    bare = ("石双随机-04", "派遣单位检查", "", "企业", "", "", "", "", "", "")
    received = plans.receive_superior_list(
        actor=county.coordinator, plan=make_plan(county), file=workbook(bare)
    )
    (row,) = received.rows
    assert row["values"]["rate_bp"] == 500
    assert "看不出比例或户数，先按 5%" in [problem["reason"] for problem in row["problems"]]


def test_confirmed_rows_become_lines_once(county: County) -> None:
    item = an_item()
    section()
    plan = make_plan(county)
    received = plans.receive_superior_list(
        actor=county.coordinator, plan=plan, file=workbook(GOOD, DISPATCH, NAMELESS)
    )
    plans.confirm_superior_list(actor=county.coordinator, received=received, chosen={0, 1, 2})
    first, second = plan.lines.order_by("number")
    assert (first.source, first.code, list(first.items.all())) == ("superior", "石双随机-01", [item])
    assert (second.code, second.total, second.lead_unit, second.superior_items) == (
        "石双随机-02",
        12,
        None,
        "没有的",
    )
    assert (second.first_day, second.last_day) == (date(YEAR, 3, 1), date(YEAR, 10, 31))
    with refused("plan.superior_confirmed"):
        plans.confirm_superior_list(actor=county.coordinator, received=received, chosen={0})
    assert PlanLine.objects.count() == 2


def test_a_number_that_the_plan_has_already_is_refused(county: County) -> None:
    item = an_item()
    plan = make_plan(county)
    add_line(county, plan, item, source="superior", superior_number="石双随机-01")
    received = plans.receive_superior_list(actor=county.coordinator, plan=plan, file=workbook(GOOD))
    assert received.rows[0]["verdict"] == "refused"
    with refused("plan.superior_chosen"):
        plans.confirm_superior_list(actor=county.coordinator, received=received, chosen={0})


def test_a_file_without_the_columns_is_refused_with_what_to_do(county: County) -> None:
    plan = make_plan(county)
    file = SimpleUploadedFile("别的.csv", "姓名,电话\n张三,1\n".encode())
    with refused("list.columns"):
        plans.receive_superior_list(actor=county.coordinator, plan=plan, file=file)

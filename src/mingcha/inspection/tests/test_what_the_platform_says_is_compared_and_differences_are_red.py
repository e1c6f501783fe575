"""Design §7: the platform's export is read back; differences show, what agrees closes, the rest is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.inspection import lifecycle as inspections
from mingcha.inspection.backfill import lifecycle as states
from mingcha.inspection.backfill.blanks import read_export
from mingcha.inspection.backfill.comparing import agree, compare
from mingcha.inspection.backfill.selectors import current_values
from mingcha.inspection.models import Inspection, ReturnRow, ReturnSheet, ReturnTemplate
from mingcha.inspection.results.testing import corrected, reviewed
from mingcha.inspection.services import backfill
from mingcha.inspection.tests import platform
from mingcha.kernel.testing import refused
from mingcha.planning.testing import County, handed_on
from mingcha.registry.sheets import ReadRow
from mingcha.web.providers import next_steps

Row = Sequence[str]


def template(county: County) -> ReturnTemplate:
    made = platform.received(county, platform.blank())
    fields = {column["index"]: column["field"] for column in made.columns}
    return backfill.map_blank(
        actor=county.coordinator, template=made, fields=fields, first_row=3, words={"5": "已责令改正"}
    )


@pytest.fixture
def sheet(county: County) -> ReturnSheet:
    """Three reviewed inspections of a campaign of our own, handed over in the platform's blank."""
    batch = handed_on(county)
    county.clock.advance(days=1)
    for place, one in enumerate(Inspection.objects.order_by("task__seq")):
        reviewed(county, one, result="5" if place == 1 else "1")
    return backfill.make_return(actor=county.coordinator, template=template(county), campaign=batch.campaign)


def rows(sheet: ReturnSheet) -> list[list[str]]:
    """What the platform took in."""
    values = [row.values for row in sheet.rows.order_by("place")]
    names = ("number", "code", "name", "result", "people", "day", "reason")
    return [[str(place), *(one[name] for name in names)] for place, one in enumerate(values, start=1)]


def read(county: County, sheet: ReturnSheet, export: ContentFile[bytes]) -> dict[int, ReturnRow]:
    backfill.read_back(actor=county.coordinator, sheet=sheet, export=read_export(export, export.name or ""))
    return {row.place: row for row in sheet.rows.all()}


def test_a_template_is_mapped_once_for_as_long_as_the_platform_keeps_it(county: County) -> None:
    first = template(county)
    again = platform.received(county, platform.blank())

    assert again.pk == first.pk and again.mapped_at is not None
    assert [first.fields[index] for index in sorted(first.fields)] == [
        *("place", "number", "code", "name", "result", "people", "day", "reason")
    ]
    with refused("return.columns"):
        backfill.map_blank(
            actor=county.coordinator, template=first, fields={3: "name", 4: "name"}, first_row=3, words={}
        )
    with refused("return.first_row"):
        backfill.map_blank(
            actor=county.coordinator, template=first, fields=first.fields, first_row=2, words={}
        )
    with refused("return.no_workbook"):
        platform.received(county, ContentFile("企业名称,检查结果\n".encode(), "模板.csv"))
    with refused("limit.return_blank_bytes"):
        platform.received(county, ContentFile(b"PK" + b"0" * 6 * 1024 * 1024, "模板.xlsx"))


def test_every_row_says_what_became_of_it(county: County, sheet: ReturnSheet) -> None:
    sent = rows(sheet)
    assert [row[4] for row in sent] == ["未发现问题", "已责令改正", "未发现问题"]
    changed = [*sent[1][:4], "未发现问题", *sent[1][5:]]
    stranger = ["4", "", "91130111YY000077X7", "外县企业有限公司", *sent[0][4:]]

    seen = read(county, sheet, platform.export([sent[0], changed, stranger], "2026-11-24"))

    assert [seen[place].outcome for place in (1, 2, 3)] == ["published", "differs", "missing"]
    assert seen[2].differences == [{"field": "result", "ours": "已责令改正", "theirs": "未发现问题"}]
    assert (seen[1].published_on, seen[2].published_on) == (date(2026, 11, 24), None)
    latest = sheet.read_backs.get()
    assert [one["name"] for one in latest.strangers] == ["外县企业有限公司"]
    client = Client()
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    page = client.get(reverse("inspection:returns-detail", args=[sheet.pk])).content.decode()
    assert page.index("已责令改正") < page.index("请在省平台改成本局的")
    assert "这份回填清单里没有这一户" in page

    doubled = platform.export([sent[0], sent[1], sent[1], sent[2]], "2026-11-24")
    assert [row.outcome for row in read(county, sheet, doubled).values()] == [
        "published",
        "doubled",
        "published",
    ]
    done = read(county, sheet, platform.export(sent, "2026-11-24"))
    assert {row.outcome for row in done.values()} == {"published"}
    sheet.refresh_from_db()
    assert sheet.state == states.DONE


def test_our_own_campaign_is_published_by_us_and_not_by_what_is_read_back(
    county: County, sheet: ReturnSheet
) -> None:
    read(county, sheet, platform.export(rows(sheet), "2026-11-24"))

    assert {one.state for one in Inspection.objects.all()} == {inspections.REVIEWED}


def test_a_file_of_something_else_changes_nothing(county: County, sheet: ReturnSheet) -> None:
    other = ["1", "", "91130111YY000077X7", "外县企业有限公司", "未发现问题", "", "", ""]
    with refused("return.other_file"):
        read(county, sheet, platform.export([other], "2026-11-24"))
    with refused("list.columns"):
        read(county, sheet, platform.book("表", [("姓名", "电话"), ("张三", "1")], "通讯录.xlsx"))
    assert not sheet.read_backs.exists()


def test_nothing_is_handed_over_twice_unless_its_list_is_dropped(county: County, sheet: ReturnSheet) -> None:
    period = (clock.today(), clock.today())
    with refused("return.nothing"):
        backfill.make_return(actor=county.coordinator, template=None, period=period)
    with refused("lifecycle.reason"):
        backfill.drop_return(actor=county.coordinator, sheet=sheet, reason=" ")
    backfill.drop_return(actor=county.coordinator, sheet=sheet, reason="模板已换")

    again = backfill.make_return(actor=county.coordinator, template=None, period=period)
    read(county, again, platform.export(rows(again)[:1], "2026-11-24"))
    with refused("return.published"):
        backfill.drop_return(actor=county.coordinator, sheet=again, reason="重来")


@pytest.mark.parametrize(
    ("field", "ours", "theirs", "same"),
    [
        ("day", "2026-11-24", "2026年11月24日", True),
        ("day", "2026-11-24", "2026/11/25 09:30", False),
        ("people", "执法1、执法2", "执法2,执法1", True),
        ("people", "执法1、执法2", "执法1", False),
        ("result", "未发现问题", " 未发现问题 ", True),
        ("reason", "", "未签合同", False),
    ],
)
def test_texts_agree_when_they_mean_the_same(field: str, ours: str, theirs: str, same: bool) -> None:
    assert agree(field, ours, theirs) is same


def _their_row(place: int, **raw: str) -> ReadRow:
    return ReadRow("检查结果", place, raw, {}, [], "understood")


def test_two_visits_to_one_firm_each_get_the_row_that_is_theirs() -> None:
    firm = {"number": "", "code": "91130111TEST00001X", "name": "示范企业有限公司"}
    ours = {
        7: firm | {"day": "2026-05-10", "result": "未发现问题"},
        9: firm | {"day": "2026-11-20", "result": "责令改正"},
    }
    own = {"code": firm["code"], "published": "2026-11-24"}
    later = _their_row(2, day="2026-11-20", result="责令改正", record="JG2", **own)
    earlier = _their_row(3, day="2026年5月10日", result="责令改正", record="JG3", **own)

    found = compare([later, earlier], ours, ("code", "day", "result"), date(2026, 11, 25)).found

    assert [(found[key].outcome, found[key].record) for key in (7, 9)] == [
        ("differs", "JG3"),
        ("published", "JG2"),
    ]
    alone = compare([later], ours, ("code", "day", "result"), date(2026, 11, 25)).found
    assert [alone[key].outcome for key in (7, 9)] == ["missing", "published"]
    more = compare([later, earlier, later], ours, ("code", "day", "result"), date(2026, 11, 25)).found
    assert [more[key].outcome for key in (7, 9)] == ["differs", "doubled"]


def test_a_blank_that_is_filled_again_says_what_holds_after_a_correction(
    county: County, sheet: ReturnSheet
) -> None:
    inspection = sheet.rows.get(place=2).inspection
    corrected(county, inspection, {"result:reason": "缺少九月份工资支付台账"}, "月份写错")
    client = Client()
    sign_in(client, User.objects.get(pk=county.coordinator.id))

    filled = client.get(reverse("inspection:return-file", args=[sheet.pk])).content
    assert [row[7] for row in platform.taken_in(filled)] == ["", "缺少九月份工资支付台账", ""]
    copied = client.get(reverse("inspection:return-copy", args=[sheet.pk]) + "?place=2").content.decode()
    assert "缺少九月份工资支付台账" in copied
    page = client.get(reverse("inspection:returns-detail", args=[sheet.pk])).content.decode()
    assert "本局在回填以后作了更正" in page
    read(county, sheet, platform.export(platform.taken_in(filled), "2026-11-24"))
    page = client.get(reverse("inspection:returns-detail", args=[sheet.pk])).content.decode()
    assert "本局在回填以后作了更正" not in page


def test_a_correction_opens_a_finished_list_again_until_the_platform_says_the_same(
    county: County, sheet: ReturnSheet
) -> None:
    read(county, sheet, platform.export(rows(sheet), "2026-11-24"))
    inspection = sheet.rows.get(place=2).inspection

    corrected(county, inspection, {"result:reason": "缺少九月份工资支付台账"}, "月份写错")

    sheet.refresh_from_db()
    assert sheet.state == states.OPEN
    told = [step for step in next_steps.gather(county.coordinator) if step.title.startswith("读回省平台")]
    assert "1 户和省平台不一致" in told[0].detail
    # An export of the others says nothing of it: the list stays open.
    others = rows(sheet)
    read(county, sheet, platform.export([others[0], others[2]], "2026-11-24"))
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows.get(place=2).outcome) == (states.OPEN, "differs")
    # What was handed over still stands there; then it is put right.
    read(county, sheet, platform.export(rows(sheet), "2026-11-24"))
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows.get(place=2).outcome) == (states.OPEN, "differs")
    read(county, sheet, platform.export(rows(sheet), "2026-11-24"))
    sheet.refresh_from_db()
    assert sheet.state == states.DONE


def test_a_list_costs_as_many_queries_whatever_its_length(county: County, sheet: ReturnSheet) -> None:
    rows = list(sheet.rows.order_by("place"))
    with CaptureQueriesContext(connection) as of_one:
        current_values(sheet, rows[:1], county.coordinator)
    with CaptureQueriesContext(connection) as of_all:
        current_values(sheet, rows, county.coordinator)
    assert len(of_all) == len(of_one)

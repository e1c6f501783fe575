"""The pages of a list, asked as a clerk's browser asks them."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from mingcha.accounts.models import User
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import idempotency
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.roles import Role
from mingcha.kernel.credit_code import synthetic
from mingcha.kernel.testing import check_lifecycle
from mingcha.ledger.models import Record
from mingcha.registry.importing.facts import page_of
from mingcha.registry.importing.lifecycle import IMPORT, BatchFacts
from mingcha.registry.importing.tests.conftest import HEADINGS, csv_of
from mingcha.registry.models import ColumnMeaning, ImportBatch, Subject
from mingcha.web.forms import ONCE
from mingcha.web.registers.events import PersonalDataExported

pytestmark = pytest.mark.django_db(transaction=True)

GOOD, OTHER = synthetic(1), synthetic(2)
UGLY = (
    HEADINGS,
    ("示范商贸有限公司", GOOD, "2019-03-05", "100万", "示范县东大街1号"),
    ("示范餐饮店", OTHER[:-1] + ("0" if OTHER[-1] != "0" else "1"), "2020-01-02", "", "二号"),
    ("", synthetic(3), "2020-01-02", "", "三号"),
)


@pytest.fixture
def clerk(client, coordinator):
    return sign_in(client, User.objects.get(pk=coordinator.id))


def press(client, url: str, **values: str):
    return client.post(url, {ONCE: idempotency.token(), **values})


def test_a_list_is_uploaded_and_its_page_opens(clerk):
    upload = {
        ONCE: idempotency.token(),
        "register": "subjects",
        "new_source": "示范来源",
        "division_code": "130111",
        "file": SimpleUploadedFile("名单.csv", csv_of(UGLY)),
    }
    response = clerk.post(reverse("registry:imports-create"), upload)
    batch = ImportBatch.objects.get()
    assert response["Location"] == reverse("registry:imports-detail", args=[batch.pk])
    assert "正在读取" in clerk.get(response["Location"]).content.decode()
    run_waiting()
    page = clerk.get(response["Location"]).content.decode()
    assert "新增 2、更新 0、没有变化 0、不导入 1" in page
    press(clerk, reverse("registry:import-confirm", args=[batch.pk]), seen="2-0-0-0-1")
    run_waiting()
    assert set(Subject.objects.values_list("division_code", flat=True)) == {"130111"}


def test_what_cannot_come_in_is_grouped_by_reason_and_listed_with_its_place(clerk, bring):
    batch = bring(UGLY)
    page = clerk.get(page_of(batch)).content.decode()
    assert "问题归类" in page
    assert "没有填写" in page
    rows = clerk.get(reverse("registry:import-rows", args=[batch.pk]) + "?tab=refused").content.decode()
    assert "第 4 行" in rows
    assert "改正" in rows


def test_a_row_is_corrected_in_place(clerk, bring):
    batch = bring(UGLY)
    url = reverse("registry:import-row", args=[batch.pk, 3])
    assert "没有填写" in clerk.get(url).content.decode()
    press(clerk, url, name="示范理发店", credit_code=synthetic(3), registered_on="2020-01-02", address="三号")
    batch.refresh_from_db()
    assert (batch.refused, batch.created) == (0, 3)


def test_warnings_of_one_reason_are_accepted_or_left_out_together(clerk, bring):
    batch = bring(UGLY)
    assert batch.warned == 1
    reason = batch.problems.get(severity="warning").group
    press(clerk, reverse("registry:import-settle", args=[batch.pk]), reason=reason)
    batch.refresh_from_db()
    assert (batch.warned, batch.understood, batch.created) == (0, 2, 2)


def test_the_rows_that_need_work_are_a_workbook_that_can_be_uploaded_again(clerk, bring):
    batch = bring(UGLY)
    response = clerk.get(reverse("registry:import-problems", args=[batch.pk]))
    content = b"".join(response.streaming_content)
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert sheet[0][:5] == ["原工作表", "原行号", "有问题的列", "有问题的内容", "问题说明"]
    assert [line[1] for line in sheet[1:]] == ["3", "4"]
    assert not Record.objects.filter(event=PersonalDataExported.code).exists()
    again = bring(content, name="改好的.xlsx")
    assert again.state == "ready"
    assert again.rows == 2


def test_columns_that_nobody_knows_are_asked_for_and_remembered(clerk, bring):
    names = ("示范商贸有限公司", "示范餐饮店", "示范理发店")
    rows = (("监管户", "注册地址", "注册日期"), *((name, "东大街1号", "2020-01-02") for name in names))
    batch = bring(rows)
    assert batch.state == "mapping"
    url = reverse("registry:import-columns", args=[batch.pk])
    assert "示范餐饮店" in clerk.get(url).content.decode()
    press(clerk, url, **{"used-0": "on", "column-0-0": "name", "column-0-1": "address"})
    run_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.created) == ("ready", 3)
    assert ColumnMeaning.objects.get(heading="监管户").field == "name"


def test_a_file_that_is_no_list_is_refused_in_one_sentence(clerk, bring):
    batch = bring(b"%PDF-1.4 nothing", name="名单.xlsx")
    assert batch.state == "failed"
    page = clerk.get(page_of(batch)).content.decode()
    assert batch.message
    assert batch.message[:10] in page


def test_the_same_file_again_is_said(clerk, bring, confirm):
    confirm(bring(UGLY))
    again = bring(UGLY)
    assert "内容一模一样" in clerk.get(page_of(again)).content.decode()


def test_cancelling_leaves_nothing_behind(clerk, bring):
    from mingcha.registry.models import StagedProblem, StagedSubject

    batch = bring(UGLY)
    press(clerk, reverse("registry:import-cancel", args=[batch.pk]))
    run_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.file) == ("cancelled", "")
    assert not StagedSubject.objects.exists()
    assert not StagedProblem.objects.exists()


def test_the_history_of_a_firm_says_which_list_changed_what(clerk, bring, confirm):
    confirm(bring(UGLY))
    renamed = (HEADINGS, ("示范贸易有限公司", GOOD, "2019-03-05", "100万", "示范县东大街1号"))
    confirm(bring(renamed))
    firm = Subject.objects.get(credit_code=GOOD)
    page = clerk.get(reverse("registry:subjects-history", args=[firm.pk])).content.decode()
    assert "导入：示范来源" in page
    assert "示范商贸有限公司" in page


def test_a_change_is_told_in_words_not_in_codes(clerk, bring, confirm):
    confirm(bring(UGLY))
    batch = bring((("企业名称", "统一社会信用代码", "登记状态"), ("示范商贸有限公司", GOOD, "吊销")))
    page = clerk.get(reverse("registry:import-rows", args=[batch.pk])).content.decode()
    assert "存续" in page
    assert "吊销" in page
    assert "revoked" not in page


def test_after_the_confirmation_neither_cells_nor_contacts_are_kept(bring, confirm):
    from mingcha.registry.models import Contact, StagedSubject

    listed = (("企业名称", "统一社会信用代码", "联系电话"), ("示范商贸有限公司", GOOD, "13800000001"))
    batch = bring(listed)
    assert StagedSubject.objects.get().contact_phone == "13800000001"
    confirm(batch)
    run_waiting()
    row = StagedSubject.objects.get()
    assert (row.contact_phone, row.contact_phone_index, row.raw) == ("", "", {})
    assert Contact.objects.get().phone == "13800000001"
    batch.refresh_from_db()
    assert "13800000001" not in json.dumps([batch.options, batch.layout])


def test_a_doubtful_telephone_number_is_shown_masked(clerk, bring, confirm):
    from mingcha.registry.models import StagedProblem

    listed = (("企业名称", "统一社会信用代码", "联系电话"), ("示范商贸有限公司", GOOD, "1380000000123"))
    batch = bring(listed)
    assert StagedProblem.objects.get(batch=batch).value == "***********23"
    url = reverse("registry:import-rows", args=[batch.pk]) + "?tab=warned"
    assert "1380000000123" not in clerk.get(url).content.decode()


def test_overseers_look_and_do_not_touch(client, bureau, bring):
    batch = bring(UGLY)
    sign_in(client, make_officer(Role.OVERSEER, unit=bureau))
    assert client.get(page_of(batch)).status_code == 200
    assert client.get(reverse("registry:import-rows", args=[batch.pk])).status_code == 200
    assert press(client, reverse("registry:import-confirm", args=[batch.pk])).status_code == 403


def test_the_table_keeps_the_promises_of_every_lifecycle():
    check_lifecycle(IMPORT, st.builds(BatchFacts))

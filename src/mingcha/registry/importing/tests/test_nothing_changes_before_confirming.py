"""A list is read and compared; the register changes when somebody confirms, and all at once."""

from __future__ import annotations

from hashlib import sha256

import pytest

from mingcha.kernel.credit_code import synthetic
from mingcha.ledger.models import Record
from mingcha.registry.importing import digests
from mingcha.registry.importing.tests.conftest import HEADINGS
from mingcha.registry.models import FormerName, ImportBatch, StagedSubject, Subject

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND, THIRD = (synthetic(number) for number in (1, 2, 3))
LIST = (
    HEADINGS,
    ("示范商贸有限公司", FIRST, "2019-03-05", "100万人民币", "示范县东大街1号"),
    ("示范餐饮店", SECOND, "2020/1/2", "5万元", "示范县西大街2号"),
)


def test_a_list_is_compared_and_waits(bring):
    batch = bring(LIST)
    assert (batch.state, batch.message) == ("ready", "")
    assert (batch.rows, batch.created, batch.updated, batch.refused) == (2, 2, 0, 0)
    assert not Subject.objects.exists()


def test_confirming_writes_every_row_once(bring, confirm):
    batch = confirm(bring(LIST))
    assert batch.state == "done"
    firm = Subject.objects.get(credit_code=FIRST)
    assert (firm.name, str(firm.registered_on), firm.capital_yuan) == (
        "示范商贸有限公司",
        "2019-03-05",
        1_000_000,
    )
    assert (firm.kind, firm.registration, firm.version) == ("enterprise", "active", 1)
    assert firm.source == batch.source
    assert Subject.objects.count() == 2


def test_the_same_list_again_changes_nothing(bring, confirm):
    confirm(bring(LIST))
    again = bring(LIST)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_a_changed_row_is_an_update_and_the_former_name_is_kept(bring, confirm):
    confirm(bring(LIST))
    renamed = (HEADINGS, ("示范贸易有限公司", FIRST, "2019-03-05", "200万人民币", "示范县东大街1号"))
    batch = bring(renamed)
    assert (batch.created, batch.updated, batch.warned) == (0, 1, 1)
    before = StagedSubject.objects.get(batch=batch).before
    assert before["name"] == "示范商贸有限公司"
    assert before["capital_yuan"] == 1_000_000
    confirm(batch)
    firm = Subject.objects.get(credit_code=FIRST)
    assert (firm.name, firm.capital_yuan, firm.version) == ("示范贸易有限公司", 2_000_000, 2)
    assert list(FormerName.objects.values_list("name", flat=True)) == ["示范商贸有限公司"]


def test_what_a_list_leaves_empty_stays(bring, confirm):
    confirm(bring(LIST))
    batch = confirm(bring((HEADINGS, ("示范商贸有限公司", FIRST, "", "", "示范县新地址9号"))))
    firm = Subject.objects.get(credit_code=FIRST)
    assert batch.updated == 1
    assert (firm.address, firm.capital_yuan) == ("示范县新地址9号", 1_000_000)


def test_a_list_that_may_only_fill_gaps_overwrites_nothing(bring, confirm):
    confirm(bring((("企业名称", "统一社会信用代码", "注册地址"), ("示范商贸有限公司", FIRST, "甲路1号"))))
    batch = confirm(
        bring(((*HEADINGS,), ("示范商贸有限公司", FIRST, "2001-01-01", "", "乙路2号")), keep=True)
    )
    firm = Subject.objects.get(credit_code=FIRST)
    assert batch.updated == 1
    assert (firm.address, str(firm.registered_on)) == ("甲路1号", "2001-01-01")


def test_firms_without_a_code_get_public_numbers_in_the_order_of_the_list(bring, confirm):
    confirm(
        bring(
            (
                HEADINGS,
                ("示范早点摊", "", "2019-03-05", "", "一号"),
                ("示范商贸有限公司", FIRST, "", "", "二号"),
                ("示范修鞋铺", "", "", "", "三号"),
            )
        )
    )
    numbers = dict(Subject.objects.values_list("name", "public_number"))
    assert numbers["示范早点摊"] == "G2026000001"
    assert numbers["示范修鞋铺"] == "G2026000002"
    assert numbers["示范商贸有限公司"] == ""


def test_one_record_a_list_in_the_ledger(bring, confirm):
    batch = confirm(bring(LIST))
    records = Record.objects.filter(event="registry.import.done")
    assert records.count() == 1
    assert batch.rows_digest == _digest_again(batch)
    assert not Record.objects.filter(event="registry.subject.entered").exists()


def test_a_refused_row_stays_out_and_the_others_come_in(bring, confirm):
    batch = bring((*LIST, ("", THIRD, "2020-01-02", "", "无名")))
    assert (batch.refused, batch.created) == (1, 2)
    confirm(batch)
    assert Subject.objects.count() == 2
    assert ImportBatch.objects.get().skipped == 1


def _digest_again(batch):
    """The digest as `importing.digests` describes it, from the staged rows, without the database's help."""
    rows = StagedSubject.objects.filter(batch=batch, action__in=digests.WRITTEN).order_by("position")
    lines = [[getattr(row, field) for field in digests.FIELDS] for row in rows]
    texts = ("\x1f".join("" if value is None else str(value) for value in line) + "\n" for line in lines)
    return sha256("".join(texts).encode()).hexdigest()

"""N7: a correction is a new version with a reason; the old one stays readable, the difference is shown."""

from __future__ import annotations

import pytest

from mingcha.base.events import Thing
from mingcha.base.viewers import PUBLIC
from mingcha.kernel.refusal import Refused
from mingcha.publication import lifecycle, selectors, services
from mingcha.publication.difference import Change, ChangedRow, difference
from mingcha.publication.testing import RESULTS, THING, Bureau, prepared, published, row

LABELS = {"code": "编号", "name": "名称"}


def corrected(bureau: Bureau):  # type: ignore[no-untyped-def]
    changed = [row(1), row(2, result="发现问题已责令改正", rectified=True), row(4)]
    return published(bureau, rows=changed, change_note="复查后更正，编号002原录入有误")


def test_the_next_version_supersedes_the_one_before(bureau: Bureau) -> None:
    first = published(bureau)
    second = corrected(bureau)
    first.refresh_from_db()
    assert (first.state, first.version) == (lifecycle.SUPERSEDED, 1)
    assert (second.state, second.version) == (lifecycle.PUBLISHED, 2)
    assert selectors.current(RESULTS.code, THING) == second
    assert selectors.rows_for(first, PUBLIC) == first.rows


def test_it_says_what_changed(bureau: Bureau) -> None:
    published(bureau)
    found = selectors.changes(corrected(bureau))
    assert found is not None
    assert (found.added, found.removed) == (("004 示范企业04有限公司",), ("003 示范企业03有限公司",))
    assert found.changed == (
        ChangedRow(
            "002 示范企业02有限公司",
            (
                Change("检查结果", "未发现问题", "发现问题已责令改正"),
                Change("已整改", "否", "是"),
            ),
        ),
    )


def test_it_must_say_why(bureau: Bureau) -> None:
    published(bureau)
    with pytest.raises(Refused) as refused:
        prepared(bureau)
    assert refused.value.codes == ("publication.change_note",)


def test_two_that_were_prepared_before_either_stood_must_say_why_too(bureau: Bureau) -> None:
    first = prepared(bureau)
    services.publish(actor=bureau.head, publication_id=first.pk)
    # What waited while the first one was published says nothing of a change.
    second = prepared(bureau, change_note="更正")
    type(second).objects.filter(pk=second.pk).update(change_note="")
    with pytest.raises(Refused) as refused:
        services.publish(actor=bureau.head, publication_id=second.pk)
    assert refused.value.codes == ("publication.change_note",)


def test_different_things_have_their_own_versions(bureau: Bureau) -> None:
    first = published(bureau)
    other = published(bureau, thing=Thing("sample.campaign", 8, "第二次示范抽查"))
    assert (first.version, other.version) == (1, 1)
    assert selectors.changes(other) is None


def test_a_row_without_a_key_is_compared_whole() -> None:
    before, after = [{"code": "1", "name": "甲"}], [{"code": "1", "name": "乙"}]
    found = difference(before, after, key=(), labels=LABELS)
    assert (found.removed, found.added) == (("编号：1；名称：甲",), ("编号：1；名称：乙",))


def test_a_row_is_named_by_its_first_words_whatever_order_it_was_kept_in() -> None:
    labels = {"code": "编号", "name": "名称", "day": "日期"}
    kept = {"day": "2026-11-20", "code": "1", "name": "甲公司"}
    assert difference([], [kept], key=("code",), labels=labels).added == ("1 甲公司",)


def test_of_a_long_list_only_what_came_and_went_is_told() -> None:
    before = [{"code": "1", "name": ["订立书面劳动合同", "按时足额支付工资"]}]
    after = [{"code": "1", "name": ["订立书面劳动合同", "不低于当地最低工资标准"]}]
    found = difference(before, after, key=("code",), labels=LABELS)
    assert found.changed == (
        ChangedRow("1", (Change("名称", "按时足额支付工资", "不低于当地最低工资标准"),)),
    )


def test_a_list_in_another_order_is_told_whole() -> None:
    before, after = [{"code": "1", "name": ["甲", "乙"]}], [{"code": "1", "name": ["乙", "甲"]}]
    found = difference(before, after, key=("code",), labels=LABELS)
    assert found.changed == (ChangedRow("1", (Change("名称", "甲、乙", "乙、甲"),)),)


def test_a_withdrawn_version_before_gives_no_difference_to_the_public(bureau: Bureau) -> None:
    first = published(bureau)
    services.withdraw(actor=bureau.head, publication_id=first.pk, reason="误公开")
    second = corrected(bureau)
    assert second.version == 2
    assert selectors.changes(second) is None
    assert selectors.changes(second, bureau.head) is not None

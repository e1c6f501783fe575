"""经营异常、用工异常、社保异常、失联: each result has its own proof, and contradicts no answer (S9)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Inspection
from mingcha.inspection.results.needs import Found, letters, missing
from mingcha.inspection.results.testing import again, recorded, tried
from mingcha.inspection.services.proving import Figures
from mingcha.inspection.testing import goes
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County

REASON = "登记的住所查无此单位"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Found("1", bad=1), "不能是“未发现问题”"),
        (Found("1", checks={"labour": True}), "情况属实"),
        (Found("6", "缺台账"), "没有一项不符合"),
        (Found("5", "缺台账"), "没有一项不符合"),
        (Found("14", "缺台账"), "没有一项不符合"),
        (Found("6", bad=1), "没有写明结果的具体情形"),
        (Found("4", REASON, attempts=1), "2 个不同日期"),
        (Found("9", "已停业未办理注销"), "经营异常的核查"),
        (Found("9", "已停业未办理注销", checks={"business": False}), "经营异常的核查"),
        (Found("7", "不让进"), "不少于 10 个字"),
        (Found("7", "门卫拒绝检查人员进入车间"), "照片、录音录像"),
        (Found("6", "用工台账缺失", bad=1, asked_checks=("labour",)), "用工异常"),
        (Found("1", items={"工资支付": ("1", 1)}), "“工资支付”有 1 项不符合"),
        (Found("1", items={"工资支付": ("6", 1)}), "整户的结果不能是“未发现问题”"),
    ],
)
def test_what_is_missing_or_contradicts_is_said(found: Found, said: str) -> None:
    assert any(said in words for words in missing(found)), missing(found)


@pytest.mark.parametrize(
    "found",
    [
        Found(),
        Found("1", items={"工资支付": ("1", 0)}),
        Found("6", "缺台账", bad=1, items={"工资支付": ("6", 1)}),
        Found("14", "应参保未参保", checks={"insurance": True}, asked_checks=("insurance",)),
        Found("4", REASON, attempts=2),
        Found("9", "已停业未办理注销", checks={"business": True}, asked_checks=("business",)),
        Found("7", "门卫拒绝检查人员进入车间", evidence=1),
    ],
)
def test_with_its_proof_a_result_stands(found: Found) -> None:
    assert missing(found) == ()


@pytest.mark.parametrize(
    ("result", "arrears", "told"),
    [
        ("1", False, ()),
        ("4", False, ("market",)),
        ("6", True, ("tax",)),
        ("3", True, ("market", "tax")),
        ("15", False, ("other",)),
    ],
)
def test_who_is_told_follows_from_the_result(result: str, arrears: bool, told: tuple[str, ...]) -> None:
    assert letters(result, arrears=arrears) == told


def _submit(inspection: Inspection) -> None:
    services.submit(actor=goes(inspection), inspection=inspection)


def test_nobody_is_unreachable_on_one_day_alone(here: County, visit: Inspection) -> None:
    inspection = recorded(here, visit, values={"result:category": "4", "result:reason": REASON})
    today = here.clock.now().date()

    tried(inspection, today)
    tried(inspection, today, "telephone")
    with pytest.raises(Refused):
        _submit(inspection)
    tried(inspection, today - timedelta(days=1))
    _submit(inspection)

    assert again(inspection).result == "4"
    assert inspection.items.get().result == "4"


def test_a_check_takes_only_reasons_of_its_dictionary_and_closes_with_the_record(
    here: County, visit: Inspection
) -> None:
    inspection = recorded(here, visit, result="6", values={"result:reason": "应参保未参保 3 人"})
    given = {
        "actor": goes(inspection),
        "inspection": inspection,
        "kind": "insurance",
        "figures": Figures(people=12, insured=9, arrears=1_250_00),
        "explanation": "三人刚入职",
        "verified": "社保系统查得参保 9 人，现场点验 12 人，三人入职已满两个月",
        "conclusion": "confirmed",
    }

    with pytest.raises(Refused) as refused:
        services.record_check(reason="随便", **given)
    assert refused.value.refusals[0].code == "result.check_reason"
    with pytest.raises(Refused):
        _submit(inspection)
    check = services.record_check(reason="应参保未参保", **given)
    assert check.arrears_yuan == "1,250.00"
    _submit(inspection)
    assert again(inspection).state == states.TO_REVIEW

    with pytest.raises(Refused) as refused:
        services.record_check(reason="零申报", **given)
    assert refused.value.refusals[0].code == "result.proof_closed"

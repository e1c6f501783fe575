"""The report of `verify` says in Chinese who handed what to whom, why a place is empty and who would help."""

from __future__ import annotations

from mingcha.kernel.draw import InspectorRow, Recusal, report_lines, shortage_text, shortages, verify
from mingcha.kernel.draw.pairing import Target
from mingcha.kernel.draw.tests.support import pair, vector


def test_v3_tells_its_repair_and_its_levelling() -> None:
    lines = report_lines(verify(vector("V3")))
    at = lines.index("调剂与拉平 2 次")
    assert lines[at + 1 : at + 4] == [
        "调剂：第 10 号已没有直接可派的人，由 I006 把第 6 号交给 I003，I006 改去第 10 号。",
        "拉平：I002 的户数比 I003 多，由 I002 把第 10 号交给 I003。",
        "未配足的名额 0 个",
    ]


def test_v5_proves_its_empty_place_and_names_the_way_out() -> None:
    lines = report_lines(verify(vector("V5")))
    at = lines.index("未配足的名额 2 个")
    assert lines[at + 1 : at + 7] == [
        "第 5 号缺 2 人：这 2 个人（I002、I001）都已满额，别的人都不能接手。",
        "  可以数出来：要把各户都配足，至少有 5 户次只能由这 2 个人去，而他们的上限合计只有 4 户次。",
        "  I003：没有所需的“lwpq”专长",
        "  I004：没有所需的“lwpq”专长",
        "  需要至少 1 名具有“lwpq”专长、与该户无回避关系的人员。",
        "要把各户都配足，合计至少需要再有 1 名人员；可向市局借调或补充授权，然后另取补充编号，"
        "只为缺人的检查对象补抽。",
    ]


def test_everything_that_keeps_somebody_from_a_place_is_named() -> None:
    people = [
        InspectorRow("I1", ("x",), 9),
        InspectorRow("I2", ("x",), 9),
        InspectorRow("I3", ("x",), 0),
        InspectorRow("I4", (), 0),
    ]
    done = pair(people, [Target("T", "x")], [Recusal("T", "I2"), Recusal("T", "I4")])
    (shortage,) = shortages(done)
    text = shortage_text(done, shortage)
    assert text.headline == "第 1 号缺 1 人：这 1 个人（I3，上限为 0 户）都已满额，别的人都不能接手。"
    assert sorted(text.others) == [
        "I1：已在本组",
        "I2：与该户有回避关系",
        "I4：与该户有回避关系、上限为 0 户",
    ]
    assert text.way_out == "需要至少 1 名与该户无回避关系的人员。"


def test_a_target_for_which_nobody_comes_into_question_says_so() -> None:
    done = pair([InspectorRow("I1", (), 9)], [Target("T", "x")])
    (shortage,) = shortages(done)
    text = shortage_text(done, shortage)
    assert text.headline == "第 1 号缺 2 人：没有一个人可派。"
    assert text.proof == "可以数出来：要把各户都配足，还有 1 户次没有任何人能去。"
    assert text.others == ["I1：没有所需的“x”专长"]

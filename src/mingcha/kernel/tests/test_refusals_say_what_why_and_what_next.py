import pickle

import pytest

from mingcha.kernel.refusal import Refusal, Refused, Refusing, gettext_noop

CAP = Refusal(
    code="visit.cap",
    message=gettext_noop("%(firm)s本年度已入企检查%(count)s次，达到上限"),
    basis=gettext_noop("国办发〔2024〕54号"),
    remedy=gettext_noop("请改用非现场检查。"),
    params={"firm": "示例公司", "count": 2},
)


def test_a_refusal_is_one_plain_passage() -> None:
    assert CAP.text() == (
        "示例公司本年度已入企检查2次，达到上限（依据：国办发〔2024〕54号）。请改用非现场检查。"
    )


def test_the_message_stays_one_entry_of_the_catalogue() -> None:
    catalogue = {"%(firm)s本年度已入企检查%(count)s次，达到上限": "%(firm)s：%(count)s次"}
    assert CAP.shown("message", lambda text: catalogue.get(text, text)) == "示例公司：2次"


def test_a_percent_sign_needs_no_care_where_nothing_is_filled_in() -> None:
    assert Refusal("a", "抽查比例低于3%", "方案", "请增加抽查户数").text().startswith("抽查比例低于3%（")


@pytest.mark.parametrize("part", ["code", "message", "basis", "remedy"])
def test_a_refusal_lacks_nothing(part: str) -> None:
    texts = {"code": "a", "message": "甲", "basis": "乙", "remedy": "丙", part: " "}
    with pytest.raises(ValueError, match=part):
        Refusal(**texts)  # type: ignore[arg-type]


def test_a_place_without_a_value_is_found_at_once() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Refusal("a", "%(firm)s", "乙", "丙", {"other": 1})


def test_several_refusals_are_raised_together_and_survive_another_process() -> None:
    refused = Refused(CAP, Refusal("b", "甲", "乙", "丙"))
    assert refused.codes == ("visit.cap", "b")
    assert str(refused).count("\n") == 1
    assert pickle.loads(pickle.dumps(refused)).refusals == refused.refusals
    with pytest.raises(ValueError, match="at least one"):
        Refused()


def test_params_cannot_be_changed_from_outside_and_equal_refusals_are_equal() -> None:
    params: dict[str, object] = {"firm": "甲"}
    refusal = Refusal("a", "%(firm)s", "乙", "丙", params)
    params["firm"] = "乙"
    assert refusal.shown("message") == "甲"
    assert len({refusal, Refusal("a", "%(firm)s", "乙", "丙", {"firm": "甲"})}) == 1


def test_the_refusals_of_one_kind_of_thing_share_their_code_and_basis() -> None:
    refuse = Refusing("visit", CAP.basis)
    assert refuse("cap", CAP.message, CAP.remedy, firm="示例公司", count=2).refusals == (CAP,)
    assert refuse.one("cap", "甲", "丙", basis="乙") == Refusal("visit.cap", "甲", "乙", "丙")

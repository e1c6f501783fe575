from dataclasses import dataclass, replace

import pytest
from hypothesis import strategies as st

from mingcha.kernel.lifecycle import SYSTEM, Guard, Lifecycle, State, Transition
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.kernel.testing import check_lifecycle

HANDLER, HEAD = "handler", "head"


@dataclass(frozen=True)
class Facts:
    evidence: int = 1
    paid: bool = True


def has_evidence(facts: Facts) -> Refusal | None:
    if facts.evidence:
        return None
    return Refusal(
        "order.evidence", gettext_noop("还没有上传整改材料"), "方案二（三）3", gettext_noop("请先上传")
    )


def is_paid(facts: Facts) -> Refusal | None:
    if facts.paid:
        return None
    return Refusal("order.paid", gettext_noop("工资尚未付清"), "条例第26条", gettext_noop("请核实付款凭证"))


def step(
    verb: str, label: str, sources: str, target: str, *roles: str, **options: object
) -> Transition[Facts]:
    return Transition(verb, label, tuple(sources.split()), target, frozenset(roles), **options)  # type: ignore[arg-type]


ORDER: Lifecycle[Facts] = Lifecycle(
    name="order",
    label="责令改正",
    states=(
        State("open", "待整改"),
        State("answered", "待复查"),
        State("late", "已逾期"),
        State("closed", "已销号", final=True),
        State("void", "已撤销", final=True),
    ),
    initial="open",
    transitions=(
        step("answer", "提交整改", "open late", "answered", HANDLER),
        step("expire", "到期", "open", "late", by_system=True),
        step(
            "close",
            "复查销号",
            "answered",
            "closed",
            HEAD,
            guards=(Guard("evidence", has_evidence), Guard("paid", is_paid)),
        ),
        step("reopen", "退回整改", "answered", "open", HEAD, by_system=True, needs_reason=True),
        step("withdraw", "撤销", "open late answered", "void", HEAD, needs_reason=True),
    ),
    role_labels={HANDLER: "执法人员", HEAD: "股室负责人"},
)


def refused(state: str, verb: str, roles: set[str], facts: Facts | None = None, reason: str = "") -> Refused:
    with pytest.raises(Refused) as caught:
        ORDER.decide(state, verb, roles, facts or Facts(), reason=reason)
    return caught.value


def test_the_table_keeps_the_promises_of_every_lifecycle() -> None:
    check_lifecycle(ORDER, st.builds(Facts, st.integers(0, 2), st.booleans()))


def test_a_move_that_the_table_allows_is_returned() -> None:
    row = ORDER.decide("open", "answer", {HANDLER}, Facts())
    assert (row.verb, row.target) == ("answer", "answered")


def test_a_verb_that_does_not_fit_the_state_is_told_what_is_possible_instead() -> None:
    told = refused("answered", "answer", {HANDLER})
    assert told.codes == ("lifecycle.not_here",)
    assert str(told) == (
        "责令改正目前为“待复查”，不能办理“提交整改”（依据：办理流程表“责令改正”）。"
        "目前可以办理的是：复查销号（股室负责人）；退回整改（股室负责人、系统到期自动）；撤销（股室负责人）。"
    )


def test_a_finished_thing_says_that_it_is_finished() -> None:
    assert "流程已经结束" in str(refused("closed", "answer", {HANDLER}))


def test_an_unheard_of_verb_is_refused_like_any_other() -> None:
    assert refused("open", "explode", {HEAD}).codes == ("lifecycle.not_here",)


def test_somebody_without_the_role_is_told_who_may() -> None:
    told = refused("answered", "close", {HANDLER}, Facts(evidence=0))
    assert told.codes == ("lifecycle.role",)
    assert "请由有权办理的岗位办理：股室负责人" in str(told)


def test_all_failing_guards_are_told_at_once() -> None:
    assert refused("answered", "close", {HEAD}, Facts(0, paid=False)).codes == (
        "order.evidence",
        "order.paid",
    )
    assert refused("answered", "close", {HEAD}, Facts(paid=False)).codes == ("order.paid",)


def test_a_reason_must_be_written_where_the_table_asks_for_one() -> None:
    assert refused("answered", "reopen", {HEAD}, reason=" \n").codes == ("lifecycle.reason",)
    assert ORDER.decide("answered", "reopen", {HEAD}, Facts(), reason="材料不全").target == "open"
    assert ORDER.preview("answered", "reopen", {HEAD}, Facts()).allowed


def test_only_the_clock_lets_a_deadline_pass() -> None:
    assert ORDER.decide("open", "expire", {SYSTEM}, Facts()).target == "late"
    assert refused("open", "expire", {HANDLER, HEAD}).codes == ("lifecycle.role",)
    assert refused("open", "withdraw", {SYSTEM}).codes == ("lifecycle.role",)


def test_buttons_follow_state_and_role() -> None:
    assert [row.verb for row in ORDER.verbs("answered", {HEAD})] == ["close", "reopen", "withdraw"]
    assert [row.verb for row in ORDER.verbs("open", [HANDLER])] == ["answer"]
    assert ORDER.verbs("closed", {HEAD, HANDLER, SYSTEM}) == ()


def test_a_button_can_be_tried_without_raising() -> None:
    assert ORDER.preview("answered", "close", {HEAD}, Facts()).allowed
    seen = ORDER.preview("answered", "close", {HEAD}, Facts(evidence=0))
    assert not seen.allowed
    assert seen.transition is not None
    assert [refusal.code for refusal in seen.refusals] == ["order.evidence"]


def test_the_table_knows_who_may() -> None:
    assert ORDER.roles_that_may("reopen") == {HEAD, SYSTEM}
    with pytest.raises(ValueError, match="no verb"):
        ORDER.roles_that_may("explode")


def test_a_state_the_table_does_not_know_is_a_fault_and_no_refusal() -> None:
    with pytest.raises(ValueError, match="no state"):
        ORDER.decide("lost", "answer", {HANDLER}, Facts())


def test_the_diagram_is_drawn_from_the_table() -> None:
    lines = ORDER.mermaid().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert '    state "待复查" as s_answered' in lines
    assert "    [*] --> s_open" in lines
    assert "    s_answered --> s_closed : 复查销号 close（股室负责人）" in lines
    assert "    s_open --> s_late : 到期 expire（系统到期自动）" in lines
    assert "    s_void --> [*]" in lines


EXTRA = State("extra", "多余")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"states": (*ORDER.states, ORDER.states[0])}, "twice"),
        ({"states": (*ORDER.states, EXTRA)}, "cannot be reached"),
        ({"states": (State("Bad Code", "坏"),), "initial": "Bad Code", "transitions": ()}, "plain code"),
        ({"states": (EXTRA,), "initial": "extra", "transitions": ()}, "dead end"),
        ({"initial": "nowhere"}, "no state"),
        ({"transitions": (step("go", "走", "open", "nowhere", HEAD),)}, "no state"),
        ({"transitions": (step("go", "走", "nowhere", "open", HEAD),)}, "no state"),
        ({"transitions": (step("go", "走", "", "open", HEAD),)}, "no source"),
        ({"transitions": (step("go", "走", "open", "late"),)}, "nobody"),
        ({"transitions": (step("go", "走", "open", "late", SYSTEM),)}, "by_system"),
        ({"transitions": (step("go", "", "open", "late", HEAD),)}, "label"),
        ({"transitions": (*ORDER.transitions, step("go", "走", "closed", "open", HEAD))}, "final state"),
        (
            {"transitions": (*ORDER.transitions, step("answer", "走", "late", "open", HEAD))},
            "two transitions",
        ),
    ],
)
def test_a_table_that_does_not_hold_together_is_refused_when_it_is_made(
    changes: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        replace(ORDER, **changes)  # type: ignore[arg-type]


def test_the_harness_finds_a_refusal_that_is_not_chinese() -> None:
    guard: Guard[Facts] = Guard("bad", lambda facts: Refusal("x", "no", "条例", "请重试"))
    broken = replace(
        ORDER, transitions=(*ORDER.transitions, step("bad", "坏", "open", "late", HEAD, guards=(guard,)))
    )
    with pytest.raises(AssertionError, match="refusal x"):
        check_lifecycle(broken, st.builds(Facts))


def test_the_harness_finds_a_guard_that_changes_its_mind() -> None:
    answers = iter([None, Refusal("x", "不行", "条例", "请重试")] * 10_000)
    guard: Guard[Facts] = Guard("fickle", lambda facts: next(answers))
    broken = replace(
        ORDER, transitions=(*ORDER.transitions, step("bad", "坏", "open", "late", HEAD, guards=(guard,)))
    )
    with pytest.raises(Exception, match=r"two ways|Flaky|differ"):
        check_lifecycle(broken, st.builds(Facts))


def test_the_harness_finds_a_role_without_a_name() -> None:
    with pytest.raises(AssertionError, match="role handler"):
        check_lifecycle(replace(ORDER, role_labels={HEAD: "股室负责人"}), st.builds(Facts))

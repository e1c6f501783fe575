"""Two inspectors fill one form without a network: nothing is lost, nobody overwrites what he never saw."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.forms import Form, Op, OpId, Scalar, merge

FIELD = "point:1:answer"
VALUES: st.SearchStrategy[Scalar] = st.one_of(st.none(), st.integers(0, 3), st.sampled_from(["", "1", "好"]))


@st.composite
def histories(draw: st.DrawFn) -> list[Op]:
    """What three phones wrote that now and then heard of each other."""
    seen: dict[str, list[Op]] = {name: [] for name in "abc"}
    written: list[Op] = []
    for _ in range(draw(st.integers(0, 14))):
        who = draw(st.sampled_from("abc"))
        if draw(st.booleans()):
            seen[who] = list({op.id: op for op in [*seen[who], *seen[draw(st.sampled_from("abc"))]]}.values())
        field = draw(st.sampled_from(["f", "g"]))
        parents = frozenset(op.id for op in merge(seen[who]).heads(field))
        seq = sum(op.client == who for op in written) + 1
        op = Op(who, seq, field, draw(VALUES), parents)
        seen[who].append(op)
        written.append(op)
    return written


def ancestors(op: Op, known: dict[OpId, Op]) -> set[OpId]:
    """Everything of the field that its writer knew of, the long way round."""
    found: set[OpId] = set()
    waiting = [op]
    while waiting:
        now = waiting.pop()
        own = [
            o for o in known.values() if o.client == now.client and o.field == now.field and o.seq < now.seq
        ]
        for before in [*(known[p] for p in now.parents if p in known), *own]:
            if before.id not in found:
                found.add(before.id)
                waiting.append(before)
    return found


def same(one: Form, other: Form) -> bool:
    return one == other and all(one.heads(f) == other.heads(f) for f in (*one.fields, *other.fields))


@given(histories(), st.randoms())
def test_the_order_in_which_changes_arrive_is_of_no_consequence(ops: list[Op], chance: Random) -> None:
    shuffled = [*ops, *ops[:3]]
    chance.shuffle(shuffled)
    assert same(merge(ops), merge(shuffled))


@given(histories(), st.integers(0, 14), st.integers(0, 14))
def test_merging_in_parts_gives_what_merging_at_once_gives(ops: list[Op], one: int, two: int) -> None:
    a, b, c = ops[:one], ops[one : one + two], ops[one + two :]
    left = merge(merge(merge(a).ops | merge(b).ops).ops | merge(c).ops)
    right = merge(merge(a).ops | merge(merge(b).ops | merge(c).ops).ops)
    assert same(left, right)
    assert same(left, merge(left.ops | left.ops))


@given(histories())
def test_a_field_is_in_conflict_exactly_when_writers_did_not_know_of_each_other_and_disagree(
    ops: list[Op],
) -> None:
    known = {op.id: op for op in ops}
    form = merge(ops)
    for field in ("f", "g"):
        written = [op for op in ops if op.field == field]
        over = {before for op in written for before in ancestors(op, known)}
        heads = [op for op in written if op.id not in over]
        assert sorted(op.id for op in form.heads(field)) == sorted(op.id for op in heads)
        distinct = {(type(op.value), op.value) for op in heads}
        assert (field in form.conflicts()) == (len(distinct) > 1)


@given(histories())
def test_whoever_writes_with_everything_before_the_eyes_decides(ops: list[Op]) -> None:
    form = merge(ops)
    for field in form.fields:
        choice = Op("lead", 1, field, "chosen", frozenset(op.id for op in form.heads(field)))
        assert merge(form.ops | {choice}).values(field) == ("chosen",)


def test_two_who_write_the_same_apart_do_not_disagree() -> None:
    form = merge([Op("a", 1, FIELD, "ok"), Op("b", 1, FIELD, "ok")])
    assert form.conflicts() == ()
    assert form.value(FIELD) == "ok"


def test_while_two_values_stand_neither_is_the_value() -> None:
    form = merge([Op("a", 1, FIELD, "ok"), Op("b", 1, FIELD, "bad")])
    assert form.conflicts() == (FIELD,)
    assert form.values(FIELD) == ("bad", "ok")
    assert form.value(FIELD) is None


def test_a_change_that_has_not_arrived_yet_hides_nothing() -> None:
    ops = [Op("a", 1, FIELD, "ok"), Op("b", 1, FIELD, "bad", frozenset({("a", 1)})), Op("a", 2, "x", 1)]
    chain = [merge(ops[:n]).values(FIELD) for n in range(1, 3)]
    assert [before != after for before, after in pairwise(chain)] == [True]
    assert merge([ops[1]]).value(FIELD) == "bad"


def test_one_change_with_two_contents_is_a_forgery() -> None:
    with pytest.raises(ValueError, match="both"):
        merge([Op("a", 1, FIELD, "ok"), Op("a", 1, FIELD, "bad")])
    with pytest.raises(ValueError, match="from 1"):
        Op("a", 0, FIELD, "ok")
    with pytest.raises(ValueError, match="before it is written"):
        Op("a", 1, FIELD, "ok", frozenset({("a", 1)}))

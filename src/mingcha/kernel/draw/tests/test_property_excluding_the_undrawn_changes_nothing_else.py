"""Tickets hang on the digits alone: who edits one row moves that row and nobody else (protocol 5.3)."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mingcha.kernel.draw import Draw, InspectorRow, RosterRow, replay, reveal, seal
from mingcha.kernel.draw.bundle import Revealed
from mingcha.kernel.draw.roster import parse_roster
from mingcha.kernel.draw.tests.support import draw, vector

ROWS = [RosterRow(f"E{n:03}", "ABC"[n % 3], n % 16 + 1, "x" if n % 4 else "", "") for n in range(60)]
PEOPLE = [InspectorRow(f"I{n}", ("x",) if n % 2 else (), 9) for n in range(6)]
QUOTA = {"base": "all", "mode": "fixed", "k": {"A": 4, "B": 3, "C": 2}}
NUMBER = st.integers(0, 10**9)


def run(rows: list[RosterRow], number: int, weighting: str) -> Revealed:
    return draw(
        rows, QUOTA, number=number, inspectors=PEOPLE, per_target=2, reserve_pct=50, weighting=weighting
    )


def outcome(found: Draw) -> dict[str, str]:
    named = {t.id: "drawn" for t in found.drawn}
    return named | {t.id: "reserve" for s in found.strata for t in s.reserves}


@settings(max_examples=80)
@given(NUMBER, st.integers(0, 59), st.sampled_from(["none", "w16"]))
def test_excluding_somebody_who_was_not_drawn_leaves_every_byte_of_the_result(
    number: int, index: int, weighting: str
) -> None:
    before = run(ROWS, number, weighting)
    assume(ROWS[index].id not in outcome(before.draw))
    rows = [r._replace(excluded="NEW") if n == index else r for n, r in enumerate(ROWS)]
    assert run(rows, number, weighting).files["result.csv"] == before.files["result.csv"]


@settings(max_examples=80)
@given(NUMBER, st.integers(0, 8))
def test_excluding_somebody_who_was_drawn_moves_up_the_first_reserve_and_nobody_else(
    number: int, seq: int
) -> None:
    before = run(ROWS, number, "none").draw
    gone = before.drawn[seq].row
    rows = [r._replace(excluded="NEW") if r == gone else r for r in ROWS]
    after = run(rows, number, "none").draw
    stratum = next(s for s in before.strata if s.code == gone.stratum)
    expected = {t.id for t in before.drawn} - {gone.id} | {stratum.reserves[0].id}
    assert {t.id for t in after.drawn} == expected


@settings(max_examples=40)
@given(NUMBER, st.integers(1, 20))
def test_a_newcomer_on_the_roster_can_push_out_one_of_its_stratum_and_change_nobodys_ticket(
    number: int, n: int
) -> None:
    before = run(ROWS, number, "none").draw
    after = run([*ROWS, RosterRow(f"N{n:03}", "A", 1, "", "")], number, "none").draw
    tickets = {t.id: t.ticket for t in before.drawn}
    assert all(tickets.get(t.id, t.ticket) == t.ticket for t in after.drawn)
    assert len({t.id for t in before.drawn} - {t.id for t in after.drawn}) <= 1
    for code in "BC":
        same = [[t.id for t in d.drawn if t.row.stratum == code] for d in (before, after)]
        assert same[0] == same[1]


def test_in_vector_v1_no_exclusion_of_an_undrawn_company_changes_anything_else() -> None:
    files = vector("V1")
    found = replay(files)
    rows, touched = parse_roster(files["roster.csv"]), outcome(found)
    tried = 0
    for row in rows:
        if row.id in touched or row.excluded:
            continue
        sealed = seal(
            draw_id=found.plan.draw_id, title=found.plan.title, quota=found.plan.quota,
            entropy=found.plan.sources, weighting=found.plan.weighting, per_target=found.plan.per_target,
            reserve_pct=found.plan.reserve_pct,
            roster=[r._replace(excluded="NEW") if r is row else r for r in rows],
        )  # fmt: skip
        values = [part.split("=")[2] for part in found.keys.seed_text.split("|")[2:]]
        assert reveal(sealed.files, values).files["result.csv"] == files["result.csv"]
        tried += 1
    assert tried == 10

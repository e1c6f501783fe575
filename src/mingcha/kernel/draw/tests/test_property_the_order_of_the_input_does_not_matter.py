"""Rows, people and recusals in any order freeze to the same bytes and are drawn to the same bytes."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.kernel.draw import replay, reveal, seal
from mingcha.kernel.draw.roster import parse_roster
from mingcha.kernel.draw.tables import parse_inspectors, parse_recusals
from mingcha.kernel.draw.tests.support import digits, random_bundle

TABLES = {"roster": parse_roster, "inspectors": parse_inspectors, "recusals": parse_recusals}


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.randoms(use_true_random=False))
def test_shuffled_rows_people_and_recusals_give_the_same_bytes(seed: int, shuffler: random.Random) -> None:
    files = random_bundle(seed)
    plan = replay(files).plan
    mixed = {stem: list(parse(files[f"{stem}.csv"])) for stem, parse in TABLES.items()}
    for rows in mixed.values():
        shuffler.shuffle(rows)
    again = seal(
        draw_id=plan.draw_id, title=plan.title, quota=plan.quota, entropy=plan.sources,
        weighting=plan.weighting, reserve_pct=plan.reserve_pct, per_target=plan.per_target, **mixed,
    )  # fmt: skip
    assert again.plan_digest == plan.digest
    assert reveal(again.files, [digits(seed)]).files == files


@settings(max_examples=30)
@given(st.integers(0, 10**9), st.randoms(use_true_random=False))
def test_skills_named_in_another_order_or_twice_are_the_same_person(
    seed: int, shuffler: random.Random
) -> None:
    files = random_bundle(seed)
    people = []
    for person in parse_inspectors(files["inspectors.csv"]):
        skills = [*person.skills, *person.skills]
        shuffler.shuffle(skills)
        people.append(person._replace(skills=tuple(skills)))
    plan = replay(files).plan
    again = seal(
        draw_id=plan.draw_id, title=plan.title, quota=plan.quota, entropy=plan.sources,
        weighting=plan.weighting, reserve_pct=plan.reserve_pct, per_target=plan.per_target,
        roster=parse_roster(files["roster.csv"]), inspectors=people,
        recusals=parse_recusals(files["recusals.csv"]),
    )  # fmt: skip
    assert again.plan_digest == plan.digest

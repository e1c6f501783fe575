"""The rows are never the source: the draw and its changes, repeated, give every team (SSJ-1 §7.7)."""

from __future__ import annotations

import random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingcha.base import clock
from mingcha.kernel import draw as ssj
from mingcha.kernel.refusal import Refused
from mingcha.planning import roster, selectors, services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.changes import living, teams_of
from mingcha.planning.models import ChangeRequest, Dispatch, DispatchChange, Task
from mingcha.planning.testing import MORNING, County, agreed, grounds, handed_on, make_county
from mingcha.registry.models import Inspector

pytestmark = pytest.mark.django_db
Cause = ChangeRequest.Cause


def teams(batch: Dispatch) -> dict[str, list[str]]:
    """As the rows have it; a firm that left its place has nobody."""
    rows = Task.objects.filter(dispatch=batch).select_related("target").prefetch_related("members")
    found = {task.target.roster_id: [one.code for one in task.team] for task in rows if task.target}
    return {target: team for target, team in found.items() if team or target in living_targets(batch)}


def living_targets(batch: Dispatch) -> set[str]:
    return {target.id for target in living(batch).pairing.targets}


def happen(county: County, batch: Dispatch, r: random.Random) -> bool:
    """One event of a random kind at a random place; whether the rules allowed it."""
    task = r.choice(list(Task.objects.filter(dispatch=batch).exclude(state=states.CANCELLED).order_by("pk")))
    person: Inspector = r.choice(county.inspectors)
    ask = services.dispatch
    kind = r.choice(["reserve", "replace", "drop out"])
    try:
        with transaction.atomic():
            if kind == "reserve":
                request = ask.ask_reserve(actor=county.head, task=task, grounds=grounds(Cause.CLOSED))
            elif kind == "replace":
                request = ask.ask_replacement(
                    actor=county.head, task=task, inspector=person, grounds=grounds(Cause.CLASH)
                )
            else:
                (request,) = ask.ask_drop_out(
                    actor=county.coordinator, inspector=person, grounds=grounds(Cause.ILL)
                )
            agreed(county, request)
    except Refused:
        return False
    return True


def check(batch: Dispatch) -> None:
    state = living(batch)
    assert teams(batch) == teams_of(state)
    draw = batch.draw
    assert draw is not None
    for task in Task.objects.filter(dispatch=batch).exclude(state=states.CANCELLED):
        team = task.team
        assert [one.position for one in team] == list(range(1, len(team) + 1))
        whole = len(team) == draw.per_target
        assert task.state == (states.CONFIRMED if whole else states.PREPARED)
    files = selectors.files_for(draw, roster.EVERYONE)
    if DispatchChange.objects.filter(dispatch=batch).exists():
        register = ssj.load_register(selectors.register_jsonl())
        confidential = files[ssj.CONFIDENTIAL_CHANGES]
        again = ssj.replay(files, draw.used_digest)
        ssj.check_changes(register, draw.number, files[ssj.PUBLIC_CHANGES], confidential, again)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), length=st.integers(2, 7))
def test_after_any_sequence_of_events_the_rows_are_what_a_replay_gives(
    db: None, seed: int, length: int
) -> None:
    r = random.Random(seed)
    now = clock.FixedClock(MORNING)
    with clock.using(now), transaction.atomic():
        county = make_county(now, inspectors=r.randint(3, 6))
        batch = handed_on(county, total=4)
        for _event in range(length):
            happen(county, batch, r)
            check(batch)
        transaction.set_rollback(True)

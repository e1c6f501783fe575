"""Processes really killed while they seal, draw, hand on and change: nothing half done, nothing twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from mingcha.base import clock
from mingcha.base.jobs.tests.processes import environment
from mingcha.kernel.draw import first_gap
from mingcha.planning import selectors, services
from mingcha.planning.dispatch.changes import living, teams_of
from mingcha.planning.models import ChangeRequest, Dispatch, Draw, DrawTarget, RegisterLine, Task
from mingcha.planning.testing import (
    MORNING,
    County,
    draft,
    drawn,
    grounds,
    handed_on,
    make_county,
    revealed,
    sealed,
)

pytestmark = pytest.mark.django_db(transaction=True)

#: Every so many statements a process is killed.
STEP = 5


@pytest.fixture
def county() -> Iterator[County]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield make_county(fixed)


def runs(county: County, home: Path, verb: str, draw: Draw, user_id: int) -> list[dict[str, Any]]:
    """What each process left behind, in order."""
    connections.close_all()
    script = str(Path(__file__).with_name("killed.py"))
    arguments = [verb, str(draw.pk), str(user_id), county.clock.now().isoformat(), str(STEP)]
    done = subprocess.run(
        [sys.executable, script, *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def sent(county: County) -> Draw:
    batch = services.dispatch.dispatch(
        actor=county.coordinator, batch=Dispatch.objects.get(draw=drawn(county))
    )
    assert batch.draw is not None
    return batch.draw


def asked_for_a_reserve(county: County) -> Draw:
    """One that the leader is to decide on."""
    batch = handed_on(county)
    task = Task.objects.filter(dispatch=batch).order_by("seq")[0]
    services.dispatch.ask_reserve(
        actor=county.head, task=task, grounds=grounds(ChangeRequest.Cause.DEREGISTERED)
    )
    assert batch.draw is not None
    return batch.draw


def waiting_for_digits(county: County) -> Draw:
    draw = sealed(county, mode=Draw.Mode.SEALED)
    county.clock.advance(minutes=31)
    return draw


@pytest.mark.parametrize(
    ("verb", "prepared", "who"),
    [
        ("seal", lambda county: draft(county, mode=Draw.Mode.SEALED), "coordinator"),
        ("enter_digits", waiting_for_digits, "coordinator"),
        ("confirm_digits", revealed, "overseer"),
        ("confirm_digits", lambda county: revealed(county, mode=Draw.Mode.SEALED), "overseer"),
        ("dispatch", drawn, "coordinator"),
        ("confirm", sent, "head"),
        ("approve", asked_for_a_reserve, "leader"),
    ],
    ids=["seal", "enter", "confirm open", "confirm sealed", "hand on", "confirm tasks", "call a reserve"],
)
def test_a_killed_process_leaves_all_or_nothing(
    county: County, tmp_path: Path, verb: str, prepared: Callable[[County], Draw], who: str
) -> None:
    draw = prepared(county)
    *killed, done, again = runs(county, tmp_path, verb, draw, getattr(county, who).id)
    assert len(killed) > 2
    assert {one["ending"] for one in killed} == {"killed"}
    state = {key: killed[0][key] for key in ("held", "draws", "tasks")}
    assert all({key: one[key] for key in state} == state for one in killed)
    assert done["ending"] == "done"
    assert {key: done[key] for key in ("draws", "tasks")} != {key: state[key] for key in ("draws", "tasks")}
    assert again == done | {"ending": "refused"}
    assert first_gap(selectors.register_jsonl()) is None
    assert RegisterLine.objects.filter(event="登记").count() == 1
    if verb == "confirm_digits":
        assert DrawTarget.objects.filter(draw=draw, kind="S").count() == 3
    if verb == "approve":
        batch = Dispatch.objects.get(draw=draw)
        live = Task.objects.filter(dispatch=batch).exclude(state="cancelled").select_related("target")
        found = {task.target.roster_id: [one.code for one in task.team] for task in live if task.target}
        assert found == teams_of(living(batch))

"""Processes really killed while they seal, enter and confirm: nothing half done, nothing drawn twice."""

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
from mingcha.planning import selectors
from mingcha.planning.models import Draw, DrawTarget, RegisterLine
from mingcha.planning.testing import MORNING, County, draft, make_county, revealed, sealed

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
    ],
    ids=["seal", "enter", "confirm open", "confirm sealed"],
)
def test_a_killed_process_leaves_all_or_nothing(
    county: County, tmp_path: Path, verb: str, prepared: Callable[[County], Draw], who: str
) -> None:
    draw = prepared(county)
    *killed, done, again = runs(county, tmp_path, verb, draw, getattr(county, who).id)
    assert len(killed) > 2
    assert {one["ending"] for one in killed} == {"killed"}
    assert all((one["held"], one["draws"]) == (killed[0]["held"], killed[0]["draws"]) for one in killed)
    assert done["ending"] == "done"
    assert done["draws"] != killed[0]["draws"]
    assert again == done | {"ending": "refused"}
    assert first_gap(selectors.register_jsonl()) is None
    assert RegisterLine.objects.filter(event="登记").count() == 1
    if verb == "confirm_digits":
        assert DrawTarget.objects.filter(draw=draw, kind="S").count() == 3

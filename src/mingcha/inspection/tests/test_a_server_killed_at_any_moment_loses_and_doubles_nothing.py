"""Processes really killed while a phone's queue or photograph arrives: nothing lost, nothing twice."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from mingcha.base import clock
from mingcha.base.jobs.tests.processes import environment
from mingcha.inspection import services
from mingcha.inspection.models import Evidence, Inspection
from mingcha.inspection.testing import entered, goes, ready, team_of
from mingcha.ledger.verification import verify
from mingcha.planning.testing import MORNING, County, make_county

pytestmark = pytest.mark.django_db(transaction=True)
#: Every so many statements a process is killed.
STEP = 7
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 40 + b"\xff\xd9"


@pytest.fixture
def county() -> Iterator[County]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield make_county(fixed)


def runs(county: County, home: Path, verb: str, visit: Inspection, sent: Any) -> list[dict[str, Any]]:
    """What each process left behind, in order."""
    connections.close_all()
    arguments = [verb, str(visit.pk), str(goes(visit).id), clock.now().isoformat(), str(STEP)]
    done = subprocess.run(
        [sys.executable, "-m", "mingcha.inspection.tests.killed", *arguments],
        input=json.dumps(sent),
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_queue_is_there_whole_and_once_whenever_the_server_was_killed(
    county: County, tmp_path: Path
) -> None:
    visit = ready(county)
    lead, _second = team_of(visit)
    services.issue_package(actor=lead, inspection=visit)
    came = clock.now().isoformat()
    county.clock.advance(minutes=50)
    ops = [
        {"seq": seq, "field": field, "value": value, "parents": [], "at": came}
        for seq, (field, value) in enumerate(
            (("present:name", "王大立"), ("told:rights", "yes"), ("firm:agrees", "yes")), start=1
        )
    ]
    queue = {
        "client": "phone-a1",
        "after": 0,
        "enter": {"via": "code", "at": came, "place": None, "people": [one.pk for one in visit.team]},
        "ops": ops,
        "leave": {"at": clock.now().isoformat()},
    }

    left = runs(county, tmp_path, "queue", visit, queue)

    assert [run["ending"] for run in left][-2:] == ["done", "done"]
    assert sum(run["ending"] == "killed" for run in left) > 5
    for run in left:
        held, state = run["held"], run["states"][0]
        assert held["FormOp"] in (0, len(ops))
        assert (held["Entry"], held["EntryPerson"]) == ((0, 0) if state == "ready" else (1, 2))
        assert held["Visit"] == (1 if state == "recording" else 0)
    assert left[-1]["held"] == left[-2]["held"]
    assert left[-1]["states"][0] == "recording"
    assert left[-1]["held"]["FormOp"] == len(ops)
    assert verify().intact


def test_a_photograph_is_there_whole_and_once_whenever_the_server_was_killed(
    county: County, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    visit = entered(county)
    file = {
        "uuid": str(uuid.uuid4()),
        "kind": "photo",
        "point": None,
        "name": "IMG_1.jpg",
        "sha256": hashlib.sha256(JPEG).hexdigest(),
        "size": len(JPEG),
        "at": clock.now().isoformat(),
        "place": None,
    }

    left = runs(county, tmp_path, "photograph", visit, {"file": file, "content": JPEG.hex(), "step": 4096})

    assert [run["ending"] for run in left][-2:] == ["done", "done"]
    assert sum(run["ending"] == "killed" for run in left) > 3
    assert {run["held"]["Evidence"] for run in left} <= {0, 1}
    assert {run["held"]["Attachment"] for run in left} <= {0, 1}
    kept = Evidence.objects.get()
    assert kept.attachment is not None
    assert kept.attachment.file.read() == JPEG
    assert left[-1]["held"] == left[-2]["held"]
    assert verify().intact

"""能合并的不得重复 (54号四): who is being inspected for a reason of its own is left out of a draw, without
the roster saying why."""

from __future__ import annotations

from datetime import date

from mingcha.accounts.selectors import bureau
from mingcha.base import clock
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import Inspection
from mingcha.planning.planned_roster import ALREADY
from mingcha.planning.roster import preview
from mingcha.planning.testing import County, draft


def _case(county: County, **values: object) -> Inspection:
    given = {
        "subject": county.subjects[0],
        "name": county.subjects[0].name,
        "kind": Inspection.Kind.CASE,
        "unit": bureau(),
        "visit_from": date(2026, 11, 23),
        "visit_until": date(2026, 12, 18),
        "state": states.READY,
        "created_at": clock.now(),
    }
    return Inspection.objects.create(**given | values)


def _excluded(county: County) -> dict[int, str]:
    seen = preview(draft(county), division="130111")
    return {entry.subject_id: entry.row.excluded for entry in seen.excluded}


def test_it_stands_on_the_roster_under_the_reason_of_every_other_task_in_progress(county: County) -> None:
    case = _case(county)

    assert _excluded(county) == {case.subject_id: ALREADY}


def test_once_the_visit_is_over_or_taken_back_it_is_drawn_again(county: County) -> None:
    _case(county, state=states.CANCELLED)
    _case(county, subject=county.subjects[1], visit_until=date(2026, 11, 23), visit_from=date(2026, 11, 20))
    county.clock.advance(days=1)

    assert _excluded(county) == {}


def test_a_draft_that_nobody_was_asked_about_keeps_nobody_out(county: County) -> None:
    _case(county, state=states.DRAFT)

    assert _excluded(county) == {}

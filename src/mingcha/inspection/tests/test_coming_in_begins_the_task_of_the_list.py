"""From the first step inside nobody changes the team, and the list knows how far its visits are."""

from __future__ import annotations

from mingcha.base.service import service
from mingcha.base.viewers import System, Viewer
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import Inspection
from mingcha.inspection.services.common import go
from mingcha.inspection.testing import entered, left
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.models import Task
from mingcha.planning.testing import County


@service
def published(*, actor: Viewer, inspection: Inspection) -> None:
    """What the publication of its result makes of an inspection."""
    go(inspection, "publish", actor)


def test_coming_in_begins_the_task_and_leaving_does_not_yet_end_it(county: County) -> None:
    inspection = entered(county)
    assert Task.objects.get(inspection=inspection).state == tasks.BEGUN

    left(county, Inspection.objects.exclude(pk=inspection.pk).order_by("task__seq")[0])

    found = Task.objects.filter(dispatch=inspection.task.dispatch_id).order_by("seq")
    assert [one.state for one in found] == [tasks.BEGUN, tasks.BEGUN, tasks.CONFIRMED]


def test_with_the_published_result_the_task_is_done(county: County) -> None:
    inspection = left(county)
    Inspection.objects.filter(pk=inspection.pk).update(state=states.REVIEWED)
    inspection.refresh_from_db()

    published(actor=System(purpose="tests"), inspection=inspection)

    assert Task.objects.get(inspection=inspection).state == tasks.DONE

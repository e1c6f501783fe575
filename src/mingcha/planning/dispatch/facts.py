"""The facts that the guards of a dispatch look at."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from mingcha.base import clock
from mingcha.base.viewers import Officer, Viewer
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.lifecycle import TaskFacts
from mingcha.planning.models import Dispatch, Task


def short_of(batch: Dispatch) -> QuerySet[Task]:
    """Tasks not yet handed on that lack people (draw protocol §7.7: 不可行)."""
    wanted = batch.campaign.team_size
    rows: QuerySet[Task] = Task.objects.filter(dispatch=batch, state=states.PREPARED)
    counted = rows.annotate(people=Count("members", filter=Q(members__left_at=None)))
    return counted.filter(people__lt=wanted)


def answers_for(viewer: Viewer, batch_id: int) -> bool:
    """Whether this officer organises or answers for the whole batch, not only a part of it."""
    if not isinstance(viewer, Officer):
        return False
    return Dispatch.objects.answered_by(viewer).filter(pk=batch_id).exists()


def hidden_from(viewer: Viewer, batch: Dispatch) -> int:
    """Tasks that were handed on and of which this viewer may not know yet."""
    given = batch.tasks.filter(state__in=states.HANDED_ON)
    return given.count() - Task.objects.visible_to(viewer).filter(pk__in=given.values("pk")).count()


def facts_of(batch: Dispatch) -> TaskFacts:
    """What the guards depend on; only a list that waits has anything to be asked."""
    if batch.state != states.PREPARED:
        return TaskFacts(today=clock.today(), visit_until=batch.visit_until)
    short = short_of(batch).count()
    return TaskFacts(
        today=clock.today(),
        visit_until=batch.visit_until,
        whole=Task.objects.filter(dispatch=batch, state=states.PREPARED).count() - short,
        short=short,
    )

"""What a visit makes of its task: begun, then done; or 未检查. From then on it is nobody's to change."""

from __future__ import annotations

from collections.abc import Iterable

from mingcha.base.events import Thing
from mingcha.base.service import service
from mingcha.base.viewers import Viewer
from mingcha.basics.services.moving import move
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.events import TaskMoved
from mingcha.planning.dispatch.lifecycle import TaskFacts
from mingcha.planning.models import Dispatch, Task
from mingcha.planning.services.dispatch.asking import lapse


@service
def begin(*, actor: Viewer, task_id: int) -> Task:
    """Somebody is there: the team stays as it is, and what was asked for about it falls away."""
    batch, task = _held(task_id)
    _move(task, "begin", actor)
    lapse(batch)
    return task


@service
def finish(*, actor: Viewer, task_id: int) -> Task:
    """The visit has led to its result."""
    _batch, task = _held(task_id)
    _move(task, "finish", actor)
    return task


@service
def leave_out(*, actor: Viewer, task_id: int) -> Task:
    """Nobody goes there, for a reason that was agreed to: never done, and never to be done again."""
    batch, task = _held(task_id)
    _move(task, "leave_out", actor)
    lapse(batch)
    return task


def hold_batch(task_id: int) -> Dispatch:
    """The batch of a task, locked. Whoever changes a team or an inspection of it locks the batch first."""
    return Dispatch.objects.select_for_update(of=("self",)).get(tasks=task_id)


def hold_batches(tasks: Iterable[int]) -> None:
    """The batches of several tasks, locked in the order of their ids, for whoever needs more than one."""
    batches = Dispatch.objects.filter(tasks__in=list(tasks)).values("pk")
    list(Dispatch.objects.filter(pk__in=batches).select_for_update(of=("self",)).order_by("pk"))


def _held(task_id: int) -> tuple[Dispatch, Task]:
    batch = hold_batch(task_id)
    return batch, Task.objects.select_for_update(of=("self",)).get(pk=task_id)


def _move(task: Task, verb: str, actor: Viewer) -> None:
    # Who is on a sealed list is told by `visible_to` alone.
    move(task, states.TASK, verb, actor, TaskFacts(), TaskMoved, thing=Thing.nameless(task))
    task.save(update_fields=["state"])

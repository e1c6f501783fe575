"""What the page of a task says of 候补 and 更换: the ways to ask, what waits, who was on the team before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.planning.dispatch import change_lifecycle as states
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.dispatch.facts import answers_for
from mingcha.planning.models import ChangeRequest, Task
from mingcha.web.components import Action


def actions_of(viewer: Viewer, task: Task) -> Sequence[Action]:
    """The buttons of a task that is still to be done and that a draw of ours made."""
    return list(_actions(viewer, task)) if isinstance(viewer, Officer) and _is_open(task) else ()


def _is_open(task: Task) -> bool:
    over = task.state not in tasks.AHEAD or clock.today() > task.dispatch.visit_until
    return not over and task.dispatch.draw_id is not None


def _actions(viewer: Officer, task: Task) -> Iterator[Action]:
    if answers_for(viewer, task.dispatch_id):
        yield Action(_("更换检查人员"), reverse("planning:task-replace", args=[task.pk]), "user-cog")
        yield Action(_("这户查不了"), reverse("planning:task-reserve", args=[task.pk]), "circle-slash")
    if viewer.has(Role.INSPECTOR) and any(one.inspector.user_id == viewer.id for one in task.team):
        yield Action(_("我不能参加"), reverse("planning:my-drop-out"), "user-minus")


def story_of(viewer: Viewer, task: Task) -> Mapping[str, Any]:
    """Requests about this task, and who left its team."""
    requests = ChangeRequest.objects.visible_to(viewer).filter(task=task).select_related("inspector", "task")
    return {
        "asked_for": [one for one in requests if one.state == states.WAITING],
        "changed": [one for one in requests if one.state == states.APPROVED],
        "former": [one for one in task.members.all() if one.left_at is not None],
        "may_ask": _is_open(task) and answers_for(viewer, task.dispatch_id),
    }

"""The way from a campaign or a draw to its tasks, and how long these may be made."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models import Dispatch, WindowExtension
from mingcha.web.components import Action


def to_dispatches(viewer: Viewer, of: Q) -> list[Action]:
    """A link to each batch of tasks that this viewer sees; one that this viewer is to hand on stands out."""
    hands_on = not viewer.roles.isdisjoint(states.TASK.roles_that_may("dispatch"))
    rows = Dispatch.objects.visible_to(viewer).filter(of).exclude(state=states.CANCELLED)
    return [
        Action(
            _("派发检查任务") if hands_on and batch.state == states.PREPARED else _("查看检查任务"),
            reverse("planning:dispatches-detail", args=[batch.pk]),
            "send",
            primary=hands_on and batch.state == states.PREPARED,
        )
        for batch in rows.order_by("prepared_at", "pk")
    ]


def extensions_of(viewer: Viewer, of: Q) -> QuerySet[WindowExtension]:
    """Who asked for a longer period of visits, why, and what became of it."""
    rows: QuerySet[WindowExtension] = WindowExtension.objects.visible_to(viewer).filter(of)
    return rows.select_related("dispatch__campaign", "asked_by", "decided_by")

"""What tasks add to the shared pages: menu, next steps, a firm's timeline."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things, uses
from mingcha.basics.models import Deadline
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.clashes import clashes_by_batch
from mingcha.planning.dispatch.diary import TOGETHER
from mingcha.planning.dispatch.extension_lifecycle import EXTENSION
from mingcha.planning.models import (
    ANSWERING,
    ARRANGERS,
    DISPATCH_READERS,
    TASK_READERS,
    Dispatch,
    DispatchPart,
    Task,
    WindowExtension,
)
from mingcha.planning.plans.people import TIME_SHARE
from mingcha.planning.services.dispatch.preparing import CONFIRM_RULE, KNOWN_BEFORE
from mingcha.registry.models import Subject
from mingcha.web import navigation
from mingcha.web.providers import NextStep, TimelineEntry, next_steps, timelines

TASKS = gettext_lazy("检查任务")
#: Late batches that stand one by one on a home page; the register shows the rest.
SHOWN = 20
#: Firms of a batch that were handed on and have no half-day yet.
WAITING = Count("tasks", filter=Q(tasks__state__in=states.GIVEN, tasks__slot=None))


def register() -> None:
    """Called once at start-up."""
    for code, label, url_name, icon, order, roles in (
        ("dispatches", gettext_lazy("派发"), "planning:dispatches-list", "send", 20, DISPATCH_READERS),
        ("tasks", TASKS, "planning:tasks-list", "clipboard-check", 22, TASK_READERS),
        ("mine", gettext_lazy("我的任务"), "planning:my-tasks", "map-pin", 24, (Role.INSPECTOR,)),
    ):
        navigation.add(
            navigation.Entry(
                code=f"planning.{code}",
                label=label,
                url_name=url_name,
                icon=icon,
                group="planning",
                order=order,
                roles=roles,
            )
        )
    uses.register(
        KNOWN_BEFORE,
        label=gettext_lazy("派发：检查人员何时知道封存的名单"),
        url_name="planning:dispatches-list",
    )
    uses.register(
        CONFIRM_RULE,
        label=gettext_lazy("派发：股室在几个工作日内确认"),
        url_name="planning:dispatches-list",
    )
    uses.register(
        TOGETHER,
        TIME_SHARE,
        label=gettext_lazy("派发：按乡镇排检查时间"),
        url_name="planning:dispatches-list",
    )
    next_steps.register("planning.dispatch")(_steps)
    timelines.register("planning.tasks")(_visits)
    describe(states.TASK)
    things.register(
        Dispatch,
        label=gettext_lazy("派发"),
        url=lambda pk: reverse("planning:dispatches-detail", args=[pk]),
    )
    things.register(
        DispatchPart,
        label=gettext_lazy("派发中本单位的部分"),
        url=_page_of_part,
    )
    things.register(
        WindowExtension,
        label=gettext_lazy("延长检查期限"),
        url=_page_of_extension,
        render=_for_approval,
    )
    describe(EXTENSION)
    things.register(
        Task,
        label=TASKS,
        url=lambda pk: reverse("planning:tasks-detail", args=[pk]),
    )


def _page_of_part(pk: int) -> str:
    return reverse("planning:dispatch-part", args=[pk])


def _page_of_extension(pk: int) -> str:
    return reverse("planning:dispatch-extension", args=[pk])


def _for_approval(viewer: Viewer, pk: int) -> SafeString:
    """What the leader reads: until when, why, how many firms are left."""
    rows = WindowExtension.objects.visible_to(viewer).select_related("dispatch__campaign", "dispatch__unit")
    one = rows.get(pk=pk)
    left = one.dispatch.tasks.filter(state__in=states.AHEAD).count()
    return render_to_string("planning/extension_for_approval.html", {"one": one, "left": left})


def _steps(officer: Officer) -> Iterator[NextStep]:
    if officer.has(Role.COORDINATOR):
        waiting = Dispatch.objects.visible_to(officer).filter(state=states.PREPARED)
        for batch in waiting.select_related("campaign", "unit"):
            yield NextStep(
                title=_("派发检查任务：%(title)s") % {"title": batch},
                detail=_("抽取已完成，派给%(unit)s确认") % {"unit": batch.unit},
                url=reverse("planning:dispatches-detail", args=[batch.pk]),
                due=batch.visit_from,
                icon="send",
            )
    if officer.has(Role.COORDINATOR, Role.OVERSEER):
        yield from _late(officer)
    if officer.has(*ARRANGERS):
        yield from _to_arrange(officer)
    if officer.has(Role.INSPECTOR):
        yield from _mine(officer)


def _to_arrange(officer: Officer) -> Iterator[NextStep]:
    """Visits without a time for whoever answers for them, and visits that something came in the way of."""
    batches = Dispatch.objects.visible_to(officer).answered_by(officer)
    batches = batches.filter(state__in=states.GIVEN, visit_until__gte=clock.today())
    clashes = clashes_by_batch(officer)
    for batch in batches.annotate(waiting=WAITING).select_related("campaign").order_by("visit_from", "pk"):
        page = reverse("planning:dispatch-visits", args=[batch.pk])
        if clashes[batch.pk]:
            yield NextStep(
                title=_("%(n)d 户的检查安排有冲突：%(title)s") % {"n": clashes[batch.pk], "title": batch},
                detail=_("离岗、证件到期或同一半天两处检查；请改到别的周"),
                url=page,
                tone="danger",
                icon="calendar-x",
                count=clashes[batch.pk],
            )
        # First it is confirmed, which is a term of its own.
        if batch.waiting and batch.state == states.CONFIRMED and officer.has(*ANSWERING):
            yield NextStep(
                title=_("安排检查时间：%(title)s") % {"title": batch},
                detail=_("%(n)d 户还没有排；按乡镇、按周排出") % {"n": batch.waiting},
                url=page,
                due=batch.visit_from,
                icon="calendar-check",
            )


def _late(officer: Officer) -> Iterator[NextStep]:
    """Batches that were not confirmed in time: the section's head has them on the list of deadlines (N9)."""
    late = Deadline.objects.visible_to(officer).open()
    late = late.filter(rule__code=CONFIRM_RULE, due_on__lt=clock.today())
    for deadline in late.select_related("owner_unit").order_by("due_on", "id")[:SHOWN]:
        yield NextStep(
            title=_("逾期未确认：%(title)s") % {"title": deadline.thing_label},
            detail=_("请督促%(unit)s比对、确认检查任务") % {"unit": deadline.owner_unit},
            url=things.url_of(deadline.thing_type, deadline.thing_id),
            due=deadline.due_on,
            tone="danger",
            icon="alarm-clock",
        )


def _mine(officer: Officer) -> Iterator[NextStep]:
    mine = Task.objects.visible_to(officer).mine(officer).exclude(state__in=states.OVER)
    mine = mine.filter(visit_until__gte=clock.today())
    first = mine.order_by("visit_until").first()
    if first is not None:
        count = mine.count()
        yield NextStep(
            title=_("我的任务：%(n)d 户") % {"n": count},
            detail=_("最近的须在 %(day)s 前检查") % {"day": first.visit_until.isoformat()},
            url=reverse("planning:my-tasks"),
            due=first.visit_until,
            icon="map-pin",
            count=count,
        )


def _visits(viewer: Viewer, thing_type: str, thing_id: int) -> Iterator[TimelineEntry]:
    """Tasks at a firm that were handed on, for those who may know of them."""
    if thing_type != Subject._meta.label_lower or not isinstance(viewer, Officer):
        return
    rows = Task.objects.visible_to(viewer).filter(subject=thing_id, state__in=states.HANDED_ON)
    for task in rows.filter(dispatch__sent_at__isnull=False).select_related("dispatch__campaign"):
        yield TimelineEntry(
            day=clock.day_of(task.dispatch.sent_at),
            kind=TASKS,
            title=_("派发检查任务：%(title)s") % {"title": task.dispatch.campaign.title},
            detail=_("%(first)s 至 %(last)s 检查")
            % {"first": task.visit_from.isoformat(), "last": task.visit_until.isoformat()},
            url=reverse("planning:tasks-detail", args=[task.pk]),
            tone="info",
            icon="send",
        )

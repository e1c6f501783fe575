"""What 候补 and 更换 add to the shared pages: menu, next steps, attachments, protection."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics import things
from mingcha.ledger.protection import append_only
from mingcha.planning.dispatch import change_lifecycle as states
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.models import CHANGE_READERS, ChangeRequest, Dispatch, DispatchChange, TaskMember
from mingcha.planning.services.dispatch.asking import ASKERS
from mingcha.registry.models import Subject
from mingcha.web import navigation
from mingcha.web.providers import NextStep, TimelineEntry, next_steps, timelines

CHANGES = gettext_lazy("候补和更换")
#: How long a decision stands on the home pages of those whom it concerns.
NEWS = timedelta(days=3)
SHOWN = 5
#: What to do about a decision; of any other one, what has become of the teams.
_AFTERWARDS = {
    states.APPROVED: gettext_lazy("检查组已经变动，请核对并告知检查人员"),
    states.LAPSED: gettext_lazy("这户的检查任务已经撤销或开展，不用再决定"),
}
_AS_BEFORE = gettext_lazy("检查组不变；局领导的理由见申请")
_PLATFORM = System(purpose="home page")


def register() -> None:
    """Called once at start-up."""
    navigation.add(
        navigation.Entry(
            code="planning.changes",
            label=CHANGES,
            url_name="planning:changes-list",
            icon="arrow-left-right",
            group="planning",
            order=23,
            roles=CHANGE_READERS,
        )
    )
    describe(states.CHANGE)
    next_steps.register("planning.changes")(_steps)
    things.register(ChangeRequest, label=CHANGES, url=page_of)
    timelines.register("planning.changes")(_left_out)
    append_only(DispatchChange)


def page_of(pk: int) -> str:
    return reverse("planning:changes-detail", args=[pk])


def _steps(officer: Officer) -> Iterator[NextStep]:
    if officer.has(Role.BUREAU_LEADER):
        # What can no longer be carried out is nobody's next step (`change_rules.foresee` refuses it).
        waiting = ChangeRequest.objects.visible_to(officer).filter(
            state=states.WAITING, dispatch__visit_until__gte=clock.today()
        )
        waiting = waiting.exclude(dispatch__state=tasks.CANCELLED)
        waiting = waiting.filter(Q(task=None) | Q(task__state__in=tasks.AHEAD))
        waiting = waiting.exclude(asked_by=officer.id)
        for request in waiting.select_related("dispatch__campaign", "task", "inspector").order_by("asked_at"):
            yield NextStep(
                title=_("决定%(request)s") % {"request": request},
                detail=_("%(cause)s；抽查任务：%(title)s")
                % {"cause": request.get_cause_display(), "title": request.dispatch.campaign.title},
                url=page_of(request.pk),
                # Before anybody goes there; asked for after visits have begun, at once.
                due=max(request.dispatch.visit_from, clock.day_of(request.asked_at)),
                tone="warning",
                icon="arrow-left-right",
            )
    if officer.has(Role.COORDINATOR):
        yield from _waiting_for_people(officer)
    yield from _news(officer)
    if officer.has(Role.INSPECTOR):
        yield from _moved(officer)


def _waiting_for_people(officer: Officer) -> Iterator[NextStep]:
    """Batches that were handed on and in which firms have nobody, or too few, to go there."""
    batches = Dispatch.objects.visible_to(officer).filter(
        state__in=tasks.GIVEN, visit_until__gte=clock.today(), draw__isnull=False
    )
    lacking = Count("tasks", filter=Q(tasks__state=tasks.PREPARED))
    for batch in batches.annotate(lacking=lacking).filter(lacking__gt=0).select_related("campaign"):
        yield NextStep(
            title=_("%(n)d 户缺检查人员：%(title)s") % {"n": batch.lacking, "title": batch},
            detail=_("在抽查任务的页面补充抽取检查人员，另取编号"),
            url=reverse("planning:campaigns-detail", args=[batch.campaign_id]),
            due=batch.visit_until,
            tone="warning",
            icon="users",
            count=batch.lacking,
        )


def _news(officer: Officer) -> Iterator[NextStep]:
    """What was decided lately: to who asked, to the section that answers, to the coordinator."""
    if not officer.has(*ASKERS):
        return
    since = clock.now() - NEWS
    decided = ChangeRequest.objects.visible_to(officer).filter(decided_at__gte=since)
    for request in decided.select_related("task", "inspector").order_by("-decided_at")[:SHOWN]:
        yield NextStep(
            title=_("%(state)s：%(request)s") % {"state": request.get_state_display(), "request": request},
            detail=str(_AFTERWARDS.get(request.state, _AS_BEFORE)),
            url=page_of(request.pk),
            icon="arrow-left-right",
        )


def _moved(officer: Officer) -> Iterator[NextStep]:
    """To who joined a team lately, and who left one that he had been told of."""
    since, today = clock.now() - NEWS, clock.today()
    mine = TaskMember.objects.visible_to(_PLATFORM).filter(inspector__user=officer.id)
    told = mine.filter(task__known_from__lte=today).select_related("task")
    joined = told.filter(joined_at__gte=since, left_at=None, task__state=tasks.CONFIRMED)
    for member in joined.filter(joined_at__gt=F("task__dispatch__prepared_at"))[:SHOWN]:
        yield NextStep(
            title=_("请您接替检查：%(firm)s") % {"firm": member.task},
            detail=_("%(last)s 前检查，检查组有变动") % {"last": member.task.visit_until.isoformat()},
            url=reverse("planning:tasks-detail", args=[member.task_id]),
            due=member.task.visit_until,
            icon="user-plus",
        )
    left = told.filter(left_at__gte=since, left_at__date__gte=F("task__known_from"))
    left = left.filter(task__dispatch__confirmed_at__lt=F("left_at"))
    for member in left.order_by("-left_at")[:SHOWN]:
        yield NextStep(
            title=_("您不用再去：%(firm)s") % {"firm": member.task},
            detail=_("已经按规则由他人接替，或者这户不再检查"),
            url=reverse("planning:my-tasks"),
            icon="user-minus",
        )


def _left_out(viewer: Viewer, thing_type: str, thing_id: int) -> Iterator[TimelineEntry]:
    """In a firm's story: it was drawn, could not be inspected, and a reserve took its place."""
    if thing_type != Subject._meta.label_lower or not isinstance(viewer, Officer):
        return
    made = DispatchChange.objects.visible_to(viewer).filter(request__task__subject=thing_id)
    reserves = made.filter(request__kind=ChangeRequest.Kind.RESERVE)
    for change in reserves.select_related("request", "dispatch__campaign"):
        yield TimelineEntry(
            day=clock.day_of(change.made_at),
            kind=CHANGES,
            title=_("不能检查，由候补递补：%(title)s") % {"title": change.dispatch.campaign.title},
            detail=change.request.get_cause_display(),
            url=page_of(change.request_id),
            icon="arrow-left-right",
        )

"""The inspector's home page: where to go today, and what stands in the way of going or of handing in."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.inspection import lifecycle as states
from mingcha.inspection.links import page_of
from mingcha.inspection.models import Evidence, Inspection
from mingcha.inspection.phone.route import due_today
from mingcha.registry.models import Inspector
from mingcha.registry.selectors import firms_kept_from
from mingcha.web.providers import NextStep, next_steps

#: Firms to stay away from that stand one by one.
SHOWN = 5


def register() -> None:
    """Called once at start-up."""
    next_steps.register("inspection.phone")(_steps)


def _steps(officer: Officer) -> Iterator[NextStep]:
    if officer.has(Role.INSPECTOR):
        yield from _route(officer)
        yield from _recused(officer)
        yield from _files(officer)


def _route(officer: Officer) -> Iterator[NextStep]:
    """First of all: the route of the day, on the phone."""
    due = due_today(officer).count()
    mine = Inspection.objects.visible_to(officer).mine(officer)
    begun = mine.filter(state=states.ON_SITE).count()
    if due or begun:
        yield NextStep(
            title=_("今天去 %(n)d 户") % {"n": due} if due else _("%(n)d 户正在检查") % {"n": begun},
            detail=_("在手机上打开路线：先下载资料包，到门口亮码"),
            url=reverse("inspection:phone"),
            icon="smartphone",
            first=True,
        )


def _recused(officer: Officer) -> Iterator[NextStep]:
    """Firms on the own list to which the officer may not go."""
    own = Inspector.objects.visible_to(officer).filter(user=officer.id).values_list("pk", flat=True)
    firms = firms_kept_from(list(own), clock.today(), clock.today())
    mine = Inspection.objects.visible_to(officer).mine(officer).filter(state=states.READY)
    for one in mine.filter(subject__in=firms).order_by("visit_until", "pk")[:SHOWN]:
        yield NextStep(
            title=_("您须回避：%(firm)s") % {"firm": one},
            detail=_("不要去这一户；请告诉股室负责人更换检查人员"),
            url=page_of(one.pk),
            due=one.visit_until,
            tone="danger",
            icon="shield-off",
        )


def _files(officer: Officer) -> Iterator[NextStep]:
    """Photographs and recordings that were announced and are not here yet: the phone has to bring them."""
    mine = Inspection.objects.visible_to(officer).mine(officer).filter(state__in=states.UNDER_WAY)
    waiting = Evidence.objects.visible_to(officer).filter(
        inspection__in=mine.values("pk"), taken_by=officer.id, attachment=None, dropped_at=None
    )
    found = waiting.aggregate(files=Count("pk"), visits=Count("inspection", distinct=True))
    if found["files"]:
        yield NextStep(
            title=_("%(n)d 个照片、录音没有传完") % {"n": found["files"]},
            detail=_("涉及 %(n)d 户；用拍摄的那部手机打开路线，连上网络就接着传") % {"n": found["visits"]},
            url=reverse("inspection:phone"),
            tone="warning",
            icon="upload",
            count=found["files"],
        )

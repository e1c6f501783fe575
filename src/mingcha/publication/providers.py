"""What publication adds to the shared pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from mingcha.accounts import duties
from mingcha.accounts.duties import Duty
from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics import things
from mingcha.ledger.protection import append_only
from mingcha.publication import lifecycle, selectors
from mingcha.publication.models import READERS, Publication, PublicationFile
from mingcha.publication.services.preparing import PREPARE_DUTY
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps

_CLERKS = (Role.COORDINATOR, Role.SECTION_HEAD)
_REVIEWERS = (Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER)


def register() -> None:
    """Called once at start-up."""
    duties.declare(
        Duty(PREPARE_DUTY, gettext_noop("提交公示"), _CLERKS),
        Duty(selectors.REVIEW_DUTY, gettext_noop("审核公示"), _REVIEWERS),
    )
    describe(lifecycle.PUBLICATION)
    navigation.add(
        navigation.Entry(
            code="publication.publications",
            label=gettext_lazy("公示"),
            url_name="publication:publications-list",
            icon="megaphone",
            group="planning",
            order=60,
            roles=READERS,
        )
    )
    next_steps.register("publication")(_steps)
    things.register(
        Publication,
        label=gettext_lazy("公示"),
        url=lambda pk: reverse("publication:publications-detail", args=[pk]),
    )
    append_only(PublicationFile)


def _steps(officer: Officer) -> Iterator[NextStep]:
    waiting = selectors.waiting_for(officer)
    if waiting:
        one = len(waiting) == 1
        yield NextStep(
            title=_("审核公示：%(title)s") % {"title": waiting[0].title} if one else _("待审核的公示"),
            detail=_("对照公众将看到的内容和与前一版的差别，通过或退回"),
            url=reverse("publication:publications-detail", args=[waiting[0].pk])
            if one
            else reverse("publication:publications-list") + f"?state={lifecycle.PREPARED}",
            icon="megaphone",
            tone="warning",
            count=len(waiting),
        )
    if officer.has(Role.COORDINATOR):
        yield from _ending()


def _ending() -> Iterator[NextStep]:
    ending = selectors.ending_soon(clock.today()).order_by("until_day")
    first = ending.first()
    if first is not None and first.until_day is not None:
        yield NextStep(
            title=_("公示期将满"),
            detail=_("到期后第二天自动撤下；需要继续公示的，先核对公示期限参数"),
            url=reverse("publication:publications-list") + f"?state={lifecycle.PUBLISHED}",
            due=first.until_day,
            icon="calendar-x",
            tone="info",
            count=ending.count(),
        )

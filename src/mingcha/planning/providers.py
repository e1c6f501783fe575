"""What draws add to the shared pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics import things, uses
from mingcha.items import uses as items_used
from mingcha.ledger.protection import append_only
from mingcha.planning import item_uses, lifecycle, roster, selectors
from mingcha.planning.models import (
    DRAW_READERS,
    Delivery,
    Draw,
    DrawFile,
    DrawPerson,
    DrawTarget,
    RegisterLine,
    TeamMember,
    Witness,
)
from mingcha.planning.services.void_values import RECORDERS
from mingcha.registry.importing.subject_undoing import sealed_rosters
from mingcha.registry.selectors import assigned_targets
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps


def register() -> None:
    """Called once at start-up."""
    navigation.add(
        navigation.Entry(
            code="planning.draws",
            label=gettext_lazy("抽取"),
            url_name="planning:draws-list",
            icon="dices",
            group="planning",
            order=10,
            roles=DRAW_READERS,
        )
    )
    uses.register(
        *(selectors.MIN_ENTROPY, selectors.MIN_LEAD, selectors.OPEN_WITHIN),
        label=gettext_lazy("抽取：封存的条件"),
        url_name="planning:draws-list",
    )
    next_steps.register("planning")(_steps)
    sealed_rosters.register("planning")(roster.sealed_subjects)
    assigned_targets.register("planning")(selectors.assigned_in)
    items_used.item_uses.register("planning.draws")(item_uses.draws_of)
    items_used.item_uses.register("planning.campaigns")(item_uses.campaigns_of)
    items_used.item_uses.register("planning.plans")(item_uses.plan_lines_of)
    describe(lifecycle.DRAW_LIFECYCLE)
    things.register(
        Draw,
        label=gettext_lazy("抽取"),
        visible=_inside,
        url=lambda pk: reverse("planning:draws-detail", args=[pk]),
    )
    # What was sealed and what was published never changes again.
    for frozen in (DrawFile, DrawPerson, DrawTarget, TeamMember, RegisterLine, Witness, Delivery):
        append_only(frozen)


def _inside(viewer: Viewer) -> QuerySet[Draw]:
    """The draws whose attachments a viewer may have: what is attached to a draw is not published with it."""
    draws = Draw.objects.visible_to(viewer)
    return draws if isinstance(viewer, System) or viewer.roles & {*DRAW_READERS} else draws.none()


def _steps(officer: Officer) -> Iterator[NextStep]:
    draws = Draw.objects.visible_to(officer)
    if _may(officer, "seal"):
        for draw in draws.filter(state=lifecycle.DRAFT):
            yield _step(draw, _("封存名单：%(title)s"), _("核对名单和人员后封存，再摇号"), icon="lock")
    if _may(officer, "enter_digits"):
        for draw in draws.filter(state=lifecycle.SEALED):
            yield _reveal_step(draw)
    if officer.has(Role.COORDINATOR, Role.BUREAU_LEADER):
        for draw in draws.filter(state=lifecycle.KEPT):
            if draw.visit_until < clock.today() or selectors.nobody_goes(draw):
                yield _opening_step(draw)
    if officer.has(*RECORDERS):
        for draw in draws.filter(state=lifecycle.VOID, digits="").exclude(number=""):
            if selectors.void_without_value(draw):
                yield _step(
                    draw,
                    _("补录开奖号码：%(title)s"),
                    _("这次抽取已经作废；它本来会抽中谁，要与作废的理由并列公开"),
                    url_name="planning:draw-void-value",
                    icon="list-checks",
                    tone="warning",
                )
    if _may(officer, "confirm_digits"):
        for draw in draws.filter(state=lifecycle.REVEALED):
            if selectors.kept_from_confirming(draw, officer):
                continue
            yield _step(
                draw,
                _("核对号码：%(title)s"),
                _("号码已由另一人录入，请对照号码球逐位核对"),
                url_name="planning:draw-confirm",
                icon="check-check",
                tone="warning",
            )


def _may(officer: Officer, verb: str) -> bool:
    """Whether the lifecycle table gives one of the officer's roles the verb."""
    return officer.has(*lifecycle.DRAW_LIFECYCLE.roles_that_may(verb))


def _reveal_step(draw: Draw) -> NextStep:
    if clock.now() < draw.reveal_at:
        local = draw.reveal_at.astimezone(clock.SHANGHAI)
        return _step(
            draw,
            _("等待摇号：%(title)s"),
            _("%(at)s 在%(place)s当众摇号") % {"at": local.strftime("%H:%M"), "place": draw.reveal_place},
            icon="hourglass",
        )
    return _step(
        draw,
        _("录入号码：%(title)s"),
        _("摇号时间已到，请按摇出的先后录入"),
        url_name="planning:draw-digits",
        icon="dices",
        tone="warning",
    )


def _opening_step(draw: Draw) -> NextStep:
    """A sealed result whose visits are over; red when it is late (N9)."""
    late = draw.open_by is not None and clock.today() > draw.open_by
    step = _step(
        draw,
        _("逾期未公开：%(title)s") if late else _("公开封存的结果：%(title)s"),
        _("检查已经结束，请公开名单、结果和复算文件"),
        icon="lock-open",
        tone="danger" if late else "warning",
    )
    return replace(step, due=draw.open_by)


def _step(
    draw: Draw,
    title: str,
    detail: str,
    *,
    url_name: str = "planning:draws-detail",
    icon: str,
    tone: str = "info",
) -> NextStep:
    return NextStep(
        title=title % {"title": draw.title},
        detail=detail,
        url=reverse(url_name, args=[draw.pk]),
        due=clock.day_of(draw.reveal_at),
        icon=icon,
        tone=tone,  # type: ignore[arg-type]
    )

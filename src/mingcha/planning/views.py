"""The pages of one draw: what would be sealed, the notice, the digits, the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.planning import lifecycle, selectors, services
from mingcha.planning.forms import ConfirmForm, DigitsForm
from mingcha.planning.models import PAIRING_READERS, Draw
from mingcha.planning.services.void_values import RECORDERS
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer
from mingcha.web.verbs import Verb, press

#: The table says who may; the pages only repeat it.
DIGIT_ENTRANTS = tuple(lifecycle.DRAW_LIFECYCLE.roles_that_may("enter_digits"))
DIGIT_CHECKERS = tuple(lifecycle.DRAW_LIFECYCLE.roles_that_may("confirm_digits"))


def draw_of(request: HttpRequest, pk: int) -> Draw:
    """The draw that the officer may see; 404 otherwise."""
    return get_object_or_404(Draw.objects.visible_to(officer(request)).select_related("specialty"), pk=pk)


def crumbs_of(draw: Draw, *last: str) -> list[Crumb]:
    """The way to a page of the draw."""
    trail = [Crumb(_("抽取"), reverse("planning:draws-list")), Crumb(draw.title, page_of(draw))]
    return [*trail, *(Crumb(label) for label in last)]


def page_of(draw: Draw) -> str:
    """The address of the draw's own page."""
    return reverse("planning:draws-detail", args=[draw.pk])


@officers(Role.COORDINATOR)
@require_POST
def seal(request: Request, pk: int) -> HttpResponse:
    draw = draw_of(request, pk)
    return perform(
        request,
        verb=f"planning.seal:{pk}",
        run=lambda: services.seal(
            actor=officer(request), draw=draw, seen_roster=request.POST.get("roster_digest", "")
        ),
        outcome=lambda sealed: reverse("planning:draw-notice", args=[sealed.pk]),
        done=_("名单已封存。请打印封存公告，当场见证并张贴。"),
    )


class _AtState(ServiceFormView):
    """A form that a draw has in one state only; whoever comes too late is led to what became of it."""

    draw: Draw
    state = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect(page_of(self.draw)) if self.draw.state != self.state else super().get(request)


class EnterDigits(_AtState):
    """Twenty balls, one box each."""

    state = lifecycle.SEALED
    form_class = DigitsForm
    template_name = "planning/digits.html"
    title = gettext_lazy("录入摇出的号码")
    submit_label = gettext_lazy("录入完毕，交另一人核对")
    done = gettext_lazy(
        "号码已录入。请另一人（股室负责人、局领导或督导员）登录，从首页“核对号码”进入，当场核对。"
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.draw = draw_of(request, kwargs["pk"])
        self.verb = f"planning.enter_digits:{self.draw.pk}"

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.draw, str(self.title))

    def cancel_url(self) -> str:
        return page_of(self.draw)

    def page_values(self, form: DigitsForm) -> dict[str, Any]:
        # Said before twenty digits are typed, not after.
        return {"draw": self.draw, "early": clock.now() < self.draw.reveal_at}

    def form_arguments(self) -> dict[str, Any]:
        return {"source": self.draw.used_source}

    def perform(self, form: DigitsForm) -> Draw:
        return services.enter_digits(
            actor=officer(self.request),
            draw=self.draw,
            digits=form.digits(),
            witnesses=form.witnesses(),
        )

    def outcome(self, result: Draw) -> str:
        return page_of(result)


class RecordVoidValue(EnterDigits):
    """The lottery's numbers of a draw that is void: what it would have drawn stands beside the reason."""

    state = lifecycle.VOID
    title = gettext_lazy("补录开奖号码")
    submit_label = gettext_lazy("录入并公开本来的结果")
    done = gettext_lazy("已公开：它本来会抽中谁，与作废的理由并列。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.verb = f"planning.void_value:{self.draw.pk}"

    def form_arguments(self) -> dict[str, Any]:
        return {"source": self.draw.used_source, "witnessed": False}

    def perform(self, form: DigitsForm) -> Draw:
        return services.record_void_value(actor=officer(self.request), draw=self.draw, digits=form.digits())


class ConfirmDigits(_AtState):
    """A second person compares the digits with the balls and starts the draw."""

    state = lifecycle.REVEALED
    form_class = ConfirmForm
    template_name = "planning/confirm.html"
    title = gettext_lazy("核对号码并抽取")
    submit_label = gettext_lazy("核对无误，开始抽取")
    done = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.draw = draw_of(request, kwargs["pk"])
        self.verb = f"planning.confirm_digits:{self.draw.pk}"

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.draw, str(self.title))

    def cancel_url(self) -> str:
        return page_of(self.draw)

    def page_values(self, form: ConfirmForm) -> dict[str, Any]:
        return {"draw": self.draw}

    def perform(self, form: ConfirmForm) -> Draw:
        return services.confirm_digits(actor=officer(self.request), draw=self.draw)

    def outcome(self, result: Draw) -> str:
        told = _("抽取完成，结果和复算所需的全部文件已经公开。")
        if result.withheld:
            told = _("抽取完成。这次是封存抽取：结果的摘要已登记，名单在检查结束后公开，请勿外传。")
        messages.success(self.request, told)
        return page_of(result)


BUTTONS = {
    "return_digits": Verb(
        lambda actor, draw, reason: services.return_digits(actor=actor, draw=draw, reason=reason),
        gettext_lazy("号码已退回，请重新录入。退回的号码和理由会公开。"),
    ),
    "use_fallback": Verb(
        lambda actor, draw, reason: services.use_fallback(actor=actor, draw=draw, reason=reason),
        gettext_lazy("已改用备用来源，理由已经公开；请在备用来源的时间录入号码。"),
    ),
    "open": Verb(
        lambda actor, draw, reason: services.open_result(actor=actor, draw=draw),
        gettext_lazy("名单、结果和封存值已经公开，任何人都可以重新计算。"),
    ),
    "drop": Verb(
        lambda actor, draw, reason: services.drop(actor=actor, draw=draw, reason=reason),
        gettext_lazy("这次拟定已经撤销；它没有编号，也没有公开过。"),
    ),
    "void": Verb(
        lambda actor, draw, reason: services.void(actor=actor, draw=draw, reason=reason),
        gettext_lazy("本次抽取已作废，编号和理由保留在公开登记簿上。"),
    ),
    "abandon": Verb(
        lambda actor, draw, reason: services.abandon(actor=actor, draw=draw, reason=reason),
        gettext_lazy("本次抽取已作废，编号和理由保留在公开登记簿上。"),
    ),
}


def _button(name: str) -> Callable[..., HttpResponseBase]:
    """The page behind one button of a draw; who may press it, the lifecycle says."""

    @officers(*lifecycle.DRAW_LIFECYCLE.roles_that_may(name))
    @require_POST
    def pressed(request: Request, pk: int) -> HttpResponse:
        return press(request, name, BUTTONS, draw_of(request, pk), page_of)

    return pressed


return_digits = _button("return_digits")
use_fallback = _button("use_fallback")
open_result = _button("open")
drop = _button("drop")
void = _button("void")
abandon = _button("abandon")


@officers(Role.OVERSEER)
@require_POST
def escrow(request: Request, pk: int) -> HttpResponse:
    """The escrow copy of the sealed value, to be printed and kept under lock; every look is recorded."""
    draw = get_object_or_404(Draw.objects.visible_to(request.viewer).exclude(secret=None), pk=pk)
    value = services.read_secret(actor=officer(request), draw=draw)
    values = {"draw": draw, "value": value, "crumbs": crumbs_of(draw, _("封存值托管件"))}
    return render(request, "planning/escrow.html", values)


@officers(*PAIRING_READERS)
@require_GET
def bundle(request: Request, pk: int) -> HttpResponse:
    """The overseer's bundle: with inspectors and recusals, so that the pairing too can be repeated."""
    draw = get_object_or_404(
        Draw.objects.visible_to(request.viewer).filter(state__in=lifecycle.COMPLETE), pk=pk
    )
    return zip_response(selectors.bundle_zip(draw, request.viewer), f"draw-{draw.number}-full.zip")


def zip_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


enter_digits = officers(*DIGIT_ENTRANTS)(EnterDigits.as_view())
record_void_value = officers(*RECORDERS)(RecordVoidValue.as_view())
confirm_digits = officers(*DIGIT_CHECKERS)(ConfirmDigits.as_view())

"""The pages of one draw: what would be sealed, the notice, the digits, the result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base.roles import Role
from mingcha.planning import lifecycle, selectors, services
from mingcha.planning.forms import ConfirmForm, DigitsForm
from mingcha.planning.models import PAIRING_READERS, Draw
from mingcha.planning.services.void_values import RECORDERS
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer

#: The table says who may; the pages only repeat it.
DIGIT_ENTRANTS = tuple(lifecycle.DRAW_LIFECYCLE.roles_that_may("enter_digits"))
OPENERS = tuple(lifecycle.DRAW_LIFECYCLE.roles_that_may("open"))
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


class EnterDigits(ServiceFormView):
    """Twenty balls, one box each."""

    form_class = DigitsForm
    template_name = "planning/digits.html"
    title = gettext_lazy("录入摇出的号码")
    submit_label = gettext_lazy("录入完毕，交另一人核对")
    done = gettext_lazy("号码已录入，请另一人当场核对。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.draw = draw_of(request, kwargs["pk"])
        self.verb = f"planning.enter_digits:{self.draw.pk}"

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.draw, str(self.title))

    def cancel_url(self) -> str:
        return page_of(self.draw)

    def page_values(self, form: DigitsForm) -> dict[str, Any]:
        return {"draw": self.draw}

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


class ConfirmDigits(ServiceFormView):
    """A second person compares the digits with the balls and starts the draw."""

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


@officers(*DIGIT_CHECKERS)
@require_POST
def return_digits(request: Request, pk: int) -> HttpResponse:
    draw = draw_of(request, pk)
    return perform(
        request,
        verb=f"planning.return_digits:{pk}",
        run=lambda: services.return_digits(
            actor=officer(request), draw=draw, reason=request.POST.get("reason", "")
        ),
        outcome=page_of,
        done=_("号码已退回，请重新录入。退回的号码和理由会公开。"),
    )


@officers(*DIGIT_CHECKERS)
@require_POST
def use_fallback(request: Request, pk: int) -> HttpResponse:
    draw = draw_of(request, pk)
    return perform(
        request,
        verb=f"planning.use_fallback:{pk}",
        run=lambda: services.use_fallback(
            actor=officer(request), draw=draw, reason=request.POST.get("reason", "")
        ),
        outcome=page_of,
        done=_("已改用备用来源，理由已经公开；请在备用来源的时间录入号码。"),
    )


@officers(*OPENERS)
@require_POST
def open_result(request: Request, pk: int) -> HttpResponse:
    draw = draw_of(request, pk)
    return perform(
        request,
        verb=f"planning.open:{pk}",
        run=lambda: services.open_result(actor=officer(request), draw=draw),
        outcome=page_of,
        done=_("名单、结果和封存值已经公开，任何人都可以重新计算。"),
    )


@officers(Role.OVERSEER)
@require_POST
def escrow(request: Request, pk: int) -> HttpResponse:
    """The escrow copy of the sealed value, to be printed and kept under lock; every look is recorded."""
    draw = get_object_or_404(Draw.objects.visible_to(request.viewer).exclude(secret=None), pk=pk)
    value = services.read_secret(actor=officer(request), draw=draw)
    values = {"draw": draw, "value": value, "crumbs": crumbs_of(draw, _("封存值托管件"))}
    response = render(request, "planning/escrow.html", values)
    response["Cache-Control"] = "no-store"
    return response


@officers(Role.COORDINATOR, Role.BUREAU_LEADER)
@require_POST
def void(request: Request, pk: int) -> HttpResponse:
    draw = draw_of(request, pk)
    return perform(
        request,
        verb=f"planning.void:{pk}",
        run=lambda: services.void(actor=officer(request), draw=draw, reason=request.POST.get("reason", "")),
        outcome=page_of,
        done=_("本次抽取已作废，编号和理由保留在公开登记簿上。"),
    )


@officers(Role.BUREAU_LEADER)
@require_POST
def abandon(request: Request, pk: int) -> HttpResponse:
    draw = draw_of(request, pk)
    return perform(
        request,
        verb=f"planning.abandon:{pk}",
        run=lambda: services.abandon(
            actor=officer(request), draw=draw, reason=request.POST.get("reason", "")
        ),
        outcome=page_of,
        done=_("本次抽取已作废，编号和理由保留在公开登记簿上。"),
    )


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

"""Who can be drawn, days of leave, and recusals: what the generic pages of people do not do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.registry import services
from mingcha.registry.forms import OwnRecusalForm
from mingcha.registry.models import REGISTER_READERS, Inspector, Leave, Recusal
from mingcha.registry.recusal_lifecycle import RECUSAL
from mingcha.registry.selectors import Availability, availability
from mingcha.web.access import officers
from mingcha.web.components import Crumb, show_refusals
from mingcha.web.forms import DateInput, Form, ServiceFormView, perform
from mingcha.web.http import Request, officer

#: Longest stretch that is looked at, in days: a year.
MOST_DAYS = 366
RECUSAL_DECIDERS = tuple(RECUSAL.roles_that_may("approve"))


class DaysForm(Form):
    """The days that are asked about."""

    first = forms.DateField(label=_("自"), widget=DateInput())
    last = forms.DateField(label=_("至"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("止日早于起日，请改正"))
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error("last", _("一次至多查一年"))
        return cleaned


@officers(*REGISTER_READERS)
@require_safe
def availability_page(request: Request) -> HttpResponse:
    """Who can be drawn on these days and who not, and why."""
    form = DaysForm(request.GET) if request.GET else DaysForm(initial=_today())
    asked = form.cleaned_data if form.is_bound and form.is_valid() else _today()
    found = availability(officer(request), asked["first"], asked["last"])
    certified = [one for one in found if one.inspector.kind == Inspector.Kind.CERTIFIED]
    values = {
        "form": form,
        "first": asked["first"],
        "last": asked["last"],
        "able": [one for one in certified if one.can_be_drawn],
        "unable": [(one, _reasons(one)) for one in certified if not one.can_be_drawn],
        "others": [one for one in found if one.inspector.kind != Inspector.Kind.CERTIFIED],
        "may_edit": officer(request).has(*services.INSPECTOR_KEEPERS),
        "crumbs": [
            Crumb(_("执法检查人员名录库"), reverse("registry:inspectors-list")),
            Crumb(_("谁可以抽")),
        ],
    }
    return render(request, "registry/availability.html", values)


def _today() -> dict[str, date]:
    return {"first": clock.today(), "last": clock.today()}


def _reasons(one: Availability) -> Any:
    return show_refusals(one.obstacles)


@officers(*services.LEAVE_KEEPERS)
@require_POST
def cancel_leave(request: Request, pk: int) -> HttpResponse:
    leave = get_object_or_404(Leave.objects.visible_to(officer(request)), pk=pk)
    return perform(
        request,
        verb=f"registry.cancel_leave:{pk}",
        run=lambda: services.cancel_leave(actor=officer(request), leave=leave),
        outcome=lambda done: reverse("registry:leaves-detail", args=[done.pk]),
        done=str(_("已取消，这几天可以参加抽取。")),
    )


def _recusal(request: HttpRequest, pk: int) -> Recusal:
    return get_object_or_404(Recusal.objects.visible_to(officer(request)), pk=pk)


def _recusal_page(recusal: Recusal) -> str:
    return reverse("registry:recusals-detail", args=[recusal.pk])


@officers(*RECUSAL_DECIDERS)
@require_POST
def approve_recusal(request: Request, pk: int) -> HttpResponse:
    recusal = _recusal(request, pk)
    return perform(
        request,
        verb=f"registry.approve_recusal:{pk}",
        run=lambda: services.approve_recusal(actor=officer(request), recusal=recusal),
        outcome=_recusal_page,
        done=str(_("已批准回避，以后的抽取不会把两者配在一起。")),
    )


@officers(*RECUSAL_DECIDERS)
@require_POST
def reject_recusal(request: Request, pk: int) -> HttpResponse:
    recusal = _recusal(request, pk)
    return perform(
        request,
        verb=f"registry.reject_recusal:{pk}",
        run=lambda: services.reject_recusal(
            actor=officer(request), recusal=recusal, reason=request.POST.get("reason", "")
        ),
        outcome=_recusal_page,
        done=str(_("已记录：不予回避。理由保留在存证链上。")),
    )


class DeclareOwnRecusal(ServiceFormView):
    """An inspector declares that he or she must stay away from a firm."""

    form_class = OwnRecusalForm
    title = _("申报回避")
    subtitle = _("您与某家企业有近亲属、投资、任职等关系的，请在这里申报；批准前就不会再派您去这家企业")
    submit_label = _("申报")
    done = _("已申报，等待局领导在规定期限内决定。决定以前也不会派您去这家企业。")
    verb = "registry.declare_own_recusal"

    def perform(self, form: OwnRecusalForm) -> Recusal:
        values = dict(form.cleaned_data)
        return services.declare_own_recusal(
            actor=officer(self.request), code_or_name=values.pop("firm"), values=values
        )

    def outcome(self, result: Recusal) -> str:
        return reverse("registry:own-recusals")

    def cancel_url(self) -> str:
        return reverse("registry:own-recusals")


@officers(Role.INSPECTOR)
@require_safe
def own_recusals(request: Request) -> HttpResponse:
    """What this person has declared, and what became of it."""
    mine = Recusal.objects.visible_to(officer(request)).filter(inspector__user_id=officer(request).id)
    values = {
        "recusals": mine.select_related("subject").order_by("-declared_on", "-pk"),
        "crumbs": [Crumb(_("我的回避"))],
    }
    return render(request, "registry/own_recusals.html", values)


declare_own_recusal = officers(Role.INSPECTOR)(DeclareOwnRecusal.as_view())

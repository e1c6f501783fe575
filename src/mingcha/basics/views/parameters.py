"""Entering a value, and confirming rows that are 待确认."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingcha.base import clock
from mingcha.basics.forms import ValueForm
from mingcha.basics.models import DeadlineRule, Parameter, ParameterValue
from mingcha.basics.rules import CONFIRMERS, KEEPERS
from mingcha.basics.services import deadline_rules, parameters
from mingcha.web import access
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform


class SetValue(ServiceFormView):
    """A new value of one parameter, from a day on."""

    form_class = ValueForm
    verb = "basics.set_value"
    subtitle = gettext_lazy("原来的取值到起始日期的前一天为止，仍可查询")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Parameter.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
        self.parameter = get_object_or_404(rows, pk=kwargs["pk"])
        self.title = _("录入取值：%(label)s") % {"label": self.parameter.label}
        return super().dispatch(request, *args, **kwargs)

    def form_arguments(self) -> dict[str, Any]:
        return {
            "kind": self.parameter.kind,
            "unit": self.parameter.unit,
            "initial": {"effective_from": clock.today()},
        }

    def perform(self, form: Any) -> ParameterValue:
        return parameters.set_value(
            actor=self.request.viewer,  # type: ignore[attr-defined]
            code=self.parameter.code,
            **form.cleaned_data,
        )

    def outcome(self, result: Any) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        return reverse("basics:parameters-detail", args=[self.parameter.pk])

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("参数"), reverse("basics:parameters-list")),
            Crumb(self.parameter.label, self.cancel_url()),
            Crumb(_("录入取值")),
        ]


set_value = access.officers(*KEEPERS)(SetValue.as_view())


@access.officers(*CONFIRMERS)
@require_POST
def confirm_value(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one value."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row = get_object_or_404(ParameterValue.objects.visible_to(viewer), pk=pk)
    return perform(
        request,
        verb="basics.confirm_value",
        run=lambda: parameters.confirm_value(
            actor=viewer, row_id=row.pk, note=request.POST.get("reason", "")
        ),
        outcome=lambda done: reverse("basics:parameters-detail", args=[done.parameter_id]),
        done=_("已确认。"),
    )


@access.officers(*CONFIRMERS)
@require_POST
def confirm_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one rule of the table of terms."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row = get_object_or_404(DeadlineRule.objects.visible_to(viewer), pk=pk)
    return perform(
        request,
        verb="basics.confirm_rule",
        run=lambda: deadline_rules.confirm_rule(
            actor=viewer, row_id=row.pk, note=request.POST.get("reason", "")
        ),
        outcome=lambda done: reverse("basics:rules-detail", args=[done.pk]),
        done=_("已确认。"),
    )

"""Voiding a number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingcha.basics.models import DocumentNumber
from mingcha.basics.rules import KEEPERS
from mingcha.basics.services import numbers
from mingcha.web import access
from mingcha.web.forms import perform


@access.officers(*KEEPERS)
@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a number void; it stays in the register."""
    viewer = request.viewer  # type: ignore[attr-defined]
    number = get_object_or_404(DocumentNumber.objects.visible_to(viewer), pk=pk)
    return perform(
        request,
        verb="basics.void_number",
        run=lambda: numbers.void(actor=viewer, number_id=number.pk, why=request.POST.get("reason", "")),
        outcome=lambda done: reverse("basics:numbers-detail", args=[done.pk]),
        done=_("文号已作废。"),
    )

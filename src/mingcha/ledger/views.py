"""The page of daily heads, for anyone."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingcha.ledger.models import Head
from mingcha.web import access

HEADS_PER_PAGE = 31


@access.public
@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """Where the chain stood at the end of each day, latest first."""
    found = Head.objects.visible_to(request.viewer).order_by("-day")  # type: ignore[attr-defined]
    page = Paginator(found, HEADS_PER_PAGE).get_page(request.GET.get("page"))
    # Not "page": every template knows the frame around it by that name.
    return render(request, "ledger/heads.html", {"page_of_heads": page})

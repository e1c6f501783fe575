"""Trying a draft out: a button, the page of a trial, throwing it away. Only the demo has these addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.planning import services
from mingcha.planning.models import DRAW_READERS, TrialDraw
from mingcha.planning.services.trials import TRIERS
from mingcha.planning.views import crumbs_of, draw_of, page_of
from mingcha.web.access import officers
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer


@officers(*TRIERS)
@require_POST
def try_out(request: Request, pk: int) -> HttpResponse:
    draw = draw_of(request, pk)
    return perform(
        request,
        verb=f"planning.try_out:{pk}",
        run=lambda: services.try_out(actor=officer(request), draw=draw),
        outcome=lambda made: reverse("trials:trial", args=[made.pk]),
        done=_("试抽好了。这不是抽取，不占编号，不公开，也不作数。"),
    )


@officers(*DRAW_READERS)
@require_GET
def trial(request: Request, pk: int) -> HttpResponse:
    """What the trial gave."""
    found = _trial(request, pk)
    outcome = found.outcome
    values = {
        "trial": found,
        "outcome": outcome,
        "drawn": len(outcome["firms"]),
        "short": [firm for firm in outcome["firms"] if firm["short"]],
        "may_delete": officer(request).has(*TRIERS),
        "crumbs": crumbs_of(found.draw, str(found)),
    }
    return render(request, "planning/trial.html", values)


@officers(*TRIERS)
@require_POST
def delete(request: Request, pk: int) -> HttpResponse:
    return perform(
        request,
        verb=f"planning.delete_trial:{pk}",
        run=lambda: services.delete_trial(actor=officer(request), trial=_trial(request, pk)),
        outcome=page_of,
        done=_("试抽已删除。"),
    )


def _trial(request: HttpRequest, pk: int) -> TrialDraw:
    trials = TrialDraw.objects.visible_to(officer(request)).select_related("draw", "made_by")
    return get_object_or_404(trials, pk=pk)

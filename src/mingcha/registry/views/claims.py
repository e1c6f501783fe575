"""Deciding on arrivals, one or many."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingcha.registry import services
from mingcha.registry.claim_lifecycle import CLAIM
from mingcha.registry.models import Claim, Subject
from mingcha.registry.registers.claims import ClaimRegister
from mingcha.registry.selectors.claims import with_due_days
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import perform
from mingcha.web.http import officer

#: So many are shown with a box each; more would not be looked at one by one.
SHOWN = 200


@officers(*services.SUBJECT_KEEPERS)
@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One claim: a verb of its table."""
    if verb not in {row.verb for row in CLAIM.transitions}:
        raise Http404
    claim = get_object_or_404(Claim.objects.visible_to(officer(request)), pk=pk)
    return perform(
        request,
        verb=f"registry.claim:{pk}:{verb}",
        run=lambda: services.decide_claims(
            actor=officer(request), claims=[claim.pk], verb=verb, reason=request.POST.get("reason", "")
        ),
        outcome=lambda _claims: reverse("registry:claims-detail", args=[pk]),
        done=_("已办理。"),
    )


@officers(*services.SUBJECT_KEEPERS)
@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one subject on the list of arrivals by hand."""
    subject = get_object_or_404(Subject.objects.visible_to(officer(request)).current(), pk=pk)
    return perform(
        request,
        verb=f"registry.receive:{pk}",
        run=lambda: services.receive_claims(
            actor=officer(request), subjects=[subject.pk], source=request.POST.get("reason", "")
        ),
        outcome=lambda _claims: reverse("registry:subjects-detail", args=[pk]),
        done=_("已列入待认领。"),
    )


@officers(*services.SUBJECT_KEEPERS)
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Boxes for the arrivals that wait, and two verbs for the ticked ones."""
    if request.method == "POST":
        return _decide_many(request)
    pending = Claim.objects.visible_to(officer(request)).filter(state=Claim.State.PENDING)
    rows = with_due_days(pending).select_related("subject").order_by("arrived_on", "pk")
    register = ClaimRegister()
    values = {
        "claims": rows[:SHOWN],
        "total": pending.count(),
        "shown": SHOWN,
        "crumbs": register.crumbs(Crumb(_("一次办多户"))),
        "list_url": register.url("list"),
    }
    return render(request, "registry/claims_many.html", values)


def _decide_many(request: HttpRequest) -> HttpResponse:
    ids = [int(pk) for pk in request.POST.getlist("claim") if pk.isascii() and pk.isdigit()]
    verb = "decline" if request.POST.get("verb") == "decline" else "claim"
    return perform(
        request,
        verb=f"registry.claims.{verb}",
        run=lambda: services.decide_claims(
            actor=officer(request), claims=ids, verb=verb, reason=request.POST.get("reason", "")
        ),
        outcome=lambda _claims: reverse("registry:claims-many"),
        done=_("已办理 %(count)d 户。") % {"count": len(ids)} if ids else _("没有勾选，没有办理。"),
    )

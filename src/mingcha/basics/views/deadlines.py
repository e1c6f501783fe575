"""The verbs of a deadline's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingcha.base.roles import Role
from mingcha.basics.models import Deadline
from mingcha.basics.services import deadlines, extensions
from mingcha.web import access
from mingcha.web.forms import perform


@access.officers()
@require_POST
def propose_extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that a deadline be extended; the approval extends it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    deadline = get_object_or_404(Deadline.objects.visible_to(viewer), pk=pk)
    return perform(
        request,
        verb="basics.propose_extension",
        run=lambda: extensions.propose(
            actor=viewer, deadline_id=deadline.pk, reason=request.POST.get("reason", "")
        ),
        outcome=lambda approval: reverse("basics:approvals-detail", args=[approval.pk]),
        done=_("已提请延期审批，批准后自动延长。"),
    )


@access.officers(Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a deadline that no longer has an object."""
    viewer = request.viewer  # type: ignore[attr-defined]
    deadline = get_object_or_404(Deadline.objects.visible_to(viewer), pk=pk)
    return perform(
        request,
        verb="basics.cancel_deadline",
        run=lambda: deadlines.cancel(
            actor=viewer, deadline_id=deadline.pk, reason=request.POST.get("reason", "")
        ),
        outcome=lambda done: reverse("basics:deadlines-detail", args=[done.pk]),
        done=_("期限已取消。"),
    )

"""What each role may do, and which duties exclude each other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.accounts import duties, roles, selectors, services
from mingcha.accounts.models import DutyConflict, DutyRecord
from mingcha.accounts.models.duties import WATCHERS
from mingcha.accounts.rules import is_administrator
from mingcha.base.roles import Role
from mingcha.web import access
from mingcha.web.components import Crumb
from mingcha.web.forms import perform

#: How many noticed conflicts the matrix page lists.
_NOTICED = 50


@access.officers()
@require_GET
def role_list(request: HttpRequest) -> HttpResponse:
    """All roles in a few sentences."""
    pages = [roles.page_of(role) for role in Role]
    counts = {role.value: selectors.holders([role]).count() for role in Role}
    values = {
        "pages": [(page, counts[page.role.value]) for page in pages],
        "mine": request.viewer.roles,  # type: ignore[attr-defined]
        "crumbs": [Crumb(_("角色说明"))],
    }
    return render(request, "accounts/roles.html", values)


@access.officers()
@require_GET
def role_detail(request: HttpRequest, role: str) -> HttpResponse:
    """One role: what it sees, what it may do, who holds it."""
    if role not in Role.values:
        raise Http404
    page = roles.page_of(Role(role))
    values = {
        "role_page": page,
        "holders": selectors.holders([role]).select_related("unit"),
        "crumbs": [Crumb(_("角色说明"), reverse("accounts:roles")), Crumb(page.label)],
    }
    return render(request, "accounts/role.html", values)


@access.officers(*WATCHERS)
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """The separation-of-duty matrix with the basis of each cell, and what was noticed."""
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = [
        {
            "conflict": conflict,
            "first": duties.label_of(conflict.duty_a),
            "second": duties.label_of(conflict.duty_b),
            "may_switch": is_administrator(viewer) and not conflict.mandatory,
        }
        for conflict in DutyConflict.objects.visible_to(viewer)
    ]
    noticed = DutyRecord.objects.visible_to(viewer).exclude(noticed=None).select_related("user", "noticed")
    values = {
        "rows": rows,
        "noticed": [(record, duties.label_of(record.duty)) for record in noticed[:_NOTICED]],
        "crumbs": [Crumb(_("职责分离"))],
    }
    return render(request, "accounts/matrix.html", values)


@access.officers(Role.ADMINISTRATOR)
@require_POST
def set_enforced(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch the refusal of one pair on or off."""
    viewer = request.viewer  # type: ignore[attr-defined]
    conflict = get_object_or_404(DutyConflict.objects.visible_to(viewer), pk=pk)
    return perform(
        request,
        verb="accounts.set_enforced",
        run=lambda: services.set_enforced(
            actor=viewer,
            conflict=conflict,
            enforced=request.POST.get("enforced") == "1",
            why=request.POST.get("reason", ""),
        ),
        outcome=lambda _conflict: reverse("accounts:matrix"),
        done=_("职责分离规则已修改。"),
    )

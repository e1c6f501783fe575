"""The table of limits, as it holds now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.base.limits import LIMITS
from mingcha.base.roles import Role
from mingcha.web import access
from mingcha.web.components import Crumb


@access.officers(Role.ADMINISTRATOR)
@require_GET
def limits(request: HttpRequest) -> HttpResponse:
    """Every limit with its value, where it comes from and which variable replaces it."""
    rows = [
        {
            "label": _(row.label),
            "value": row.shown(row.effective),
            "replaced": row.effective != row.value,
            "source": _(row.source),
            "variable": row.env,
        }
        for row in LIMITS.values()
    ]
    return render(request, "basics/limits.html", {"rows": rows, "crumbs": [Crumb(_("系统限额"))]})

"""The public page on which whoever reported asks how it stands."""

from __future__ import annotations

from axes.helpers import get_client_ip_address
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.base.viewers import PUBLIC
from mingcha.kernel.refusal import Refused
from mingcha.leads.forms import ProgressForm
from mingcha.leads.services.asking import Progress, count_try, progress_of
from mingcha.web.access import public
from mingcha.web.components import Crumb
from mingcha.web.http import Request


@public
@require_http_methods(["GET", "POST"])
def progress(request: Request) -> HttpResponse:
    """State and days of one report. By POST: the code must not stand in an address."""
    form = ProgressForm(request.POST or None)
    found: Progress | None = None
    asked, refused, status = False, None, 200
    if form.is_bound and form.is_valid():
        try:
            count_try(actor=PUBLIC, address=get_client_ip_address(request) or "")
            asked, found = True, progress_of(form.cleaned_data["code"])
        except Refused as raised:
            refused, status = raised, 429
    values = {
        "form": form,
        "asked": asked,
        "found": found,
        "refusals": refused.refusals if refused else (),
        "crumbs": [Crumb(_("查询举报进度"))],
    }
    response = render(request, "leads/progress.html", values, status=status)
    response["Cache-Control"] = "no-store"
    return response

"""The inspector's phone: today's route, the page that works without a network, and what keeps that page."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.base.roles import Role
from mingcha.inspection.phone.route import route_of
from mingcha.inspection.phone.words import page_values
from mingcha.web.access import officers, public
from mingcha.web.components import Crumb
from mingcha.web.http import Request, officer

_HERE: Final = "inspection/phone"
#: What both pages need to keep and to bring home, in the order in which they build on each other.
COMMON: Final = (
    "inspection/verify-code.js",
    "inspection/licence.js",
    f"{_HERE}/form-merge.js",
    f"{_HERE}/dom.js",
    f"{_HERE}/store.js",
    f"{_HERE}/net.js",
    f"{_HERE}/sync.js",
)
APP: Final = (
    "portal/ssj1/sha256.js",
    *COMMON,
    f"{_HERE}/media.js",
    f"{_HERE}/sign.js",
    f"{_HERE}/parts.js",
    f"{_HERE}/aside.js",
    f"{_HERE}/view-door.js",
    f"{_HERE}/view-form.js",
    f"{_HERE}/app.js",
)
ROUTE: Final = (*COMMON, f"{_HERE}/preload.js", f"{_HERE}/route.js")
STYLES: Final = (f"{_HERE}/phone.css", "mingcha/logo.svg")


@officers(Role.INSPECTOR)
@require_GET
def route(request: Request) -> HttpResponse:
    """What this inspector is to visit, day by day and town by town, and the button that takes it along."""
    values = {
        "crumbs": [Crumb(_("今日路线"))],
        "groups": route_of(officer(request)),
        "scripts": ROUTE,
        **page_values(),
    }
    return render(request, "inspection/phone/route.html", values)


@public
@require_GET
def app(request: Request) -> HttpResponse:
    """The empty shell: everything in it comes from the phone's own store, so there is nothing to guard."""
    return render(request, "inspection/phone/app.html", {"scripts": APP, **page_values()})


@public
@require_GET
def worker(request: Request) -> HttpResponse:
    """The service worker that keeps the shell; its scope is the phone's pages alone."""
    values = {
        "version": f"mingcha-phone-{_version()}",
        "shell": reverse("inspection:phone-app"),
        "scope": reverse("inspection:phone"),
        "kept": [static(name) for name in (*APP, *STYLES)],
    }
    made = render_to_string("inspection/phone/worker.js", values)
    response = HttpResponse(made, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@functools.lru_cache(maxsize=1)
def _version() -> str:
    """Changes with every byte that the worker keeps."""
    shell = render_to_string("inspection/phone/app.html", {"scripts": APP, **page_values()})
    made = hashlib.sha256(shell.encode())
    for name in (*APP, *STYLES):
        found = finders.find(name)
        made.update(Path(str(found)).read_bytes() if found else name.encode())
    return made.hexdigest()[:16]

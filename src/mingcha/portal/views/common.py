"""What the public pages share: the way from the first page, and what a visitor asks for."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.web.components import Crumb
from mingcha.web.http import Request

#: Longest question, in characters.
MOST_ASKED = 100


def crumbs_from_home(*last: Crumb) -> list[Crumb]:
    """The way to a public page."""
    return [Crumb(_("公示首页"), reverse("portal:home")), *last]


def asked_for(request: Request, name: str = "q") -> str:
    """What stands in the address under this name, cut to what a question may be long."""
    return request.GET.get(name, "").strip()[:MOST_ASKED]

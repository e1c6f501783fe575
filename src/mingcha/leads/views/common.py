"""A form on one lead: what its pages share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base.viewers import Officer
from mingcha.kernel.lifecycle import SYSTEM
from mingcha.leads.lifecycle import LEAD
from mingcha.leads.links import page_of
from mingcha.leads.models import Lead
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import officer


def roles_for(*verbs: str) -> tuple[str, ...]:
    """The people who may use one of the verbs in some state."""
    return tuple(sorted(frozenset[str]().union(*map(LEAD.roles_that_may, verbs)) - {SYSTEM}))


def lead_of(request: HttpRequest, pk: int) -> Lead:
    """The lead, or 404 for one that the officer may not know of."""
    rows = Lead.objects.visible_to(officer(request)).select_related("unit", "handler", "subject")
    return get_object_or_404(rows, pk=pk)


def crumbs_of(lead: Lead, *more: str) -> list[Crumb]:
    """The way to a page of a lead."""
    first = Crumb(_("线索"), reverse("leads:leads-list"))
    return [first, Crumb(str(lead), page_of(lead.pk)), *(Crumb(str(one)) for one in more)]


class OfLead(ServiceFormView):
    """A form about one lead; it leads back to its page."""

    #: The verb of the lifecycle.
    name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.lead = lead_of(request, kwargs["pk"])
        self.verb = f"leads.{self.name}:{self.lead.pk}"
        self.subtitle = f"{self.lead} {self.lead.firm_name}"

    @property
    def actor(self) -> Officer:
        return officer(self.request)

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.lead, str(self.title))

    def cancel_url(self) -> str:
        return page_of(self.lead.pk)

    def outcome(self, result: Any) -> str:
        return page_of(self.lead.pk)

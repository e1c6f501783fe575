"""What pages about one inspection share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.inspection.links import page_of
from mingcha.inspection.models import Inspection
from mingcha.inspection.selectors import with_people
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import officer


def inspection_of(request: HttpRequest, pk: int) -> Inspection:
    """The inspection with its people, or 404 for what this officer may not know of."""
    return get_object_or_404(with_people(Inspection.objects.visible_to(officer(request))), pk=pk)


def every_inspection() -> Crumb:
    """The list, which the way to any page of an inspection begins with."""
    return Crumb(_("现场检查"), reverse("inspection:inspections-list"))


def crumbs_of(inspection: Inspection, here: str) -> list[Crumb]:
    """The way to a page that belongs to an inspection."""
    return [every_inspection(), Crumb(inspection.name, page_of(inspection.pk)), Crumb(here)]


class OfInspection(ServiceFormView):
    """A form on one inspection; it leads back to its page. `verb_name` is what a double press is known by."""

    verb_name = ""
    inspection: Inspection

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.inspection = self.about(request, **kwargs)
        self.verb = f"inspection.{self.verb_name}:{self.inspection.pk}"

    def about(self, request: HttpRequest, **address: Any) -> Inspection:
        """The inspection that the address names; 404 where the officer may not know of it."""
        return inspection_of(request, address["pk"])

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.inspection, str(self.title))

    def cancel_url(self) -> str:
        return page_of(self.inspection.pk)

    def outcome(self, result: Any) -> str:
        return self.cancel_url()

"""Who complained or reported, as far as anybody may see it; and papers."""

from __future__ import annotations

import functools
import operator
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mingcha.base.crypto import masking
from mingcha.base.crypto.fields import blind
from mingcha.basics.models import Attachment
from mingcha.leads import services
from mingcha.leads.forms import AddPersonForm, LookForm, PaperForm, SeekForm
from mingcha.leads.links import page_of
from mingcha.leads.models import LEAD_HANDLERS, Complainant, Lead
from mingcha.leads.services.people import may_name_somebody
from mingcha.leads.views.common import OfLead, crumbs_of, roles_for
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import Request, officer
from mingcha.web.reveal import is_revealed, reveal

#: Leads that one search shows.
SHOWN = 50


class AddPerson(OfLead):
    form_class = AddPersonForm
    name = "add_person"
    title = _("补登投诉人、举报人")
    done = _("已登记。")

    def form_arguments(self) -> dict[str, Any]:
        return {"kind": self.lead.kind}

    def perform(self, form: AddPersonForm) -> Lead:
        person = form.person()
        assert person is not None  # noqa: S101  the form asks for somebody
        return services.add_person(actor=self.actor, lead=self.lead, person=person)


class AddPaper(OfLead):
    form_class = PaperForm
    name = "add_paper"
    title = _("上传材料")
    submit_label = _("上传")
    done = _("文件已保存。")

    def build_form(self, **data: Any) -> Any:
        form = super().build_form(**data)
        if not may_name_somebody(self.lead):
            del form.fields["covered"]
        return form

    def perform(self, form: PaperForm) -> Attachment:
        return services.add_paper(actor=self.actor, lead=self.lead, **form.cleaned_data)


class LookAtComplainant(ServiceFormView):
    """Name, telephone and identity number for ten minutes, after the handler has said what for."""

    form_class = LookForm
    template_name = "leads/complainant.html"
    title = _("投诉人")
    submit_label = _("记录并查看")
    done = _("查看已记录，显示 10 分钟。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Complainant.objects.visible_to(officer(request)).select_related("lead__subject")
        self.complainant: Complainant = get_object_or_404(rows, pk=kwargs["pk"])
        self.verb = f"leads.reveal:{self.complainant.pk}"
        self.subtitle = f"{self.complainant.lead} {self.complainant.lead.firm_name}"

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.complainant.lead, str(self.title))

    def cancel_url(self) -> str:
        return page_of(self.complainant.lead_id)

    def page_values(self, form: Any) -> dict[str, Any]:
        found, shown = self.complainant, is_revealed(self.request, self.complainant)
        return {
            "shown": shown,
            "name": found.name if shown else masking.mask_name(found.name or ""),
            "phone": found.phone if shown else masking.mask_phone(found.phone or ""),
            "id_number": found.id_number if shown else masking.mask_id_number(found.id_number or ""),
        }

    def perform(self, form: LookForm) -> Complainant:
        found, reason = self.complainant, form.cleaned_data["reason"]
        services.reveal_complainants(actor=officer(self.request), complainants=[found], reason=reason)
        reveal(self.request, found)
        return found

    def outcome(self, result: Complainant) -> str:
        return reverse("leads:complainant", args=[result.pk])


@officers(*LEAD_HANDLERS)
@require_http_methods(["GET", "POST"])
def seek(request: Request) -> HttpResponse:
    """Own leads by the exact name, telephone or identity number of who complains.

    Asked by POST: an address with somebody's name in it would be kept by browsers and logs.
    """
    form = SeekForm(request.POST) if request.method == "POST" else SeekForm()
    found: list[Lead] | None = None
    if form.is_bound and form.is_valid() and form.cleaned_data["asked"]:
        found = _found(request, form.cleaned_data["asked"])
    values = {
        "form": form,
        "found": found,
        "crumbs": [
            Crumb(gettext("线索"), reverse("leads:leads-list")),
            Crumb(gettext("查投诉人")),
        ],
    }
    return render(request, "leads/seek.html", values)


def _found(request: Request, asked: str) -> list[Lead]:
    viewer = officer(request)
    equal = [Q(**blind(index, asked)) for index in ("name_index", "phone_index", "id_index")]
    hits = Complainant.objects.visible_to(viewer).filter(functools.reduce(operator.or_, equal))
    rows = Lead.objects.visible_to(viewer).select_related("subject")
    return list(rows.filter(pk__in=hits.values("lead")).order_by("-received_on")[:SHOWN])


add_person = officers(*roles_for(AddPerson.name))(AddPerson.as_view())
add_paper = officers(*roles_for(AddPaper.name))(AddPaper.as_view())
complainant = officers(*LEAD_HANDLERS)(LookAtComplainant.as_view())

"""Entering a lead; a report's code stands on the page that answers, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.leads import services
from mingcha.leads.forms import RegisterForm
from mingcha.leads.links import page_of
from mingcha.leads.models import LEAD_KEEPERS
from mingcha.leads.services import Registered
from mingcha.leads.vocabulary import Kind
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import officer


class RegisterLead(ServiceFormView):
    form_class = RegisterForm
    template_name = "leads/register.html"
    title = gettext_lazy("登记线索")
    verb = "leads.register"
    submit_label = gettext_lazy("登记")
    done = gettext_lazy("已登记，期限从收到之日起算。")
    registered: Registered | None = None

    def form_arguments(self) -> dict[str, Any]:
        asked = self.request.GET.get("kind", "")
        kind = asked if asked in Kind.values else Kind.COMPLAINT.value
        return {"initial": {"kind": kind, "received_on": clock.today()}}

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("线索"), reverse("leads:leads-list")), Crumb(str(self.title))]

    def cancel_url(self) -> str:
        return reverse("leads:leads-list")

    def perform(self, form: RegisterForm) -> Registered:
        self.registered = services.register_lead(
            actor=officer(self.request), values=form.cleaned_data, person=form.person()
        )
        return self.registered

    def outcome(self, result: Registered) -> str:
        return page_of(result.lead.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().post(request, *args, **kwargs)
        made = self.registered
        # A second press runs nothing: it goes to the lead, and the code is not shown again.
        if answer.status_code != 302 or made is None or not made.code:
            return answer
        values = {"lead": made.lead, "code": made.code, "next": page_of(made.lead.pk)}
        return render(request, "leads/query_code.html", values)


register = officers(*LEAD_KEEPERS)(RegisterLead.as_view())

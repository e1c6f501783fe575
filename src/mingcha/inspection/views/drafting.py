"""Draft a single inspection or a visit that is none, propose it, take it back; the sheet on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base import clock
from mingcha.basics.typesetting import typeset
from mingcha.inspection import services
from mingcha.inspection.counted import cap_for
from mingcha.inspection.draft_forms import (
    APART,
    DraftForm,
    FirmForm,
    OtherVisitForm,
    first_values,
)
from mingcha.inspection.drafting import SOURCES, leads_of
from mingcha.inspection.lifecycle import INSPECTION
from mingcha.inspection.links import page_of
from mingcha.inspection.models import INSPECTION_READERS, Inspection
from mingcha.inspection.registers import FINDERS
from mingcha.inspection.services.drafting import no_source
from mingcha.inspection.sheets import sheet_of
from mingcha.inspection.views.common import crumbs_of, every_inspection, inspection_of
from mingcha.items.selectors import on_the_list
from mingcha.kernel.lifecycle import SYSTEM
from mingcha.leads.facts import exempt_reason_of
from mingcha.leads.links import page_of as page_of_lead
from mingcha.leads.models import Lead
from mingcha.registry.selectors.visits import cap_of
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, limit_choices
from mingcha.web.http import Request, officer, pdf_response
from mingcha.web.verbs import Verb, press, roles_of

#: Who drafts.
DRAFTERS = tuple(sorted(INSPECTION.roles_that_may("propose")))
VERBS = {
    "propose": Verb(
        lambda actor, one, reason: services.propose(actor=actor, inspection=one),
        gettext_lazy("已提请批准。批准以前不得入企。"),
    ),
    "cancel": Verb(
        lambda actor, one, reason: services.cancel(actor=actor, inspection=one, reason=reason),
        gettext_lazy("已取消，线索退回继续办理。"),
    ),
}


@officers(*FINDERS)
@require_GET
def start(request: Request) -> HttpResponse:
    """Which firm, and of which of its leads: without a source nothing is drafted (N1)."""
    viewer = officer(request)
    form = FirmForm(request.GET if "subject" in request.GET else None)
    limit_choices(form, viewer)
    values: dict[str, Any] = {"form": form, "crumbs": [every_inspection(), Crumb(_("拟定检查"))]}
    if form.is_bound and form.is_valid():
        subject = form.cleaned_data["subject"]
        leads = Lead.objects.visible_to(viewer).of_firm(subject).filter(state__in=SOURCES)
        values |= {"subject": subject, "leads": leads.order_by("-received_on")}
        if not leads:
            values["refusals"] = (no_source(subject.name),)
    return render(request, "inspection/start.html", values)


class _DraftView(ServiceFormView):
    template_name = "inspection/draft.html"
    form_class: type[Any] = DraftForm
    submit_label = gettext_lazy("保存")

    def outcome(self, result: Inspection) -> str:
        return page_of(result.pk)


class OfLead(_DraftView):
    """A new sheet of an accepted lead."""

    title = gettext_lazy("拟定检查")
    done = gettext_lazy("已保存。核对以后提请批准。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Lead.objects.visible_to(officer(request)).filter(state__in=SOURCES, subject__isnull=False)
        self.lead: Lead = get_object_or_404(rows.select_related("subject", "unit"), pk=kwargs["pk"])
        firm = self.lead.firm
        assert firm is not None  # noqa: S101  the rows above have one
        self.firm = firm
        self.verb = f"inspection.draft:{self.lead.pk}"

    def form_arguments(self) -> dict[str, Any]:
        viewer, reason = officer(self.request), exempt_reason_of(self.lead)
        kind = Inspection.Kind.CASE if reason else Inspection.Kind.ROUTINE
        initial = {
            **first_values(viewer),
            "unit": self.lead.unit_id,
            "kind": kind.value,
            "exempt_reason": reason,
            "purpose": _("核查%(lead)s反映的情况") % {"lead": self.lead},
            "items": [str(one.pk) for one in on_the_list().filter(item=self.lead.item_id)],
        }
        return {"viewer": viewer, "firm": self.firm, "initial": initial}

    def page_values(self, form: Any) -> dict[str, Any]:
        return {
            "firm": self.firm,
            "leads": [self.lead],
            "cap": cap_of(self.firm, clock.today()),
        }

    def crumbs(self) -> list[Crumb]:
        return [every_inspection(), Crumb(str(self.lead), page_of_lead(self.lead.pk)), Crumb(str(self.title))]

    def cancel_url(self) -> str:
        return page_of_lead(self.lead.pk)

    def perform(self, form: DraftForm) -> Inspection:
        return services.draft(
            actor=officer(self.request), subject=self.firm, leads=[self.lead], values=form.draft()
        )


class Change(_DraftView):
    """A sheet that nobody has approved yet, written anew."""

    title = gettext_lazy("修改拟定的检查")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.inspection = inspection_of(request, kwargs["pk"])
        self.form_class = DraftForm if self.inspection.enforcing else OtherVisitForm
        self.verb = f"inspection.change:{self.inspection.pk}"

    def form_arguments(self) -> dict[str, Any]:
        one = self.inspection
        return {
            "viewer": officer(self.request),
            "firm": one.subject,
            "inspection": one,
            "initial": _initial(one),
        }

    def page_values(self, form: Any) -> dict[str, Any]:
        one = self.inspection
        leads, others = leads_of(one, officer(self.request))
        return {
            "firm": one.subject,
            "leads": leads,
            "others": others,
            "cap": cap_for(one),
        }

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.inspection, str(self.title))

    def cancel_url(self) -> str:
        return page_of(self.inspection.pk)

    def perform(self, form: Any) -> Inspection:
        return services.change(actor=officer(self.request), inspection=self.inspection, values=form.draft())


class OtherVisit(_DraftView):
    """调研、督导、观摩: registered like an inspection, and counted apart (54号九)."""

    form_class = OtherVisitForm
    template_name = "web/form.html"
    title = gettext_lazy("登记调研、督导、观摩")
    subtitle = gettext_lazy("入企和离开同样登记，单独统计；不得以观摩、督导、考察等名义行检查之实")
    verb = "inspection.other_visit"
    done = gettext_lazy("已保存。请提请股室负责人批准。")

    def form_arguments(self) -> dict[str, Any]:
        viewer = officer(self.request)
        return {"viewer": viewer, "firm": None, "initial": first_values(viewer)}

    def crumbs(self) -> list[Crumb]:
        return [every_inspection(), Crumb(str(self.title))]

    def cancel_url(self) -> str:
        return reverse("inspection:inspections-list")

    def perform(self, form: OtherVisitForm) -> Inspection:
        return services.draft(
            actor=officer(self.request), subject=form.cleaned_data["subject"], values=form.draft()
        )


def _initial(one: Inspection) -> Mapping[str, Any]:
    team = [str(person.pk) for person in one.team]
    helpers = list(one.helpers.all())
    return {
        "unit": one.unit_id,
        "kind": one.kind,
        "purpose": one.purpose,
        "asked_by": one.asked_by,
        "why_on_site": one.why_on_site,
        "exempt_reason": one.exempt_reason,
        "visit_from": one.visit_from,
        "visit_until": one.visit_until,
        "items": [str(row.version_id) for row in one.items.all()],
        "leader": team[0] if team else "",
        "others": team[1:] if one.enforcing else team,
        "helpers": [str(row.inspector_id) for row in helpers],
        "helper_purpose": helpers[0].purpose if helpers else "",
        "together": str(one.joins_id) if one.joins_id else APART if one.apart_reason else "",
        "apart_reason": one.apart_reason,
    }


@officers(*(role for role in roles_of(INSPECTION, VERBS) if role != SYSTEM))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    return press(request, name, VERBS, inspection_of(request, pk), lambda one: page_of(one.pk))


@officers(*INSPECTION_READERS)
@require_GET
def sheet(request: Request, pk: int) -> HttpResponse:
    """行政检查审批表, to look at and to print."""
    one = inspection_of(request, pk)
    values = {
        "sheet": sheet_of(one, officer(request)),
        "crumbs": crumbs_of(one, _("行政检查审批表")),
        "pdf_url": reverse("inspection:sheet-pdf", args=[pk]),
    }
    return render(request, "inspection/sheet.html", values)


@officers(*INSPECTION_READERS)
@require_GET
def sheet_pdf(request: Request, pk: int) -> HttpResponse:
    """The same as a PDF."""
    values = {"sheet": sheet_of(inspection_of(request, pk), officer(request))}
    made = typeset(render_to_string("inspection/sheet_pdf.html", values))
    return pdf_response(made, f"inspection-approval-{pk}")


of_lead = officers(*DRAFTERS)(OfLead.as_view())
change = officers(*DRAFTERS)(Change.as_view())
other_visit = officers(*FINDERS)(OtherVisit.as_view())

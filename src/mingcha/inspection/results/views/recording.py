"""Submit, prove, read the record: 现场检查笔录 as a page, on paper and as PDF."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.inspection import services
from mingcha.inspection.lifecycle import INSPECTION
from mingcha.inspection.links import page_of
from mingcha.inspection.models import (
    INSPECTION_READERS,
    AbnormalCheck,
    ContactAttempt,
    Inspection,
    RecordVersion,
)
from mingcha.inspection.results import papers
from mingcha.inspection.results.forms import AttemptForm, CheckForm, LookForm
from mingcha.inspection.services.proving import PROVERS
from mingcha.inspection.views.common import OfInspection, crumbs_of, inspection_of
from mingcha.web.access import officers
from mingcha.web.forms import perform, safe_next
from mingcha.web.http import Request, officer, pdf_response
from mingcha.web.reveal import is_revealed, reveal


@officers(*INSPECTION.roles_that_may("submit"))
@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Hand the record to its reviewer; what is open is said on the refusal page."""
    inspection = inspection_of(request, pk)
    return perform(
        request,
        verb=f"inspection.submit:{pk}",
        run=lambda: services.submit(actor=officer(request), inspection=inspection),
        outcome=lambda version: page_of(version.inspection.pk),
        done=_("已提交，等待审核。提交以后检查记录不能再改，需要改的由审核人退回，或者按更正程序提出。"),
    )


def _paper(request: Request, pk: int, number: int | None) -> papers.RecordPaper:
    inspection = inspection_of(request, pk)
    versions = RecordVersion.objects.visible_to(officer(request)).filter(inspection=inspection)
    if number is not None:
        found = get_object_or_404(versions, number=number)
        return papers.record_paper(inspection, found, whole=is_revealed(request, inspection))
    newest = versions.order_by("-number").first()
    if newest is None:
        raise Http404
    return papers.record_paper(inspection, newest, whole=is_revealed(request, inspection))


@officers(*INSPECTION_READERS)
@require_GET
def record(request: Request, pk: int, number: int | None = None) -> HttpResponse:
    """笔录 of the version that holds, or of an earlier one."""
    paper = _paper(request, pk, number)
    values = {"paper": paper, "crumbs": crumbs_of(paper.inspection, _("检查笔录"))}
    return render(request, "inspection/results/record.html", values)


@officers(*INSPECTION_READERS)
@require_GET
def record_pdf(request: Request, pk: int, number: int) -> HttpResponse:
    """The same as a PDF."""
    paper = _paper(request, pk, number)
    made = papers.pdf("inspection/results/record_body.html", paper, signed=paper.signatures.by_hand)
    return pdf_response(made, f"record-{pk}-{number}")


class LookAtPeople(OfInspection):
    """Telephone and names of those who were met, for ten minutes, after having said what for."""

    form_class = LookForm
    verb_name = "reveal_people"
    title = gettext_lazy("查看在场人电话、签收人和见证人")
    subtitle = gettext_lazy(
        "个人信息：写明用途后显示 10 分钟，谁看过、为什么看都会记录；打印笔录以前也要先查看"
    )
    submit_label = gettext_lazy("记录并查看")
    done = gettext_lazy("查看已记录，显示 10 分钟。")

    def perform(self, form: LookForm) -> Inspection:
        found = services.reveal_people(
            actor=officer(self.request), inspection=self.inspection, reason=form.cleaned_data["reason"]
        )
        reveal(self.request, self.inspection)
        return found

    def outcome(self, result: Inspection) -> str:
        return safe_next(self.request, reverse("inspection:record", args=[result.pk]))


class AddAttempt(OfInspection):
    form_class = AttemptForm
    verb_name = "add_attempt"
    title = gettext_lazy("登记联系情况")
    subtitle = gettext_lazy("联系不上的，每次联系登记一条；认定失联要有不同日期的记录和凭证")
    done = gettext_lazy("已登记这次联系。")

    def perform(self, form: AttemptForm) -> ContactAttempt:
        return services.add_attempt(
            actor=officer(self.request), inspection=self.inspection, **form.cleaned_data
        )


class RecordCheck(OfInspection):
    form_class = CheckForm
    verb_name = "record_check"
    done = gettext_lazy("已登记核查情况。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in AbnormalCheck.Kind.values:
            raise Http404
        self.kind = AbnormalCheck.Kind(kwargs["kind"])
        self.title = _("%(kind)s核查") % {"kind": self.kind.label}
        self.verb = f"{self.verb}:{self.kind.value}"

    def form_arguments(self) -> dict[str, Any]:
        checks = AbnormalCheck.objects.visible_to(officer(self.request))
        known = checks.filter(inspection=self.inspection, kind=self.kind).first()
        return {"kind": self.kind, "initial": _initial(known) if known else {}}

    def perform(self, form: CheckForm) -> AbnormalCheck:
        given = form.cleaned_data
        return services.record_check(
            actor=officer(self.request),
            inspection=self.inspection,
            kind=self.kind.value,
            reason=given["reason"],
            figures=form.figures(),
            explanation=given["explanation"],
            verified=given["verified"],
            conclusion=given["conclusion"],
        )


def _initial(known: AbnormalCheck) -> dict[str, Any]:
    names = ("reason", "people", "contracts", "insured", "explanation", "verified", "conclusion")
    values: dict[str, Any] = {name: getattr(known, name) for name in names}
    return values | {"arrears": None if known.arrears is None else known.arrears / 100}


reveal_people = officers(*INSPECTION_READERS)(LookAtPeople.as_view())
add_attempt = officers(*PROVERS)(AddAttempt.as_view())
record_check = officers(*PROVERS)(RecordCheck.as_view())

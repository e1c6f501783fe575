"""检查资料包 and 检查通知书: issued, read, printed, and scanned back with seal and signature."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.base.roles import Role
from mingcha.basics.models import Attachment
from mingcha.basics.selectors import parameters
from mingcha.basics.typesetting import typeset
from mingcha.inspection import services
from mingcha.inspection.forms.entering import SignedNoticeForm
from mingcha.inspection.links import page_of
from mingcha.inspection.models import INSPECTION_READERS, Inspection, VisitPackage
from mingcha.inspection.notice import CHECK_PHONES
from mingcha.inspection.notice_paper import paper_of
from mingcha.inspection.packages import qr_of
from mingcha.inspection.selectors import is_on_team
from mingcha.inspection.services.issuing import ISSUERS
from mingcha.inspection.views.common import OfInspection, crumbs_of, inspection_of
from mingcha.web.access import officers
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer, pdf_response
from mingcha.web.site import public_site


@officers(*ISSUERS)
@require_http_methods(["GET", "POST"])
def package(request: Request, pk: int) -> HttpResponse:
    """The signed package as JSON (`packages.package_of`): GET gives the issue that stands, POST issues one
    first where none does or something has changed.

    Who writes the record of a visit that has begun gets it without a code where none is issued any more.
    """
    found, viewer, site = inspection_of(request, pk), officer(request), public_site(request)
    if request.method == "GET":
        return JsonResponse(services.package_to_keep(viewer, found, site))
    anew = request.POST.get("anew") == "1"
    return JsonResponse(services.package_to_take(actor=viewer, inspection=found, site=site, anew=anew))


@officers(*ISSUERS)
@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """The button on the page of the inspection."""
    found = inspection_of(request, pk)
    anew = request.POST.get("anew") == "1"
    return perform(
        request,
        verb=f"inspection.issue_package:{pk}",
        run=lambda: services.issue_package(actor=officer(request), inspection=found, anew=anew),
        outcome=lambda done: page_of(pk),
        done=_("资料包已下发，通知书已编号。到门口打开本页，向企业亮码。"),
    )


@officers(*INSPECTION_READERS)
@require_GET
def notice(request: Request, pk: int) -> HttpResponse:
    """To look at and to print."""
    found = inspection_of(request, pk)
    values = {"crumbs": crumbs_of(found, _("行政检查通知书")), "may_upload": officer(request).has(*ISSUERS)}
    return render(request, "inspection/notice.html", _paper(request, found) | values)


@officers(*INSPECTION_READERS)
@require_GET
def notice_pdf(request: Request, pk: int) -> HttpResponse:
    """The same as a PDF."""
    found = inspection_of(request, pk)
    made = typeset(render_to_string("inspection/notice_pdf.html", _paper(request, found)))
    return pdf_response(made, f"inspection-notice-{pk}")


def _paper(request: Request, inspection: Inspection) -> dict[str, Any]:
    """What the paper shows; 404 before it has a number, and for what is no inspection."""
    if not inspection.notice_number:
        raise Http404
    every = VisitPackage.objects.visible_to(officer(request)).filter(inspection=inspection)
    issue, last = every.valid().first(), every.first()
    return {
        "inspection": inspection,
        "paper": paper_of(inspection),
        "void": last is not None and last.withdrawn,
        "issue": issue,
        "qr": _qr(issue, request) if issue is not None else "",
    }


def _qr(issue: VisitPackage, request: Request) -> str:
    """The code as a picture."""
    return str(qr_of(issue, public_site(request)).svg_data_uri(scale=4, border=4))


class KeepSignedNotice(OfInspection):
    """Scan back what was sealed and signed for."""

    form_class = SignedNoticeForm
    verb_name = "keep_signed_notice"
    title = gettext_lazy("上传盖章签收的通知书")
    subtitle = gettext_lazy("打印、盖章，交企业签收以后扫描或拍照上传")
    submit_label = gettext_lazy("上传")
    done = gettext_lazy("已保存。")

    def perform(self, form: SignedNoticeForm) -> Attachment:
        return services.keep_signed_notice(
            actor=officer(self.request), inspection=self.inspection, file=form.cleaned_data["file"]
        )


keep_signed = officers(*ISSUERS)(KeepSignedNotice.as_view())


@officers(Role.INSPECTOR)
@require_GET
def show_code(request: Request, pk: int) -> HttpResponse:
    """亮码: the code as large as the screen, for whoever goes there; 404 where none is valid."""
    found = inspection_of(request, pk)
    issue = VisitPackage.objects.visible_to(officer(request)).valid().filter(inspection=found).first()
    if issue is None or not is_on_team(officer(request), found):
        raise Http404
    values = {
        "inspection": found,
        "issue": issue,
        "qr": _qr(issue, request),
        "check_phones": parameters.value(CHECK_PHONES).as_list(),
    }
    return render(request, "inspection/show_code.html", values)

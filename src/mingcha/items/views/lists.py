"""The list as a whole: proposing a change, reviewing what the law has changed, printing, exporting."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from mingcha.base import clock
from mingcha.items import services, sheet
from mingcha.items.forms import ProposeForm, ReviewForm
from mingcha.items.lifecycle import KEEPERS
from mingcha.items.models import BasisFlag, ListRevision
from mingcha.items.registers.flags import FlagRegister, compared
from mingcha.items.views.versions import crumbs
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import Request, officer
from mingcha.web.registers.export import workbook


class ProposeChange(ServiceFormView):
    """Choose drafts and hand them to the approval."""

    form_class = ProposeForm
    title = gettext_lazy("提请公布清单调整")
    subtitle = gettext_lazy("批准后自动公布并更新公示；起草人不能自己批准")
    verb = "items.propose"
    submit_label = gettext_lazy("提请审批")
    done = gettext_lazy("已提请审批。")
    template_name = "items/propose.html"

    def perform(self, form: ProposeForm) -> ListRevision:
        values = form.cleaned_data
        return services.propose(
            actor=officer(self.request),
            version_ids=[version.pk for version in values["versions"]],
            title=values["title"],
            effective_from=values["effective_from"],
            summary=values["summary"],
        )

    def outcome(self, result: ListRevision) -> str:
        return reverse("items:revisions-detail", args=[result.pk])

    def crumbs(self) -> list[Crumb]:
        return crumbs(Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return reverse("items:items-list")

    def page_values(self, form: ProposeForm) -> dict[str, Any]:
        return {"any_drafts": form.fields["versions"].queryset.exists()}  # type: ignore[attr-defined]


class ReviewFlag(ServiceFormView):
    """Old and new words of an article side by side, and what is to be done."""

    form_class = ReviewForm
    template_name = "items/flag_review.html"
    title = gettext_lazy("复核依据变动")
    submit_label = gettext_lazy("记录复核结论")
    done = gettext_lazy("复核结论已记录。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        register = FlagRegister()
        self.flag: BasisFlag = register.get(officer(request), kwargs["pk"])
        self.verb = f"items.review:{self.flag.pk}"

    def perform(self, form: ReviewForm) -> BasisFlag:
        return services.review(
            actor=officer(self.request),
            flag_id=self.flag.pk,
            verdict=form.cleaned_data["verdict"],
            reason=form.cleaned_data["reason"],
        )

    def outcome(self, result: BasisFlag) -> str:
        return reverse("items:flags-detail", args=[result.pk])

    def crumbs(self) -> list[Crumb]:
        return crumbs(Crumb(_("依据变动"), reverse("items:flags-list")), Crumb(_("复核")))

    def cancel_url(self) -> str:
        return reverse("items:flags-detail", args=[self.flag.pk])

    def page_values(self, form: ReviewForm) -> dict[str, Any]:
        return compared(self.flag)


@officers()
@require_GET
def print_list(request: Request) -> HttpResponse:
    """The list in force, as a table to print (domain §2.4)."""
    values = {
        "headings": sheet.HEADINGS,
        "rows": sheet.rows(),
        "today": clock.today(),
        "crumbs": crumbs(Crumb(_("打印"))),
    }
    return render(request, "items/print.html", values)


@officers()
@require_GET
def list_sheet(request: Request) -> FileResponse:
    """The list in force, as a workbook in the columns of the published lists."""
    title = _("随机抽查事项清单")
    book = workbook(title, [str(heading) for heading in sheet.HEADINGS], sheet.rows())
    name = f"{title}-{clock.today():%Y%m%d}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name)


propose_change = officers(*KEEPERS)(ProposeChange.as_view())
review_flag = officers(*KEEPERS)(ReviewFlag.as_view())

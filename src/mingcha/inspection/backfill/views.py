"""Pages of handing over to the superior's platform and of reading back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.basics.services import attachments
from mingcha.inspection.backfill.blanks import read_blank, read_export
from mingcha.inspection.backfill.fields import label_of
from mingcha.inspection.backfill.forms import BlankForm, ExportForm, MakeForm, MapForm
from mingcha.inspection.backfill.lifecycle import RETURN
from mingcha.inspection.backfill.papers import filled
from mingcha.inspection.backfill.registers import ReturnRegister, TemplateRegister
from mingcha.inspection.backfill.selectors import current_values, handed, to_hand_over
from mingcha.inspection.models import RETURN_KEEPERS, RETURN_READERS, ReturnRow, ReturnSheet, ReturnTemplate
from mingcha.inspection.services import backfill
from mingcha.planning.models import Campaign
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import Request, officer
from mingcha.web.verbs import Verb, press, roles_of

RETURNS, TEMPLATES = ReturnRegister(), TemplateRegister()
VERBS = {
    "drop": Verb(
        lambda actor, sheet, reason: backfill.drop_return(actor=actor, sheet=sheet, reason=reason),
        gettext_lazy("清单已作废，上面的检查可以重新列。"),
    ),
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page_of(sheet: ReturnSheet) -> str:
    return reverse("inspection:returns-detail", args=[sheet.pk])


def _page_of_template(template: ReturnTemplate) -> str:
    return reverse("inspection:return-templates-detail", args=[template.pk])


def _sheet(request: HttpRequest, pk: int) -> ReturnSheet:
    rows = ReturnSheet.objects.visible_to(officer(request)).select_related("template__file")
    return get_object_or_404(rows, pk=pk)


class Receive(ServiceFormView):
    form_class = BlankForm
    title = gettext_lazy("上传空白模板")
    submit_label = gettext_lazy("上传")
    done = gettext_lazy("模板已收下。请核对各列填什么，只需确认一次。")
    verb = "inspection.receive_blank"

    def crumbs(self) -> list[Crumb]:
        return TEMPLATES.crumbs(Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return TEMPLATES.url("list")

    def prepare(self, form: BlankForm) -> None:
        file = form.cleaned_data["file"]
        self.blank = read_blank(file, file.name)
        file.seek(0)
        self.stored = attachments.store(file=file, purpose="document")

    def perform(self, form: BlankForm) -> ReturnTemplate:
        return backfill.receive_blank(actor=officer(self.request), blank=self.blank, stored=self.stored)

    def outcome(self, result: ReturnTemplate) -> str:
        if result.mapped_at is not None:
            return _page_of_template(result)
        return reverse("inspection:return-map", args=[result.pk])


class Map(ServiceFormView):
    form_class = MapForm
    title = gettext_lazy("对照模板的各列")
    submit_label = gettext_lazy("确认对照")
    done = gettext_lazy("对照已保存，以后这份模板不用再对照。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = ReturnTemplate.objects.visible_to(officer(request))
        self.template = get_object_or_404(rows, pk=kwargs["pk"])
        self.verb = f"inspection.map_blank:{self.template.pk}"

    def form_arguments(self) -> dict[str, Any]:
        return {"template": self.template, "initial": {"first_row": self.template.first_row}}

    def crumbs(self) -> list[Crumb]:
        here = Crumb(str(self.template), self.cancel_url())
        return TEMPLATES.crumbs(here, Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return _page_of_template(self.template)

    def perform(self, form: MapForm) -> ReturnTemplate:
        return backfill.map_blank(
            actor=officer(self.request),
            template=self.template,
            fields=form.mapping(),
            first_row=form.cleaned_data["first_row"],
            words=form.words(),
        )

    def outcome(self, result: ReturnTemplate) -> str:
        return _page_of_template(result)


class Make(ServiceFormView):
    form_class = MakeForm
    title = gettext_lazy("列回填清单")
    subtitle = gettext_lazy("审核通过、还没有回填的检查，一次列出")
    submit_label = gettext_lazy("列出")
    done = gettext_lazy("清单已列出。请下载填好的模板导入省平台，或逐项复制。")
    verb = "inspection.make_return"

    def form_arguments(self) -> dict[str, Any]:
        viewer = officer(self.request)
        waiting = to_hand_over(viewer).values("task__dispatch__campaign")
        templates = ReturnTemplate.objects.visible_to(viewer).filter(mapped_at__isnull=False)
        newest = templates.first()
        return {
            "campaigns": Campaign.objects.visible_to(viewer).filter(pk__in=waiting),
            "templates": templates,
            "initial": {
                "template": newest.pk if newest else None,
                "campaign": self.request.GET.get("campaign", ""),
            },
        }

    def crumbs(self) -> list[Crumb]:
        return RETURNS.crumbs(Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return RETURNS.url("list")

    def perform(self, form: MakeForm) -> ReturnSheet:
        values = form.cleaned_data
        campaign = values["campaign"]
        period = None if campaign else (values["first_day"], values["last_day"])
        return backfill.make_return(
            actor=officer(self.request), template=values["template"], campaign=campaign, period=period
        )

    def outcome(self, result: ReturnSheet) -> str:
        return page_of(result)


class Read(ServiceFormView):
    form_class = ExportForm
    title = gettext_lazy("读回省平台的导出")
    subtitle = gettext_lazy("逐户逐项比对：一致并已公示的办结，不一致的标红")
    submit_label = gettext_lazy("上传并比对")
    done = gettext_lazy("已比对。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.sheet = _sheet(request, kwargs["pk"])
        self.verb = f"inspection.read_back:{self.sheet.pk}"

    def crumbs(self) -> list[Crumb]:
        return RETURNS.crumbs(Crumb(str(self.sheet), self.cancel_url()), Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return page_of(self.sheet)

    def prepare(self, form: ExportForm) -> None:
        file = form.cleaned_data["file"]
        self.export = read_export(file, file.name)

    def perform(self, form: ExportForm) -> ReturnSheet:
        backfill.read_back(actor=officer(self.request), sheet=self.sheet, export=self.export)
        return self.sheet

    def outcome(self, result: ReturnSheet) -> str:
        return page_of(result)


@officers(*RETURN_KEEPERS)
@require_GET
def file(request: Request, pk: int) -> HttpResponse:
    """The platform's blank, filled."""
    sheet = _sheet(request, pk)
    if sheet.template is None:
        raise Http404
    response = HttpResponse(filled(sheet, officer(request)), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="return-{sheet.pk}.xlsx"'
    return response


@officers(*RETURN_READERS)
@require_GET
def copy(request: Request, pk: int) -> HttpResponse:
    """One inspection after another in the platform's order of fields, each with a button that copies."""
    sheet = _sheet(request, pk)
    rows = ReturnRow.objects.visible_to(officer(request)).filter(sheet=sheet)
    row = get_object_or_404(rows, place=_place(request))
    names = handed(sheet)
    now = current_values(sheet, [row], officer(request))[row.pk]
    return render(
        request,
        "inspection/return_copy.html",
        {
            "sheet": sheet,
            "row": row,
            "firms": rows.count(),
            "fields": [(label_of(name), now.get(name, "")) for name in names],
            "whole": "\t".join(now.get(name, "") for name in names),
            "title": _("逐项复制"),
            "crumbs": RETURNS.crumbs(Crumb(str(sheet), page_of(sheet)), Crumb(_("逐项复制"))),
        },
    )


def _place(request: HttpRequest) -> int:
    text = request.GET.get("place", "1")
    if not text.isdecimal() or len(text) > 6:
        raise Http404
    return int(text)


@officers(*roles_of(RETURN, VERBS))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    return press(request, name, VERBS, _sheet(request, pk), page_of)


receive = officers(*RETURN_KEEPERS)(Receive.as_view())
map_columns = officers(*RETURN_KEEPERS)(Map.as_view())
make = officers(*RETURN_KEEPERS)(Make.as_view())
read = officers(*RETURN_KEEPERS)(Read.as_view())

"""Columns, rows, corrections and buttons of a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.registry.importing import services, shown, targets
from mingcha.registry.importing.facts import page_of
from mingcha.registry.importing.lifecycle import IMPORT
from mingcha.registry.importing.pages.forms import ColumnsForm, OptionsForm, RowForm
from mingcha.registry.importing.pages.registers import ImportRegister, progress_values
from mingcha.registry.importing.problem_list import holds_personal_data, problem_list
from mingcha.registry.importing.reach import may_bring
from mingcha.registry.models import IMPORT_READERS, IMPORTERS, ImportBatch, Staged, StagedProblem
from mingcha.registry.sheets import FIELDS
from mingcha.web.access import View, officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer
from mingcha.web.registers.export import watermark_of
from mingcha.web.registers.services import record_export
from mingcha.web.registers.views import ReasonForm

_REGISTER = ImportRegister()
TABS = (
    (Staged.Verdict.UNDERSTOOD, _("看懂的")),
    (Staged.Verdict.WARNED, _("有提示的")),
    (Staged.Verdict.REFUSED, _("不能导入的")),
)


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    rows = ImportBatch.objects.visible_to(officer(request)).select_related("source", "undoes")
    return get_object_or_404(rows, pk=pk)


def _crumbs(batch: ImportBatch, *last: Any) -> list[Crumb]:
    here = Crumb(str(batch), page_of(batch))
    return _REGISTER.crumbs(here, *(Crumb(str(label)) for label in last))


@officers(*IMPORT_READERS)
@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """The fragment that the page asks for while a worker is busy; at the end the page is loaded anew."""
    values = progress_values(_batch(request, pk))
    response = render(request, "registry/imports/progress.html", values)
    if not values["working"]:
        response["HX-Refresh"] = "true"
    return response


@officers(*IMPORT_READERS)
@require_GET
def rows(request: Request, pk: int) -> HttpResponse:
    """Rows by verdict, a page at a time, with problems and what changes."""
    batch, viewer = _batch(request, pk), officer(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in Staged.Verdict.values else Staged.Verdict.UNDERSTOOD.value
    reason = request.GET.get("reason", "")
    counts = {"understood": batch.understood, "warned": batch.warned, "refused": batch.refused}
    pages = Paginator(shown.rows_of(batch, viewer, tab, reason), shown.PAGE)
    if not reason:
        pages.count = counts[tab]  # known already; counting a million rows anew takes a second
    page = pages.get_page(request.GET.get("page"))
    values = {
        "batch": batch,
        "tab": tab,
        "reason": reason,
        "tabs": [(code, label, counts[code]) for code, label in TABS],
        "rows": shown.dressed(batch, viewer, list(page.object_list)),
        "page_obj": page,
        "may_change": may_bring(viewer, batch.register)
        and batch.state == ImportBatch.State.READY
        and not batch.undoes_id,
        "crumbs": _crumbs(batch, _("逐行核对")),
    }
    return render(request, "registry/imports/rows.html", values)


@officers(*IMPORTERS)
@require_http_methods(["GET", "POST"])
def problems(request: Request, pk: int) -> HttpResponseBase:
    """The rows that need work, as a workbook; with personal data only after a reason was given (N10)."""
    batch = _batch(request, pk)
    if not holds_personal_data(batch):
        return _problem_file(batch, officer(request))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask_why(request, batch, form)
    reason = form.cleaned_data["reason"]
    record_export(
        actor=officer(request),
        type_code=ImportBatch._meta.label_lower,
        title=str(batch),
        rows=batch.warned + batch.refused,
        columns=tuple(str(spec.label) for spec in FIELDS[batch.register].fields),
        filters=(),
        reason=reason,
    )
    return _problem_file(batch, officer(request), watermark_of(officer(request), reason))


def _ask_why(request: Request, batch: ImportBatch, form: ReasonForm) -> HttpResponse:
    values = {
        "form": form,
        "title": gettext("下载有问题的行：%(name)s") % {"name": batch},
        "subtitle": gettext("这些行含个人信息，下载前请写明用途，例如“改正后重新导入”。"),
        "submit_label": gettext("记录并下载"),
        "crumbs": _crumbs(batch, _("下载有问题的行")),
        "cancel_url": page_of(batch),
        "refusals": (),
        "danger": False,
    }
    return render(request, "web/form.html", values, status=422 if form.is_bound else 200)


def _problem_file(batch: ImportBatch, viewer: Officer, watermark: str = "") -> FileResponse:
    stem = batch.file_name.rpartition(".")[0] or batch.file_name
    name = f"{stem}-{_('需要改正的行')}-{clock.today():%Y%m%d}.xlsx"
    book = problem_list(batch, viewer, watermark=watermark)
    return FileResponse(book, as_attachment=True, filename=name)


class OfBatch(ServiceFormView):
    """A form about one batch."""

    template_name = "registry/imports/form.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.batch = _batch(request, kwargs["pk"])

    def crumbs(self) -> list[Crumb]:
        return _crumbs(self.batch, self.title)

    def cancel_url(self) -> str:
        return page_of(self.batch)

    def outcome(self, result: ImportBatch) -> str:
        return page_of(result)


class Columns(OfBatch):
    """What each column means."""

    form_class = ColumnsForm
    template_name = "registry/imports/columns.html"
    title = _("列的含义")
    verb = "registry.import.columns"
    submit_label = _("就按这样核对")
    done = _("已记住这一来源的列的含义，正在核对。")

    def form_arguments(self) -> dict[str, Any]:
        return {"batch": self.batch}

    def page_values(self, form: ColumnsForm) -> dict[str, Any]:
        samples = self.batch.options.get("samples", [])
        sheets = []
        for number, sheet in enumerate(self.batch.layout.get("sheets", [])):
            known = samples[number] if number < len(samples) else {}
            columns = [
                (form[f"column-{number}-{c['index']}"], known.get(str(c["index"]), []), c["how"])
                for c in sheet["columns"]
            ]
            sheets.append((sheet, form[f"used-{number}"], columns))
        verbs = {row.verb for row in IMPORT.verbs(self.batch.state, officer(self.request).roles)}
        return {
            "sheets": sheets,
            "batch": self.batch,
            "may_change": "map" in verbs
            and may_bring(officer(self.request), self.batch.register)
            and not self.batch.undoes_id,
        }

    def perform(self, form: ColumnsForm) -> ImportBatch:
        return services.set_columns(
            actor=officer(self.request), batch_id=self.batch.pk, fields=form.meanings(), used=form.used()
        )


class FixRow(OfBatch):
    """Correct the cells of one row."""

    form_class = RowForm
    title: Any = _("改正这一行")
    verb = "registry.import.fix"
    submit_label = _("保存并重新核对")
    done = _("这一行已改正并重新核对。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.position = kwargs["position"]
        viewer = officer(request)
        staged = targets.of(self.batch).staged.objects.visible_to(viewer)
        self.row = get_object_or_404(staged, batch=self.batch, position=self.position)
        known = StagedProblem.objects.visible_to(viewer).filter(batch=self.batch, position=self.position)
        self.problems = list(known)
        self.title = _("改正：%(sheet)s 第 %(row)s 行") % {"sheet": self.row.sheet, "row": self.row.row}

    def form_arguments(self) -> dict[str, Any]:
        return {"batch": self.batch, "raw": self.row.raw, "wrong": {}}

    def page_values(self, form: RowForm) -> dict[str, Any]:
        return {"problems": self.problems, "batch": self.batch}

    def cancel_url(self) -> str:
        return self.back()

    def back(self) -> str:
        return reverse("registry:import-rows", args=[self.batch.pk]) + f"?tab={self.row.verdict}"

    def perform(self, form: RowForm) -> ImportBatch:
        raw = {name: text for name, text in form.cleaned_data.items() if text}
        return services.fix_row(
            actor=officer(self.request), batch_id=self.batch.pk, position=self.position, raw=raw
        )

    def outcome(self, result: ImportBatch) -> str:
        return self.back()


def _button(verb: str, service: Callable[..., ImportBatch], done: Any) -> View:
    @officers(*IMPORTERS)
    @require_POST
    def press(request: Request, pk: int) -> HttpResponse:
        batch = _batch(request, pk)
        arguments = {"seen": request.POST.get("seen", "")} if verb == "confirm" else {}
        return perform(
            request,
            verb=f"registry.import.{verb}:{pk}",
            run=lambda: service(actor=officer(request), batch_id=batch.pk, **arguments),
            outcome=page_of,
            done=str(done),
        )

    press.__name__ = press.__qualname__ = verb
    return press


confirm = _button("confirm", services.confirm, _("已确认，正在写入名录库。"))
cancel = _button("cancel", services.cancel, _("已取消，名录库没有变动。"))
undo = _button("undo", services.undo, _("正在核对哪些行能撤销；看过以后再确认。"))
resume = _button("resume", services.resume, _("已重新开始。"))


@officers(*IMPORTERS)
@require_POST
def skip(request: Request, pk: int, position: int) -> HttpResponse:
    """Leave one row out."""
    batch = _batch(request, pk)
    return perform(
        request,
        verb=f"registry.import.skip:{pk}:{position}",
        run=lambda: services.skip_row(actor=officer(request), batch_id=batch.pk, position=position),
        outcome=lambda done: (
            reverse("registry:import-rows", args=[pk]) + f"?tab={request.POST.get('tab', '')}"
        ),
        done=str(_("这一行不导入。")),
    )


@officers(*IMPORTERS)
@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """Decide on all rows with one warning."""
    batch = _batch(request, pk)
    leave_out = request.POST.get("skip") == "yes"
    return perform(
        request,
        verb=f"registry.import.settle:{pk}",
        run=lambda: services.settle_reason(
            actor=officer(request), batch_id=batch.pk, reason=request.POST.get("reason", ""), skip=leave_out
        ),
        outcome=page_of,
        done=str(_("这些行不导入。") if leave_out else _("这些行照样导入，不再提示。")),
    )


@officers(*IMPORTERS)
@require_POST
def options(request: Request, pk: int) -> HttpResponse:
    """Choose what an update may overwrite; the list is compared again."""
    batch = _batch(request, pk)
    form = OptionsForm(request.POST)
    chosen = form.cleaned_data if form.is_valid() else {}
    return perform(
        request,
        verb=f"registry.import.options:{pk}",
        run=lambda: services.set_options(
            actor=officer(request),
            batch_id=batch.pk,
            keep=chosen.get("keep") == "keep",
            claim=bool(chosen.get("claim")),
        ),
        outcome=page_of,
        done=str(_("正在按新的选择重新核对。")),
    )


columns = officers(*IMPORTERS)(Columns.as_view())
fix = officers(*IMPORTERS)(FixRow.as_view())

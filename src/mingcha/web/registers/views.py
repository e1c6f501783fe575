"""The pages of a register; `Register.urls()` makes them, with their access."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from mingcha.base import clock, limits
from mingcha.base.viewers import Viewer
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.web import providers
from mingcha.web.components import Crumb, one_primary
from mingcha.web.forms import Form, ServiceFormView
from mingcha.web.registers import services
from mingcha.web.registers.export import watermark_of, workbook
from mingcha.web.registers.filters import filterset_class_for
from mingcha.web.registers.listing import COUNTED, listing_of, order_of_many
from mingcha.web.registers.register import Creating, Editing, Register
from mingcha.web.registers.saved_views import save_url, views_of
from mingcha.web.registers.tables import rows_of, table_for


def words_left_out(text: str) -> list[str]:
    """The words of a search that are not looked for, because there are too many."""
    return text.split()[limits.limit("search_words") :]


class RegisterPage(View):
    """What the pages of one register share."""

    register: Register = None  # type: ignore[assignment]

    @property
    def viewer(self) -> Viewer:
        return self.request.viewer  # type: ignore[attr-defined]

    def filtered(self) -> tuple[Any, Any]:
        """The filter set and the sorted table, as the address asks for them."""
        rows = self.register.queryset(self.viewer)
        made = filterset_class_for(self.register)
        filterset = made(self.request.GET, queryset=rows, request=self.request)
        return filterset, table_for(self.register, filterset.qs, self.request.GET)

    def filters_in_use(self, filterset: Any) -> list[str]:
        return [name for name in filterset.form.fields if self.request.GET.get(name)]


class RegisterList(RegisterPage):
    """The list, whole or (for HTMX) only its results."""

    def get(self, request: HttpRequest) -> HttpResponse:
        register = self.register
        views = views_of(self.viewer, register.code)
        htmx = request.htmx  # type: ignore[attr-defined]
        default = next((view for view in views if view.is_default and not view.owner), None)
        if default is not None and not request.GET and not htmx:
            return redirect(f"{register.url('list')}?{default.query or 'view='}")
        filterset, table = self.filtered()
        in_use = self.filters_in_use(filterset)
        query = request.GET.urlencode()
        listing = listing_of(register, self.viewer, table, request.GET, filtered=bool(in_use))
        page = listing.page
        table.data.data = listing.records
        values = {
            "register": register,
            "filterset": filterset,
            "in_use": in_use,
            "table": table,
            "listing": listing,
            "rows": rows_of(table, lambda record: register.url("detail", record)),
            "page_obj": page,
            "page_range": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "sort": request.GET.get("sort", ""),
            "words_left_out": words_left_out(request.GET.get("q", "")) if register.searchable else (),
            "list_url": register.url("list"),
            "export_url": register.url("export") if register.exportable else "",
            "create_url": register.url("create") if register.offers_create(self.viewer) else "",
            "list_actions": register.list_actions(self.viewer),
            "list_links": register.more_list_links(self.viewer),
            "crumbs": register.crumbs(),
            "clear_url": register.url("list") + ("?view=" if default is not None else ""),
            "saved_views": [(view, view.is_shown_by(query)) for view in views],
            "save_view_url": save_url(),
            "view_query": query,
        }
        partial = bool(htmx) and not htmx.history_restore_request
        template = "web/registers/results.html" if partial else "web/registers/list.html"
        response = render(request, template, values)
        patch_vary_headers(response, ["HX-Request"])
        return response


class RegisterDetail(RegisterPage):
    """One object: its facts and what can be done with it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        register = self.register
        instance = register.get(self.viewer, pk)
        other = register.stands_for(instance)
        if other is not None:
            return redirect(register.url("detail", other))
        sections = [(section, section.pairs(instance)) for section in register.sections]
        actions = one_primary(register.extra_actions(self.viewer, instance))
        values = {
            **register.head(self.viewer, instance),
            "tab": "detail",
            "sections": sections,
            "actions": actions,
            "next_action": next((one for one in actions if one.primary), None),
            **register.detail_values(self.viewer, instance),
        }
        return render(request, register.detail_template, values)


class RegisterHistory(RegisterPage):
    """What happened to one object, newest first."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        register = self.register
        instance = register.get(self.viewer, pk)
        entries = providers.histories.gather(self.viewer, register.model._meta.label_lower, instance.pk)
        values = {
            **register.head(self.viewer, instance),
            "tab": "history",
            "entries": sorted(entries, key=lambda entry: entry.at, reverse=True),
        }
        return render(request, "web/registers/history.html", values)


class RegisterForm(RegisterPage, ServiceFormView):
    """What adding and editing share."""

    template_name = "web/form.html"

    def outcome(self, result: models.Model) -> str:
        return self.register.url("detail", result)


class RegisterCreate(RegisterForm):
    """Add one."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        assert self.register.form_class is not None  # noqa: S101  urls() makes this page only with a form
        self.form_class = self.register.form_class
        self.title = str(self.register.create_label) or gettext("新增") + str(self.register.title)
        self.verb = f"{self.register.model._meta.app_label}.{self.register.slug}.create"
        self.submit_label = self.register.create_button or self.submit_label

    def form_arguments(self) -> dict[str, Any]:
        first = self.register.first_values(self.viewer, self.request.GET.dict())
        return {"initial": first} if first else {}

    def perform(self, form: Any) -> models.Model:
        assert isinstance(self.register, Creating)  # noqa: S101  urls() makes this page only then
        return self.register.create(self.viewer, form.cleaned_data)

    def crumbs(self) -> list[Crumb]:
        return self.register.crumbs(Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return self.register.url("list")


class RegisterEdit(RegisterForm):
    """Change one. The instance handed to `update` is the stored one, untouched by the form."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        register = self.register
        self.verb = f"{register.model._meta.app_label}.{register.slug}.edit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.instance = self.register.get(self.viewer, kwargs["pk"])
        if not self.register.offers_edit(self.viewer, self.instance):
            raise PermissionDenied
        form_class = self.register.form_class_for(self.instance)
        assert form_class is not None  # noqa: S101  urls() makes this page only with a form
        self.form_class = form_class
        self.title = gettext("修改：%(name)s") % {"name": self.instance}
        return super().dispatch(request, *args, **kwargs)

    def form_arguments(self) -> dict[str, Any]:
        if issubclass(self.form_class, forms.BaseModelForm):
            return {"instance": copy.copy(self.instance)}
        return {"initial": self.register.initial(self.instance)}

    def perform(self, form: Any) -> models.Model:
        assert isinstance(self.register, Editing)  # noqa: S101  urls() makes this page only then
        return self.register.update(self.viewer, self.instance, form.cleaned_data)

    def crumbs(self) -> list[Crumb]:
        detail = Crumb(str(self.instance), self.register.url("detail", self.instance))
        return self.register.crumbs(detail, Crumb(gettext("修改")))

    def cancel_url(self) -> str:
        return self.register.url("detail", self.instance)


class ReasonForm(Form):
    """Why personal data are taken out."""

    reason = forms.CharField(
        label=_("导出用途"),
        max_length=200,
        help_text=_("写明用在哪里、给谁用；会印在每张表的页首，并记入台账。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True)
class Chosen:
    """What an export holds: the columns and rows of the list, how many, and the names of its filters."""

    table: Any
    rows: models.QuerySet[Any]
    count: int
    filters: tuple[str, ...]


class RegisterExport(RegisterPage):
    """The list as Excel. With personal data, only after a reason was given, and put on record."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if self.register.holds_personal_data:
            return self.ask(ReasonForm())
        return self.hand_over(self.chosen())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        if not self.register.holds_personal_data:
            return self.hand_over(self.chosen())
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        reason = form.cleaned_data["reason"]
        try:
            chosen = self.chosen()
            services.record_export(
                actor=self.viewer,
                type_code=self.register.model._meta.label_lower,
                title=str(self.register.title),
                rows=chosen.count,
                columns=tuple(str(column.header) for column in chosen.table.columns),
                filters=chosen.filters,
                reason=reason,
            )
        except Refused as refused:
            return self.ask(form, status=409, refused=refused)
        return self.hand_over(chosen, watermark=watermark_of(self.viewer, reason))

    def chosen(self) -> Chosen:
        """What the list shows, all pages of it; Refused when a workbook would be too large to use."""
        filterset, table = self.filtered()
        in_use = self.filters_in_use(filterset)
        rows = table.data.data
        most = limits.limit("export_rows")
        count = rows.order_by()[: most + 1].count()
        if count > most:
            raise Refused(
                Refusal(
                    code="export.too_long",
                    message=gettext_noop("符合条件的多于 %(limit)s 条，一份表格装不下，没有导出"),
                    basis=gettext_noop("一次最多导出 %(limit)s 条"),
                    remedy=gettext_noop("请加上筛选条件（例如乡镇、行业），分几次导出"),
                    params={"limit": f"{most:,}"},
                )
            )
        if count > COUNTED:
            rows = rows.order_by(*order_of_many(self.register, table, bool(in_use)))
        return Chosen(table, rows, count, tuple(in_use))

    def hand_over(self, chosen: Chosen, watermark: str = "") -> FileResponse:
        title = str(self.register.title)
        columns = list(chosen.table.columns)
        headings = [column.header for column in columns]
        rows = (
            [column.column.value(record) for column in columns]
            for record in chosen.rows.iterator(chunk_size=2000)
        )
        book = workbook(title, [str(heading) for heading in headings], rows, watermark=watermark)
        return FileResponse(book, as_attachment=True, filename=f"{title}-{clock.today():%Y%m%d}.xlsx")

    def ask(self, form: ReasonForm, *, status: int = 200, refused: Refused | None = None) -> HttpResponse:
        values = {
            "form": form,
            "title": gettext("导出：%(title)s") % {"title": self.register.title},
            "subtitle": gettext("名册含个人信息，导出前请写明用途。导出的行、列与刚才看到的列表一致。"),
            "submit_label": gettext("记录并导出"),
            "crumbs": self.register.crumbs(Crumb(gettext("导出"))),
            "cancel_url": self.register.url("list"),
            "refusals": refused.refusals if refused else (),
            "danger": False,
        }
        return render(self.request, "web/form.html", values, status=status)

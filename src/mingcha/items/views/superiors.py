"""A superior's list: deciding one row, taking all suggestions, confirming, giving up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingcha.items.forms import DecideForm
from mingcha.items.importing import services
from mingcha.items.importing.comparing import meant_by
from mingcha.items.lifecycle import KEEPERS
from mingcha.items.models import SuperiorList, SuperiorRow
from mingcha.items.views.versions import crumbs
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer


def page_of(superior: SuperiorList) -> str:
    return reverse("items:superiors-detail", args=[superior.pk])


def _list(request: HttpRequest, pk: int) -> SuperiorList:
    return get_object_or_404(SuperiorList.objects.visible_to(officer(request)), pk=pk)


class DecideRow(ServiceFormView):
    """One row beside the item that it may mean."""

    form_class = DecideForm
    template_name = "items/superior_row.html"
    submit_label = gettext_lazy("记录处理")
    done = gettext_lazy("已记录；清单确认之前还可以改。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = SuperiorRow.objects.visible_to(officer(request)).select_related(
            "superior", "suggested__face", "item__face"
        )
        self.row: SuperiorRow = get_object_or_404(rows, pk=kwargs["pk"])
        self.title = _("处理第 %(row)d 行：%(name)s") % {"row": self.row.row, "name": self.row}
        self.verb = f"items.superior_row:{self.row.pk}"

    def form_arguments(self) -> dict[str, Any]:
        meant = meant_by(self.row)
        decided = self.row.decision
        if decided == SuperiorRow.Decision.PENDING:
            decided = SuperiorRow.Decision.LINK if meant is not None else SuperiorRow.Decision.DRAFT
        return {"initial": {"decision": decided, "item": meant, "reason": self.row.reason}}

    def perform(self, form: DecideForm) -> SuperiorRow:
        values = form.cleaned_data
        return services.decide(
            actor=officer(self.request),
            row_id=self.row.pk,
            decision=values["decision"],
            item_id=values["item"].pk if values["item"] is not None else None,
            reason=values["reason"],
        )

    def outcome(self, result: SuperiorRow) -> str:
        return f"{page_of(result.superior)}#r{result.pk}"

    def crumbs(self) -> list[Crumb]:
        lists = Crumb(_("上级清单"), reverse("items:superiors-list"))
        return crumbs(lists, Crumb(str(self.row.superior), page_of(self.row.superior)), Crumb(_("处理一行")))

    def cancel_url(self) -> str:
        return page_of(self.row.superior)

    def page_values(self, form: DecideForm) -> dict[str, Any]:
        return {"row": self.row}


@officers(*KEEPERS)
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    superior = _list(request, pk)
    return perform(
        request,
        verb=f"items.superior_accept:{pk}",
        run=lambda: services.accept_suggestions(actor=officer(request), superior_id=superior.pk),
        outcome=lambda _count: page_of(superior),
        done=_("有建议的行已按建议对应。"),
    )


@officers(*KEEPERS)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    superior = _list(request, pk)
    return perform(
        request,
        verb=f"items.superior_confirm:{pk}",
        run=lambda: services.confirm(actor=officer(request), superior_id=superior.pk),
        outcome=page_of,
        done=_("已确认；拟定新事项的行已生成草稿，请补齐检查要点后提请公布。"),
    )


@officers(*KEEPERS)
@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    superior = _list(request, pk)
    return perform(
        request,
        verb=f"items.superior_cancel:{pk}",
        run=lambda: services.cancel(
            actor=officer(request), superior_id=superior.pk, reason=request.POST.get("reason", "")
        ),
        outcome=page_of,
        done=_("已取消，本局清单没有变动。"),
    )


decide_row = officers(*KEEPERS)(DecideRow.as_view())

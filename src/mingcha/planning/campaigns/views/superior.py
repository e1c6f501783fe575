"""Bring a superior's draw in: upload, see what was matched, confirm; decide about firms at their cap."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingcha.base.roles import Role
from mingcha.planning import services
from mingcha.planning.campaigns.forms import ConfirmSuperiorForm, SuperiorDrawForm
from mingcha.planning.campaigns.registers import CampaignRegister
from mingcha.planning.campaigns.superior import said_of
from mingcha.planning.campaigns.views.campaigns import page_of
from mingcha.planning.models import Campaign, CampaignTarget, SuperiorDrawList
from mingcha.planning.services.campaigns.superior import DECIDERS
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer

REGISTER = CampaignRegister()


def _list_of(request: HttpRequest, pk: int) -> SuperiorDrawList:
    return get_object_or_404(SuperiorDrawList.objects.visible_to(officer(request)), pk=pk)


def _confirm_page(received: SuperiorDrawList) -> str:
    return reverse("planning:campaign-superior-confirm", args=[received.pk])


class Receive(ServiceFormView):
    form_class = SuperiorDrawForm
    title = gettext_lazy("导入上级抽取名单")
    subtitle = gettext_lazy("上级抽中的户全部检查，不再抽第二次；先看对上了哪些，确认以后才成为任务")
    submit_label = gettext_lazy("上传并核对")
    done = gettext_lazy("已读取，什么都还没有改变。请核对各行，再确认。")
    verb = "planning.receive_superior_draw"

    def crumbs(self) -> list[Crumb]:
        return REGISTER.crumbs(Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return REGISTER.url("list")

    def perform(self, form: SuperiorDrawForm) -> SuperiorDrawList:
        return services.campaigns.receive_superior_draw(
            actor=officer(self.request), file=form.cleaned_data["file"]
        )

    def outcome(self, result: SuperiorDrawList) -> str:
        return _confirm_page(result)


class Confirm(ServiceFormView):
    """The rows as they were matched; below them what the list says of the task, filled in."""

    form_class = ConfirmSuperiorForm
    template_name = "planning/campaign_superior.html"
    title = gettext_lazy("核对上级抽取名单")
    submit_label = gettext_lazy("确认，立为抽查任务")
    done = gettext_lazy("已立为抽查任务。请核对方案，再提请批准。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.received = _list_of(request, kwargs["pk"])
        self.verb = f"planning.confirm_superior_draw:{self.received.pk}"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": said_of(self.received.rows)}

    def crumbs(self) -> list[Crumb]:
        return REGISTER.crumbs(Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return REGISTER.url("list")

    def page_values(self, form: ConfirmSuperiorForm) -> dict[str, Any]:
        rows = self.received.rows
        unmatched = [row for row in rows if row["subject_id"] is None]
        doubtful = [row for row in rows if row["subject_id"] is not None and row["problems"]]
        fine = [row for row in rows if row["subject_id"] is not None and not row["problems"]]
        return {
            "received": self.received,
            "rows": [*unmatched, *doubtful, *fine],
            "matched": len(rows) - len(unmatched),
            "unmatched": len(unmatched),
            "named": sum(bool(row["inspector_ids"]) for row in rows),
        }

    def perform(self, form: ConfirmSuperiorForm) -> Campaign:
        values = dict(form.cleaned_data)
        reason = values.pop("left_reason")
        return services.campaigns.confirm_superior_draw(
            actor=officer(self.request), received=self.received, values=values, left_reason=reason
        )

    def outcome(self, result: Campaign) -> str:
        return page_of(result)


@officers(Role.COORDINATOR)
@require_POST
def match(request: Request, pk: int) -> HttpResponse:
    """After the register was completed: the same list once more, without uploading it again."""
    received = _list_of(request, pk)
    return perform(
        request,
        verb=f"planning.match_superior_draw:{pk}",
        run=lambda: services.campaigns.match_superior_draw(actor=officer(request), received=received),
        outcome=_confirm_page,
        done=_("已按现在的名录库重新核对。"),
    )


@officers(*DECIDERS)
@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Whether a superior's firm that is at its cap is inspected."""
    targets = CampaignTarget.objects.visible_to(officer(request)).select_related("campaign")
    target = get_object_or_404(targets, pk=pk)
    return perform(
        request,
        verb=f"planning.decide_target:{pk}",
        run=lambda: services.campaigns.decide_target(
            actor=officer(request),
            target=target,
            decision=request.POST.get("decision", ""),
            reason=request.POST.get("reason", ""),
        ),
        outcome=lambda decided: page_of(decided.campaign),
        done=_("处理决定已记录。"),
    )


receive = officers(Role.COORDINATOR)(Receive.as_view())
confirm = officers(Role.COORDINATOR)(Confirm.as_view())

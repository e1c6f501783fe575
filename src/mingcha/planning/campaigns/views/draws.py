"""Other draws of a campaign: for firms without a full team, and a second person's word to another attempt."""

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
from mingcha.planning.campaigns.views.campaigns import crumbs_of, page_of
from mingcha.planning.forms import SupplementForm
from mingcha.planning.models import Draw
from mingcha.planning.services.repeating import AGREEING
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer


def _draw(request: HttpRequest, pk: int) -> Draw:
    """A draw of a campaign; those of before there were campaigns have no such pages."""
    draws = Draw.objects.visible_to(officer(request)).select_related("campaign")
    return get_object_or_404(draws.exclude(campaign=None), pk=pk)


class Supplement(ServiceFormView):
    form_class = SupplementForm
    title = gettext_lazy("补充抽取检查人员")
    subtitle = gettext_lazy("对象已经抽定，只为没有派满的对象随机选派检查人员，另用一个编号，一并公开")
    submit_label = gettext_lazy("拟定补充抽取")
    done = gettext_lazy("补充抽取已拟定。核对名单和人员后封存。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.draw = _draw(request, kwargs["pk"])
        self.verb = f"planning.plan_supplement:{self.draw.pk}"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": SupplementForm.first_values_of(self.draw)}

    def crumbs(self) -> list[Crumb]:
        assert self.draw.campaign is not None  # noqa: S101  `_draw` leaves those out
        return crumbs_of(self.draw.campaign, Crumb(str(self.title)))

    def cancel_url(self) -> str:
        assert self.draw.campaign is not None  # noqa: S101  `_draw` leaves those out
        return page_of(self.draw.campaign)

    def perform(self, form: SupplementForm) -> Draw:
        values = {**form.cleaned_data, "repeat_reason": ""}
        return services.plan_supplement(actor=officer(self.request), draw=self.draw, values=values)

    def outcome(self, result: Draw) -> str:
        return reverse("planning:draws-detail", args=[result.pk])


@officers(*AGREEING)
@require_POST
def agree(request: Request, pk: int) -> HttpResponse:
    draw = _draw(request, pk)
    return perform(
        request,
        verb=f"planning.agree_to_repeat:{pk}",
        run=lambda: services.agree_to_repeat(actor=officer(request), draw=draw),
        outcome=lambda agreed: reverse("planning:campaigns-detail", args=[agreed.campaign_id]),
        done=_("已同意再次抽取；理由、前一次和这一次的结果都会公开。"),
    )


supplement = officers(Role.COORDINATOR)(Supplement.as_view())

"""Ask for a correction; take the request back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.links import page_of_correction
from mingcha.inspection.models import Correction
from mingcha.inspection.results.correcting import correctable
from mingcha.inspection.results.correction_form import CorrectionForm
from mingcha.inspection.results.record import current, record_of
from mingcha.inspection.services.correcting import ASKERS
from mingcha.inspection.views.common import OfInspection
from mingcha.web.access import officers
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer


class AskCorrection(OfInspection):
    form_class = CorrectionForm
    template_name = "inspection/results/correction_ask.html"
    verb_name = "ask_correction"
    title = gettext_lazy("申请更正检查结果")
    subtitle = gettext_lazy(
        "把要更正的栏目改成正确的内容，没有改动的不变；由没有到场的股室负责人决定，没有这样的人时由局领导决定"
    )
    submit_label = gettext_lazy("提请决定")
    done = gettext_lazy("已提出。决定以前检查记录和公示的结果都不变。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.inspection.state not in states.STANDING:
            raise Http404

    def form_arguments(self) -> dict[str, Any]:
        record = record_of(current(self.inspection))
        return {"record": record, "known": correctable(self.inspection, record)}

    def perform(self, form: CorrectionForm) -> Correction:
        return services.ask_correction(
            actor=officer(self.request),
            inspection=self.inspection,
            proposed=form.proposed(),
            reason=form.cleaned_data["reason"],
            evidence=form.cleaned_data["evidence"],
            proofs=form.proofs(),
        )

    def outcome(self, result: Correction) -> str:
        return page_of_correction(result)


@officers(*ASKERS)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Whoever asked takes it back."""
    asked = get_object_or_404(Correction.objects.visible_to(officer(request)), pk=pk)
    return perform(
        request,
        verb=f"inspection.withdraw_correction:{pk}",
        run=lambda: services.withdraw_correction(
            actor=officer(request), correction=asked, reason=request.POST.get("reason", "")
        ),
        outcome=page_of_correction,
        done=gettext_lazy("已撤回，检查记录不变。"),
    )


ask_correction = officers(*ASKERS)(AskCorrection.as_view())

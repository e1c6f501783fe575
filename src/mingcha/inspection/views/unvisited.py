"""未检查，说明理由: say it, decide on it, take it back."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.inspection import services
from mingcha.inspection.links import page_of
from mingcha.inspection.models import INSPECTION_READERS, Unvisited
from mingcha.inspection.unvisited_lifecycle import ASKERS, UNVISITED
from mingcha.inspection.views.common import OfInspection
from mingcha.web.access import officers
from mingcha.web.forms import Form
from mingcha.web.http import Request, officer
from mingcha.web.verbs import Verb, press, roles_of

VERBS = {
    "grant": Verb(
        lambda actor, asked, reason: services.grant_unvisited(actor=actor, unvisited=asked),
        _("已同意。这一户作“未检查”，不计入已检查。"),
    ),
    "reject": Verb(
        lambda actor, asked, reason: services.reject_unvisited(actor=actor, unvisited=asked, reason=reason),
        _("没有同意，这一户仍须检查。"),
    ),
    "withdraw": Verb(
        lambda actor, asked, reason: services.withdraw_unvisited(actor=actor, unvisited=asked),
        _("已撤回。"),
    ),
}


class UnvisitedForm(Form):
    reason = forms.ChoiceField(
        label=_("理由"),
        choices=Unvisited.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "理由会公开。无法联系的，先“登记联系情况”（不同日期、附凭证）；到登记的住所找过、找不到的，"
            "是一次检查，入企登记后按失联的结果提交"
        ),
    )
    words = forms.CharField(
        label=_("说明"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("怎样发现、怎样核实的，以后怎么办；不公开"),
    )
    proof = forms.FileField(
        label=_("凭证"), required=False, help_text=_("现场照片、登记状态截图、证明等；没有的可不传")
    )


class LeaveOut(OfInspection):
    form_class = UnvisitedForm
    verb_name = "ask_unvisited"
    title = _("未检查，说明理由")
    subtitle = _("由另一个人决定；同意以后这一户作“未检查”，不计入已检查，公开页面写明理由")
    submit_label = _("提请决定")
    done = _("已提请决定。决定以前仍可以照常检查。")
    danger = True

    def perform(self, form: UnvisitedForm) -> Unvisited:
        return services.ask_unvisited(
            actor=officer(self.request), inspection=self.inspection, **form.cleaned_data
        )


leave_out = officers(*ASKERS)(LeaveOut.as_view())


@officers(*INSPECTION_READERS)
@require_GET
def request_of(request: Request, pk: int) -> HttpResponse:
    """From a request, as its papers name it, to the page on which it stands."""
    asked = get_object_or_404(Unvisited.objects.visible_to(officer(request)), pk=pk)
    return redirect(page_of(asked.inspection_id))


@officers(*roles_of(UNVISITED, VERBS))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    """Agree, disagree, or take it back."""
    asked = get_object_or_404(Unvisited.objects.visible_to(officer(request)), pk=pk)
    return press(request, name, VERBS, asked, lambda done: page_of(done.inspection_id))

"""My approvals, the verbs of an approval, its printed sheet and the signed scan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.basics import things
from mingcha.basics.forms import PaperForm, TelephoneForm
from mingcha.basics.models import Approval
from mingcha.basics.models.approvals import ApprovalState
from mingcha.basics.selectors import approvals as reading
from mingcha.basics.services import approvals
from mingcha.web import access
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform


@access.officers()
@require_GET
def my_approvals(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I proposed, and telephone approvals without papers."""
    viewer = request.viewer  # type: ignore[attr-defined]
    overseer = viewer.has(Role.OVERSEER, Role.COORDINATOR, Role.BUREAU_LEADER)
    values = {
        "awaiting": reading.awaiting(viewer),
        "mine": reading.mine(viewer),
        "not_made_up": reading.not_made_up(viewer) if overseer else Approval.objects.none(),
        "crumbs": [Crumb(_("审批"))],
    }
    return render(request, "basics/my_approvals.html", values)


def _approval(request: HttpRequest, pk: int) -> Approval:
    rows = Approval.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("route").prefetch_related("steps"), pk=pk)


def _press(request: HttpRequest, pk: int, verb: str, run: Callable[..., Approval], done: str) -> HttpResponse:
    approval = _approval(request, pk)
    return perform(
        request,
        verb=f"basics.approval_{verb}",
        run=lambda: run(actor=request.viewer, approval_id=approval.pk),  # type: ignore[attr-defined]
        outcome=lambda made: reverse("basics:approvals-detail", args=[made.pk]),
        done=done,
    )


@access.officers()
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit a draft, or one that was returned."""
    return _press(request, pk, "submit", approvals.submit, _("已提交审批。"))


@access.officers()
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the current step."""
    opinion = request.POST.get("opinion", "")

    def run(**known: Any) -> Approval:
        return approvals.approve(opinion=opinion, **known)

    return _press(request, pk, "approve", run, _("已同意。"))


@access.officers()
@require_POST
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back with a reason."""
    reason = request.POST.get("reason", "")

    def run(**known: Any) -> Approval:
        return approvals.return_(reason=reason, **known)

    return _press(request, pk, "return", run, _("已退回提请人。"))


@access.officers()
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back with a reason."""
    reason = request.POST.get("reason", "")

    def run(**known: Any) -> Approval:
        return approvals.withdraw(reason=reason, **known)

    return _press(request, pk, "withdraw", run, _("已撤回。"))


class ApprovalForm(ServiceFormView):
    """What the forms of one approval share."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.approval = _approval(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def outcome(self, result: Any) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        return reverse("basics:approvals-detail", args=[self.approval.pk])

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("审批"), reverse("basics:my-approvals")),
            Crumb(str(self.approval), self.cancel_url()),
            Crumb(str(self.title)),
        ]


class Telephone(ApprovalForm):
    """Record an approval that was given by telephone."""

    form_class = TelephoneForm
    title = gettext_lazy("登记电话批准")
    subtitle = gettext_lazy("情况紧急、来不及书面审批时使用；必须在规定期限内补办，逾期列入督导清单")
    verb = "basics.approval_telephone"

    def form_arguments(self) -> dict[str, Any]:
        last = list(self.approval.steps.all())[-1]
        return {"people": reading.candidates(self.approval, last)}

    def perform(self, form: Any) -> Approval:
        return approvals.telephone(
            actor=self.request.viewer,  # type: ignore[attr-defined]
            approval_id=self.approval.pk,
            approver_id=int(form.cleaned_data["approver"]),
            spoken_at=form.cleaned_data["spoken_at"],
            reason=form.cleaned_data["reason"],
        )


class SignedPaper(ApprovalForm):
    """Bring the signed sheet back as a scan."""

    form_class = PaperForm
    title = gettext_lazy("回传签字原件")
    subtitle = gettext_lazy("签字日期与回传时间都会保留；尚未办结的，签字即为该环节的审批")
    verb = "basics.approval_paper"

    def form_arguments(self) -> dict[str, Any]:
        step = self.approval.current_step
        waiting = self.approval.state in (ApprovalState.SUBMITTED, ApprovalState.BY_TELEPHONE)
        return {"people": reading.candidates(self.approval, step) if waiting and step else None}

    def perform(self, form: Any) -> Approval:
        signer = form.cleaned_data.get("signer")
        return approvals.keep_signed_paper(
            actor=self.request.viewer,  # type: ignore[attr-defined]
            approval_id=self.approval.pk,
            file=form.cleaned_data["file"],
            signed_on=form.cleaned_data["signed_on"],
            signer_id=int(signer) if signer else None,
        )


@access.officers()
@require_GET
def print_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to be printed and signed by hand."""
    approval = _approval(request, pk)
    values = {
        "approval": approval,
        "steps": approval.steps.all(),
        "content": things.rendered(approval.thing_type, request.viewer, approval.thing_id),  # type: ignore[attr-defined]
        "printed_at": clock.now(),
    }
    return render(request, "basics/approval_sheet.html", values)


telephone = access.officers()(Telephone.as_view())
signed_paper = access.officers()(SignedPaper.as_view())

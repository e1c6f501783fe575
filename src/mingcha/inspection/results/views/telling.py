"""What others are told of a result: the firm by 告知书, other authorities by 抄告函."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base.crypto.masking import mask_name
from mingcha.inspection import services
from mingcha.inspection.links import page_of_notice, page_of_referral
from mingcha.inspection.models import INSPECTION_READERS, FailedDelivery, Referral, ResultNotice
from mingcha.inspection.results import papers
from mingcha.inspection.results.forms import AnswerForm, FailureForm, SendForm, ServeForm
from mingcha.inspection.results.lifecycles import REFERRAL
from mingcha.inspection.services.announcing import tried_in_every_way, waits_to_be_announced
from mingcha.inspection.services.notifying import NOTIFIERS
from mingcha.inspection.views.common import crumbs_of, inspection_of
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer, pdf_response
from mingcha.web.reveal import is_revealed


@officers(*NOTIFIERS)
@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Make the 告知书, or open the one that was made."""
    inspection = inspection_of(request, pk)
    return perform(
        request,
        verb=f"inspection.issue_result_notice:{pk}",
        run=lambda: services.issue_result_notice(actor=officer(request), inspection=inspection),
        outcome=page_of_notice,
    )


def _notice(request: HttpRequest, pk: int) -> ResultNotice:
    rows = ResultNotice.objects.visible_to(officer(request))
    return get_object_or_404(
        rows.select_related("inspection__subject", "inspection__unit", "record", "paper"), pk=pk
    )


@officers(*INSPECTION_READERS)
@require_GET
def notice(request: Request, pk: int) -> HttpResponse:
    """告知书 as a page."""
    found = _notice(request, pk)
    whole = is_revealed(request, found.inspection)
    values = {
        "notice": found,
        "paper": papers.notice_paper(found),
        "crumbs": crumbs_of(found.inspection, _("检查结果告知书")),
        "receiver": found.receiver if whole else mask_name(found.receiver),
        "whole": whole,
        "superseded": found.is_superseded,
        "may_serve": officer(request).has(*NOTIFIERS) and found.is_to_be_served,
        "failures": found.failures.select_related("proof"),
        "may_announce": tried_in_every_way(found) and found.announced_on is None,
        "announcing": waits_to_be_announced(found),
    }
    return render(request, "inspection/results/notice.html", values)


@officers(*INSPECTION_READERS)
@require_GET
def notice_pdf(request: Request, pk: int) -> HttpResponse:
    """The same as a PDF."""
    paper = papers.notice_paper(_notice(request, pk))
    return pdf_response(papers.pdf("inspection/results/notice_body.html", paper), f"result-notice-{pk}")


class _OfNotice(ServiceFormView):
    verb_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.notice = _notice(request, kwargs["pk"])
        self.verb = f"inspection.{self.verb_name}:{self.notice.pk}"

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.notice.inspection, str(self.title))

    def cancel_url(self) -> str:
        return page_of_notice(self.notice)

    def outcome(self, result: Any) -> str:
        return page_of_notice(self.notice)


class ServeNotice(_OfNotice):
    form_class = ServeForm
    verb_name = "serve_result_notice"
    title = gettext_lazy("登记告知书送达")
    submit_label = gettext_lazy("登记送达")
    done = gettext_lazy("已登记送达。")

    def perform(self, form: ServeForm) -> ResultNotice:
        return services.serve_result_notice(
            actor=officer(self.request), notice=self.notice, **form.cleaned_data
        )


class RecordFailure(_OfNotice):
    form_class = FailureForm
    verb_name = "delivery_failed"
    title = gettext_lazy("登记没有送达")
    subtitle = gettext_lazy("直接送达、邮寄送达都登记为没有成功以后，才能公告送达")
    done = gettext_lazy("已登记。")

    def perform(self, form: FailureForm) -> FailedDelivery:
        return services.record_failure(actor=officer(self.request), notice=self.notice, **form.cleaned_data)


@officers(*NOTIFIERS)
@require_POST
def announce(request: Request, pk: int) -> HttpResponse:
    """Hand its announcement to whoever publishes."""
    found = _notice(request, pk)
    return perform(
        request,
        verb=f"inspection.announce_notice:{pk}",
        run=lambda: services.announce_notice(actor=officer(request), notice=found),
        outcome=lambda publication: page_of_notice(found),
        done=_("已提交送达公告，由另一人审核公示；公告期满视为送达。"),
    )


def _letter(request: HttpRequest, pk: int) -> Referral:
    rows = Referral.objects.visible_to(officer(request)).select_related("inspection__subject")
    return get_object_or_404(rows, pk=pk)


@officers(*INSPECTION_READERS)
@require_GET
def letter(request: Request, pk: int) -> HttpResponse:
    """抄告函 to print and to seal."""
    found = _letter(request, pk)
    values = {
        "paper": papers.letter_paper(found),
        "letter": found,
        "crumbs": crumbs_of(found.inspection, _("抄告函")),
    }
    return render(request, "inspection/results/letter.html", values)


@officers(*INSPECTION_READERS)
@require_GET
def letter_pdf(request: Request, pk: int) -> HttpResponse:
    """The same as a PDF."""
    paper = papers.letter_paper(_letter(request, pk))
    return pdf_response(papers.pdf("inspection/results/letter_body.html", paper), f"referral-{pk}")


class _OfLetter(ServiceFormView):
    verb_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.letter = _letter(request, kwargs["pk"])
        self.verb = f"inspection.{self.verb_name}:{self.letter.pk}"

    def crumbs(self) -> list[Crumb]:
        every = Crumb(_("抄告"), reverse("inspection:referrals-list"))
        return [every, Crumb(str(self.letter), self.cancel_url()), Crumb(str(self.title))]

    def cancel_url(self) -> str:
        return page_of_referral(self.letter)

    def outcome(self, result: Referral) -> str:
        return page_of_referral(result)


class SendLetter(_OfLetter):
    form_class = SendForm
    verb_name = "send_referral"
    title = gettext_lazy("登记抄告函发出")
    submit_label = gettext_lazy("登记发出")
    done = gettext_lazy("已登记发出，到期没有反馈时会提醒。")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"to_name": self.letter.to_name}}

    def perform(self, form: SendForm) -> Referral:
        return services.send(actor=officer(self.request), referral=self.letter, **form.cleaned_data)


class RecordAnswer(_OfLetter):
    form_class = AnswerForm
    verb_name = "answer_referral"
    title = gettext_lazy("登记反馈")
    done = gettext_lazy("已登记反馈。")

    def perform(self, form: AnswerForm) -> Referral:
        return services.answer(actor=officer(self.request), referral=self.letter, **form.cleaned_data)


serve = officers(*NOTIFIERS)(ServeNotice.as_view())
fail = officers(*NOTIFIERS)(RecordFailure.as_view())
send = officers(*REFERRAL.roles_that_may("send"))(SendLetter.as_view())
answer = officers(*REFERRAL.roles_that_may("answer"))(RecordAnswer.as_view())

"""The papers of a lead: to be written, printed and sealed, and that they were served."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.selectors import bureau
from mingcha.base import clock
from mingcha.base.crypto import masking
from mingcha.base.viewers import Officer
from mingcha.leads import services
from mingcha.leads.facts import facts_of
from mingcha.leads.forms import AnswerForm, LookForm, ServeForm
from mingcha.leads.lifecycle import MAY_WORK
from mingcha.leads.models import LEAD_HANDLERS, LEAD_READERS, Complainant, LeadNotice, NoticeService
from mingcha.leads.views.common import OfLead, crumbs_of, roles_for
from mingcha.leads.vocabulary import GROUND_BASES, GROUND_REMEDIES, Ground
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import officer
from mingcha.web.reveal import is_revealed, reveal


def notice_url(notice: LeadNotice) -> str:
    """The page of a paper."""
    return reverse("leads:notice", args=[notice.pk])


class _OfNotice(ServiceFormView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = LeadNotice.objects.visible_to(officer(request))
        known = rows.select_related("lead__subject", "lead__handler", "lead__unit", "issued_by", "service")
        self.notice: LeadNotice = get_object_or_404(known, pk=kwargs["pk"])
        self.subtitle = f"{self.notice.lead} {self.notice.lead.firm_name}"

    @property
    def actor(self) -> Officer:
        return officer(self.request)

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.notice.lead, str(self.notice))

    def outcome(self, result: Any) -> str:
        return notice_url(self.notice)

    def works(self) -> bool:
        """Whether who looks at it works on the lead, and so may say that it was served."""
        roles = self.actor.has(*LEAD_HANDLERS)
        return roles and MAY_WORK.check(facts_of(self.notice.lead, self.actor)) is None


class Notice(_OfNotice):
    """One paper. Who complains is named for the handler alone, for ten minutes, after saying what for."""

    form_class = LookForm
    template_name = "leads/notice.html"
    submit_label = _("记录并显示姓名")
    done = _("查看已记录，姓名显示 10 分钟。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.verb = f"leads.name_on_notice:{self.notice.pk}"
        rows = Complainant.objects.visible_to(self.actor).filter(lead=self.notice.lead_id)
        self.complainants: list[Complainant] = [] if self.notice.to_authority else list(rows)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.complainants:
            raise Http404  # there is nobody whom this officer may be shown
        return super().post(request, *args, **kwargs)

    def page_values(self, form: LookForm) -> dict[str, Any]:
        shown = all(is_revealed(self.request, one) for one in self.complainants)
        found = self.notice
        return {
            "notice": found,
            "lead": found.lead,
            "names": [one.name for one in self.complainants] if shown else [],
            "asks_why": bool(self.complainants) and not shown,
            "to_complainant": found.lead.is_complaint and not found.to_authority,
            "basis": GROUND_BASES[Ground(found.ground)] if found.ground else "",
            "remedy": GROUND_REMEDIES.get(found.ground, ""),
            "organ": bureau(),
            "service": getattr(found, "service", None),
            "receiver": self._receiver(shown),
            "may_serve": not hasattr(found, "service") and self.works(),
            "proof_opens": self._proof_opens(),
            "to_reporter": found.to_reporter,
        }

    def _receiver(self, shown: bool) -> str:
        """Who signed, of a complaint masked until the handler has said what for."""
        name: str = self.notice.service.receiver if self._proof_opens() else ""
        return name if shown or not self.complainants else masking.mask_name(name)

    def _proof_opens(self) -> bool:
        return (
            NoticeService.objects.visible_to(self.actor)
            .proofs_for(self.actor)
            .filter(pk=self.notice.pk)
            .exists()
        )

    def perform(self, form: LookForm) -> None:
        services.reveal_complainants(
            actor=self.actor, complainants=self.complainants, reason=form.cleaned_data["reason"]
        )
        for one in self.complainants:
            reveal(self.request, one)


class Serve(_OfNotice):
    form_class = ServeForm
    title = _("登记送达")
    submit_label = _("登记送达")
    done = _("已登记送达。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.verb = f"leads.serve:{self.notice.pk}"
        self.subtitle = str(self.notice)

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"on": clock.today()}, "to_reporter": self.notice.to_reporter}

    def cancel_url(self) -> str:
        return notice_url(self.notice)

    def perform(self, form: ServeForm) -> NoticeService:
        return services.serve(actor=self.actor, notice=self.notice, **form.cleaned_data)


class Answer(OfLead):
    """What came of it, to whoever complained."""

    form_class = AnswerForm
    name = "answer"
    title = _("答复投诉人")
    submit_label = _("生成办理结果告知书")
    done = _("已生成。请打印送达，送达以后登记：登记送达才算答复。")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"text": self.lead.outcome}}

    def perform(self, form: AnswerForm) -> LeadNotice:
        return services.answer(actor=self.actor, lead=self.lead, verb=self.name, **form.cleaned_data)

    def outcome(self, result: LeadNotice) -> str:
        return notice_url(result)


class FeedBack(Answer):
    """What came of it, to the authority that sent it."""

    name = "feed_back"
    title = _("反馈来文单位")
    submit_label = _("生成办理情况反馈函")
    done = _("已生成。请打印发出，发出以后登记送达：登记送达才算反馈。")


notice = officers(*LEAD_READERS)(Notice.as_view())
serve = officers(*roles_for(Answer.name))(Serve.as_view())
answer = officers(*roles_for(Answer.name))(Answer.as_view())
feed_back = officers(*roles_for(FeedBack.name))(FeedBack.as_view())

"""The verbs of a lead: buttons, and forms where more than a reason is asked for."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mingcha.leads import services
from mingcha.leads.forms import (
    AskForm,
    AssessForm,
    CloseForm,
    DeclineForm,
    FirmForm,
    HandlerForm,
    NamedFirmForm,
    ProposeForm,
    SendOnForm,
)
from mingcha.leads.lifecycle import LEAD
from mingcha.leads.links import page_of
from mingcha.leads.models import Lead, LeadNotice
from mingcha.leads.views.common import OfLead, lead_of, roles_for
from mingcha.leads.views.notices import notice_url
from mingcha.registry.models import REGISTER_READERS
from mingcha.web.access import officers
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer
from mingcha.web.verbs import Verb, press, roles_of

VERBS = {
    "accept": Verb(
        lambda actor, lead, reason: services.accept(actor=actor, lead=lead),
        _("已受理。投诉受理之日即立案查处；其他线索可以拟定检查。"),
    ),
    "more_came": Verb(
        lambda actor, lead, reason: services.more_came(actor=actor, lead=lead),
        _("已补正，受理的期限从今天起重新计算。"),
    ),
    "set_aside": Verb(
        lambda actor, lead, reason: services.set_aside(actor=actor, lead=lead, reason=reason),
        _("已记录：不同意建议，由承办人继续办理。"),
    ),
    "ask_void": Verb(
        lambda actor, lead, reason: services.ask_void(actor=actor, lead=lead, reason=reason),
        _("已提请作废，由另一名综合经办或股室负责人决定。"),
    ),
    "void": Verb(
        lambda actor, lead, reason: services.void(actor=actor, lead=lead, reason=reason),
        _("登记已作废，编号保留在列表里。"),
    ),
}


@officers(*roles_of(LEAD, VERBS))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    return press(request, name, VERBS, lead_of(request, pk), lambda lead: page_of(lead.pk))


@officers(*roles_for("merge"))
@require_POST
def merge(request: Request, pk: int, into: int) -> HttpResponse:
    """Merge a lead into another one about the same firm."""
    lead = lead_of(request, pk)
    kept = get_object_or_404(Lead.objects.visible_to(officer(request)), pk=into)
    return perform(
        request,
        verb=f"leads.merge:{pk}:{into}",
        run=lambda: services.merge(actor=officer(request), lead=lead, into=kept),
        outcome=lambda done: page_of(done.pk),
        done=_("已并案：事实一并核查。办结以后，对每一件的投诉人、来文单位分别答复。"),
    )


class AskForMore(OfLead):
    form_class = AskForm
    name = "ask_for_more"
    title = _("告知补正")
    submit_label = _("告知并生成告知书")
    done = _("已告知补正。请打印告知书送达。")

    def perform(self, form: AskForm) -> LeadNotice:
        return services.ask_for_more(actor=self.actor, lead=self.lead, **form.cleaned_data)

    def outcome(self, result: LeadNotice) -> str:
        return notice_url(result)


class Decline(OfLead):
    form_class = DeclineForm
    name = "decline"
    title = _("不予受理")
    submit_label = _("不予受理并生成通知书")
    done = _("已记录。请打印通知书，书面通知投诉人。")
    danger = True

    def form_arguments(self) -> dict[str, Any]:
        given = {"ground": self.lead.proposed_ground, "reason": self.lead.proposed_why}
        return {"initial": {name: value for name, value in given.items() if value}}

    def perform(self, form: DeclineForm) -> LeadNotice:
        return services.decline(actor=self.actor, lead=self.lead, **form.cleaned_data)

    def outcome(self, result: LeadNotice) -> str:
        return notice_url(result)


class SendOn(OfLead):
    form_class = SendOnForm
    name = "send_on"
    title = _("转出")
    submit_label = _("转出并生成转送函")
    done = _("已转出。请打印转送函，随材料一并送达。")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"reason": self.lead.proposed_why}}

    def perform(self, form: SendOnForm) -> LeadNotice:
        return services.send_on(actor=self.actor, lead=self.lead, **form.cleaned_data)

    def outcome(self, result: LeadNotice) -> str:
        return notice_url(result)


class Propose(OfLead):
    form_class = ProposeForm
    name = "propose"
    title = _("提出建议")
    submit_label = _("提请股室负责人决定")
    done = _("已提请股室负责人决定。")

    def perform(self, form: ProposeForm) -> Lead:
        return services.propose(actor=self.actor, lead=self.lead, **form.cleaned_data)


class Close(OfLead):
    form_class = CloseForm
    name = "close"
    title = _("办结")
    submit_label = _("办结")
    done = _("已办结。")

    def perform(self, form: CloseForm) -> Lead:
        return services.close(actor=self.actor, lead=self.lead, **form.cleaned_data)


class Assign(OfLead):
    form_class = HandlerForm
    name = "assign"
    title = _("指定承办人")
    done = _("已指定承办人，正在计算的期限由其负责。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.lead.handler_id is not None:
            self.title = _("更换承办人")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"handler": self.lead.handler_id}}

    def perform(self, form: HandlerForm) -> Lead:
        return services.assign(actor=self.actor, lead=self.lead, **form.cleaned_data)


class Identify(OfLead):
    name = "identify"
    title = _("认定检查对象")
    done = _("已认定检查对象。")

    @property
    def form_class(self) -> type[BaseForm]:  # type: ignore[override]
        return FirmForm if self.actor.has(*REGISTER_READERS) else NamedFirmForm

    def form_arguments(self) -> dict[str, Any]:
        browses = self.actor.has(*REGISTER_READERS)
        return {"initial": {"subject": self.lead.subject if browses else self.lead.firm_name}}

    def perform(self, form: Any) -> Lead:
        return services.identify(actor=self.actor, lead=self.lead, **form.cleaned_data)


class Assess(OfLead):
    form_class = AssessForm
    name = "assess"
    title = _("核对受理条件")
    done = _("核对结果已保存。")

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.lead}

    def perform(self, form: AssessForm) -> Lead:
        return services.assess(actor=self.actor, lead=self.lead, values=form.cleaned_data)


ask = officers(*roles_for(AskForMore.name))(AskForMore.as_view())
decline = officers(*roles_for(Decline.name))(Decline.as_view())
send_on = officers(*roles_for(SendOn.name))(SendOn.as_view())
propose = officers(*roles_for(Propose.name))(Propose.as_view())
close = officers(*roles_for(Close.name))(Close.as_view())
assign = officers(*roles_for(Assign.name))(Assign.as_view())
identify = officers(*roles_for(Identify.name))(Identify.as_view())
assess = officers(*roles_for(Assess.name))(Assess.as_view())

"""Telling whoever came, or whoever sent it, what came of a lead; and that a paper was served."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import File

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.rules import required_text
from mingcha.basics.services import attachments
from mingcha.kernel.refusal import Refusal, Refused, Refusing, gettext_noop
from mingcha.leads import lifecycle as states
from mingcha.leads import terms
from mingcha.leads.events import NoticeServed
from mingcha.leads.models import ANSWERS, Lead, LeadNotice, NoticeService
from mingcha.leads.services import common
from mingcha.leads.services.deciding import issue

#: What the scan of a signed receipt is kept as.
_PROOF = "signed-paper"
_BASIS = gettext_noop("部令25号第十八条：书面通知、告知投诉人；国办发〔2024〕54号五：全过程记录")
#: The term that is met when a paper has been served.
_TERMS = {
    LeadNotice.Kind.ASK: terms.WRITTEN,
    LeadNotice.Kind.DECLINE: terms.WRITTEN,
    LeadNotice.Kind.TOLD: terms.WRITTEN,
    LeadNotice.Kind.ANSWER: terms.ANSWERED,
    LeadNotice.Kind.FEEDBACK: terms.STATED,
}
_refuse = Refusing("lead", _BASIS)


@service
def answer(*, actor: Officer, lead: Lead, verb: str, text: str) -> LeadNotice:
    """Write the paper that says what came of it: to who complains (`answer`) or who sent it (`feed_back`)."""
    lead = common.held(lead, actor)
    common.permit(lead, verb, actor)
    return issue(actor, lead, ANSWERS[verb], required_text(text, gettext_noop("办理结果")))


@service
def serve(
    *,
    actor: Officer,
    notice: LeadNotice,
    on: date,
    how: str,
    receiver: str = "",
    proof: File[Any] | None = None,
) -> NoticeService:
    """Keep how, when and to whom a paper was given; its term is met on that day, and by nothing else.

    Of a complaint, who signed and the signed receipt are for the handler alone; of what went to somebody who
    reported neither is kept (条例9).
    """
    lead = common.held(notice.lead, actor)
    common.require_worker(lead, actor)
    notice = LeadNotice.objects.visible_to(actor).get(pk=notice.pk)
    _check(notice, on, how)
    signed = _signed(notice, receiver, proof)
    made = NoticeService(notice=notice, on=on, how=NoticeService.How(how), receiver=signed)
    made.recorded_by_id, made.recorded_at = actor.id, clock.now()
    if proof is not None:
        # By the platform: whoever brings in the receipt of a complaint sees it no more, the handler does.
        thing = Thing(NoticeService._meta.label_lower, notice.pk, str(notice))
        made.paper = attachments.add(actor=common.PLATFORM, file=proof, thing=thing, purpose=_PROOF)
    made.save()
    emit(
        NoticeServed(
            thing=Thing.of(lead),
            after={"notice": str(notice), "on": on, "how": str(made.get_how_display())},
        )
    )
    _meet(actor, lead, notice, on)
    return made


def _meet(actor: Viewer, lead: Lead, notice: LeadNotice, on: date) -> None:
    """What the service of this paper ends and begins; nothing where a later paper has taken its place."""
    kind = LeadNotice.Kind(notice.kind)
    term = _TERMS.get(kind)
    rivals = [one for one, other in _TERMS.items() if other == term]
    later = LeadNotice.objects.filter(lead=lead, pk__gt=notice.pk, kind__in=rivals)
    if term is None or later.exists():
        return
    common.met(actor, lead, term, on)
    if kind == LeadNotice.Kind.ASK and lead.state == states.ASKED:
        common.due(actor, lead, terms.MORE, on)


def _signed(notice: LeadNotice, receiver: str, proof: File[Any] | None) -> str:
    """Who signed, as it is kept: nothing of who reported."""
    if not notice.to_reporter:
        return required_text(receiver, gettext_noop("签收人"))[:100]
    if receiver.strip() or proof is not None:
        raise Refused(
            Refusal(
                "lead.served_reporter",
                gettext_noop("这份文书给举报人：签收人和送达回证会写明是谁举报的，没有保存"),
                gettext_noop("《劳动保障监察条例》第九条：为举报人保密"),
                gettext_noop("请只登记送达日期和方式；有签字的回证不要上传，也不要写在别处"),
            )
        )
    return ""


def _check(notice: LeadNotice, on: date, how: str) -> None:
    known = NoticeService.objects.filter(notice=notice).first()
    if known is not None:
        raise _refuse(
            "served_once",
            gettext_noop("%(notice)s 已于 %(on)s 登记送达"),
            gettext_noop("不用再登记；登记有误的，在线索页面“上传材料”，写明正确的情况"),
            notice=str(notice),
            on=known.on.isoformat(),
        )
    if not notice.issued_on <= on <= clock.today():
        raise _refuse(
            "served_when",
            gettext_noop("送达日期 %(on)s 不在制作文书（%(made)s）和今天之间"),
            gettext_noop("请填写实际送达的日期"),
            on=on.isoformat(),
            made=notice.issued_on.isoformat(),
        )
    if notice.kind == LeadNotice.Kind.DECLINE and how == NoticeService.How.SPOKEN:
        raise _refuse(
            "served_spoken",
            gettext_noop("不予受理须书面通知，不能只是口头告知"),
            gettext_noop("请送达通知书：直接、留置、邮寄，或经本人同意以电子方式送达"),
        )

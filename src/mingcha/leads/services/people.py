"""Who complained or reported: entered once, then seen by the handler alone, or by nobody (rule N10)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File

from mingcha.base import clock
from mingcha.base.crypto.normalise import normalise_phone, normalise_text
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.models import Attachment
from mingcha.basics.rules import required_text
from mingcha.basics.services import attachments
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.leads.events import ComplainantRevealed, PersonAdded
from mingcha.leads.models import Complainant, Lead, Reporter
from mingcha.leads.services.common import PLATFORM, count_as_complaint, held, permit
from mingcha.leads.vocabulary import Kind, Who

#: What a person's own papers are kept as.
PURPOSE = "document"
#: Shorter names stand in any text by chance.
_TELLING = 2
_PROTECTED = gettext_noop("《劳动保障监察条例》第九条：为举报人保密；个人信息保护法第六条")


@dataclass(frozen=True)
class Person:
    """Somebody who came, as typed; `paper` is the complaint or a proof of identity."""

    who: str
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    paper: File[Any] | None = field(default=None, repr=False)

    @property
    def known(self) -> bool:
        """Whether anything was said of who it is."""
        return bool(self.name.strip() or self.phone.strip() or self.id_number.strip())


@service
def add_person(*, actor: Viewer, lead: Lead, person: Person) -> Lead:
    """Enter one more person who complains or reports; with the first complainant a complaint's term runs."""
    lead = held(lead, actor)
    permit(lead, "add_person", actor)
    complained = lead.is_complaint
    enter(lead, person)
    if lead.is_complaint and not complained:
        count_as_complaint(actor, lead)
    return lead


def enter(lead: Lead, person: Person) -> None:
    """Keep a person with a lead; within a service that has asked who may. Refused where it does not fit."""
    _check(lead, person)
    values = {name: getattr(person, name).strip() for name in ("name", "phone", "id_number")}
    if person.who == Who.COMPLAINANT:
        made = Complainant.objects.create(lead=lead, recorded_at=clock.now(), **values)
        lead.complained = True
        lead.save(update_fields=["complained"])
        if person.paper is not None:
            # By the platform: who brought it in sees it no more, the handler does (条例9).
            attachments.add(actor=PLATFORM, file=person.paper, thing=Thing.nameless(made), purpose=PURPOSE)
    else:
        Reporter.objects.create(lead=lead, recorded_at=clock.now(), **values)
    emit(PersonAdded(thing=Thing.of(lead), after={"who": str(Who(person.who).label)}))


@service
def add_paper(*, actor: Officer, lead: Lead, file: File[Any], covered: bool = False) -> Attachment:
    """Keep a paper of a lead. One that tells of no person, or with the person `covered`, is read by everybody
    who sees the lead; an original is as closed as the person in it: of a complainant for the handler alone,
    of anybody else it is refused.
    """
    lead = held(lead, actor)
    permit(lead, "add_paper", actor)
    if covered or not may_name_somebody(lead):
        return attachments.add(actor=actor, file=file, thing=Thing.of(lead), purpose=PURPOSE)
    known = Complainant.objects.filter(lead=lead).first()
    if known is None:
        raise Refused(_not_covered(lead))
    # By the platform: who brought it in sees it no more, the handler does (条例9).
    return attachments.add(actor=PLATFORM, file=file, thing=Thing.nameless(known), purpose=PURPOSE)


def may_name_somebody(lead: Lead) -> bool:
    """Whether a paper of the lead may tell who complains or reports; a firm's request is the firm's own."""
    return lead.kind != Kind.REQUEST


def _not_covered(lead: Lead) -> Refusal:
    if lead.kind == Kind.REPORT:
        remedy = gettext_noop("请遮去举报人的姓名、电话、笔迹等后扫描，再勾选确认")
    else:
        remedy = gettext_noop(
            "没有来人信息或已遮去的，请勾选确认；要留原件的，先补登投诉人，原件只有承办人能打开"
        )
    message = gettext_noop("没有确认材料里没有来人的信息或已遮去，没有保存")
    return Refusal("lead.not_covered", message, _PROTECTED, remedy)


@service
def reveal_complainants(*, actor: Officer, complainants: Collection[Complainant], reason: str) -> None:
    """Let the handler see who complains and how to reach him; that it was looked at is put on record.

    DoesNotExist where one of them is not the handler's.
    """
    why = required_text(reason, gettext_noop("查看的理由"))
    for one in complainants:
        found = Complainant.objects.visible_to(actor).select_related("lead").get(pk=one.pk)
        emit(ComplainantRevealed(thing=Thing.of(found.lead), why=why))


def keep_unnamed(actor: Viewer, lead: Lead, *texts: str) -> None:
    """Refuse a text that everybody reads who sees the lead, and in which its handler names who complains.

    Whoever does not see the complainant is told nothing: a refusal would say who it is.
    """
    if isinstance(actor, Officer):
        for one in Complainant.objects.visible_to(actor).filter(lead=lead):
            known = Person(Who.COMPLAINANT, one.name or "", one.phone or "", one.id_number or "")
            check_texts(known, *texts)


def check_texts(person: Person, *texts: str) -> None:
    """Refuse a text that many read and that names the person. Asked only of who has typed both."""
    text = normalise_text(" ".join(texts))
    phone = normalise_phone(person.phone)
    names = [normalise_text(value) for value in (person.name, person.id_number)]
    telling = [value for value in (*names, phone) if len(value) >= _TELLING]
    if any(value in text for value in telling):
        raise Refused(
            Refusal(
                "lead.named",
                gettext_noop("填写的内容里写有来人的姓名、电话或证件号，没有保存"),
                _PROTECTED,
                gettext_noop("请改写成“投诉人”“举报人”，姓名、电话只填在来人一栏"),
            )
        )


def _check(lead: Lead, person: Person) -> None:
    wrong = {
        (Kind.COMPLAINT, Who.REPORTER): gettext_noop("投诉由主张自己权益的人提出，来人应登记为投诉人"),
        (Kind.REPORT, Who.COMPLAINANT): gettext_noop("举报的来人应登记为举报人，任何人都看不到"),
        (Kind.REQUEST, Who.COMPLAINANT): gettext_noop("企业申请没有投诉人、举报人"),
        (Kind.REQUEST, Who.REPORTER): gettext_noop("企业申请没有投诉人、举报人"),
    }.get((Kind(lead.kind), Who(person.who)))
    if wrong is None and person.who == Who.COMPLAINANT and not person.name.strip():
        wrong = gettext_noop("投诉人没有写姓名")
    if wrong is None and person.who == Who.REPORTER and person.paper is not None:
        wrong = gettext_noop("举报人的材料不能这样上传：保存以后谁也看不到")
    if wrong is not None:
        remedy = gettext_noop("请改选身份或补齐姓名；举报的材料遮去举报人信息后，作为线索的附件上传")
        raise Refused(Refusal("lead.person", wrong, _PROTECTED, remedy))
    check_texts(person, lead.what or "", lead.subject_text)

"""抄告: the letters that follow from a result that stands, sent and answered (domain §2.5, §3.6)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import required_text
from mingcha.basics.services import deadlines, numbers
from mingcha.basics.services.moving import move
from mingcha.inspection.models import AbnormalCheck, Inspection, Referral
from mingcha.inspection.results import lifecycles, needs
from mingcha.inspection.results.events import ReferralDrafted, ReferralMoved, ReferralRedrawn
from mingcha.inspection.services.common import held
from mingcha.kernel.refusal import Refusing, gettext_noop

SERIES, RULE = "referral", "REFERRAL_FEEDBACK"
_PLATFORM = System(purpose="inspection result")
_BASIS = gettext_noop("本局方案二（三）3：结果处置与闭环衔接")
_refuse = Refusing("referral", _BASIS)


@service
def draft_letters(*, actor: Viewer, inspection_id: int) -> list[Referral]:
    """Draft, draw up anew or drop letters until each authority is told what the result now says.

    What an authority has in its hands is never taken back: where that no longer holds, a letter follows it.
    """
    inspection = Inspection.objects.get(pk=inspection_id)
    wanted = _wanted(inspection)
    letters = list(inspection.referrals.exclude(state=lifecycles.DROPPED).order_by("pk"))
    drafted = []
    for to in dict.fromkeys((*wanted, *(one.to for one in letters))):
        told = next((one for one in reversed(letters) if one.to == to and one.state in lifecycles.TOLD), None)
        waiting = next((one for one in letters if one.to == to and one.state == lifecycles.DRAFTED), None)
        matter = wanted.get(to) or (gettext("检查结果更正以后，不再涉及贵部门职责") if told else "")
        needed = bool(matter) and (told is None or told.matter != matter)
        if waiting is not None:
            _keep_or_drop(waiting, matter if needed else "", actor)
        elif needed:
            drafted.append(_draft(inspection, to, matter, told, actor))
    return drafted


def _keep_or_drop(letter: Referral, matter: str, actor: Viewer) -> None:
    """A draft says what the result says now, or is not sent at all."""
    if not matter:
        _move(letter, "drop", actor)
        letter.save(update_fields=["state"])
    elif letter.matter != matter:
        letter.matter, letter.made_at = matter, clock.now()
        letter.save(update_fields=["matter", "made_at"])
        emit(ReferralRedrawn(thing=Thing.of(letter), after={"number": letter.number}))


@service
def send(*, actor: Officer, referral: Referral, to_name: str, on: date, how: str) -> Referral:
    """The letter was sent on a day: the term within which an answer is expected runs from it."""
    letter = _held(actor, referral)
    _not_ahead(on)
    letter.to_name = to_name.strip()[:100]
    _move(letter, "send", actor, on=on)
    letter.sent_on, letter.sent_how = on, Referral.Way(how)
    letter.save(update_fields=["state", "to_name", "sent_on", "sent_how"])
    if letter.follows is not None and letter.follows.state == lifecycles.SENT:
        _replace(letter.follows, on)
    deadlines.start(
        actor=_PLATFORM,
        rule=RULE,
        thing=Thing.of(letter),
        started_on=on,
        owner=deadlines.Owner(unit_id=letter.inspection.unit_id),
    )
    return letter


def _held(actor: Officer, referral: Referral) -> Referral:
    """The letter, locked behind its inspection: a correction draws letters up anew."""
    held(actor, referral.inspection)
    return locked(referral, actor)


def _replace(letter: Referral, on: date) -> None:
    """The authority answers what it was told last: nothing is waited for any more to this one."""
    _move(letter, "replace", _PLATFORM, on=on)
    letter.save(update_fields=["state"])
    deadlines.meet(actor=_PLATFORM, rule=RULE, thing=Thing.of(letter), on=on)


@service
def answer(*, actor: Officer, referral: Referral, on: date, text: str) -> Referral:
    """What the authority answered, and when."""
    letter = _held(actor, referral)
    _not_ahead(on)
    if letter.sent_on is not None and on < letter.sent_on:
        raise _refuse(
            "answer_before_letter",
            gettext_noop("反馈日期 %(on)s 早于发出日期 %(sent)s"),
            gettext_noop("请核对两个日期"),
            on=on.isoformat(),
            sent=letter.sent_on.isoformat(),
        )
    letter.answer = required_text(text, gettext_noop("反馈内容"))[:500]
    _move(letter, "answer", actor, on=on)
    letter.answered_on = on
    letter.save(update_fields=["state", "answered_on", "answer"])
    deadlines.meet(actor=_PLATFORM, rule=RULE, thing=Thing.of(letter), on=on)
    return letter


def _wanted(inspection: Inspection) -> dict[str, str]:
    """Who is to be told of the result as it stands, and what."""
    arrears = sum(
        inspection.checks.filter(arrears__gt=0, conclusion=AbnormalCheck.Conclusion.CONFIRMED).values_list(
            "arrears", flat=True
        )
    )
    others = list(inspection.items.values_list("result", flat=True))
    told = needs.letters(inspection.result, arrears=bool(arrears), others=others)
    return {to: _matter(inspection, to, arrears) for to in told}


def _draft(inspection: Inspection, to: str, matter: str, follows: Referral | None, actor: Viewer) -> Referral:
    name = "" if to == Referral.To.OTHER else str(Referral.To(to).label)
    letter = Referral(
        inspection=inspection,
        to=Referral.To(to),
        to_name=follows.to_name if follows is not None else name,
        follows=follows,
        matter=matter,
        made_at=clock.now(),
    )
    letter.save()
    letter.number = numbers.issue(actor=actor, series=SERIES, thing=Thing.nameless(letter)).text
    letter.save(update_fields=["number"])
    emit(
        ReferralDrafted(
            thing=Thing.of(letter),
            after={"number": letter.number, "to": str(letter.get_to_display())},
        )
    )
    return letter


def _matter(inspection: Inspection, to: str, arrears: int) -> str:
    if to == Referral.To.TAX:
        owed = f"{arrears / 100:,.2f}"
        return gettext("欠缴社会保险费 %(owed)s 元，请依法责令限期缴纳或者补足") % {"owed": owed}
    said = str(inspection.get_result_display())
    return f"{said}：{inspection.result_reason}"[:500] if inspection.result_reason else said


def _move(letter: Referral, verb: str, actor: Viewer, **after: Any) -> None:
    facts = lifecycles.ReferralFacts(addressed=bool(letter.to_name))
    move(letter, lifecycles.REFERRAL, verb, actor, facts, ReferralMoved, **after)


def _not_ahead(day: date) -> None:
    if day > clock.today():
        raise _refuse(
            "day_ahead",
            gettext_noop("日期 %(day)s 还没有到"),
            gettext_noop("请填写实际办理的日期"),
            day=day.isoformat(),
        )

"""Entering what came in, and changing it while nothing has been decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.events import Personal, Thing
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.rules import require_role, user_id_of
from mingcha.basics.selectors import deadlines as rules
from mingcha.basics.services import deadline_owners, deadlines, numbers
from mingcha.kernel.refusal import Refused, Refusing, gettext_noop
from mingcha.leads import terms
from mingcha.leads.codes import mark_of, new_code
from mingcha.leads.events import LeadChanged, LeadRegistered
from mingcha.leads.facts import is_recused
from mingcha.leads.initial import LEAD_SERIES
from mingcha.leads.lifecycle import NOT_RECUSED, LeadFacts
from mingcha.leads.models import LEAD_KEEPERS, Lead
from mingcha.leads.services import common
from mingcha.leads.services.people import Person, enter
from mingcha.leads.vocabulary import Kind, Who

#: What people enter.
OPEN_FIELDS = (
    "channel",
    "received_on",
    "late_why",
    "reference",
    "due_on",
    "subject",
    "subject_text",
    "persons",
    "amount",
    "violation_from",
    "violation_until",
    "item",
    "unit",
    "handler",
)
#: What may be changed later: handler and firm have verbs of their own.
CHANGEABLE = tuple(name for name in OPEN_FIELDS if name not in ("handler", "subject"))
#: Which firm, in the register's words and in those of whoever came: like `what` it reaches the ledger only
#: under the lead's own key, for administrators read the ledger and are no readers of leads.
UNTOLD = ("subject", "subject_text")
_RULE = gettext_noop("部令25号第十八条；国办发〔2024〕54号五：行政检查全过程记录")
_refused = Refusing("lead", _RULE)


@dataclass(frozen=True)
class Registered:
    """A lead as entered; `code` is that of a report, known to nobody else and shown once."""

    lead: Lead
    code: str = field(default="", repr=False)


@service
def register_lead(*, actor: Officer, values: Mapping[str, Any], person: Person | None = None) -> Registered:
    """Enter one lead; `values` are the cleaned fields `kind`, `what` and those of `OPEN_FIELDS`.

    Its terms begin on the day it was received. A report gets a code by which anybody may ask for its state.
    """
    require_role(actor, LEAD_KEEPERS, gettext_noop("登记线索"))
    lead = Lead(kind=values["kind"], what=values["what"], registered_at=clock.now())
    lead.registered_by_id, lead.state_since = user_id_of(actor), clock.today()
    # Whoever complains makes it a complaint, whichever way it came: its first term is measured by that.
    lead.complained = person is not None and person.who == Who.COMPLAINANT
    _fill(lead, values, OPEN_FIELDS)
    _check(lead)
    if lead.kind == Kind.COMPLAINT and (person is None or not person.name.strip()):
        raise _refused("complainant", gettext_noop("投诉没有写明投诉人"), gettext_noop("请填写投诉人的姓名"))
    code = new_code() if lead.kind == Kind.REPORT else ""
    lead.query_mark = mark_of(code)
    lead.save()
    lead.number = numbers.issue(actor=actor, series=LEAD_SERIES, thing=Thing.nameless(lead)).text
    lead.save(update_fields=["number"])
    _refuse_out_of_sight(lead, actor)
    thing = Thing.of(lead)
    after = snapshot(lead, (name for name in ("kind", *OPEN_FIELDS) if name not in UNTOLD))
    emit(LeadRegistered(thing=thing, after=after, personal=told(lead, {}, untold(lead))))
    if person is not None and person.known:
        enter(lead, person)
    common.start(actor, lead, common.first_rule(lead), lead.received_on)
    _start_stated(actor, lead)
    return Registered(lead, code)


@service
def change_lead(*, actor: Officer, lead: Lead, values: Mapping[str, Any]) -> Lead:
    """Correct what was entered (`what` and `CHANGEABLE`); before and after stand in its history."""
    lead = common.held(lead, actor)
    common.permit(lead, "change", actor)
    shown = [name for name in CHANGEABLE if name not in UNTOLD]
    before, hidden = snapshot(lead, shown), untold(lead)
    day, due_on = lead.received_on, lead.due_on
    _fill(lead, values, (*CHANGEABLE, "what"))
    _check(lead)
    lead.save()
    _refuse_out_of_sight(lead, actor)
    thing = Thing.of(lead)
    old, new = changes(before, snapshot(lead, shown))
    personal = told(lead, hidden, untold(lead))
    if new or personal is not None:
        emit(LeadChanged(thing=thing, before=old, after=new, personal=personal))
    if "unit" in new:
        deadline_owners.hand_over(actor=actor, thing=thing, owner=common.owner_of(lead))
    if day != lead.received_on:
        _count_anew(actor, lead, common.first_rule(lead))
    if day != lead.received_on or due_on != lead.due_on:
        _count_anew(actor, lead, terms.STATED)
    return lead


def _count_anew(actor: Viewer, lead: Lead, rule: str) -> None:
    """A term that runs begins anew from the corrected day; one that was met stays met."""
    why = gettext("更正登记，重新计算")
    had = deadlines.call_off(actor=common.PLATFORM, thing=Thing.of(lead), rule=rule, reason=why)
    if rule == terms.STATED:
        _start_stated(actor, lead)
    elif had:
        common.start(actor, lead, rule, lead.received_on)


def _start_stated(actor: Viewer, lead: Lead) -> None:
    if lead.due_on is not None:
        common.start(actor, lead, terms.STATED, lead.received_on, lead.due_on)


def _fill(lead: Lead, values: Mapping[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if name in values:
            setattr(lead, name, values[name])


def _check(lead: Lead) -> None:
    """Refuse days that cannot be, and a handler who must stay away."""
    if lead.received_on > clock.today():
        raise _refused(
            "received",
            gettext_noop("收到日期 %(day)s 还没有到"),
            gettext_noop("请填写实际收到的日期"),
            day=lead.received_on,
        )
    _check_late(lead)
    if lead.due_on is not None and lead.due_on < lead.received_on:
        raise _refused(
            "due",
            gettext_noop("来文要求的办结日期 %(due)s 早于收到日期 %(day)s"),
            gettext_noop("请核对来文；来文到时已经过期的，不填办结日期，在“反映的情况”里写明"),
            due=lead.due_on,
            day=lead.received_on,
        )
    check_days(lead)
    if lead.handler is not None:
        common.require_handler(lead.handler)
    recused = NOT_RECUSED.check(LeadFacts(recused=is_recused(lead.handler, lead.subject)))
    if recused is not None:
        raise Refused(recused)


def _check_late(lead: Lead) -> None:
    """Refuse a day for which the platform knows no terms; where it was registered past the first term, a
    reason is asked for."""
    try:
        last = rules.last_day(common.first_rule(lead), lead.received_on)
    except Refused:
        raise _refused(
            "too_early",
            gettext_noop("收到日期 %(day)s 太早：平台没有那时的期限规则，期限算不出来"),
            gettext_noop(
                "请核对年份；确实那时收到、一直没有办的，按原来的登记簿办理并告知来人，不在这里补登"
            ),
            day=lead.received_on,
        ) from None
    registered_on = clock.day_of(lead.registered_at)
    if last < registered_on and not lead.late_why.strip():
        raise _refused(
            "late",
            gettext_noop("%(day)s 收到的，受理期限 %(last)s 已经过了，没有写为什么现在才登记"),
            gettext_noop("请写明理由后登记；期限从收到之日算，登记后即列为超期"),
            day=lead.received_on,
            last=last,
        )


def check_days(lead: Lead) -> None:
    """Refuse a violation that ends before it begins, or after it was told of."""
    until = lead.violation_until or lead.received_on
    if until > lead.received_on or (lead.violation_from is not None and lead.violation_from > until):
        raise _refused(
            "violation",
            gettext_noop("违法行为的起止日期不合：开始不晚于终了，终了不晚于收到日期"),
            gettext_noop("请核对日期；还在持续的，不填终了日期"),
        )


def _refuse_out_of_sight(lead: Lead, actor: Officer) -> None:
    """Nobody enters what he may not see himself: a section's head enters for the own section."""
    if not Lead.objects.visible_to(actor).filter(pk=lead.pk).exists():
        raise _refused(
            "elsewhere",
            gettext_noop("这件线索交由别的股室或辖区，不在您的权限范围里"),
            gettext_noop("请选择本股室；属于别的股室的，请交综合经办登记"),
        )


def untold(lead: Lead) -> dict[str, str]:
    """What the ledger keeps under the lead's own key: which firm, and the facts as told."""
    return {**snapshot(lead, UNTOLD), "what": lead.what or ""}


def told(lead: Lead, before: Mapping[str, str], after: Mapping[str, str]) -> Personal | None:
    """What has changed of `untold`, under the lead's own key; None for nothing."""
    old, new = changes(dict(before), dict(after))
    values = {
        name: {"before": old[name] or "", "after": value} if before else value
        for name, value in new.items()
        if value or old[name]
    }
    return Personal(subject=f"{Lead._meta.label_lower}:{lead.pk}", values=values) if values else None

"""入企、离开: who came in, when, by which code; what runs from then (54号五、九; domain E13, §1.3).

    enter(actor=…, inspection=…, via=Entry.Via.CODE, at=…)
    leave(actor=…, inspection=…, at=…)

A phone sends the same again when it does not know whether it was heard: the second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext

from mingcha.accounts import duties
from mingcha.accounts.models import User
from mingcha.accounts.selectors import without_grants
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System
from mingcha.basics.services import deadlines
from mingcha.basics.services.deadlines import Owner
from mingcha.inspection import arriving, terms
from mingcha.inspection import lifecycle as states
from mingcha.inspection.arriving import LATE, Place, refuse
from mingcha.inspection.counted import visit_rows
from mingcha.inspection.events import EntryMadeUp
from mingcha.inspection.initial import INSPECT_DUTY
from mingcha.inspection.models import Entry, EntryPerson, Inspection
from mingcha.inspection.selectors import able, facts_of, heads, is_on_team, with_people
from mingcha.inspection.services.common import go, held
from mingcha.inspection.services.issuing import end_packages
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.models import Inspector
from mingcha.registry.selectors.visits import cap_of
from mingcha.registry.services import keep_visit

_PLATFORM = System(purpose="inspection")
_REASON_LENGTH = 300
_TEAM = gettext_noop("国办发〔2024〕54号五：检查由派定的、持有执法证件的人员实施")


@service
def enter(
    *,
    actor: Officer,
    inspection: Inspection,
    via: str,
    at: datetime | None = None,
    place: Place | None = None,
    reason: str = "",
    platform_number: str = "",
    licence: str = "",
    people: Collection[int] = (),
) -> Entry:
    """Register that the team has come in.

    `via` is an `Entry.Via`; `at` what the phone's clock said (now); `licence` what the QR of the firm's
    licence holds, asked for where `via` is that. `people` are the ids of the inspectors who are there with
    the actor (nobody). Refused by the table's guards on the day of `at`, and for everything of `arriving`.
    Where somebody of the team has come in already, the actor joins them at the time of `at`. The terms for
    the record and for publication run from now on: a visit that nobody ends is not forgotten.
    """
    row = _locked(actor, inspection)
    _require_team(actor, row)
    known = Entry.objects.filter(inspection=row).first()
    if known is not None:
        return _join(known, actor, row, at, people)
    chosen = Entry.Via(via)
    when = arriving.moment(at)
    when = arriving.after(row.created_at, when, gettext_noop("列出检查的时间"))
    arriving.in_time_to_tell(when)
    given = arriving.reason_for(chosen, reason)
    if chosen == Entry.Via.CODE:
        when = arriving.code_shown(row, when)
    if chosen == Entry.Via.LICENCE:
        arriving.check_licence(row, licence)
    number = arriving.number_of(platform_number)
    there = _who_is_there(row, actor, when, people)
    day = clock.day_of(when)
    facts = replace(facts_of(row, actor, on=day), people=len(there))
    go(row, "enter", actor, facts=facts, reason=given, via=str(chosen.label), at=when)
    cap = cap_of(row.subject, day)
    entry = Entry.objects.create(
        inspection=row,
        via=chosen,
        at=when,
        received_at=clock.now(),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        accuracy=place.accuracy if place else None,
        reason=given,
        platform_number=number,
        entered_by_id=actor.id,
        visits_then=cap.visits,
        entries_then=cap.entries,
    )
    _add(entry, row, there)
    row.entered_at = when
    row.save(update_fields=["state", "entered_at"])
    if entry.awaits_scan:
        owner = Owner(unit_id=row.unit_id)
        deadlines.start(actor=_PLATFORM, rule=LATE, thing=Thing.nameless(row), started_on=day, owner=owner)
    _count_from(row, day)
    return entry


@service
def make_up(
    *, actor: Officer, inspection: Inspection, via: str, licence: str = "", platform_number: str = ""
) -> Entry:
    """补扫: show the code, or scan the licence, after an emergency came in without (domain §1.3).

    Refused when nothing is to be made up. Again, nothing changes.
    """
    row = _locked(actor, inspection)
    _require_team(actor, row)
    entry = _entry_of(row)
    if entry.made_up_at is not None:
        return entry
    chosen = Entry.Via(via)
    if not entry.awaits_scan or chosen not in Entry.SCANS:
        raise refuse(
            "nothing_to_make_up",
            gettext_noop("这次入企当时已经登记，没有要补扫的"),
            gettext_noop("不用办理"),
        )
    if chosen == Entry.Via.CODE:
        arriving.code_shown(row, clock.now())
    if chosen == Entry.Via.LICENCE:
        arriving.check_licence(row, licence)
    entry.made_up_at, entry.made_up_via, entry.made_up_by_id = clock.now(), chosen, actor.id
    entry.platform_number = arriving.number_of(platform_number) or entry.platform_number
    entry.save()
    deadlines.meet(actor=_PLATFORM, rule=LATE, thing=Thing.nameless(row))
    emit(EntryMadeUp(thing=Thing.nameless(row), after={"via": str(chosen.label)}))
    return entry


@service
def leave(
    *,
    actor: Officer,
    inspection: Inspection,
    at: datetime | None = None,
    place: Place | None = None,
    reason: str = "",
) -> Entry:
    """Register that the team has left: what is counted begins here.

    The visit counts for the yearly cap and for the plan; the terms for the record and for publication are
    counted anew from the day of leaving. What is no inspection (调研、督导、观摩) is noted and ends. Once
    somebody has said so, saying it again changes nothing. `reason` is why it is told afterwards; on a later
    day the head of the section or department that leads may tell it in the team's place, with a reason.
    """
    row = _locked(actor, inspection)
    entry = _entry_of(row)
    why = _may_end(actor, row, entry, reason)
    if entry.left_at is not None:
        return entry
    when = arriving.after(entry.at, arriving.moment(at), gettext_noop("入企的时间"))
    go(row, "leave" if row.enforcing else "note", actor, reason=why, at=when)
    entry.left_at, entry.left_received_at, entry.left_by_id = when, clock.now(), actor.id
    entry.left_reason = why
    if place is not None:
        entry.left_latitude, entry.left_longitude = place.latitude, place.longitude
    entry.save()
    end_packages([row])
    row.left_at = when
    row.save(update_fields=["state", "left_at"])
    for values in visit_rows(row, clock.day_of(entry.at)):
        keep_visit(actor=_PLATFORM, values=values)
    _count_from(row, clock.day_of(when))
    return entry


def _count_from(inspection: Inspection, day: date) -> None:
    """The terms for the record and for publication run from this day: of entering, then of leaving."""
    if not inspection.enforcing:
        return
    thing, owner = Thing.nameless(inspection), Owner(unit_id=inspection.unit_id)
    for rule in (terms.RECORD_ENTRY, terms.PUBLICATION):
        moved = deadlines.restart(
            actor=_PLATFORM, rule=rule, thing=thing, started_on=day, why=gettext("从离开之日起计算")
        )
        if moved is None:
            deadlines.start(actor=_PLATFORM, rule=rule, thing=thing, started_on=day, owner=owner)


def _locked(actor: Officer, inspection: Inspection) -> Inspection:
    return with_people(Inspection.objects.filter(pk=held(actor, inspection).pk)).get()


def _entry_of(inspection: Inspection) -> Entry:
    found = Entry.objects.filter(inspection=inspection).first()
    if found is None:
        raise refuse(
            "none",
            gettext_noop("还没有登记入企"),
            gettext_noop("请先登记入企；当时登记不了的，写明理由补录"),
        )
    return found


def _require_team(actor: Officer, inspection: Inspection) -> None:
    """Refuse whoever does not go there, and was not there."""
    came = EntryPerson.objects.filter(entry__inspection=inspection, inspector__user=actor.id)
    if not (is_on_team(actor, inspection) or came.exists()):
        raise refuse(
            "not_of_the_team",
            gettext_noop("您不是这次检查的检查人员"),
            gettext_noop("请由检查人员登记：%(team)s"),
            basis=_TEAM,
            team="、".join(str(one) for one in inspection.team) or "—",
        )


def _may_end(actor: Officer, inspection: Inspection, entry: Entry, reason: str) -> str:
    """The reason, in form; Refused for whoever may not say that the team has left."""
    given = reason.strip()[:_REASON_LENGTH]
    if not heads(actor, inspection) or clock.day_of(entry.at) >= clock.today():
        _require_team(actor, inspection)
    elif not given and not is_on_team(actor, inspection):
        raise refuse(
            "left_reason",
            gettext_noop("由股室负责人登记离开的，必须写明理由"),
            gettext_noop("请写明从哪里得知离开的时间，为什么检查人员没有登记"),
            basis=_TEAM,
        )
    return given


def _who_is_there(
    inspection: Inspection, actor: Officer, at: datetime, people: Collection[int]
) -> list[Inspector]:
    """Those of the team who may inspect that day and are there, 主检 first; the actor with them."""
    team = able(inspection, clock.day_of(at)) if inspection.enforcing else inspection.team
    return [one for one in team if one.pk in people or one.user_id == actor.id]


def _join(
    entry: Entry, actor: Officer, inspection: Inspection, at: datetime | None, people: Collection[int]
) -> Entry:
    """A colleague says that they have come in too, and when; perhaps long after everybody has left.

    Again, nothing changes. Refused for a time at which nobody was there any more, for whoever may not
    inspect, and once the record, which names those who were there, is submitted.
    """
    there = set(entry.people.values_list("inspector", flat=True))
    if entry.people.filter(inspector__user=actor.id).exists():
        return entry
    if inspection.state not in states.UNDER_WAY:
        raise refuse(
            "record_is_in",
            gettext_noop("检查已经是“%(state)s”，到场的人不能再增加"),
            gettext_noop("确实到场的，请审核人退回补正以后再登记；已经审核的，报股室负责人按更正办理"),
            state=str(inspection.get_state_display()),
        )
    when = arriving.after(entry.at, arriving.moment(at), gettext_noop("检查组入企的时间"))
    if entry.left_at is not None and when > entry.left_at:
        raise refuse(
            "joined_after_leaving",
            gettext_noop("您登记的时间在检查组离开（%(left)s）以后"),
            gettext_noop("没有到场的不用登记；时间填错的，改正以后再登记"),
            left=arriving.shown(entry.left_at),
        )
    came = [one for one in _who_is_there(inspection, actor, when, people) if one.pk not in there]
    if not any(one.user_id == actor.id for one in came):
        raise refuse(
            "may_not_inspect",
            gettext_noop("您在那一天不能参加这次检查：证件无效，或者须回避"),
            gettext_noop("没有登记您到场；请由其他检查人员继续，并告诉股室负责人"),
            basis=_TEAM,
        )
    _add(entry, inspection, came, joined_at=when)
    return entry


def _add(
    entry: Entry, inspection: Inspection, people: Collection[Inspector], joined_at: datetime | None = None
) -> None:
    """They were there: they inspect, and so will not review (本局方案二（三）3)."""
    EntryPerson.objects.bulk_create(
        EntryPerson(
            entry=entry,
            inspector=one,
            name=one.name,
            certificate_number=one.certificate_number,
            valid_until=one.valid_until,
            joined_at=joined_at,
        )
        for one in people
    )
    accounts = [one.user_id for one in people if one.user_id is not None]
    # Always in the same order: two teams that share people never wait for each other in a circle.
    for user in User.objects.filter(pk__in=accounts).order_by("pk"):
        duties.perform(actor=without_grants(user), duty=INSPECT_DUTY, thing=Thing.nameless(inspection))

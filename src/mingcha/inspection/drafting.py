"""What a single inspection rests on while it is drafted: who may go, the cap, who goes there anyway.

Asked anew whenever somebody looks, so that leave, a recusal or another visit entered later is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mingcha.accounts.selectors import bureau
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics.models import Attachment
from mingcha.basics.selectors import attachments, parameters, workdays
from mingcha.inspection import lifecycle as states
from mingcha.inspection.counted import cap_for
from mingcha.inspection.facts import DraftFacts
from mingcha.inspection.models import Inspection, InspectionHelper
from mingcha.items.models import ItemVersion
from mingcha.kernel.terms import due
from mingcha.leads import lifecycle as leads
from mingcha.leads.models import Lead
from mingcha.planning.campaigns.merging import WITHIN
from mingcha.registry.models import Inspector, Subject
from mingcha.registry.selectors import every_entry, kept_away
from mingcha.registry.selectors.people import Availability, availability
from mingcha.registry.selectors.places import place_of
from mingcha.registry.services.visits import Doubt, doubt_about, exempt_reasons

#: What an attachment of a draft is: the letter by which another place's authority asks for help (E11).
LETTER, SCHEME = "assistance-letter", "document"
_NO_CERTIFICATE = "inspector.not_certified"
#: Leads of which something may be made.
SOURCES = leads.TAKEN_UP
#: Everybody's leave and recusals bear on who may go, whoever drafts.
_PLATFORM = System(purpose="drafting")


@dataclass(frozen=True)
class Candidate:
    """One person and why he or she cannot go in these days, in words; empty for who can."""

    inspector: Inspector
    why: tuple[str, ...]
    days_away: int


def candidates(subject: Subject, first: date, last: date) -> dict[int, Candidate]:
    """Everybody of the register by id, with what stands in the way of going to this firm (N3).

    Why somebody must stay away from a firm is for few: it only says that he must.
    """
    apart = kept_away(subject, first, last)
    return {one.inspector.pk: _candidate(one, apart) for one in availability(_PLATFORM, first, last)}


def _candidate(one: Availability, apart: set[int]) -> Candidate:
    helps = one.inspector.kind != Inspector.Kind.CERTIFIED
    # A helper cannot be one of the two; that keeps nobody from helping.
    found = [refusal for refusal in one.obstacles if not (helps and refusal.code == _NO_CERTIFICATE)]
    why = [str(_(refusal.message) % dict(refusal.params)) for refusal in found]
    if one.inspector.pk in apart:
        why.append(_("不能参加这户的检查（《行政处罚法》第四十三条）"))
    return Candidate(one.inspector, tuple(why), one.days_away)


def substitutes_of(inspection: Inspection) -> list[Inspector]:
    """Certified people who may go there in the days that are left and do not go yet, by name."""
    first = max(clock.today(), inspection.visit_from)
    known = candidates(inspection.subject, first, max(first, inspection.visit_until))
    there = {one.pk for one in inspection.team}
    free = [one.inspector for one in known.values() if _is_fit(one) and one.inspector.pk not in there]
    return sorted(free, key=lambda one: (one.name, one.pk))


def _is_fit(one: Candidate) -> bool:
    return one.inspector.kind == Inspector.Kind.CERTIFIED and not one.why


def choosable(viewer: Viewer, inspection: Inspection | None = None) -> QuerySet[Inspector]:
    """Whom this officer may name: everybody for the organiser, else whom he sees, his own unit, and whoever
    stands on the inspection already."""
    everybody = Inspector.objects.visible_to(_PLATFORM).select_related("unit").prefetch_related("specialties")
    if not isinstance(viewer, Officer) or viewer.has(Role.COORDINATOR):
        return everybody
    seen = Inspector.objects.visible_to(viewer).values("pk")
    mine = Q(pk__in=seen) | Q(unit=viewer.unit_id)
    if inspection is not None:
        for rows in (inspection.members, inspection.helpers):
            mine |= Q(pk__in=rows.filter(left_at=None).values("inspector"))
    return everybody.filter(mine)


def meetings_of(inspection: Inspection, viewer: Viewer) -> QuerySet[Inspection]:
    """Other inspections of the firm that are to come within the days that count, as the viewer may know
    of them, and to which this one could be added (domain §12: 能合并的不得重复)."""
    within = parameters.value(WITHIN).as_term()
    days = due(clock.today(), within, workdays.calendar()).date - clock.today()
    rows = Inspection.objects.visible_to(viewer).filter(
        subject__in=every_entry(inspection.subject),
        state=states.READY,
        visit_from__lte=inspection.visit_until + days,
        visit_until__gte=max(clock.today(), inspection.visit_from - days),
    )
    others = rows.exclude(pk=inspection.pk).exclude(kind=Inspection.Kind.OTHER)
    return others.select_related("unit").order_by("visit_until", "pk")


def meeting_text(other: Inspection) -> str:
    """Another inspection in a line: by whom, what for, when."""
    return _("%(unit)s：%(purpose)s，%(first)s 至 %(last)s") % {
        "unit": other.unit,
        "purpose": other.purpose or other.get_kind_display(),
        "first": other.visit_from.isoformat(),
        "last": other.visit_until.isoformat(),
    }


def leads_of(inspection: Inspection, viewer: Viewer) -> tuple[list[Lead], int]:
    """The leads of an inspection that this viewer may know of, and how many others there are."""
    seen = list(Lead.objects.visible_to(viewer).filter(inspections=inspection))
    return seen, inspection.leads.count() - len(seen)


def letters_of(inspection: Inspection) -> QuerySet[Attachment]:
    """The letters of assistance of a draft."""
    return attachments.of_thing(Thing.nameless(inspection), _PLATFORM).filter(purpose=LETTER)


def is_outside(subject: Subject) -> bool:
    """Whether a firm lies outside the bureau's division (E11); unknown places do not."""
    own = bureau()
    code = own.division_code if own is not None else ""
    return bool(code and subject.division_code and not subject.division_code.startswith(code))


def draft_facts(inspection: Inspection, viewer: Viewer) -> DraftFacts:
    """What decides whether it may be proposed."""
    versions = [one.version for one in inspection.items.select_related("version__specialty", "version__item")]
    known = candidates(inspection.subject, inspection.visit_from, inspection.visit_until)
    team = [known[person.pk] for person in inspection.team]
    able = [one for one in team if _may_go(one, inspection)]
    cap = cap_for(inspection)
    doubt = doubt_about(inspection.kind, inspection.exempt_reason, exempt_reasons())
    meeting = meetings_of(inspection, viewer).first() if not inspection.apart_reason.strip() else None
    return DraftFacts(
        sources=inspection.leads.filter(state__in=SOURCES).count(),
        going=len(able),
        unfit=tuple(_unfit(one) for one in team if not _may_go(one, inspection)),
        lacking=_lacking(versions, able),
        helped=_is_helped(inspection) and not _could_be_sent(versions, able, known.values()),
        at_cap=_("已查 %(visits)d 次，上限 %(most)d 次") % {"visits": cap.visits, "most": cap.most}
        if cap.reached
        else "",
        doubt="" if doubt in (Doubt.NONE, Doubt.NOT_ASKED) else str(doubt),
        unexplained=tuple(one.item.code for one in versions if one.possible_off_site)
        if not inspection.why_on_site.strip()
        else (),
        outside=place_of(inspection.subject).division
        if is_outside(inspection.subject) and not letters_of(inspection).exists()
        else "",
        meeting=meeting_text(meeting) if meeting is not None else "",
        added=inspection.joins_id is not None,
        counted=inspection.kind == Inspection.Kind.ROUTINE,
    )


def _may_go(one: Candidate, inspection: Inspection) -> bool:
    """Whether this person may be one of the team; to a visit that is no inspection anybody may go."""
    return not inspection.enforcing or _is_fit(one)


def _unfit(one: Candidate) -> str:
    why = "，".join(one.why) or str(one.inspector.get_kind_display())
    return _("%(name)s（%(why)s）") % {"name": one.inspector.name, "why": why}


def _is_helped(inspection: Inspection) -> bool:
    return InspectionHelper.objects.filter(inspection=inspection, left_at=None).exists()


def _missing(versions: Sequence[ItemVersion], going: Sequence[Candidate]) -> dict[int, str]:
    """Specialties that items ask for and nobody who goes has, by id."""
    wanted = {one.specialty.pk: str(one.specialty) for one in versions if one.specialty is not None}
    there = {specialty.pk for one in going for specialty in one.inspector.specialties.all()}
    return {pk: label for pk, label in wanted.items() if pk not in there}


def _lacking(versions: Sequence[ItemVersion], going: Sequence[Candidate]) -> str:
    return "、".join(_missing(versions, going).values())


def _could_be_sent(
    versions: Sequence[ItemVersion], going: Sequence[Candidate], everybody: Iterable[Candidate]
) -> bool:
    """Whether somebody of the register who can go has what is missing: then a helper does not do (N3)."""
    missing = _missing(versions, going).keys()
    free = [one for one in everybody if not one.why]
    return any(specialty.pk in missing for one in free for specialty in one.inspector.specialties.all())

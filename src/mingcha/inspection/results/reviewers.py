"""Who reviews a result: the head of the section that led, if not there; else a deputy; else a leader."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mingcha.accounts.heads import HEADS, INSTEAD, heads_by_unit, left_to_a_leader
from mingcha.accounts.models import DutyRecord, User
from mingcha.accounts.selectors import holders
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.base.visibility import reach_filter
from mingcha.inspection import lifecycle as states
from mingcha.inspection.facts import InspectionFacts
from mingcha.inspection.initial import INSPECT_DUTY, WRITE_DUTY
from mingcha.inspection.models import Correction, EntryPerson, Inspection
from mingcha.inspection.selectors import facts_of

#: Who reviews: the head of what the section or department led, or a leader.
REVIEWERS = (*HEADS, INSTEAD)
#: Ids of those who do not decide.
Barred = Collection[int | None]
_PLATFORM = System(purpose="reviewers")
#: How many people a refusal names.
_NAMED = 5


def review_facts(inspection: Inspection, viewer: Viewer) -> InspectionFacts:
    """What the guards of reviewing look at."""
    facts = replace(facts_of(inspection, viewer), reviews_it=reviews(viewer, inspection))
    part = took_part([inspection.pk])[inspection.pk]
    wrote = isinstance(viewer, Officer) and viewer.id in part and not facts.was_there
    if not (wrote or facts.was_there):
        return facts
    return replace(facts, wrote=wrote, others=_others(inspection, part))


def _others(inspection: Inspection, part: Collection[int]) -> str:
    """Names of those who may review it: heads of its section, else leaders."""
    heads = heads_by_unit([inspection.unit_id])[inspection.unit_id] - set(part)
    able = User.objects.filter(pk__in=heads) if heads else holders([INSTEAD]).exclude(pk__in=part)
    names = _("、").join(able.order_by("name").values_list("name", flat=True)[:_NAMED])
    return names or _("目前没有这样的人，请系统管理员给另一人授予股室负责人或局领导的岗位")


def reviews(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether an officer's roles reach the section that led: reviewing, publishing, deciding are its own."""
    if not isinstance(viewer, Officer):
        return isinstance(viewer, System)
    reached = reach_filter(viewer, REVIEWERS, section="unit_id")
    return Inspection.objects.filter(pk=inspection.pk).filter(reached).exists()


def waiting_for(officer: Officer) -> list[int]:
    """Ids of what this officer is to review now, what was submitted first in front."""
    rows = Inspection.objects.visible_to(officer).filter(state=states.TO_REVIEW)
    return decidable(officer, rows.order_by("submitted_at", "pk"), took_part)


def decidable(
    officer: Officer, rows: QuerySet[Inspection], barring: Callable[[list[int]], Mapping[int, Barred]]
) -> list[int]:
    """Ids of those on which the officer decides, in their order: of the section as its head; as a leader,
    where the section has nobody. `barring` gives for inspections who does not decide on them."""
    reached = rows.filter(reach_filter(officer, HEADS, section="unit_id"))
    units = dict((rows if officer.has(INSTEAD) else reached).values_list("pk", "unit"))
    own = set(reached.values_list("pk", flat=True)) if officer.has(INSTEAD) else units.keys()
    barred = barring(list(units))
    found = [pk for pk in units if officer.id not in barred[pk]]
    left = left_to_a_leader({pk: (units[pk], barred[pk]) for pk in found if pk not in own})
    return [pk for pk in found if pk in own or pk in left]


def took_part(inspections: Collection[int]) -> dict[int, set[int]]:
    """inspection → ids of who was there or wrote its record: they neither review, publish nor correct it."""
    found: dict[int, set[int]] = {pk: set() for pk in inspections}
    came = EntryPerson.objects.visible_to(_PLATFORM).filter(
        entry__inspection__in=inspections, inspector__user__isnull=False
    )
    done = DutyRecord.objects.filter(
        thing_type=Inspection._meta.label_lower,
        thing_id__in=inspections,
        duty__in=(INSPECT_DUTY, WRITE_DUTY),
    )
    for inspection, user in (
        *came.values_list("entry__inspection", "inspector__user"),
        *done.values_list("thing_id", "user"),
    ):
        found[inspection].add(user)
    return found


def who_had_part(corrections: Collection[int]) -> dict[int, set[int]]:
    """correction → ids of who was there or wrote the record that it is about."""
    of = dict(Correction.objects.filter(pk__in=corrections).values_list("pk", "inspection"))
    part = took_part(set(of.values()))
    return {pk: part[inspection] for pk, inspection in of.items()}

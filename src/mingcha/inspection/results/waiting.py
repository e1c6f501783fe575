"""What waits for whom around results: to publish, to serve, to send, to submit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import QuerySet

from mingcha.accounts import duties
from mingcha.accounts.models import DutyRecord
from mingcha.base.viewers import Officer
from mingcha.base.visibility import reach_filter
from mingcha.basics.models import Deadline
from mingcha.inspection import lifecycle as states
from mingcha.inspection import terms
from mingcha.inspection.initial import INSPECT_DUTY, WRITE_DUTY
from mingcha.inspection.models import Inspection, Referral, ResultNotice
from mingcha.inspection.models.inspections import InspectionQuerySet
from mingcha.inspection.results import lifecycles
from mingcha.inspection.results.publishing import TYPE
from mingcha.inspection.results.reviewers import REVIEWERS, took_part
from mingcha.kernel.refusal import Refusal, gettext_noop
from mingcha.publication.lifecycle import PREPARED
from mingcha.publication.models import Publication

_THING = Inspection._meta.label_lower


@dataclass(frozen=True)
class Row:
    """One result that waits: as the public will read it, by when, and what is in the way for this officer."""

    inspection: Inspection
    publication: Publication
    due: date | None
    refusal: Refusal | None

    @property
    def values(self) -> dict[str, object]:
        """The one row of the publication."""
        found: dict[str, object] = self.publication.rows[0]
        return found


def to_publish(officer: Officer) -> list[Row]:
    """The prepared results of what the officer's roles reach, the most urgent first; few queries."""
    found, part = _prepared(officer)
    dues = due_dates(found, terms.PUBLICATION)
    refusals = _refusals(officer, part)
    inspections = Inspection.objects.visible_to(officer).select_related("unit").in_bulk(found)
    rows = [
        Row(inspections[one.thing_id], one, dues.get(one.thing_id), refusals.get(one.thing_id))
        for one in _publications(officer).filter(thing_id__in=found)
        if one.thing_id in inspections
    ]
    return sorted(rows, key=lambda row: (row.due or date.max, row.inspection.pk))


def waits_to_be_published(officer: Officer) -> tuple[int, date | None]:
    """How many results the officer can publish now, and the first of their last days."""
    found, part = _prepared(officer)
    free = [pk for pk in found if pk not in part]
    return len(free), min(due_dates(free, terms.PUBLICATION).values(), default=None)


def _publications(officer: Officer) -> QuerySet[Publication]:
    found: QuerySet[Publication] = Publication.objects.visible_to(officer).filter(
        type=TYPE.code, state=PREPARED, thing_type=_THING
    )
    return found


def _prepared(officer: Officer) -> tuple[list[int], set[int]]:
    """Ids of the inspections with a prepared publication that the officer's roles reach, and of those among
    them in which the officer had part."""
    reached = reach_filter(officer, REVIEWERS, section="unit_id")
    prepared = Inspection.objects.visible_to(officer).filter(
        reached, pk__in=_publications(officer).values("thing_id")
    )
    found = list(prepared.values_list("pk", flat=True))
    part = took_part(found)
    return found, {pk for pk, users in part.items() if officer.id in users}


def due_dates(inspections: Sequence[int], rule: str) -> dict[int, date]:
    """inspection → the last day of an open deadline of this rule."""
    open_ones = Deadline.objects.open().filter(rule__code=rule, thing_type=_THING, thing_id__in=inspections)
    return dict(open_ones.values_list("thing_id", "due_on"))


def to_serve(officer: Officer) -> InspectionQuerySet:
    """Results that stand, as they were corrected last, and of which the firm has not been told.

    What is announced waits for nobody until its term is over.
    """
    rows: InspectionQuerySet = Inspection.objects.visible_to(officer).filter(
        state__in=states.STANDING, told_on=None
    )
    announced = ResultNotice.objects.filter(announced_on__isnull=False, served_on=None)
    return rows.exclude(pk__in=announced.values("inspection"))


def letters_to_send(officer: Officer) -> QuerySet[Referral]:
    """Letters that are drafted and not yet sent, of those that the officer sees."""
    rows: QuerySet[Referral] = Referral.objects.visible_to(officer).filter(state=lifecycles.DRAFTED)
    return rows.select_related("inspection")


def _refusals(officer: Officer, part: Collection[int]) -> dict[int, Refusal]:
    """inspection → why an officer who had part in it does not publish it, by what was done first."""
    done = DutyRecord.objects.filter(
        user=officer.id, thing_type=_THING, thing_id__in=part, duty__in=(INSPECT_DUTY, WRITE_DUTY)
    )
    first = dict(done.order_by("-at", "-id").values_list("thing_id", "duty"))
    return {
        pk: replace(_HAD_PART, params={"duty": duties.label_of(first.get(pk, INSPECT_DUTY))}) for pk in part
    }


_HAD_PART: Final = Refusal(
    "result.was_there",
    gettext_noop("您在这次检查中办理过“%(duty)s”，不能公示它的结果"),
    gettext_noop("国办发〔2024〕54号五；本局方案二（三）3：检查与公示分离"),
    gettext_noop("请由没有到场、没有填写记录的股室负责人或局领导公示"),
)

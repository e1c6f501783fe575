"""From confirmed tasks to inspections: one task, one visit, one form (一企一表; domain §2.2 step 4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.inspection import lifecycle as states
from mingcha.inspection.events import InspectionsPrepared
from mingcha.inspection.models import Inspection, InspectionItem
from mingcha.inspection.services.deciding import release_leads
from mingcha.inspection.services.issuing import end_packages
from mingcha.inspection.services.leaving_out import lapse_unvisited
from mingcha.inspection.services.recusing import end_applications
from mingcha.inspection.services.windows import watch_window
from mingcha.inspection.unvisited_lifecycle import ASKED
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.dispatch.shares import items_by_unit, units_of
from mingcha.planning.models import Dispatch, Task
from mingcha.registry.services.visits import SUPERIOR_SPECIAL

_BATCH = 1000


@service
def follow_batch(*, actor: Viewer, dispatch_id: int) -> int:
    """Make the inspections of a batch agree with its tasks; gives how many are new. Again, nothing changes.

    A confirmed task becomes an inspection, ready since its campaign is approved; what is looked into off site
    is no visit. The inspection of a task that was taken back, and to which nobody has gone yet, is cancelled.
    """
    batch = (
        Dispatch.objects.select_for_update(of=("self",))
        .select_related("campaign", "unit")
        .get(pk=dispatch_id)
    )
    wanted = Task.objects.filter(dispatch=batch, state=tasks.CONFIRMED, inspection=None)
    made = _begin(batch, list(wanted.order_by("seq")))
    gone = Inspection.objects.filter(
        task__dispatch=batch, task__state=tasks.CANCELLED, state__in=states.AHEAD
    )
    with_leads = list(gone.filter(leads__isnull=False).distinct())
    applied = list(gone.filter(recusal_applications__isnull=False).values_list("pk", flat=True).distinct())
    asked = list(gone.filter(unvisited__state=ASKED).values_list("pk", flat=True).distinct())
    end_packages(gone)
    why = gettext("检查任务已撤销")
    cancelled = gone.update(state=states.CANCELLED, ended_why=why)
    for pk in asked:
        lapse_unvisited(actor=actor, inspection_id=pk)
    for pk in applied:
        end_applications(actor=actor, inspection_id=pk)
    for one in with_leads:
        release_leads(one, why)
    if made or cancelled:
        emit(
            InspectionsPrepared(
                thing=Thing.of(batch), after={"inspections": len(made), "cancelled": cancelled}
            )
        )
        watch_window(actor=actor, batch=batch)
    return len(made)


def _begin(batch: Dispatch, wanted: Sequence[Task]) -> Collection[Inspection]:
    if not wanted or not batch.campaign.on_site:
        return ()
    campaign, now = batch.campaign, clock.now()
    kind = Inspection.Kind.SPECIAL if campaign.special else Inspection.Kind.ROUTINE
    exempt = SUPERIOR_SPECIAL if campaign.beyond_cap else ""
    made = Inspection.objects.bulk_create(
        (
            Inspection(
                subject_id=task.subject_id,
                name=task.name,
                kind=kind,
                task=task,
                unit=batch.unit,
                purpose=campaign.title,
                why_on_site=campaign.manner_reason,
                exempt_reason=exempt,
                visit_from=task.visit_from,
                visit_until=task.visit_until,
                state=states.READY,
                created_at=now,
            )
            for task in wanted
        ),
        batch_size=_BATCH,
    )
    items = _items(batch)
    InspectionItem.objects.bulk_create(
        (
            InspectionItem(inspection=inspection, version_id=version, unit_id=unit)
            for inspection in made
            for version, unit in items
        ),
        batch_size=_BATCH,
    )
    return made


def _items(batch: Dispatch) -> list[tuple[int, int]]:
    """(item version, who brings it) of the sealed list; what joined later brings nothing."""
    shared = items_by_unit(batch.campaign, units_of(batch.campaign))
    brings = {version.pk: unit for unit, versions in shared.items() for version in versions}
    return [
        (version, brings.get(version, batch.unit_id))
        for version in batch.item_versions.order_by("item__code").values_list("pk", flat=True)
    ]

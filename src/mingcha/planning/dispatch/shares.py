"""联合抽查: who brings which items, who of it takes part, and whether it has confirmed (本局方案二（四）)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from mingcha.accounts.heads import heads_by_unit
from mingcha.accounts.models import Unit
from mingcha.base.viewers import Officer, Viewer
from mingcha.items.models import ItemVersion
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models import Campaign, Companion, Dispatch, DispatchPart, ItemShare, Task, TaskMember
from mingcha.registry.models import Inspector


@dataclass(frozen=True)
class Share:
    """One unit of a joint campaign. `people` are those of it who go, by name, helpers with what they are;
    `part` is what it has to confirm, None for the lead and before there is a dispatch."""

    unit: Unit
    leads: bool
    items: Sequence[ItemVersion]
    people: Sequence[str] = ()
    part: DispatchPart | None = None
    may_confirm: bool = False


def units_of(campaign: Campaign) -> list[Unit]:
    """The lead and all that join, each once."""
    lead = [campaign.lead_unit] if campaign.lead_unit is not None else []
    return [*lead, *(unit for unit in campaign.joining_units.order_by("path", "pk") if unit not in lead)]


def shares_of(campaign: Campaign) -> list[Share]:
    """Who brings what; empty where only one unit goes."""
    units = units_of(campaign)
    if len(units) < 2:
        return []
    items = items_by_unit(campaign, units)
    return [Share(unit, unit.pk == campaign.lead_unit_id, items[unit.pk]) for unit in units]


def items_by_unit(campaign: Campaign, units: Sequence[Unit]) -> defaultdict[int, list[ItemVersion]]:
    """unit → its items. What nobody brings, or a unit that joins no more, is the lead's."""
    known = {unit.pk for unit in units}
    chosen = dict(ItemShare.objects.filter(campaign=campaign).values_list("item_version", "unit"))
    found: defaultdict[int, list[ItemVersion]] = defaultdict(list)
    for version in campaign.item_versions.select_related("item").order_by("item__code"):
        unit = chosen.get(version.pk)
        found[unit if unit in known else units[0].pk].append(version)
    return found


def shares_with_people(viewer: Viewer, batch: Dispatch, tasks: Iterable[Task]) -> list[Share]:
    """The same of a batch, with who goes to these tasks (as from `diary.given`) and what is confirmed."""
    shares = shares_of(batch.campaign)
    if not shares:
        return []
    parts = {part.unit_id: part for part in batch.parts.select_related("confirmed_by")}
    mine: set[int] = set()
    if isinstance(viewer, Officer) and batch.state in states.GIVEN:
        waiting = batch.parts.confirmed_by(viewer).filter(confirmed_at=None)
        mine = set(waiting.values_list("unit", flat=True))
    people = _people(tasks)
    return [
        replace(
            share,
            people=_names(share.unit, people),
            part=parts.get(share.unit.pk),
            may_confirm=share.unit.pk in mine,
        )
        for share in shares
    ]


def nobody_answers(batch: Dispatch) -> list[Unit]:
    """Units that have to confirm their part and have nobody who may: the list would wait there unseen."""
    if batch.state not in states.AHEAD:
        return []
    # The lead's confirmation does not wait for the parts, and they are owed after it.
    lead = [] if batch.state == states.CONFIRMED else [batch.unit]
    parts = batch.parts.filter(confirmed_at=None).select_related("unit")
    return without_head([*lead, *(part.unit for part in parts)])


def without_head(units: Sequence[Unit]) -> list[Unit]:
    """Those for which nobody is appointed who confirms."""
    heads = heads_by_unit({unit.pk for unit in units})
    return [unit for unit in units if not heads[unit.pk]]


def _people(tasks: Iterable[Task]) -> list[Inspector]:
    """Everybody who goes, each once, by name."""
    found = {}
    for task in tasks:
        going: list[TaskMember | Companion] = [*task.team, *task.helpers]
        for one in going:
            found[one.inspector_id] = one.inspector
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


def _names(unit: Unit, people: Collection[Inspector]) -> list[str]:
    own = (one for one in people if one.unit.is_within(unit))
    certified = Inspector.Kind.CERTIFIED
    return [one.name if one.kind == certified else f"{one.name}（{one.get_kind_display()}）" for one in own]

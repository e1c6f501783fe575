"""What a visit is in the register of visits: a row for each section and task of the plan, counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from mingcha.accounts.models import UnitKind
from mingcha.base import clock
from mingcha.inspection.models import Inspection, InspectionItem
from mingcha.planning.models import PlanLine
from mingcha.registry.models import Visit
from mingcha.registry.selectors import Cap, cap_of, standing_entry

_ITEMS_MAX = 300


def cap_for(inspection: Inspection) -> Cap:
    """The cap for a visit and how much of it is used: of the day on which it took place, else of the first on
    which it still can. The one day for the sheet, the guards and the notice."""
    if inspection.entered_at is not None:
        return cap_of(inspection.subject, clock.day_of(inspection.entered_at))
    return cap_of(inspection.subject, max(clock.today(), inspection.visit_from))


def visit_rows(inspection: Inspection, on: date) -> list[dict[str, Any]]:
    """The rows, as `registry.services.keep_visit` takes them.

    Sections that came together bear one `together` key, so the yearly cap counts one visit (54号四: 联合一次
    算一次); every task of the plan that the campaign carries out counts its firm.
    """
    rows = list(inspection.items.select_related("version__item", "unit").order_by("version__item__code"))
    groups = _groups(inspection, rows)
    told: set[tuple[str, str]] = set()
    firm = standing_entry(inspection.subject)
    made = []
    for (unit, kind, task), names in groups.items():
        text = "、".join(dict.fromkeys(names)) or inspection.purpose
        if (unit, text) in told:
            # The register keeps a visit of a unit with the same items once: the task tells them apart.
            text = f"{task} {text}"
        told.add((unit, text))
        made.append(
            {
                "subject": firm,
                "visited_on": on,
                "kind": inspection.kind,
                "manner": Visit.Manner.ON_SITE,
                "unit_name": unit[:100],
                "own_bureau": kind != UnitKind.PARTNER,
                "together": f"inspection-{inspection.pk}" if len(groups) > 1 else "",
                "plan_task": task,
                "items": text[:_ITEMS_MAX],
                "document_number": inspection.notice_number,
                "exempt_reason": inspection.exempt_reason,
            }
        )
    return made


_Key = tuple[str, str, str]


def _groups(inspection: Inspection, rows: Sequence[InspectionItem]) -> dict[_Key, list[str]]:
    """(unit, its kind, task of the plan) → names of items."""
    lines = _lines(inspection)
    found: dict[_Key, list[str]] = defaultdict(list)
    counted: set[str] = set()
    for row in rows:
        for task in _tasks_of(row, lines):
            found[(row.unit.name, row.unit.kind, task)].append(row.version.name)
            counted.add(task)
    lead = (inspection.unit.name, inspection.unit.kind)
    for line, _items in lines:
        if line.code not in counted:
            found[(*lead, line.code)] = [row.version.name for row in rows]
    if not found:
        found[(*lead, "")] = []
    return dict(found)


def _lines(inspection: Inspection) -> list[tuple[PlanLine, set[int]]]:
    """The tasks of the plan that its campaign carries out, each with its items."""
    if inspection.task is None:
        return []
    lines = inspection.task.dispatch.campaign.plan_lines.prefetch_related("items").order_by("number")
    return [(line, {version.item_id for version in line.items.all()}) for line in lines]


def _tasks_of(row: InspectionItem, lines: Iterable[tuple[PlanLine, set[int]]]) -> list[str]:
    """The tasks that asked for an item; the first one where none did; nothing outside the plan."""
    lines = list(lines)
    asked = [line.code for line, items in lines if row.version.item_id in items]
    return asked or [line.code for line, _items in lines[:1]] or [""]

"""What the pages of a list show: groups of problems, rows with what changes, labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, Model, QuerySet
from django.utils.translation import gettext as _

from mingcha.base.viewers import Viewer
from mingcha.registry.importing import targets
from mingcha.registry.models import ImportBatch, Staged, StagedProblem
from mingcha.registry.sheets import FIELDS

#: Rows on one page.
PAGE = 50


@dataclass(frozen=True)
class Group:
    """All rows with one reason."""

    reason: str
    severity: str
    rows: int
    sample: str


@dataclass(frozen=True)
class Change:
    """One value before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    """One row as the page shows it."""

    position: int
    sheet: str
    row: int
    name: str
    key: str
    action: str
    action_label: str
    verdict: str
    problems: tuple[StagedProblem, ...]
    changes: tuple[Change, ...]


def groups(batch: ImportBatch, viewer: Viewer) -> list[Group]:
    """Reasons with how many rows have them, errors first, then the most frequent."""
    open_ones = StagedProblem.objects.visible_to(viewer).filter(batch=batch, accepted=False)
    counted = open_ones.order_by().values("severity", "group").annotate(rows=Count("position", distinct=True))
    found = []
    for group in counted.order_by("severity", "-rows")[:100]:
        same = open_ones.filter(severity=group["severity"], group=group["group"])
        sample = same.order_by("position").values_list("value", flat=True).first() or ""
        found.append(Group(group["group"], group["severity"], group["rows"], sample[:60]))
    return found


def rows_of(batch: ImportBatch, viewer: Viewer, verdict: str, reason: str = "") -> QuerySet[Any]:
    """The rows of one tab, in the order of the file."""
    rows = targets.of(batch).staged.objects.visible_to(viewer).filter(batch=batch, verdict=verdict)
    if reason:
        having = StagedProblem.objects.visible_to(viewer).filter(batch=batch, group=reason)
        rows = rows.filter(position__in=having.values("position"))
    return rows.order_by("position")


def dressed(batch: ImportBatch, viewer: Viewer, rows: Sequence[Staged]) -> list[Row]:
    """Rows with their problems and changes; one query for all of them."""
    problems: dict[int, list[StagedProblem]] = {}
    positions = [row.position for row in rows]
    known = StagedProblem.objects.visible_to(viewer).filter(batch=batch, position__in=positions)
    for problem in known.order_by("position", "id"):
        problems.setdefault(problem.position, []).append(problem)
    return [_dressed(batch, row, problems.get(row.position, [])) for row in rows]


def _dressed(batch: ImportBatch, row: Staged, problems: Iterable[StagedProblem]) -> Row:
    return Row(
        position=row.position,
        sheet=row.sheet,
        row=row.row,
        name=row.name,
        key=row.key,
        action=row.action,
        action_label=str(row.get_action_display()),  # type: ignore[attr-defined]
        verdict=row.verdict,
        problems=tuple(problems),
        changes=tuple(changes_of(batch, row)),
    )


def changes_of(batch: ImportBatch, row: Any) -> list[Change]:
    """Old and new of everything that an update changes."""
    labels = {spec.code: str(spec.label) for spec in FIELDS[batch.register].fields}
    labels |= {
        "unit_id": _("所在股室"),
        "subject_id": _("检查对象"),
        "inspector_id": _("检查人员"),
        "contact": _("联系方式"),
    }
    model = targets.of(batch).model
    found = []
    for name, before in (row.before or {}).items():
        if name in _UNSHOWN:
            continue
        after: Any = _("新增联系方式") if name == "contact" else _value(row, name)
        found.append(Change(labels.get(name, name), _shown(model, name, before), _shown(model, name, after)))
    return found


_UNSHOWN = {"code_warnings", "capital_yuan", "counts"}


def _value(row: Any, name: str) -> Any:
    values = getattr(row, "values", None)
    return values.get(name) if isinstance(values, dict) else getattr(row, name, None)


def _shown(model: type[Model], name: str, value: Any) -> str:
    """A value in words: what a choice is called, which object a key means, yes and no."""
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    try:
        column: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return str(value)
    if column.many_to_one:
        return str(column.related_model._base_manager.filter(pk=value).first() or value)
    return str(dict(getattr(column, "flatchoices", ())).get(value, value))

"""The small registers: what identifies an object, what a list can say, how names become objects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.models import Unit
from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.registry.importing.drafts import Draft
from mingcha.registry.importing.object_target import ObjectTarget
from mingcha.registry.importing.subject_matching import forms_of_name
from mingcha.registry.models import (
    CaseCount,
    Division,
    Grading,
    Headcount,
    ImportBatch,
    Industry,
    Inspector,
    Licence,
    Specialty,
    Subject,
    Visit,
)
from mingcha.registry.plan_tasks import task_named
from mingcha.registry.services.newest import refresh
from mingcha.registry.services.visits import Doubt, counts_for_cap, doubt_about, exempt_reasons
from mingcha.registry.sheets import name_form


def find_subjects(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    """Which firm each row is about: by code, else by old number, else by its only bearer's name."""
    rows = [draft.values for draft in drafts]
    by_code = _index("credit_code", {row.get("credit_code", "") for row in rows})
    by_old = _index("old_number", {row.get("old_number", "") for row in rows})
    names = {form for row in rows for form in forms_of_name(row.get("name", ""))}
    by_name = _index("name", names)
    for draft in drafts:
        values = draft.values
        for found in (
            by_code.get(values.get("credit_code", ""), []),
            by_old.get(values.get("old_number", ""), []),
            by_name.get(name_form(values.get("name", "")), []),
        ):
            if found:
                break
        if len(found) == 1:
            values["subject_id"] = found[0]
        elif found:
            draft.refuse(_("名录库里有几户叫这个名称，请补上统一社会信用代码"), value=draft.name)
        else:
            shown = draft.name or values.get("credit_code", "")
            draft.refuse(_("名录库里没有这一户，请先导入或录入检查对象"), value=shown)


def _index(field: str, values: set[str]) -> dict[str, list[int]]:
    """Value → ids of the subjects that have it."""
    found: dict[str, list[int]] = {}
    wanted = [value for value in values if value]
    if wanted:
        rows = Subject.objects.current().filter(**{f"{field}__in": wanted}).values_list(field, "pk")
        for value, pk in rows:
            found.setdefault(name_form(value) if field == "name" else value, []).append(pk)
    return found


_DOUBTS = {
    Doubt.MISSING: gettext_lazy("个案检查没有写不计入频次上限的理由，计入上限"),
    Doubt.UNKNOWN: gettext_lazy("这个理由不在参数所列的不计入频次上限的情形里，计入上限"),
    Doubt.ROUTINE: gettext_lazy("日常检查一律计入频次上限，所写的理由不起作用"),
}


def _visits(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    find_subjects(batch, drafts)
    reasons = exempt_reasons()
    for draft in drafts:
        values = draft.values
        values.setdefault("kind", Visit.Kind.ROUTINE.value)
        values.setdefault("manner", Visit.Manner.ON_SITE.value)
        values.setdefault("own_bureau", True)
        _count_visit(draft, reasons)
        _name_task(draft)


def _count_visit(draft: Draft, reasons: Collection[str]) -> None:
    """Whether the cap counts the visit; a reason that does not hold is told, and the visit counts."""
    values = draft.values
    reason = values.get("exempt_reason", "")
    values["counts"] = counts_for_cap(
        kind=values["kind"],
        manner=values["manner"],
        own_bureau=bool(values["own_bureau"]),
        exempt_reason=reason,
        reasons=reasons,
    )
    doubt = doubt_about(values["kind"], reason, reasons)
    if values["counts"] and doubt in _DOUBTS:
        draft.warn(str(_DOUBTS[doubt]), value=reason)


def _name_task(draft: Draft) -> None:
    """The number of the plan's task that a row names by number or name; what nobody knows is left out."""
    named, day = draft.values.pop("plan_task", ""), draft.values.get("visited_on", "")
    task = task_named(named, int(day[:4])) if named and day else None
    if task is not None:
        draft.values["plan_task"] = task.number
    elif named:
        draft.warn(_("这一年已公布的计划里没有这项任务，导入时不带它"), value=named)


def _gradings(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    find_subjects(batch, drafts)
    for draft in drafts:
        draft.values.setdefault("graded_on", clock.today().isoformat())
        draft.values.setdefault("source", batch.source.name[:100])


def _counts(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    find_subjects(batch, drafts)
    for draft in drafts:
        draft.values.setdefault("source", batch.source.name[:100])


def _inspectors(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    """Sections and specialties by their names; without a section nobody can be entered."""
    units = dict(Unit.objects.visible_to(_READER).values_list("name", "pk"))
    known = set(Specialty.objects.visible_to(_READER).values_list("label", flat=True))
    for draft in drafts:
        named = draft.values.pop("unit", "")
        draft.values["unit_id"] = units.get(named)
        if draft.values["unit_id"] is None:
            reason = _("没有这个股室，请先在“设置—机构”中建立") if named else _("没有写所在股室")
            draft.refuse(reason, value=named)
        said = [part for part in draft.values.get("specialties", "").split("、") if part]
        if set(said) - known:
            draft.warn(_("业务专长字典里没有这一项，导入时不带它"), value="、".join(said))
        if said:
            draft.values["specialties"] = "、".join(sorted(set(said) & known))


_READER = System(purpose="import")


def _refresh(touched: Iterable[Any]) -> None:
    refresh({row.subject_id for row in touched})


BY_OBJECT: dict[str, ObjectTarget] = {
    "inspectors": ObjectTarget(
        Inspector,
        ("certificate_number", "name"),
        (
            "name",
            "kind",
            "unit_id",
            "post",
            "duties",
            "certificate_number",
            "authority",
            "field",
            "territory",
            "valid_from",
            "valid_until",
            "scope",
            "yearly_limit",
            "status",
        ),
        many={"specialties": "label"},
        resolve=_inspectors,
    ),
    "visits": ObjectTarget(
        Visit,
        ("subject_id", "visited_on", "unit_name", "items"),
        (
            "subject_id",
            "visited_on",
            "kind",
            "manner",
            "unit_name",
            "own_bureau",
            "together",
            "plan_task",
            "items",
            "outcome",
            "document_number",
            "exempt_reason",
            "counts",
        ),
        resolve=_visits,
        new=lambda batch: {"source": batch.source, "recorded_at": clock.now()},
    ),
    "licences": ObjectTarget(
        Licence,
        ("number", "kind"),
        ("subject_id", "kind", "number", "authority", "valid_from", "valid_until", "state"),
        resolve=find_subjects,
    ),
    "gradings": ObjectTarget(
        Grading,
        ("subject_id", "system", "year", "graded_on"),
        ("subject_id", "system", "grade", "year", "graded_on", "source"),
        resolve=_gradings,
        settle=_refresh,
    ),
    "headcounts": ObjectTarget(
        Headcount,
        ("subject_id", "counted_on", "source"),
        ("subject_id", "counted_on", "workers", "insured", "dispatched", "source"),
        resolve=_counts,
        settle=_refresh,
    ),
    "cases": ObjectTarget(
        CaseCount,
        ("subject_id", "counted_on", "source"),
        ("subject_id", "counted_on", "disputes", "complaints", "source"),
        resolve=_counts,
    ),
    "divisions": ObjectTarget(Division, ("code",), ("code", "name", "parent", "replaced_by", "source")),
    "industries": ObjectTarget(Industry, ("code",), ("code", "name", "parent", "level", "section", "note")),
}

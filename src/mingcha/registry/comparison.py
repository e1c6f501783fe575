"""Two entries side by side, for somebody to judge whether they are one subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base.viewers import Viewer
from mingcha.registry.models import Merge, Subject, Suspicion
from mingcha.registry.services.merging import CHOOSABLE
from mingcha.web.components import Action
from mingcha.web.registers.columns import field_value, readable

#: What hangs on an entry, by its related name: shown as a number on each side.
_PARTS = (
    "contacts",
    "licences",
    "subject_tags",
    "gradings",
    "headcounts",
    "case_counts",
    "violations",
    "former_names",
    "visits",
)


@dataclass(frozen=True)
class ComparedField:
    """One value on both sides."""

    name: str
    label: str
    first: Any
    second: Any

    @property
    def differs(self) -> bool:
        return bool(self.first != self.second)


def compared(first: Subject, second: Subject) -> list[ComparedField]:
    """Every field that can be chosen when merging."""
    return [
        ComparedField(
            name,
            str(Subject._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            readable(field_value(first, name)),
            readable(field_value(second, name)),
        )
        for name in CHOOSABLE
    ]


def values(viewer: Viewer, first: Subject, second: Subject) -> dict[str, Any]:
    """What the comparison shows: fields, and how much hangs on either side; by one more query."""
    counts = {
        row["pk"]: row
        for row in Subject.objects.visible_to(viewer)
        .filter(pk__in=(first.pk, second.pk))
        .values("pk")
        .annotate(**{f"n_{name}": Count(name, distinct=True) for name in _PARTS})
    }
    parts = [
        (_part_label(name), *(counts.get(side.pk, {}).get(f"n_{name}", 0) for side in (first, second)))
        for name in _PARTS
    ]
    return {"first": first, "second": second, "compared": compared(first, second), "parts": parts}


def actions(first: Subject, second: Subject, suspicion: Suspicion | None = None) -> Sequence[Action]:
    """Merge, or say that they are two."""
    merge = Action(
        _("合并成一户"),
        reverse("registry:subjects-merge", args=[first.pk, second.pk]),
        "git-merge",
        primary=True,
        hint=_("下一步选择保留哪一户、各栏用哪个值"),
    )
    if suspicion is None:
        return (merge,)
    distinct = Action(
        _("不是同一户"),
        reverse("registry:suspicion-distinct", args=[suspicion.pk]),
        "split",
        post=True,
        needs_reason=True,
        hint=_("记下理由后不再提示这一对"),
    )
    return (merge, distinct)


def _part_label(name: str) -> str:
    return str(Subject._meta.get_field(name).related_model._meta.verbose_name)  # type: ignore[union-attr]


def moved_words(merge: Merge) -> str:
    """How many rows of which kind were moved."""
    counted: dict[str, int] = {}
    for what, ids in merge.moved.get("rows", {}).items():
        label = str(apps.get_model(what.split(":")[0])._meta.verbose_name)
        counted[label] = counted.get(label, 0) + len(ids)
    return "，".join(
        _("%(label)s %(count)d 条") % {"label": label, "count": n} for label, n in counted.items()
    )

"""What stands on the page of an inspection. Each part of the work adds its buttons and its cards here.

    @part("entry")
    def entry(viewer, inspection) -> Part: ...

A part looks at the state itself; its card is a template that gets the part's values as `part`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mingcha.base.memo import once
from mingcha.base.viewers import Viewer
from mingcha.inspection.models import Inspection
from mingcha.planning.models import Task
from mingcha.registry.models import Subject
from mingcha.web.components import Action


@dataclass(frozen=True)
class Part:
    """What one part of the work adds: buttons, and a card (`template`, empty for none) with its values."""

    actions: Sequence[Action] = ()
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


Maker = Callable[[Viewer, Inspection], Part]
_makers: dict[str, tuple[int, Maker]] = {}


def part(code: str, *, order: int) -> Callable[[Maker], Maker]:
    """Add a part to the page; cards and buttons stand in `order`."""

    def keep(make: Maker) -> Maker:
        _makers[code] = (order, make)
        return make

    return keep


def _parts(viewer: Viewer, inspection: Inspection) -> Sequence[Part]:
    """Every part of the page; worked out once for a page, which asks for buttons and for cards."""
    makers = sorted(_makers.values(), key=_place)
    return once(inspection, "page parts", lambda: [make(viewer, inspection) for _order, make in makers])


def _place(kept: tuple[int, Maker]) -> int:
    return kept[0]


def actions_of(viewer: Viewer, inspection: Inspection) -> Sequence[Action]:
    """The buttons of every part."""
    return [action for one in _parts(viewer, inspection) for action in one.actions]


def values_of(viewer: Viewer, inspection: Inspection) -> Mapping[str, Any]:
    """What the page shows."""
    items = inspection.items.select_related("version__item", "unit").order_by("version__item__code")
    return {
        "inspection": inspection,
        "items": items,
        "cards": [one for one in _parts(viewer, inspection) if one.template],
        "may_see_firm": Subject.objects.visible_to(viewer).filter(pk=inspection.subject_id).exists(),
        "may_see_task": inspection.task_id is not None
        and Task.objects.visible_to(viewer).filter(pk=inspection.task_id).exists(),
    }

"""What basics may know about things of other apps: who sees one, its page, how it is shown for approval.

An app registers its things at start-up:

    things.register(ListRevision, label=_("清单调整"),
                    url=lambda pk: reverse("items:revisions-detail", args=[pk]),
                    render=revision_for_approval)

What nobody registered nobody sees (deny by default).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.safestring import SafeString

from mingcha.base.viewers import Viewer
from mingcha.web.text import Text

Visible = Callable[[Viewer], models.QuerySet[Any]]
Render = Callable[[Viewer, int], SafeString]


@dataclass(frozen=True)
class ThingType:
    """One kind of thing: `visible` gives the rows a viewer may know of, `render` what is approved.

    `gathered`: its app lists all that wait in one next step, so home pages do not list each deadline too.
    """

    code: str
    label: Text
    visible: Visible
    url: Callable[[int], str] | None = None
    render: Render | None = None
    gathered: bool = False


_types: dict[str, ThingType] = {}


def register(
    model: type[models.Model],
    *,
    label: Text,
    visible: Visible | None = None,
    url: Callable[[int], str] | None = None,
    render: Render | None = None,
    gathered: bool = False,
) -> None:
    """Make a kind of thing known; the same model again replaces it.

    `visible` where fewer may know of it as a thing than `visible_to` shows the rows.
    """
    rows: Any = model._default_manager
    code = model._meta.label_lower
    known = visible if visible is not None else rows.visible_to
    _types[code] = ThingType(code, label, known, url=url, render=render, gathered=gathered)


def forget(code: str) -> None:
    """Take a kind out again; for tests."""
    _types.pop(code, None)


def with_visibility() -> tuple[ThingType, ...]:
    """Every registered kind, in order of code."""
    return tuple(_types[code] for code in sorted(_types))


def gathered() -> list[str]:
    """Codes of the kinds whose app lists what waits in one next step."""
    return [known.code for known in with_visibility() if known.gathered]


def thing_visible(thing_type: str, viewer: Viewer, thing_id: int) -> bool:
    """Whether the viewer may know of this thing; never for a kind that nobody registered."""
    known = _types.get(thing_type)
    return known is not None and known.visible(viewer).filter(pk=thing_id).exists()


def url_of(thing_type: str, thing_id: int) -> str:
    """The address of the thing's page, or empty."""
    known = _types.get(thing_type)
    return known.url(thing_id) if known is not None and known.url is not None else ""


def rendered(thing_type: str, viewer: Viewer, thing_id: int) -> SafeString | None:
    """The thing as its app shows it to whoever approves it; None without a renderer or sight of it."""
    known = _types.get(thing_type)
    if known is None or known.render is None or not thing_visible(thing_type, viewer, thing_id):
        return None
    return known.render(viewer, thing_id)


def label_of(thing_type: str) -> str:
    """The Chinese name of the kind, or its code."""
    known = _types.get(thing_type)
    return str(known.label) if known is not None else thing_type

"""A publication as a reader sees it: the same for the officer who reviews it and for the public.

Both pages include `publication/content.html` with what `content` gives, so a reviewer judges exactly what
will be public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.viewers import Viewer
from mingcha.basics.selectors import parameters
from mingcha.publication import lifecycle, selectors, types
from mingcha.publication.difference import shown
from mingcha.publication.models import Publication, PublicationFile
from mingcha.web.providers import Tone

#: Rows on one page of a table; most publications have fewer.
ROWS = 500
#: From how many rows on a search box is worth its place.
SEARCHED_FROM = 20
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

TONES: dict[str, Tone] = {
    lifecycle.PREPARED: "warning",
    lifecycle.PUBLISHED: "success",
    lifecycle.SUPERSEDED: "secondary",
    lifecycle.WITHDRAWN: "danger",
    lifecycle.RETURNED: "secondary",
}


@dataclass(frozen=True)
class Content:
    """What the template shows: `cells` give each heading, its value and the class of its look."""

    publication: Publication
    fields: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    page: Page[Any]
    cells: list[list[tuple[str, str, str]]]
    total: int
    asked: str
    template: str
    does_not_show: tuple[str, ...]
    masked: tuple[str, ...]
    files: tuple[PublicationFile, ...]

    @property
    def is_long(self) -> bool:
        return self.total >= SEARCHED_FROM


def content(publication: Publication, viewer: Viewer, *, asked: str = "", page: str = "") -> Content:
    """The rows this viewer may read, narrowed to those that contain every word of `asked`."""
    rows = selectors.rows_for(publication, viewer)
    found = [row for row in rows if _contains(row, asked)] if asked else rows
    paged = Paginator(found, ROWS).get_page(page or 1)
    known = next((one for one in types.all_types() if one.code == publication.type), None)
    return Content(
        publication=publication,
        fields=publication.fields,
        rows=list(paged.object_list),
        page=paged,
        cells=[_cells(publication, row) for row in paged.object_list],
        total=len(rows),
        asked=asked,
        template=known.template if known else "",
        does_not_show=tuple(str(one) for one in known.does_not_show) if known else (),
        files=tuple(_files(publication, viewer)),
        masked=tuple(field["label"] for field in publication.fields if field.get("masked")),
    )


def _files(publication: Publication, viewer: Viewer) -> QuerySet[PublicationFile]:
    return PublicationFile.objects.visible_to(viewer).filter(publication=publication).defer("content")


def _cells(publication: Publication, row: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (field["label"], shown(row.get(field["name"])), _look(row.get(field["name"])))
        for field in publication.fields
    ]


def _look(value: Any) -> str:
    """Figures stand to the right, days are never broken."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "mc-count-cell"
    return "mc-nowrap" if isinstance(value, str) and _DAY.fullmatch(value) else ""


def _contains(row: dict[str, Any], asked: str) -> bool:
    text = " ".join(shown(value) for value in row.values()).casefold()
    return all(word in text for word in asked.casefold().split())


def period(publication: Publication) -> str:
    """From when to when it is public, in words; for a withdrawn one, when it came down."""
    if publication.from_day is None:
        return ""
    start = publication.from_day.isoformat()
    if publication.state == lifecycle.WITHDRAWN and publication.ended_at is not None:
        return _("%(start)s 至 %(end)s") % {"start": start, "end": _day(publication)}
    if publication.state == lifecycle.SUPERSEDED and publication.ended_at is not None:
        return _("%(start)s 至 %(end)s，之后由新版代替") % {"start": start, "end": _day(publication)}
    if publication.until_day is None:
        return _("%(start)s 起，到有新版为止") % {"start": start}
    return _("%(start)s 至 %(end)s") % {"start": start, "end": publication.until_day.isoformat()}


def _day(publication: Publication) -> str:
    assert publication.ended_at is not None  # noqa: S101  both callers have just asked
    return clock.day_of(publication.ended_at).isoformat()


@dataclass(frozen=True)
class Kind:
    """One kind of publication as the table of published fields shows it."""

    label: str
    description: str
    facts: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str, str], ...]


def kinds() -> list[Kind]:
    """Every kind: who reviews it, how long it stands, how and on what basis each field is shown."""
    return [
        Kind(
            label=str(one.label),
            description=str(one.description),
            facts=tuple(_facts(one)),
            fields=tuple((str(field.label), _manner(field), str(field.basis)) for field in one.fields),
        )
        for one in types.all_types()
    ]


def _facts(kind: types.PublicationType) -> Iterator[tuple[str, str]]:
    yield _("依据"), str(kind.basis)
    yield _("审核"), _("%(who)s（不能是提交人）") % {"who": _roles(kind)}
    yield _("公示期限"), _term(kind.term_parameter)
    for code, what in kind.other_terms:
        yield _("公示期限（%(what)s）") % {"what": what}, _term(code)


def _roles(kind: types.PublicationType) -> str:
    return "、".join(str(role.label) for role in kind.reviewers)


def _manner(field: types.Field) -> str:
    if not field.personal:
        return _("原样")
    return _("原样（法律要求写明）") if field.required_by_law else _("隐去一部分")


def _term(code: str) -> str:
    """The term in force today in words, with 待确认 where nobody has confirmed it."""
    if not code:
        return _("到有新版为止")
    found = parameters.value(code)
    mark = "" if found.confirmed else _("（待确认）")
    return f"{found.shown}{mark}"

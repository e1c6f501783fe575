"""The public pages of what is published: by kind, one by one, as table, CSV, JSON, and as feeds."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingcha.base.viewers import PUBLIC
from mingcha.portal.views.common import asked_for, crumbs_from_home
from mingcha.publication import exchange, lifecycle, presenting, selectors, types
from mingcha.publication.models import Publication, PublicationFile
from mingcha.publication.types import PublicationType
from mingcha.web.access import public
from mingcha.web.components import Crumb
from mingcha.web.http import Request

#: Publications on one page of a list; how many of each kind the first page shows.
PAGE_SIZE = 50
SHOWN_OF_A_KIND = 3
_JSON, _SCRIPT = "application/json; charset=utf-8", "text/javascript; charset=utf-8"


def _type(slug: str) -> PublicationType:
    found = types.by_slug(slug)
    if found is None:
        raise Http404
    return found


def _of(kind: PublicationType) -> QuerySet[Publication]:
    return Publication.objects.visible_to(PUBLIC).filter(type=kind.code).order_by("-from_day", "-pk")


def _one(slug: str, pk: int) -> Publication:
    return get_object_or_404(_of(_type(slug)), pk=pk)


def _crumbs(*last: Crumb) -> list[Crumb]:
    return crumbs_from_home(Crumb(_("公示内容"), reverse("portal:publications")), *last)


def _titled(rows: QuerySet[Publication], asked: str) -> QuerySet[Publication]:
    for word in dict.fromkeys(asked.split()):
        rows = rows.filter(title__icontains=word)
    return rows.defer("rows", "fields")


def newest_by_kind() -> list[tuple[PublicationType, int, list[Publication]]]:
    """Each kind that has something public, how many stand, and the newest of them."""
    found = []
    for kind in types.all_types():
        standing = _of(kind).filter(state=lifecycle.PUBLISHED).defer("rows", "fields")
        found.append((kind, standing.count(), list(standing[:SHOWN_OF_A_KIND])))
    return [entry for entry in found if entry[1]]


def listed(rows: Any) -> list[tuple[Publication, str, str, str]]:
    """Each publication with the tone of its state, its period in words and its address."""
    return [
        (row, presenting.TONES[row.state], presenting.period(row), selectors.public_url(row)) for row in rows
    ]


@public
@require_safe
def publications(request: Request) -> HttpResponse:
    """Everything published, by kind; `?q=` looks for words of a title over all kinds."""
    asked = asked_for(request)
    known = [kind.code for kind in types.all_types()]
    rows = Publication.objects.visible_to(PUBLIC).filter(type__in=known).order_by("-from_day", "-pk")
    page = Paginator(_titled(rows, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    values = {
        "kinds": [(kind, count) for kind, count, _newest in newest_by_kind()],
        "page_obj": page,
        "listed": listed(page),
        "asked": asked,
        "crumbs": crumbs_from_home(Crumb(_("公示内容"))),
    }
    return render(request, "portal/publications.html", values)


@public
@require_safe
def publication_type(request: Request, slug: str) -> HttpResponse:
    """Everything of one kind, the withdrawn lines too."""
    kind, asked = _type(slug), asked_for(request)
    page = Paginator(_titled(_of(kind), asked), PAGE_SIZE).get_page(request.GET.get("page"))
    values = {
        "kind": kind,
        "page_obj": page,
        "listed": listed(page),
        "asked": asked,
        "crumbs": _crumbs(Crumb(str(kind.label))),
    }
    return render(request, "portal/publication_type.html", values)


@public
@require_safe
def publication(request: Request, slug: str, pk: int) -> HttpResponse:
    """One publication: its content while it stands, its line and the reason once it came down."""
    kind, found, asked = _type(slug), _one(slug, pk), asked_for(request)
    standing = selectors.current(found.type, found.about)
    values = {
        "kind": kind,
        "slug": slug,
        "publication": found,
        "tone": presenting.TONES[found.state],
        "period": presenting.period(found),
        "content": presenting.content(found, PUBLIC, asked=asked, page=request.GET.get("page", "")),
        "difference": selectors.changes(found, PUBLIC),
        "versions": selectors.versions(found, PUBLIC),
        "standing": standing if standing is not None and standing.pk != found.pk else None,
        "crumbs": _crumbs(
            Crumb(str(kind.label), reverse("portal:publication-type", args=[slug])), Crumb(found.title)
        ),
    }
    return render(request, "portal/publication.html", values)


@public
@require_safe
def rows_csv(request: Request, slug: str, pk: int) -> HttpResponse:
    """The rows for a spreadsheet."""
    found = _readable(slug, pk)
    response = HttpResponse(exchange.csv_of(found, PUBLIC), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{found.pk}.csv"'
    return response


@public
@require_safe
def publication_json(request: Request, slug: str, pk: int) -> HttpResponse:
    """The publication as data; a withdrawn one says why and holds no rows."""
    return _json(exchange.document(_one(slug, pk), PUBLIC))


@public
@require_safe
def publication_schema(request: Request, slug: str, pk: int) -> HttpResponse:
    """The JSON Schema of `publication.json` beside it."""
    return _json(exchange.schema(_one(slug, pk)))


@public
@require_safe
def snapshot(request: Request, slug: str, pk: int) -> HttpResponse:
    """The very bytes whose SHA-256 is published as the digest."""
    return HttpResponse(selectors.snapshot(_readable(slug, pk)), content_type=_JSON)


@public
@require_safe
def index(request: Request, slug: str) -> HttpResponse:
    """A short line for each publication of a kind, for machines and for searching without a server."""
    return _json(_lines(_type(slug)))


@public
@require_safe
def index_script(request: Request, slug: str) -> HttpResponse:
    """The same lines as a script: a page that was opened from a disk may load no JSON."""
    return HttpResponse(exchange.as_script(_lines(_type(slug))), content_type=_SCRIPT)


def _lines(kind: PublicationType) -> list[dict[str, Any]]:
    rows = _of(kind).values_list("pk", "number", "title", "version", "state", "from_day", "ended_why")
    return [
        {
            "href": f"{pk}/",
            "number": number,
            "title": title,
            "version": version,
            "state": state,
            "from": str(day),
            "withdrawn_because": why if state == lifecycle.WITHDRAWN else "",
        }
        for pk, number, title, version, state, day, why in rows
    ]


@public
@require_safe
def publication_file(request: Request, slug: str, pk: int, name: str) -> HttpResponse:
    """A file that was published beside the rows."""
    files = PublicationFile.objects.visible_to(PUBLIC).filter(publication=_one(slug, pk))
    found = get_object_or_404(files, name=name)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


def _readable(slug: str, pk: int) -> Publication:
    found = _one(slug, pk)
    if not found.is_readable:
        raise Http404
    return found


def _json(value: Any) -> HttpResponse:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return HttpResponse(text + "\n", content_type=_JSON)

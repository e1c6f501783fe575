"""Published results as a citizen looks for them: by firm, year, campaign, result; one firm's whole story."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingcha.base.viewers import PUBLIC
from mingcha.inspection.models import PublishedResult
from mingcha.inspection.results.publishing import TYPE
from mingcha.items.vocabulary import Result
from mingcha.kernel import credit_code
from mingcha.portal.views.common import asked_for, crumbs_from_home
from mingcha.publication import exchange, presenting, selectors
from mingcha.publication.difference import Difference
from mingcha.publication.models import Publication
from mingcha.web.access import public
from mingcha.web.components import Crumb
from mingcha.web.http import Request

PAGE_SIZE = 50
_CHUNK = 1000
#: Characters of a unified social credit code (GB 32100).
_CODE_LENGTH = 18


@dataclass(frozen=True)
class Asked:
    """What a visitor looks for; empty for everything."""

    text: str = ""
    year: str = ""
    campaign: str = ""
    result: str = ""

    @classmethod
    def of(cls, request: Request) -> Asked:
        """From the address; what cannot be asked is left out."""
        given = {name: asked_for(request, name) for name in ("q", "year", "campaign")}
        result = request.GET.get("result", "")
        return cls(
            text=given["q"],
            year=given["year"] if given["year"].isdecimal() and len(given["year"]) == 4 else "",
            campaign=given["campaign"],
            result=result if result in Result.values else "",
        )

    @property
    def anything(self) -> bool:
        return bool(self.text or self.year or self.campaign or self.result)

    def narrow(self, rows: QuerySet[PublishedResult]) -> QuerySet[PublishedResult]:
        """The rows that answer; a whole credit code is looked up, other words occur in name or code."""
        if self.year:
            rows = rows.filter(year=int(self.year))
        if self.result:
            rows = rows.filter(result=self.result)
        # A word said fifty times is looked for once.
        for word in dict.fromkeys(self.campaign.split()):
            rows = rows.filter(campaign__icontains=word)
        for word in dict.fromkeys(self.text.split()):
            rows = rows.filter(_holds(word))
        return rows


def _holds(word: str) -> Q:
    code = credit_code.normalise(word)
    if len(code) == _CODE_LENGTH and code.isascii():
        return Q(credit_code=code)
    named = Q(name__icontains=word)
    return named | Q(credit_code__startswith=code) if code else named


def _standing() -> QuerySet[PublishedResult]:
    """With the version that each row is of: joined for the rows that are shown, not for counting all."""
    rows: QuerySet[PublishedResult] = PublishedResult.objects.visible_to(PUBLIC)
    return rows.select_related("publication").defer("publication__rows").order_by("-from_day", "-id")


def _crumbs(*last: Crumb) -> list[Crumb]:
    return crumbs_from_home(Crumb(_("检查结果"), reverse("portal:results")), *last)


@public
@require_safe
def results(request: Request) -> HttpResponse:
    """All that stand, the newest first; the form narrows them."""
    asked = Asked.of(request)
    page = Paginator(asked.narrow(_standing()), PAGE_SIZE).get_page(request.GET.get("page"))
    values = {
        "page_obj": page,
        "asked": asked,
        "years": _years(),
        "choices": [(code, str(label)) for code, label in Result.choices],
        "kind": TYPE,
        "crumbs": crumbs_from_home(Crumb(_("检查结果"))),
    }
    return render(request, "portal/results.html", values)


def _years() -> list[tuple[int, int]]:
    counted = PublishedResult.objects.visible_to(PUBLIC).values_list("year").annotate(n=Count("pk"))
    return list(counted.order_by("-year"))


@public
@require_safe
def of_year(request: Request, year: int) -> HttpResponse:
    """The results of one year, with the year's data to download."""
    page = Paginator(_of_year(year), PAGE_SIZE).get_page(request.GET.get("page"))
    values = {
        "page_obj": page,
        "year": year,
        "kind": TYPE,
        "crumbs": _crumbs(Crumb(_("%(year)d 年") % {"year": year})),
    }
    return render(request, "portal/results_of_year.html", values)


def _of_year(year: int) -> QuerySet[Any]:
    rows = _standing().filter(year=year)
    if not rows.exists():
        raise Http404
    return rows


@dataclass(frozen=True)
class Told:
    """One inspection of a firm: what stands, its versions, what the newest changed."""

    found: PublishedResult
    content: presenting.Content
    versions: list[Publication]
    difference: Difference | None
    url: str


@public
@require_safe
def of_firm(request: Request, number: str) -> HttpResponse:
    """Everything that stands of one firm, each result with its versions and what changed."""
    found = list(_standing().filter(firm=number))
    if not found:
        raise Http404
    values = {
        "firm": found[0],
        "told": [_told(one) for one in found],
        "slug": TYPE.slug,
        "kind": TYPE,
        "crumbs": _crumbs(Crumb(found[0].name)),
    }
    return render(request, "portal/results_of_firm.html", values)


def _told(one: PublishedResult) -> Told:
    publication = one.publication
    return Told(
        found=one,
        content=presenting.content(publication, PUBLIC),
        versions=selectors.versions(publication, PUBLIC),
        difference=selectors.changes(publication, PUBLIC),
        url=selectors.public_url(publication),
    )


@public
@require_safe
def rows_csv(request: Request, year: int) -> StreamingHttpResponse:
    """Open data: the published fields of every result of the year, for a spreadsheet."""
    _of_year(year)
    headings = {field.name: str(field.label) for field in TYPE.fields}
    headings |= {name: label for name, label, _basis in _of_the_version()}
    lines = exchange.csv_lines(headings, _rows(year))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="results-{year}.csv"'
    return response


@public
@require_safe
def rows_json(request: Request, year: int) -> StreamingHttpResponse:
    """The same for machines: the fields with their bases, then the rows."""
    _of_year(year)
    return StreamingHttpResponse(_json(year), content_type="application/json; charset=utf-8")


def _json(year: int) -> Iterator[str]:
    own = ((field.name, str(field.label), str(field.basis)) for field in TYPE.fields)
    fields = [
        {"name": name, "label": label, "basis": basis} for name, label, basis in (*own, *_of_the_version())
    ]
    head = {"type": TYPE.code, "label": str(TYPE.label), "year": year, "fields": fields}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [\n'
    for number, row in enumerate(_rows(year)):
        yield (",\n" if number else "") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def _rows(year: int) -> Iterator[dict[str, Any]]:
    """The published rows, whole: what the type whitelists, which version it is and why it reads otherwise."""
    columns = ("publication__rows", "publication__version", "publication__change_note")
    rows = _standing().filter(year=year).values_list(*columns)
    for held, version, note in rows.iterator(chunk_size=_CHUNK):
        yield from ({**row, "version": version, "change_note": note} for row in held)


def _of_the_version() -> tuple[tuple[str, str, str], ...]:
    """Name, label and basis of what every row of the open data says of its version."""
    basis = _("本局方案三（二）：更正以后另出新版，前后不同之处一并公开")
    return ("version", _("版次"), basis), ("change_note", _("更正说明"), basis)


@public
@require_safe
def index_script(request: Request, year: int) -> HttpResponse:
    """A short line for each, as a script: the static copy searches where no server answers."""
    fields = ("firm", "name", "credit_code", "result", "publication__version", "from_day")
    lines = [
        {
            "href": f"../firms/{firm}/",
            "number": code or firm,
            "title": f"{name}　{Result(result).label}",
            "version": version,
            "state": "published",
            "from": day.isoformat(),
        }
        for firm, name, code, result, version, day in _of_year(year).values_list(*fields)
    ]
    return HttpResponse(exchange.as_script(lines), content_type="text/javascript; charset=utf-8")

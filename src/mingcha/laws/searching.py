"""Looking for articles: what a page of results shows, inside the house and for citizens."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from mingcha.base import clock
from mingcha.base.viewers import Viewer
from mingcha.kernel.citations import parse
from mingcha.laws import selectors
from mingcha.laws.forms import SearchForm
from mingcha.laws.shown import hits, look_up

#: Articles on one page of search results.
PAGE_SIZE = 20


def search_values(asked: QueryDict, viewer: Viewer) -> dict[str, Any]:
    """The places that are cited, or the articles in force today that hold the words of the address."""
    form = SearchForm(asked)
    sought = form.cleaned_data["q"].strip() if form.is_valid() else ""
    today = clock.today()
    values: dict[str, Any] = {"form": form, "sought": sought, "today": today}
    if not sought:
        return values
    values["cited"] = [look_up(citation, today) for citation in parse(sought) if citation.law]
    page = Paginator(selectors.searched(viewer, sought, today), PAGE_SIZE).get_page(asked.get("page"))
    return values | {"page_obj": page, "hits": list(hits(page, sought))}

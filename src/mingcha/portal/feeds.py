"""Atom feeds of what is published, everything and by kind; ids stay the same wherever the feed is hung."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from mingcha.base.viewers import PUBLIC
from mingcha.publication import lifecycle, types
from mingcha.publication.models import Publication
from mingcha.web.access import public

#: Entries of a feed.
LENGTH = 50


class PublishedFeed(Feed):
    """The newest publications; of one kind where the address names it."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str = "") -> types.PublicationType | None:
        kind = types.by_slug(slug) if slug else None
        if slug and kind is None:
            raise Http404
        return kind

    def title(self, kind: types.PublicationType | None) -> str:
        return _("公示：%(what)s") % {"what": kind.label if kind else _("全部内容")}

    def subtitle(self, kind: types.PublicationType | None) -> str:
        return str(kind.description) if kind else _("新公示、新版本和撤下的公示，新的在前")

    def link(self, kind: types.PublicationType | None) -> str:
        if kind is None:
            return reverse("portal:publications")
        return reverse("portal:publication-type", args=[kind.slug])

    def feed_url(self, kind: types.PublicationType | None) -> str:
        if kind is None:
            return reverse("portal:feed")
        return reverse("portal:publication-feed", args=[kind.slug])

    def feed_guid(self, kind: types.PublicationType | None) -> str:
        return f"urn:mingcha:published:{kind.slug if kind else 'all'}"

    def items(self, kind: types.PublicationType | None) -> list[Publication]:
        wanted = [kind.code] if kind else [one.code for one in types.all_types()]
        rows = Publication.objects.visible_to(PUBLIC).filter(type__in=wanted)
        return list(rows.order_by("-reviewed_at", "-pk").defer("rows", "fields")[:LENGTH])

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        if item.state == lifecycle.WITHDRAWN:
            return _("已撤下：%(why)s") % {"why": item.ended_why}
        return _("%(type)s，第 %(version)s 版，公示编号 %(number)s。%(note)s") % {
            "type": item.type_label,
            "version": item.version,
            "number": item.number,
            "note": item.change_note,
        }

    def item_link(self, item: Any) -> str:
        return reverse("portal:publication", args=[types.find(item.type).slug, item.pk])

    def item_guid(self, item: Any) -> str:
        return f"urn:sha256:{item.digest}"

    def item_pubdate(self, item: Any) -> datetime:
        return item.reviewed_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: Any) -> datetime:
        return item.ended_at or item.reviewed_at  # type: ignore[no-any-return]


feed = public(PublishedFeed())

"""Reading publications: what stands now, what a viewer may read of one, what changed, what waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from mingcha.accounts import duties
from mingcha.base.events import Thing
from mingcha.base.viewers import PUBLIC, Officer, Viewer
from mingcha.kernel.digest import canonical_json, hex_digest
from mingcha.kernel.refusal import Refusal
from mingcha.publication import lifecycle, types
from mingcha.publication.difference import Difference, difference
from mingcha.publication.lifecycle import PublicationFacts
from mingcha.publication.models import READERS, Publication

#: How many days ahead the end of a publication is announced.
SOON = timedelta(days=7)
REVIEW_DUTY = "publication.review"


def current(type: str, thing: Thing | None = None) -> Publication | None:  # noqa: A002  the seam's own word
    """The version of a type (and thing) that stands before the public now, or None."""
    return series(type, thing).filter(state=lifecycle.PUBLISHED).first()


def series(type: str, thing: Thing | None = None) -> QuerySet[Publication]:  # noqa: A002
    """Every version that ever was, of one type and thing, the newest first."""
    where = {"thing_type": thing.type, "thing_id": thing.id} if thing else {"thing_type": "", "thing_id": 0}
    return Publication.objects.filter(type=type, **where).order_by("-id")


def siblings(publication: Publication) -> QuerySet[Publication]:
    """The versions of the same thing, this one too, the newest first."""
    return series(publication.type, publication.about)


def before(publication: Publication) -> Publication | None:
    """The published version that this one follows, or would follow."""
    earlier = siblings(publication).exclude(pk=publication.pk).exclude(version=None)
    if publication.version is not None:
        earlier = earlier.filter(version__lt=publication.version)
    return earlier.order_by("-version").first()


def versions(publication: Publication, viewer: Viewer) -> list[Publication]:
    """The published versions of the same thing that this viewer may know of, the newest first."""
    known = Publication.objects.visible_to(viewer).filter(pk__in=siblings(publication).values("pk"))
    return list(known.exclude(version=None).order_by("-version").defer("rows"))


def rows_for(publication: Publication, viewer: Viewer) -> list[dict[str, Any]]:
    """The rows as this viewer may read them, their fields in order: nothing once withdrawn (R9)."""
    inside = isinstance(viewer, Officer) and viewer.has(*READERS)
    if not (inside or publication.is_readable):
        return []
    names = [field["name"] for field in publication.fields]
    return [{name: row.get(name) for name in names} for row in publication.rows]


def labels_of(publication: Publication) -> dict[str, str]:
    """field name → its label when the version was prepared."""
    return {field["name"]: field["label"] for field in publication.fields}


def snapshot(publication: Publication) -> bytes:
    """What was reviewed, in the one spelling that `digest` is taken of."""
    return canonical_json(
        {
            "type": publication.type,
            "title": publication.title,
            "summary": publication.summary,
            "change_note": publication.change_note,
            "fields": publication.fields,
            "rows": publication.rows,
            "files": [
                {"name": file.name, "label": file.label, "sha256": file.sha256}
                for file in publication.files.defer("content").order_by("name")
            ],
        }
    )


def digest_of(publication: Publication) -> str:
    """The SHA-256 of the snapshot as it is stored now."""
    return hex_digest(snapshot(publication))


def changes(publication: Publication, viewer: Viewer = PUBLIC) -> Difference | None:
    """What changed since the version before; None where there is none that the viewer may read."""
    earlier = before(publication)
    if earlier is None or (viewer is PUBLIC and not (earlier.is_readable and publication.is_readable)):
        return None
    try:
        key = types.find(publication.type).key
    except LookupError:
        key = ()
    labels: Mapping[str, str] = labels_of(earlier) | labels_of(publication)
    return difference(earlier.rows, publication.rows, key=key, labels=labels)


def facts_of(publication: Publication, viewer: Viewer) -> PublicationFacts:
    """What the guards need to know for this viewer."""
    known = types.find(publication.type)
    standing = current(publication.type, publication.about)
    return PublicationFacts(
        may_review=not isinstance(viewer, Officer) or viewer.has(*known.reviewers),
        reviewers="、".join(str(role.label) for role in known.reviewers),
        change_noted=standing is None or bool(publication.change_note.strip()),
    )


def kept_from_reviewing(publication: Publication, officer: Officer) -> Refusal | None:
    """Why this person may not publish or return it: they prepared it."""
    return duties.would_conflict(actor=officer, duty=REVIEW_DUTY, thing=Thing.of(publication))


def waiting_for(officer: Officer) -> list[Publication]:
    """What this officer can review now: their types, prepared by somebody else, none that is gathered."""
    mine = [one.code for one in types.all_types() if officer.has(*one.reviewers) and not one.gathered]
    found = Publication.objects.visible_to(officer).filter(state=lifecycle.PREPARED, type__in=mine)
    return [one for one in found.defer("rows") if kept_from_reviewing(one, officer) is None]


def run_out(on: date) -> QuerySet[Publication]:
    """What stands before the public and whose time is over on the day: its last day has passed."""
    return _readable().filter(until_day__lt=on)


def ending_soon(on: date) -> QuerySet[Publication]:
    """What comes down within the next days."""
    return _readable().filter(until_day__gte=on, until_day__lte=on + SOON)


def _readable() -> QuerySet[Publication]:
    return Publication.objects.filter(Q(state=lifecycle.PUBLISHED) | Q(state=lifecycle.SUPERSEDED))


def public_url(publication: Publication) -> str:
    """The address of its public page; empty for a type that this version does not know."""
    known = next((one for one in types.all_types() if one.code == publication.type), None)
    return reverse("portal:publication", args=[known.slug, publication.pk]) if known else ""

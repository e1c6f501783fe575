"""Reading attachments; always through `visible_to`."""

from __future__ import annotations

from django.db.models import QuerySet

from mingcha.base.events import Thing
from mingcha.base.viewers import Viewer
from mingcha.basics.models import Attachment


def of_thing(thing: Thing, viewer: Viewer) -> QuerySet[Attachment]:
    """The files of a thing that the viewer may see, the oldest first."""
    rows: QuerySet[Attachment] = Attachment.objects.visible_to(viewer)
    return rows.filter(thing_type=thing.type, thing_id=thing.id).select_related("uploaded_by")

"""Photographs of the balls and of the room: kept inside, their digests in the bundle (protocol §7.10)."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db.models import QuerySet

from mingcha.base.events import Thing
from mingcha.base.service import service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics.models import Attachment
from mingcha.basics.rules import require_role
from mingcha.basics.selectors import attachments as reading
from mingcha.basics.services import attachments
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.lifecycle import DRAFT
from mingcha.planning.models import DRAW_READERS, Draw

PURPOSE = "photo"
#: Which photographs there were when the draw was confirmed.
DIGESTS_FILE = "photos.csv"


@service
def add_photo(*, actor: Officer, draw: Draw, file: File[Any]) -> Attachment:
    """Keep a photograph with a sealed draw. What comes before the confirmation goes into the bundle."""
    require_role(actor, DRAW_READERS, gettext_noop("上传现场照片"))
    if draw.state == DRAFT:
        raise Refused(
            Refusal(
                "draw.no_photo_yet",
                gettext_noop("名单还没有封存，没有现场可拍"),
                gettext_noop("SSJ-1 抽取协议 §7.10"),
                gettext_noop("请在封存、摇号时拍照，再上传"),
            )
        )
    return attachments.add(actor=actor, file=file, thing=Thing.of(draw), purpose=PURPOSE)


def of_draw(draw: Draw, viewer: Viewer) -> QuerySet[Attachment]:
    """The photographs of a draw that the viewer may see, the oldest first."""
    return reading.of_thing(Thing.of(draw), viewer).filter(purpose=PURPOSE)


def evidence(draw: Draw) -> dict[str, bytes]:
    """photos.csv for the bundle's evidence folder; nothing when there is no photograph."""
    lines = [f"{one.sha256},{one.size},{one.media_type}" for one in of_draw(draw, System(purpose="draw"))]
    return {DIGESTS_FILE: "\n".join(["sha256,bytes,type", *lines, ""]).encode()} if lines else {}

"""What the certificate of a draw says, on the page and on paper alike (protocol §7.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import DutyRecord
from mingcha.base.events import Thing
from mingcha.base.viewers import PUBLIC, Viewer
from mingcha.basics.models import Attachment
from mingcha.basics.typesetting import typeset
from mingcha.planning import replayed, roster
from mingcha.planning.models import Delivery, Draw, DrawFile, DrawTarget, RegisterLine, Witness
from mingcha.planning.planned_roster import unserved
from mingcha.planning.services import photos
from mingcha.web.text import Text

#: Rows of the list on paper; the rest is in result.csv, whose digest the certificate bears.
MOST_ROWS = 500
#: The files whose digests bind the certificate to the bundle, by their names in words.
BOUND = {
    "roster.csv": _("检查对象名单"),
    "inspectors.csv": _("检查人员名单"),
    "recusals.csv": _("回避关系"),
    "entropy.json": _("随机号码"),
    "result.csv": _("抽取结果"),
    "chains.json": _("派员过程"),
    "evidence/photos.csv": _("现场照片清单"),
}
#: Who did what, in the order of a draw's life.
ACTS = {
    "draw.seal": _("封存名单"),
    "draw.enter-digits": _("录入号码"),
    "draw.confirm-digits": _("核对号码、确认抽取"),
}


@dataclass(frozen=True)
class Act:
    """One person's part in the draw."""

    label: Text
    name: str
    at: datetime


@dataclass(frozen=True)
class Certificate:
    """Everything on the paper. `targets` is empty when the reader may not know them yet."""

    draw: Draw
    drawn: int
    reserves: int
    unserved: int
    targets: tuple[DrawTarget, ...]
    spared: tuple[replayed.Spared, ...]
    digests: tuple[tuple[Text, str], ...]
    acts: tuple[Act, ...]
    witnesses: tuple[Witness, ...]
    photos: tuple[Attachment, ...]
    deliveries: tuple[Delivery, ...]
    code: str

    @property
    def more(self) -> int:
        """Drawn subjects that stand in result.csv only."""
        return self.drawn - len(self.targets) if self.targets else 0

    @property
    def for_show(self) -> bool:
        """Whether it comes out of a demo county: the paper says so wherever it is taken."""
        return bool(settings.DEMO)

    @property
    def only_inside(self) -> bool:
        """Whether nobody outside held the digest before the random value appeared."""
        return only_inside(self.draw, self.deliveries)


def only_inside(draw: Draw, deliveries: Any) -> bool:
    """仅内部封存: no delivery of the notice before the announced moment."""
    return not any(one.delivered_at <= draw.reveal_at for one in deliveries)


def certificate(draw: Draw, viewer: Viewer, address: str) -> Certificate:
    """The certificate of a complete draw as this viewer may have it; `address` is its public page."""
    everything = DrawTarget.objects.visible_to(roster.EVERYONE).filter(draw=draw)
    drawn = everything.filter(kind=DrawTarget.Kind.DRAWN)
    shown = DrawTarget.objects.visible_to(viewer).filter(draw=draw, kind=DrawTarget.Kind.DRAWN)
    targets = tuple(shown.order_by("seq").prefetch_related("members__person__inspector")[:MOST_ROWS])
    return Certificate(
        draw=draw,
        drawn=drawn.count(),
        reserves=everything.filter(kind=DrawTarget.Kind.RESERVE).count(),
        unserved=len(unserved(draw)),
        targets=targets,
        spared=tuple(replayed.spared(draw)) if targets else (),
        digests=_digests(draw),
        acts=_acts(draw),
        witnesses=tuple(_witnesses(draw, viewer)),
        photos=tuple(photos.of_draw(draw, viewer)),
        deliveries=tuple(Delivery.objects.visible_to(viewer).filter(draw=draw)),
        code=segno.make(f"{draw.used_digest} {address}", error="m").svg_data_uri(scale=3, border=2),
    )


def pdf(paper: Certificate) -> bytes:
    """The certificate as a PDF in black and white on A4. Refused where the typesetter is not installed."""
    values = {"paper": paper, "draw": paper.draw}
    return typeset(render_to_string("planning/certificate_pdf.html", values))


def _witnesses(draw: Draw, viewer: Viewer) -> QuerySet[Witness]:
    """Who watched the entry that counted."""
    rows: QuerySet[Witness] = Witness.objects.visible_to(viewer)
    return rows.filter(attempt__draw=draw, attempt__returned_at=None)


def _digests(draw: Draw) -> tuple[tuple[Text, str], ...]:
    rows = DrawFile.objects.visible_to(roster.EVERYONE).filter(draw=draw, name__in=BOUND)
    found = dict(rows.exclude(audience=DrawFile.Audience.INTERNAL).values_list("name", "sha256"))
    files = [(f"{BOUND[name]} {name}", found[name]) for name in BOUND if name in found]
    last = RegisterLine.objects.visible_to(PUBLIC).filter(draw=draw).order_by("-seq").first()
    register = [(_("登记簿中本次抽取的末行"), last.digest)] if last is not None else []
    return ((_("方案 plan.json"), draw.used_digest), *files, *register)


def _acts(draw: Draw) -> tuple[Act, ...]:
    thing = Thing.of(draw)
    records = DutyRecord.objects.filter(thing_type=thing.type, thing_id=thing.id, duty__in=ACTS)
    found = {record.duty: record for record in records.select_related("user").order_by("at", "pk")}
    return tuple(
        Act(label, found[duty].user.name, found[duty].at) for duty, label in ACTS.items() if duty in found
    )

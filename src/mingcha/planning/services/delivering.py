"""To whom the sealing notice was given: what makes a digest known outside the bureau (protocol §7.0 T1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.base import File

from mingcha.base import clock
from mingcha.base.events import Personal, Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.basics.rules import require_role
from mingcha.basics.services import attachments
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import NoticeDelivered
from mingcha.planning.models import Delivery, Draw

PURPOSE = "signed-paper"


@service
def record_delivery(
    *,
    actor: Officer,
    draw: Draw,
    recipient: str,
    person: str,
    way: str,
    delivered_at: datetime,
    paper: File[Any] | None = None,
) -> Delivery:
    """Record that the notice was given or posted; between the sealing and now, never changed afterwards."""
    require_role(actor, (Role.COORDINATOR,), gettext_noop("登记封存公告的送达"))
    now = clock.now()
    # People write minutes: what was sealed at 9:00:40 may be given at "9:00".
    if draw.sealed_at is None or not draw.sealed_at.replace(second=0, microsecond=0) <= delivered_at <= now:
        raise Refused(_impossible_moment(draw))
    thing = Thing.of(draw)
    kept = attachments.add(actor=actor, file=paper, thing=thing, purpose=PURPOSE) if paper else None
    delivery = Delivery.objects.create(
        draw=draw,
        recipient=recipient,
        person=person,
        way=way,
        delivered_at=delivered_at,
        paper=kept,
        recorded_at=now,
        recorded_by_id=actor.id,
    )
    told = {"recipient": delivery.get_recipient_display(), "at": delivered_at, "digest": draw.plan_digest}
    who = Personal(subject=f"planning.draw:{draw.pk}", values={"person": person})
    emit(NoticeDelivered(thing=thing, after=told, personal=who))
    return delivery


def _impossible_moment(draw: Draw) -> Refusal:
    sealed = draw.sealed_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if draw.sealed_at else "—"
    return Refusal(
        "draw.delivery_moment",
        gettext_noop("送达时间要在封存（%(sealed)s）之后、现在之前"),
        gettext_noop("SSJ-1 抽取协议 §7.0 T1：摘要在号码产生之前公布"),
        gettext_noop("请核对送达时间；还没有送出的，送达以后再登记"),
        {"sealed": sealed},
    )

"""What the verbs of a draw share: asking the lifecycle, freezing files, writing the public register."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from mingcha.base import clock
from mingcha.base.viewers import Viewer
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.draw import Rejected, append_event
from mingcha.kernel.draw.register import FIRST
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import selectors
from mingcha.planning.lifecycle import DRAW_LIFECYCLE
from mingcha.planning.models import Draw, DrawFile, RegisterLine
from mingcha.planning.roster import Preview

#: Longest reason, in characters; it goes into the public register.
REASON_LENGTH = 200
CLOCK_TOLERANCE = timedelta(minutes=1)


def advance(draw: Draw, verb: str, actor: Viewer, *, seen: Preview | None = None, reason: str = "") -> None:
    """Move the draw along its lifecycle, or raise `Refused` with every reason why not."""
    if len(reason) > REASON_LENGTH:
        raise Refused(_too_long())
    facts = selectors.facts_of(draw, seen)
    draw.state = DRAW_LIFECYCLE.decide(draw.state, verb, actor.roles, facts, reason=reason).target


def freeze(draw: Draw, files: Mapping[str, bytes], audience: DrawFile.Audience) -> None:
    """Keep files exactly as digested; a file that is there already is never replaced."""
    known = set(DrawFile.objects.filter(draw=draw, audience=audience).values_list("name", flat=True))
    DrawFile.objects.bulk_create(
        DrawFile(draw=draw, name=name, audience=audience, content=content, sha256=hex_digest(content))
        for name, content in files.items()
        if name not in known
    )


def lock_register() -> None:
    """The first line's row is the register's lock: who waited for it reads what the other has written."""
    RegisterLine.objects.select_for_update().filter(seq=1).first()


def register_event(
    draw: Draw, event: str, *, digest: str = FIRST, detail: Mapping[str, object] | None = None
) -> RegisterLine:
    """Append one line to the public register of draws, chained to the one before."""
    lock_register()
    at = clock.now()
    last = RegisterLine.objects.order_by("-seq").first()
    if last is not None and last.at - CLOCK_TOLERANCE <= at < last.at:
        # Clocks are corrected by seconds all the time; that must not stop a draw before witnesses.
        at = last.at
    try:
        line = append_event(
            selectors.register_jsonl(),
            at=_stamp(at),
            draw_id=draw.number,
            event=event,
            digest=digest,
            detail=detail,
        )
    except Rejected as rejected:
        raise Refused(_not_continued(rejected)) from rejected
    return RegisterLine.objects.create(
        seq=json.loads(line)["seq"],
        draw=draw,
        event=event,
        at=at,
        line=line.decode(),
        digest=hex_digest(line.removesuffix(b"\n")),
    )


def _stamp(at: datetime) -> str:
    return at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")


def _not_continued(rejected: Rejected) -> Refusal:
    """A clock that was set back, or a register that somebody has damaged."""
    return Refusal(
        code="draw.register",
        message=gettext_noop("公开登记簿不能续写：%(detail)s"),
        basis=gettext_noop("SSJ-1 抽取协议 §7.10"),
        remedy=gettext_noop("请系统管理员核对服务器时间，并核对登记簿，查明原因后再办理"),
        params={"detail": rejected.detail},
    )


def _too_long() -> Refusal:
    return Refusal(
        code="draw.reason_length",
        message=gettext_noop("理由太长，最多 %(most)s 个字"),
        basis=gettext_noop("SSJ-1 抽取协议 §7.10：理由写入公开登记簿"),
        remedy=gettext_noop("请写短一些；详细材料另行存档"),
        params={"most": REASON_LENGTH},
    )

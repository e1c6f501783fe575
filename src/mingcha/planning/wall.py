"""The page for the wall of the room: it only shows, so reloading it or going back never draws again."""

from __future__ import annotations

from collections import Counter
from typing import Any

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingcha.base import clock
from mingcha.base.viewers import PUBLIC
from mingcha.planning import lifecycle, replayed, roster
from mingcha.planning.models import DRAW_READERS, Draw, DrawTarget
from mingcha.planning.papers import public_address
from mingcha.planning.views import draw_of
from mingcha.web.access import officers
from mingcha.web.http import Request

#: Rows that fit a wall; the rest is counted.
MOST_ROWS = 60
#: Digits of a digest in one group, so that the room can copy it.
GROUP = 8


@officers(*DRAW_READERS)
@require_GET
def wall(request: Request, pk: int) -> HttpResponse:
    """Digest and countdown, then the digits, then the list; the script asks for it again and again."""
    draw = draw_of(request, pk)
    if draw.state in (lifecycle.DRAFT, *lifecycle.WITHOUT_RESULT):
        raise Http404
    address = public_address(request, draw)
    values: dict[str, Any] = {
        "draw": draw,
        "now": clock.now().isoformat(),
        "reveal_at": draw.reveal_at.isoformat(),
        "version": f"{draw.state}:{draw.digits}:{draw.fallback_reason}",
        "groups": [draw.used_digest[at : at + GROUP] for at in range(0, len(draw.used_digest), GROUP)],
        "address": address,
        "code": segno.make(f"{draw.used_digest} {address}", error="m").svg_data_uri(scale=4, border=2),
    }
    if draw.is_complete:
        values |= _result(draw)
    return render(request, "planning/wall.html", values)


def _result(draw: Draw) -> dict[str, Any]:
    """What the room may see: of a sealed draw the number only, whoever stands at the machine."""
    everything = DrawTarget.objects.visible_to(roster.EVERYONE).filter(draw=draw, kind=DrawTarget.Kind.DRAWN)
    public = DrawTarget.objects.visible_to(PUBLIC).filter(draw=draw, kind=DrawTarget.Kind.DRAWN)
    shown = list(public.order_by("seq").prefetch_related("members__person")[:MOST_ROWS])
    drawn = everything.count()
    found: dict[str, Any] = {"drawn": drawn, "targets": shown, "more": drawn - len(shown)}
    if shown:
        reasons = Counter(row.excluded for row in replayed.repeated(draw).roster.excluded())
        labels = roster.EXCLUSION_LABELS
        found["excluded"] = [(str(labels.get(code, code)), n) for code, n in sorted(reasons.items())]
        found["spared"] = replayed.spared(draw)
    return found

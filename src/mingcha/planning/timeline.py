"""What draws add to a firm's timeline: in which it was drawn, a reserve, or on the roster and excluded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.base.viewers import Officer, Viewer
from mingcha.planning import lifecycle
from mingcha.planning.campaigns.lifecycle import CLOSED, RUNNING
from mingcha.planning.models import DRAW_READERS, CampaignTarget, Draw, DrawFile, DrawTarget
from mingcha.planning.roster import EXCLUSION_LABELS
from mingcha.registry.models import Subject
from mingcha.web.providers import TimelineEntry, timelines

DRAWS = gettext_lazy("抽取")
#: The latest draws whose sealed rosters are searched; each is one pass over a file.
SEARCHED = 20


def register() -> None:
    """Called once at start-up."""
    timelines.register("planning")(_draws)


def _draws(viewer: Viewer, thing_type: str, thing_id: int) -> Iterator[TimelineEntry]:
    """Only finished draws, and only for those who see draws inside."""
    if thing_type != Subject._meta.label_lower or not isinstance(viewer, Officer):
        return
    if not viewer.has(*DRAW_READERS):
        return
    drawn = Draw.objects.visible_to(viewer).filter(state__in=lifecycle.COMPLETE)
    targets = DrawTarget.objects.visible_to(viewer).filter(subject=thing_id, draw__in=drawn)
    for target in targets.select_related("draw"):
        word = _("抽中") if target.kind == DrawTarget.Kind.DRAWN else _("列为候补")
        yield _entry(target.draw, word, _("第 %(seq)d 位") % {"seq": target.seq})
    yield from _named(viewer, thing_id)
    subject = Subject.objects.visible_to(viewer).filter(pk=thing_id).first()
    if subject is not None:
        yield from _excluded(viewer, subject, drawn)


def _named(viewer: Officer, subject_id: int) -> Iterator[TimelineEntry]:
    """Campaigns of a superior that name the firm, once they are approved."""
    targets = CampaignTarget.objects.visible_to(viewer).filter(
        subject=subject_id, campaign__state__in=(*RUNNING, CLOSED)
    )
    for target in targets.select_related("campaign"):
        campaign = target.campaign
        at = campaign.superior_at or campaign.created_at
        yield TimelineEntry(
            day=clock.day_of(at),
            kind=DRAWS,
            title=_("上级抽中：%(title)s") % {"title": campaign.title},
            detail=f"{campaign.superior_number}；{target.get_decision_display()}"
            if target.at_cap
            else campaign.superior_number,
            url=reverse("planning:campaigns-detail", args=[campaign.pk]),
            tone="info",
            icon="upload",
        )


def _excluded(viewer: Viewer, subject: Subject, drawn: object) -> Iterator[TimelineEntry]:
    """Draws that had the subject on the roster and left it out, with the published reason."""
    ids = [re.escape(name).encode() for name in (subject.credit_code, subject.public_number) if name]
    if not ids:
        return
    line = re.compile(rb"(?m)^(?:" + b"|".join(ids) + rb"),[^,\n]*,[^,\n]*,[^,\n]*,([A-Z_]+)\r?$")
    rosters = DrawFile.objects.visible_to(viewer).filter(
        draw__in=drawn, name="roster.csv", audience=DrawFile.Audience.PUBLIC
    )
    for roster in rosters.select_related("draw").order_by("-draw__drawn_at")[:SEARCHED]:
        found = line.search(bytes(roster.content))
        if found is not None:
            code = found.group(1).decode()
            why = str(EXCLUSION_LABELS.get(code, code))
            yield _entry(roster.draw, _("在名单中，未参加抽取"), _("原因：%(why)s") % {"why": why})


def _entry(draw: Draw, word: str, detail: str) -> TimelineEntry:
    at = draw.drawn_at or draw.created_at
    return TimelineEntry(
        day=clock.day_of(at),
        kind=DRAWS,
        title=_("%(word)s：%(title)s") % {"word": word, "title": draw.title},
        detail=f"{draw.number}；{detail}",
        url=reverse("planning:draws-detail", args=[draw.pk]),
        tone="info",
        icon="dices",
    )

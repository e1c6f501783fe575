"""Reads about draws: the facts that guards look at, the files of a bundle."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import PUBLIC, Officer, System, Viewer
from mingcha.basics.selectors import parameters, workdays
from mingcha.kernel.draw import CONFIDENTIAL_CHANGES, PUBLIC_CHANGES
from mingcha.kernel.refusal import Refusal
from mingcha.kernel.terms import due
from mingcha.planning import entropy, lifecycle, roster
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.lifecycle import DrawFacts
from mingcha.planning.models import (
    PAIRING_READERS,
    Dispatch,
    DispatchChange,
    Draw,
    DrawFile,
    DrawSecret,
    DrawTarget,
    RegisterLine,
    Task,
    TaskMember,
    TeamMember,
)
from mingcha.planning.models.draws import FALLBACK_PLAN, PLAN_FILE
from mingcha.planning.territory import division_code

Audience = DrawFile.Audience
MIN_ENTROPY = "DRAW_MIN_ENTROPY_BITS"
MIN_LEAD = "DRAW_MIN_LEAD_MINUTES"
OPEN_WITHIN = "DRAW_OPEN_WITHIN"

#: How long a newcomer takes from the form to the seal; the rest of the wait is `MIN_LEAD`.
_DEMO_SEALING = timedelta(minutes=3)

#: The name of the first plan in the bundle of a draw by the fallback.
FIRST_PLAN = "plan-first.json"

#: Moments inside a zip are not evidence; a fixed one makes the same bundle the same bytes.
ZIP_MOMENT = (2026, 1, 1, 0, 0, 0)


def preview_of(draw: Draw) -> roster.Preview:
    """What sealing would freeze now, for the page and for the seal: the same whoever looks."""
    return roster.preview(draw, division=division_code())


def proposed_moment() -> datetime | None:
    """When a draw of the demo might be: as soon as may be after its seal. An office names its own moment."""
    if not settings.DEMO:
        return None
    lead = timedelta(minutes=parameters.value(MIN_LEAD, on=clock.today()).as_int())
    return (clock.now() + lead + _DEMO_SEALING).astimezone(clock.SHANGHAI).replace(second=0, microsecond=0)


def usual_place(viewer: Viewer) -> str:
    """Where the last draw was revealed, which is where the next one usually is; "" before the first."""
    last = Draw.objects.visible_to(viewer).order_by("-created_at").values_list("reveal_place", flat=True)
    return last.first() or ""


def latest_opening(draw: Draw) -> date:
    """The day by which a sealed draw must be opened: a term after its visits (protocol §7.0 T5)."""
    term = parameters.value(OPEN_WITHIN, on=clock.today()).as_term()
    return due(draw.visit_until, term, workdays.calendar()).date


def entropy_values(draw: Draw) -> list[str]:
    """The values of the plan's sources in plan order: what was drawn, and the secret of a sealed draw."""
    kept = DrawSecret.objects.visible_to(roster.EVERYONE).filter(draw=draw).first()
    return [draw.digits, kept.value] if kept is not None else [draw.digits]


def facts_of(draw: Draw, seen: roster.Preview | None) -> DrawFacts:
    """The facts for the guards; `seen` is the preview while the draw is a draft, None afterwards."""
    today = clock.today()
    available = seen.available if seen else ()
    drawn = seen.drawn_total if seen else 0
    wanted = draw.specialty
    skilled = [one for one in available if wanted and wanted in one.inspector.specialties.all()]
    return DrawFacts(
        now=clock.now(),
        today=today,
        reveal_at=draw.reveal_at.astimezone(clock.SHANGHAI),
        lead=timedelta(minutes=parameters.value(MIN_LEAD, on=today).as_int()),
        visit_from=draw.visit_from,
        visit_until=draw.visit_until,
        entropy_centibits=entropy.centibits(draw),
        required_bits=parameters.value(MIN_ENTROPY, on=today).as_int(),
        eligible=sum(seen.eligible.values()) if seen else 0,
        drawable=drawn,
        per_target=draw.per_target,
        available_inspectors=len(available),
        demand=drawn * draw.per_target,
        supply=sum(min(one.capacity, drawn) for one in available),
        specialists_wanted=wanted is not None,
        specialists=len(skilled),
        digits_ever_entered=draw.revealed_at is not None,
        same_roster_drawn=_earlier_with_same_roster(draw, seen) or earlier_attempt(draw),
        repeat_alone=draw.repeat_approved_by_id is None,
        repeat_reason=draw.repeat_reason,
        division=division_code(),
        items_out=_items_out(draw) if seen else "",
        sealed_mode=draw.mode == Draw.Mode.SEALED,
        nobody_goes=nobody_goes(draw),
        lottery_without_issue=_without_issue(draw),
        fallback_at=draw.fallback_at.astimezone(clock.SHANGHAI) if draw.fallback_at else None,
        fallback_named=bool(draw.fallback_source),
        fallback_same=(draw.source, draw.source_issue) == (draw.fallback_source, draw.fallback_issue),
        fallback_used=draw.uses_fallback,
    )


def nobody_goes(draw: Draw) -> bool:
    """Whether the tasks of a draw were listed, and every one of them is done or has been taken back since.

    Firms that another number serves are still to be visited.
    """
    if draw.supplemented_by.exclude(state__in=lifecycle.WITHOUT_RESULT).exists():
        return False
    rows = Task.objects.visible_to(roster.EVERYONE).filter(dispatch__draw=draw)
    return rows.exists() and not rows.exclude(state__in=tasks.OVER).exists()


def _without_issue(draw: Draw) -> bool:
    named = ((draw.source, draw.source_issue), (draw.fallback_source, draw.fallback_issue))
    return any(source == Draw.Source.KL8 and not issue for source, issue in named)


def void_without_value(draw: Draw) -> bool:
    """Whether a void draw's lottery has been drawn and nobody has recorded it: its result is still owed."""
    drawn = draw.state == lifecycle.VOID and draw.is_lottery and clock.now() >= draw.reveal_at
    return drawn and not draw.digits


def _items_out(draw: Draw) -> str:
    """The items that are not in force through the visits, in words; empty when all are (N2)."""
    versions = draw.item_versions.select_related("item").order_by("item__code")
    out = [str(version) for version in versions if not version.in_force(draw.visit_from, draw.visit_until)]
    return "、".join(out) or ("" if versions else "—")


def _earlier_with_same_roster(draw: Draw, seen: roster.Preview | None) -> str:
    """The number of a draw of the same items over the same roster, void ones too; empty when none (N4)."""
    if seen is None:
        return ""
    digest = roster.digest_of(seen)
    earlier = Draw.objects.filter(roster_digest=digest).exclude(pk=draw.pk).order_by("-sealed_at")
    mine = _item_ids(draw)
    return next((found.number for found in earlier if _item_ids(found) == mine), "")


def earlier_attempt(draw: Draw) -> str:
    """The number of the finished draw of the same campaign that this one would do over; empty when none.

    A supplement does nothing over: it serves whom the other could not.
    """
    if draw.campaign_id is None or draw.supplements_id is not None:
        return ""
    same = Draw.objects.filter(campaign=draw.campaign_id, state__in=lifecycle.COMPLETE, supplements=None)
    found = same.exclude(pk=draw.pk).order_by("-sealed_at").first()
    return found.number if found is not None else ""


def _item_ids(draw: Draw) -> frozenset[int]:
    """The items of a draw, whatever their versions: a new version is no reason to draw again."""
    return frozenset(draw.item_versions.values_list("item", flat=True))


def files_for(draw: Draw, viewer: Viewer) -> dict[str, bytes]:
    """The files of the bundle by name, as this viewer may have them: a citizen's or an overseer's."""
    files = DrawFile.objects.visible_to(viewer).filter(draw=draw).exclude(audience=Audience.INTERNAL)
    # Overseers' files come last, so that theirs win where both bundles have the same name.
    in_order = sorted(files, key=lambda file: (file.audience == Audience.OVERSEER, file.name))
    found = {file.name: bytes(file.content) for file in in_order}
    frozen = {shown: found[kept] for kept, shown in _shown_as(draw, found).items()}
    return frozen | change_files(draw, viewer)


def change_files(draw: Draw, viewer: Viewer) -> dict[str, bytes]:
    """What was changed after the result (`kernel.draw.changes`), growing with every 候补 and 更换.

    The public has it with the result; who may repeat the pairing has it at once, and what repeats it.
    """
    complete = isinstance(viewer, System) or bool(viewer.roles & {*PAIRING_READERS})
    made = DispatchChange.objects.visible_to(roster.EVERYONE if complete else PUBLIC)
    lines = list(made.filter(dispatch__draw=draw).order_by("number").values_list("public", "confidential"))
    if not lines:
        return {}
    public, confidential = ("".join(column).encode() for column in zip(*lines, strict=True))
    return {PUBLIC_CHANGES: public} | ({CONFIDENTIAL_CHANGES: confidential} if complete else {})


def _shown_as(draw: Draw, names: Iterable[str]) -> dict[str, str]:
    """Name as kept → name in the bundle: a fallback that was taken stands in the place of the first plan."""
    swapped = {PLAN_FILE: FIRST_PLAN, FALLBACK_PLAN: PLAN_FILE} if draw.uses_fallback else {}
    return {name: swapped.get(name, name) for name in names}


#: What confirming a draw is kept apart from is data (accounts.DutyConflict).
CONFIRMING_DUTIES = ("draw.confirm", "draw.confirm-digits")


def kept_from_confirming(draw: Draw, officer: Officer) -> tuple[Refusal, ...]:
    """Why this person may not check the digits of this draw: they sealed it, or entered the digits."""
    thing = Thing.of(draw)
    found = (duties.would_conflict(actor=officer, duty=duty, thing=thing) for duty in CONFIRMING_DUTIES)
    return tuple(refusal for refusal in found if refusal is not None)


def file_names(draw: Draw, viewer: Viewer) -> list[str]:
    """The names of the bundle's files, without reading them."""
    files = DrawFile.objects.visible_to(viewer).filter(draw=draw).exclude(audience=Audience.INTERNAL)
    frozen = _shown_as(draw, files.values_list("name", flat=True)).values()
    return sorted([*frozen, *change_files(draw, viewer)])


def file_content(draw: Draw, name: str, viewer: Viewer) -> bytes | None:
    """One file of the bundle as this viewer may have it; None when there is none."""
    if name in (PUBLIC_CHANGES, CONFIDENTIAL_CHANGES):
        return change_files(draw, viewer).get(name)
    kept = {FIRST_PLAN: PLAN_FILE, PLAN_FILE: FALLBACK_PLAN} if draw.uses_fallback else {}
    files = DrawFile.objects.visible_to(viewer).filter(draw=draw, name=kept.get(name, name))
    by_audience = {file.audience: bytes(file.content) for file in files}
    return by_audience.get(Audience.OVERSEER) or by_audience.get(Audience.PUBLIC)


def bundle_zip(draw: Draw, viewer: Viewer) -> bytes:
    """The bundle as a zip whose bytes depend on its files alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files_for(draw, viewer).items()):
            entry = zipfile.ZipInfo(f"draw-{draw.number}/{name}", ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def register_jsonl() -> bytes:
    """The whole public register of draws, one canonical line an event (draw protocol §7.10)."""
    lines = RegisterLine.objects.order_by("seq").values_list("line", flat=True)
    return "".join(lines).encode()


def assigned_in(year: int) -> Counter[int]:
    """inspector id → targets to which this person goes by a draw of ours, to be visited from some day of the
    year on: as drawn, and as changed since where the tasks were listed."""
    of_year = {"visit_from__year": year}
    present = TaskMember.objects.visible_to(roster.EVERYONE).filter(
        left_at=None, task__dispatch__in=Dispatch.objects.filter(draw__isnull=False, **of_year)
    )
    unlisted = Draw.objects.filter(state__in=lifecycle.COMPLETE, dispatch=None, **of_year)
    drawn = TeamMember.objects.filter(target__kind=DrawTarget.Kind.DRAWN, target__draw__in=unlisted)
    return Counter(
        [
            *present.exclude(task__state=tasks.CANCELLED).values_list("inspector", flat=True),
            *drawn.values_list("person__inspector", flat=True),
        ]
    )

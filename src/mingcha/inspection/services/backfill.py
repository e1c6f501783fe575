"""Hand over to the superior's platform what was reviewed here, and read back what it says (design §7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System
from mingcha.base.visibility import locked
from mingcha.basics.rules import acting_roles, require_role
from mingcha.basics.services import attachments, deadlines
from mingcha.basics.services.moving import move
from mingcha.inspection import lifecycle as inspections
from mingcha.inspection import terms
from mingcha.inspection.backfill import lifecycle as states
from mingcha.inspection.backfill import refusals
from mingcha.inspection.backfill.blanks import Blank, Export
from mingcha.inspection.backfill.comparing import Found, compare
from mingcha.inspection.backfill.events import BlankMapped, BlankReceived, ReturnEnded, ReturnMade, ReturnRead
from mingcha.inspection.backfill.fields import Spelling, given, values_of, with_returns
from mingcha.inspection.backfill.selectors import (
    NOT_ALIKE,
    current_values,
    facts_of,
    handed,
    no_longer_agree,
    to_hand_over,
)
from mingcha.inspection.models import (
    RETURN_KEEPERS,
    Inspection,
    ReadBack,
    ReturnRow,
    ReturnSheet,
    ReturnTemplate,
)
from mingcha.inspection.selectors import published_above
from mingcha.inspection.services.common import go, hold_all
from mingcha.kernel.refusal import Refused, gettext_noop
from mingcha.planning.models import Campaign

_PLATFORM = System(purpose="return")
_WHAT = gettext_noop("回填省平台")
_AGREED: Final = (ReturnRow.Outcome.PUBLISHED, ReturnRow.Outcome.UNPUBLISHED)
_COMPARED: Final = (*_AGREED, ReturnRow.Outcome.DIFFERS)


@service
def receive_blank(*, actor: Officer, blank: Blank, stored: attachments.Stored) -> ReturnTemplate:
    """Keep a blank and guess what its columns mean; the same blank again gives the one that is known."""
    require_role(actor, RETURN_KEEPERS, _WHAT)
    known = ReturnTemplate.objects.filter(sha256=blank.sha256).first()
    if known is not None:
        return known
    template = ReturnTemplate.objects.create(
        name=stored.name,
        sha256=blank.sha256,
        old=blank.old,
        sheet=blank.sheet,
        header_rows=list(blank.header_rows),
        first_row=blank.first_row,
        columns=blank.columns,
        received_at=clock.now(),
        received_by_id=actor.id,
    )
    template.file = attachments.keep(actor=actor, stored=stored, thing=Thing.of(template))
    template.save(update_fields=["file"])
    emit(BlankReceived(thing=Thing.of(template), after={"sha256": blank.sha256}))
    return template


@service
def map_blank(
    *,
    actor: Officer,
    template: ReturnTemplate,
    fields: Mapping[int, str],
    first_row: int,
    words: Mapping[str, str],
) -> ReturnTemplate:
    """Say what each column is filled with, from which row, and how the platform says our results."""
    require_role(actor, RETURN_KEEPERS, _WHAT)
    template = locked(template, actor)
    known = {spec.code for spec in given()}
    chosen = [field for field in fields.values() if field]
    if not set(chosen) <= known or len(chosen) != len(set(chosen)) or not {"name", "result"} <= set(chosen):
        raise Refused(refusals.unmapped())
    if first_row <= max(template.header_rows, default=0):
        raise Refused(refusals.into_headings(max(template.header_rows)))
    before = _mapping(template)
    template.columns = [
        {**column, "field": fields.get(int(column["index"]), "")} for column in template.columns
    ]
    template.first_row, template.mapped_at = first_row, clock.now()
    template.words = {code: word.strip() for code, word in words.items() if word.strip()}
    template.save()
    emit(BlankMapped(thing=Thing.of(template), before=before, after=_mapping(template)))
    return template


@service
def make_return(
    *,
    actor: Officer,
    template: ReturnTemplate | None,
    campaign: Campaign | None = None,
    period: tuple[date, date] | None = None,
) -> ReturnSheet:
    """Put together what was reviewed and stands on no other list: of a campaign, or reviewed in a period."""
    require_role(actor, RETURN_KEEPERS, _WHAT)
    if template is not None and template.mapped_at is None:
        raise Refused(refusals.not_mapped())
    rows = list(with_returns(to_hand_over(actor, campaign, period)).order_by("task__seq", "pk"))
    if not rows:
        raise Refused(refusals.nothing())
    first, last = period or (None, None)
    sheet = ReturnSheet.objects.create(
        title=campaign.title
        if campaign
        else _("%(first)s 至 %(last)s 审核的检查") % {"first": first, "last": last},
        template=template,
        campaign=campaign,
        first_day=first,
        last_day=last,
        made_at=clock.now(),
        made_by_id=actor.id,
    )
    spelling = Spelling.of(template)
    ReturnRow.objects.bulk_create(
        ReturnRow(sheet=sheet, inspection=one, place=place, values=values_of(one, place, spelling))
        for place, one in enumerate(rows, start=1)
    )
    emit(
        ReturnMade(
            thing=Thing.of(sheet), after={"rows": len(rows), "template": str(template) if template else ""}
        )
    )
    return sheet


@service
def read_back(*, actor: Officer, sheet: ReturnSheet, export: Export) -> ReadBack:
    """Compare the platform's export with what stands here; what agrees and is published there is closed.

    Their record numbers and dates are taken over. Refused for a file in which none of the list's firms is.
    """
    # The inspections first, as whoever corrects one of them; what is on a list never changes.
    known = ReturnSheet.objects.visible_to(actor).get(pk=sheet.pk)
    hold_all(known.rows.values_list("inspection", flat=True))
    sheet = locked(known, actor)
    states.RETURN.decide(sheet.state, "read", acting_roles(actor), facts_of(sheet))
    rows = list(sheet.rows.select_related("inspection").order_by("place"))
    ours = current_values(sheet, rows, actor)
    compared = compare(export.rows, ours, handed(sheet), clock.today())
    if all(found.outcome == ReturnRow.Outcome.MISSING for found in compared.found.values()):
        raise Refused(refusals.other_file(export.name, len(rows)))
    before = sum(row.published_on is not None for row in rows)
    for row in rows:
        _take_over(row, compared.found[row.pk], ours[row.pk])
    done = ReadBack.objects.create(
        sheet=sheet,
        name=export.name,
        sha256=export.sha256,
        rows=len(export.rows),
        strangers=compared.strangers,
        read_at=clock.now(),
        read_by_id=actor.id,
    )
    outcomes = [row.outcome for row in rows]
    emit(
        ReturnRead(
            thing=Thing.of(sheet),
            after={
                "sha256": export.sha256,
                "published": sum(row.published_on is not None for row in rows) - before,
                "differs": outcomes.count(ReturnRow.Outcome.DIFFERS),
                "missing": outcomes.count(ReturnRow.Outcome.MISSING),
                "strangers": len(compared.strangers),
            },
        )
    )
    if facts_of(sheet).waiting == 0:
        _end(sheet, "finish", _PLATFORM)
    return done


@service
def look_again(*, actor: System, inspection_id: int) -> None:
    """A result was corrected: what the platform agreed to is so no more; a list that was done waits again.

    What was never read back needs nothing: it is handed over as it stands now.
    """
    lists = ReturnSheet.objects.filter(rows__inspection=inspection_id, rows__live=True)
    for sheet in lists.select_for_update(of=("self",)):
        agreed = sheet.rows.filter(inspection=inspection_id, outcome__in=_AGREED).select_related("inspection")
        for row in no_longer_agree(sheet, list(agreed), actor):
            row.outcome = ReturnRow.Outcome.DIFFERS
            row.save(update_fields=["outcome"])
            if sheet.state == states.DONE:
                _end(sheet, "reopen", actor)


@service
def drop_return(*, actor: Officer, sheet: ReturnSheet, reason: str) -> ReturnSheet:
    """Take a list back that was not handed over; its inspections may be put on another."""
    sheet = locked(sheet, actor)
    _end(sheet, "drop", actor, reason=reason)
    return sheet


def _take_over(row: ReturnRow, found: Found, ours: Mapping[str, str]) -> None:
    if found.outcome == ReturnRow.Outcome.MISSING and row.outcome in NOT_ALIKE:
        return  # An export of other firms says nothing: what was found unlike is so until it is found alike.
    if found.outcome in _COMPARED:
        row.values = dict(ours)
    row.outcome, row.differences, row.read_at = found.outcome, found.differences, clock.now()
    row.record = found.record or row.record
    fresh = row.published_on is None and found.published_on is not None
    if fresh:
        row.published_on = found.published_on
    row.save()
    if fresh and found.published_on is not None:
        _published_above(row.inspection, found.published_on)


def _published_above(inspection: Inspection, day: date) -> None:
    """Of a superior's task the superior's own publication is the one that counts (design §7)."""
    if not published_above(inspection):
        return
    if inspection.state == inspections.REVIEWED:
        go(inspection, "publish", _PLATFORM)
        inspection.published_on = day
        inspection.save(update_fields=["state", "published_on"])
    deadlines.meet(actor=_PLATFORM, rule=terms.PUBLICATION, thing=Thing.nameless(inspection), on=day)


def _end(sheet: ReturnSheet, verb: str, actor: Officer | System, reason: str = "") -> None:
    move(sheet, states.RETURN, verb, actor, facts_of(sheet), ReturnEnded, reason=reason)
    sheet.ended_why = reason.strip()[:300]
    sheet.save(update_fields=["state", "ended_why"])
    if sheet.state == states.DROPPED:
        sheet.rows.update(live=False)


def _mapping(template: ReturnTemplate) -> dict[str, Any]:
    headings = {column["heading"]: column["field"] for column in template.columns if column["field"]}
    return {"columns": headings, "words": template.words, "from": template.first_row}

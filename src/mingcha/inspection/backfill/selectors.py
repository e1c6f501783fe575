"""Reads about what is handed over and read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from mingcha.base.viewers import Viewer
from mingcha.inspection import lifecycle as inspections
from mingcha.inspection.backfill.comparing import agree
from mingcha.inspection.backfill.fields import PLACE, Spelling, given, label_of, values_of, with_returns
from mingcha.inspection.backfill.lifecycle import ReturnFacts
from mingcha.inspection.models import Inspection, ReturnRow, ReturnSheet
from mingcha.planning.models import Campaign
from mingcha.web.providers import Tone

#: What the platform says otherwise than we do, or says more than once.
NOT_ALIKE = (ReturnRow.Outcome.DIFFERS, ReturnRow.Outcome.DOUBLED)
#: How many such rows a list has.
UNLIKE = Count("rows", filter=Q(rows__outcome__in=NOT_ALIKE))
_TONES: dict[str, Tone] = {
    ReturnRow.Outcome.WAITING: "secondary",
    ReturnRow.Outcome.PUBLISHED: "success",
    ReturnRow.Outcome.UNPUBLISHED: "info",
    ReturnRow.Outcome.DIFFERS: "danger",
    ReturnRow.Outcome.MISSING: "warning",
    ReturnRow.Outcome.DOUBLED: "danger",
}


def facts_of(sheet: ReturnSheet) -> ReturnFacts:
    """What the guards depend on."""
    return ReturnFacts(
        waiting=sheet.rows.filter(Q(published_on=None) | Q(outcome__in=NOT_ALIKE)).count(),
        published=sheet.rows.filter(published_on__isnull=False).count(),
    )


def to_hand_over(
    viewer: Viewer, campaign: Campaign | None = None, period: tuple[date, date] | None = None
) -> QuerySet[Inspection]:
    """Reviewed inspections that stand on no list that holds."""
    rows = Inspection.objects.visible_to(viewer).filter(
        state__in=inspections.STANDING, reviewed_at__isnull=False
    )
    if campaign is not None:
        rows = rows.filter(task__dispatch__campaign=campaign)
    if period is not None:
        rows = rows.filter(reviewed_at__date__range=period)
    held = ReturnRow.objects.filter(live=True).values("inspection")
    return rows.exclude(pk__in=held)


def handed(sheet: ReturnSheet) -> list[str]:
    """The fields that were given to the platform: those of the template, or all where somebody copied."""
    if sheet.template is None:
        return [spec.code for spec in given()]
    fields = sheet.template.fields
    return [fields[index] for index in sorted(fields)]


def current_values(
    sheet: ReturnSheet, rows: Sequence[ReturnRow], viewer: Viewer
) -> dict[int, dict[str, str]]:
    """What stands here now, by row, each from one version of its record.

    It is what a blank is filled with; what was corrected since it was handed over shows as a difference.
    Of an inspection that the viewer does not see it is what was handed over.
    """
    seen = Inspection.objects.visible_to(viewer).filter(pk__in=[row.inspection_id for row in rows])
    known = {one.pk: one for one in with_returns(seen)}
    spelling = Spelling.of(sheet.template)
    return {
        row.pk: values_of(known[row.inspection_id], row.place, spelling)
        if row.inspection_id in known
        else dict(row.values)
        for row in rows
    }


@dataclass(frozen=True)
class Difference:
    """A field in which the two sides do not agree, and what to do about it."""

    label: str
    ours: str
    theirs: str
    remedy: str


@dataclass(frozen=True)
class ShownRow:
    """One inspection of a list as its page shows it."""

    row: ReturnRow
    tone: Tone
    differences: Sequence[Difference]


def no_longer_agree(sheet: ReturnSheet, rows: Sequence[ReturnRow], viewer: Viewer) -> list[ReturnRow]:
    """Of rows of a list, those that read otherwise here than what was last found to agree."""
    now, names = current_values(sheet, rows, viewer), handed(sheet)
    return [row for row in rows if _corrected(row, now[row.pk], names)]


def rows_of(viewer: Viewer, sheet: ReturnSheet) -> list[ShownRow]:
    """The rows of a list, those about which something has to be done first."""
    rows = list(ReturnRow.objects.visible_to(viewer).filter(sheet=sheet).select_related("inspection"))
    now = current_values(sheet, rows, viewer)
    names = handed(sheet)
    shown = [
        ShownRow(
            row,
            _TONES[row.outcome],
            [*_read(row), *_corrected(row, now[row.pk], names)],
        )
        for row in rows
    ]
    return sorted(
        shown, key=lambda one: (not one.differences, one.row.published_on is not None, one.row.place)
    )


def _read(row: ReturnRow) -> list[Difference]:
    if row.outcome == ReturnRow.Outcome.DOUBLED:
        what = _("请在省平台删除重复的，再导出、读回")
        return [Difference(_("行数"), one["ours"], one["theirs"], what) for one in row.differences]
    what = _("请在省平台改成本局的，再导出、读回；如果是本局错了，提出更正申请")
    return [
        Difference(label_of(one["field"]), one["ours"], one["theirs"] or _("（空）"), what)
        for one in row.differences
    ]


def _corrected(row: ReturnRow, now: dict[str, str], names: Sequence[str]) -> list[Difference]:
    """What was corrected here after it was handed over or last found to agree."""
    said = {one["field"] for one in row.differences}
    what = _("本局在回填以后作了更正：请在省平台一并改正，再导出、读回")
    return [
        Difference(label_of(name), now[name], _("回填时是 %s") % (row.values.get(name) or _("（空）")), what)
        for name in names
        if name not in (PLACE, *said) and not agree(name, now[name], row.values.get(name, ""))
    ]

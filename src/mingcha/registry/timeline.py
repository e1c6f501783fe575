"""What the registers know of a firm over time (`web.providers.timelines`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.base.viewers import Viewer
from mingcha.registry.models import (
    BulkChangeRow,
    CaseCount,
    Claim,
    FormerName,
    Grading,
    Headcount,
    Licence,
    Merge,
    Subject,
    Violation,
    Visit,
)
from mingcha.registry.subject_page import cases_text
from mingcha.web.providers import HistoryEntry, TimelineEntry, histories, timelines

REGISTRATION = gettext_lazy("登记")
PEOPLE = gettext_lazy("人数")
CASES = gettext_lazy("纠纷投诉")
GRADES = gettext_lazy("等级")
LICENCES = gettext_lazy("许可")
VIOLATIONS = gettext_lazy("违法违规")
VISITS = gettext_lazy("入企")
DOINGS = gettext_lazy("办理记录")

Source = Callable[[Viewer, int], Iterator[TimelineEntry]]


def register() -> None:
    """Called once at start-up."""
    timelines.register("registry")(_timeline)
    histories.register("registry.bulk")(_bulk_history)


def _timeline(viewer: Viewer, thing_type: str, thing_id: int) -> Iterator[TimelineEntry]:
    if thing_type != Subject._meta.label_lower:
        return
    if not Subject.objects.visible_to(viewer).filter(pk=thing_id).exists():
        return
    for source in _SOURCES:
        yield from source(viewer, thing_id)
    for entry in histories.gather(viewer, thing_type, thing_id):
        changed = "；".join(
            f"{name}：{before} → {after or '—'}" if before else f"{name}：{after}"
            for name, before, after in entry.changes
            if before or after
        )
        why = _("理由：%(why)s") % {"why": entry.why} if entry.why else ""
        yield TimelineEntry(
            day=clock.day_of(entry.at),
            kind=DOINGS,
            title=f"{entry.what}（{entry.who}）",
            detail="；".join(text for text in (why, changed) if text),
            icon="pencil",
        )


def _registration(viewer: Viewer, pk: int) -> Iterator[TimelineEntry]:
    subject = Subject.objects.visible_to(viewer).filter(pk=pk).first()
    if subject is not None and subject.registered_on:
        yield TimelineEntry(subject.registered_on, REGISTRATION, _("成立"), icon="flag")
    if subject is not None and subject.registration_since:
        state = subject.get_registration_display()
        yield TimelineEntry(
            subject.registration_since, REGISTRATION, _("登记状态：%(state)s") % {"state": state}, icon="flag"
        )
    for name in FormerName.objects.visible_to(viewer).standing().filter(subject=pk):
        title = _("更名前的名称：%(name)s") % {"name": name.name}
        yield TimelineEntry(name.until, REGISTRATION, title, icon="signature")


def _people(viewer: Viewer, pk: int) -> Iterator[TimelineEntry]:
    for row in Headcount.objects.visible_to(viewer).standing().filter(subject=pk):
        named = ((_("用工"), row.workers), (_("参保"), row.insured), (_("派遣"), row.dispatched))
        title = "，".join(f"{name} {number} 人" for name, number in named if number is not None)
        yield TimelineEntry(row.counted_on, PEOPLE, title, row.source, icon="users")


def _cases(viewer: Viewer, pk: int) -> Iterator[TimelineEntry]:
    for row in CaseCount.objects.visible_to(viewer).standing().filter(subject=pk):
        title = _("近 12 个月：%(counts)s") % {"counts": cases_text(row)}
        yield TimelineEntry(row.counted_on, CASES, title, row.source, icon="scale")


def _grades(viewer: Viewer, pk: int) -> Iterator[TimelineEntry]:
    for row in Grading.objects.visible_to(viewer).standing().filter(subject=pk):
        period = _("%(year)s 年度") % {"year": row.year}
        detail = "；".join(text for text in (period, row.source) if text)
        title = f"{row.get_system_display()}：{row.grade}"
        yield TimelineEntry(row.graded_on, GRADES, title, detail, icon="award")


def _licences(viewer: Viewer, pk: int) -> Iterator[TimelineEntry]:
    for row in Licence.objects.visible_to(viewer).filter(subject=pk):
        named = ((row.valid_from, _("起效")), (row.valid_until, _("到期")))
        for day, word in named:
            if day is not None:
                yield TimelineEntry(
                    day, LICENCES, f"{row} {word}", str(row.get_state_display()), icon="badge-check"
                )


def _violations(viewer: Viewer, pk: int) -> Iterator[TimelineEntry]:
    for row in Violation.objects.visible_to(viewer).standing().filter(subject=pk):
        yield TimelineEntry(
            row.decided_on,
            VIOLATIONS,
            f"{row.get_handling_display()}：{row.what}",
            "；".join(text for text in (row.document_number, row.authority) if text),
            tone="danger",
            icon="gavel",
        )


def _visits(viewer: Viewer, pk: int) -> Iterator[TimelineEntry]:
    for row in Visit.objects.visible_to(viewer).filter(subject=pk):
        counted = _("计入频次上限") if row.counts else _("不计入频次上限")
        detail = "；".join(text for text in (row.items, row.outcome, counted) if text)
        title = f"{row.unit_name}：{row.get_kind_display()}（{row.get_manner_display()}）"
        yield TimelineEntry(row.visited_on, VISITS, title, detail, tone="info", icon="footprints")


def _claims(viewer: Viewer, pk: int) -> Iterator[TimelineEntry]:
    for row in Claim.objects.visible_to(viewer).filter(subject=pk):
        page = reverse("registry:claims-detail", args=[row.pk])
        title = _("推送到本局：%(state)s") % {"state": row.get_state_display()}
        yield TimelineEntry(row.arrived_on, REGISTRATION, title, row.source, page, icon="inbox")


def _merges(viewer: Viewer, pk: int) -> Iterator[TimelineEntry]:
    for row in Merge.objects.visible_to(viewer).filter(kept=pk, undone_at=None).select_related("gone"):
        page = reverse("registry:merges-detail", args=[row.pk])
        title = _("并入：%(name)s") % {"name": row.gone.name}
        day: date = clock.day_of(row.merged_at)
        yield TimelineEntry(day, REGISTRATION, title, row.reason, page, icon="git-merge")


_SOURCES: tuple[Source, ...] = (
    _registration,
    _people,
    _cases,
    _grades,
    _licences,
    _violations,
    _visits,
    _claims,
    _merges,
)


def _bulk_history(viewer: Viewer, thing_type: str, thing_id: int) -> Iterator[HistoryEntry]:
    """The bulk changes that a subject was part of: the ledger has one event for all of them together."""
    if thing_type != Subject._meta.label_lower:
        return
    rows = BulkChangeRow.objects.visible_to(viewer).filter(subject=thing_id)
    for row in rows.select_related("change__done_by"):
        change = row.change
        what = _("批量办理：%(what)s（共 %(count)d 户）") % {"what": change, "count": change.changed}
        who = str(change.done_by.name) if change.done_by else _("系统")
        yield HistoryEntry(change.done_at, who, what, change.why)
        if change.undone_at is not None:
            yield HistoryEntry(
                change.undone_at, who, _("撤销批量办理：%(what)s") % {"what": change}, change.undone_why
            )

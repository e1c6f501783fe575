"""What the decision on a single inspection makes of it and of its leads; and taking one back."""

from __future__ import annotations

from django.utils.translation import gettext

from mingcha.base.service import service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import Inspection, InspectionItem
from mingcha.inspection.services import windows
from mingcha.inspection.services.common import go, held
from mingcha.inspection.services.drafting import drawn
from mingcha.inspection.services.issuing import end_packages
from mingcha.inspection.services.recusing import end_applications
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.leads import lifecycle as lead_states
from mingcha.leads import services as leads
from mingcha.leads.models import Lead

_PLATFORM = System(purpose="inspection")
_REASON_LENGTH = 300


@service
def approved(*, actor: Viewer, inspection_id: int) -> Inspection:
    """The sheet was approved: the visit may be made, or its items and leads go to the other inspection."""
    row = _by_id(inspection_id)
    go(row, "approve", _PLATFORM)
    row.save(update_fields=["state"])
    for lead in row.leads.all():
        leads.begin_inspection(actor=_PLATFORM, lead=lead)
    if row.joins_id is not None:
        _join(row)
    else:
        windows.open_single(row)
    return row


@service
def given_back(*, actor: Viewer, inspection_id: int, reason: str) -> Inspection:
    """The sheet was returned or withdrawn: it can be changed again."""
    row = _by_id(inspection_id)
    go(row, "send_back", _PLATFORM, reason=reason)
    row.save(update_fields=["state"])
    return row


@service
def cancel(*, actor: Officer, inspection: Inspection, reason: str) -> Inspection:
    """Take a single inspection back before anybody has been there; its leads wait for what follows."""
    row = held(actor, inspection)
    if row.task_id is not None:
        raise Refused(drawn())
    if row.state == states.PROPOSED:
        raise Refused(_waits_for_approval())
    go(row, "cancel", actor, reason=reason)
    _end(row, reason)
    windows.close_single(row, reason)
    end_packages([row])
    end_applications(actor=actor, inspection_id=row.pk)
    release_leads(row, reason)
    return row


@service
def close_leads(*, actor: Viewer, inspection_id: int) -> None:
    """Its result is public: the leads of which nothing else is under way are done (design §3)."""
    row = Inspection.objects.get(pk=inspection_id)
    said = gettext("检查已完成并公示，结果：%(result)s") % {"result": row.get_result_display() or "—"}
    for lead in _idle_leads(row):
        leads.close(actor=_PLATFORM, lead=lead, outcome=said)


def release_leads(row: Inspection, reason: str) -> None:
    """Nobody goes there: its leads go back to where they waited, unless something else was made of them."""
    for lead in _idle_leads(row):
        leads.release(actor=_PLATFORM, lead=lead, reason=reason)


def _idle_leads(row: Inspection) -> list[Lead]:
    """Leads under way of which no other inspection is still open."""
    others = Inspection.objects.exclude(pk=row.pk).exclude(state__in=states.OVER)
    rows = row.leads.filter(state=lead_states.UNDER_WAY).exclude(inspections__in=others)
    return list(rows.distinct())


def _join(row: Inspection) -> None:
    """Items and leads go over to the inspection that is to come anyway; this one ends without a visit.

    Where somebody has been there meanwhile, or goes there no more, nothing goes over.
    """
    target = Inspection.objects.select_for_update(of=("self",)).get(pk=row.joins_id)
    if target.state != states.READY:
        reason = gettext("要并入的检查已经开展或取消，请重新拟定")
        go(row, "cancel", _PLATFORM, reason=reason)
        _end(row, reason)
        release_leads(row, reason)
        return
    known = set(target.items.values_list("version", flat=True))
    InspectionItem.objects.bulk_create(
        InspectionItem(inspection=target, version_id=one.version_id, unit_id=one.unit_id)
        for one in row.items.all()
        if one.version_id not in known
    )
    target.leads.add(*row.leads.all())
    reason = gettext("已并入另一次检查，一并进行")
    go(row, "cancel", _PLATFORM, reason=reason)
    _end(row, reason)


def _end(row: Inspection, reason: str) -> None:
    row.ended_why = reason.strip()[:_REASON_LENGTH]
    row.save(update_fields=["state", "ended_why"])


def _by_id(inspection_id: int) -> Inspection:
    """Locked; the batch of the inspection to which it is added before it, as everywhere (`common.held`)."""
    row: Inspection = Inspection.objects.select_related("joins").get(pk=inspection_id)
    if row.joins is not None:
        held(_PLATFORM, row.joins)
    return held(_PLATFORM, row)


def _waits_for_approval() -> Refusal:
    return Refusal(
        "draft.waits",
        gettext_noop("这次检查已经提请批准，现在不能取消"),
        gettext_noop("国办发〔2024〕54号五：检查方案报行政执法主体负责人批准"),
        gettext_noop("请提请人先在审批页面撤回，再取消"),
    )

"""Recording visits to firms, from this system or an earlier one (rule N6, 54号 E6)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role
from mingcha.basics.selectors import parameters
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.events import VisitChanged, VisitRecorded
from mingcha.registry.models import Visit
from mingcha.registry.plan_tasks import task_named

EXEMPT_REASONS = "EXEMPT_REASONS"
#: The one reason that the rule itself names, of a special inspection, whatever the bureau's own list says
#: (54号四的解答: 上级部署的专项除外).
SUPERIOR_SPECIAL = "上级部署的专项检查"
_COUNTED = (Visit.Kind.ROUTINE, Visit.Kind.SPECIAL, Visit.Kind.CASE)
_CAP = gettext_noop("国办发〔2024〕54号四：频次上限涵盖日常、个案、专项检查")
VISIT_KEEPERS = (Role.COORDINATOR, Role.SECTION_HEAD)
VISIT_FIELDS = (
    "subject",
    "visited_on",
    "kind",
    "manner",
    "unit_name",
    "own_bureau",
    "together",
    "plan_task",
    "items",
    "outcome",
    "document_number",
    "exempt_reason",
)


def exempt_reasons() -> tuple[str, ...]:
    """The reasons for which a visit does not count, as the bureau's parameter lists them today."""
    return tuple(parameters.value(EXEMPT_REASONS, on=clock.today()).as_list())


def counts_for_cap(
    *, kind: str, manner: str, own_bureau: bool, exempt_reason: str, reasons: Collection[str]
) -> bool:
    """Whether the yearly cap counts such a visit (domain §1 E6, §12): the one answer for pages and lists.

    Counted are the bureau's own visits on site: routine, special and case inspections alike. Beyond the cap
    go a case inspection and a special one with a reason of the list (`reasons`), and what a superior had
    inspected as a special one; a routine one never. Visits that are no inspection are counted apart.
    """
    counted = kind in _COUNTED and manner == Visit.Manner.ON_SITE and own_bureau
    return counted and doubt_about(kind, exempt_reason, reasons) != Doubt.NONE


class Doubt(StrEnum):
    """Why a visit on site cannot go beyond the cap; `NONE` when its reason is good."""

    NONE = ""
    MISSING = "case_reason"
    UNKNOWN = "reason_unknown"
    ROUTINE = "routine_counts"
    NOT_ASKED = "not_asked"


def doubt_about(kind: str, exempt_reason: str, reasons: Collection[str]) -> Doubt:
    """What is wrong with the reason of an inspection on site; `NOT_ASKED` where none is given or needed."""
    reason = exempt_reason.strip()
    if not reason:
        return Doubt.MISSING if kind == Visit.Kind.CASE else Doubt.NOT_ASKED
    if kind == Visit.Kind.ROUTINE:
        return Doubt.ROUTINE
    if reason == SUPERIOR_SPECIAL:
        return Doubt.NONE if kind == Visit.Kind.SPECIAL else Doubt.UNKNOWN
    return Doubt.NONE if reason in reasons else Doubt.UNKNOWN


@service
def record_visit(*, actor: Viewer, values: dict[str, Any]) -> Visit:
    """Enter one visit; `values` are the cleaned fields of `VISIT_FIELDS`. Refused for an unknown task."""
    require_role(actor, VISIT_KEEPERS, gettext_noop("录入入企记录"))
    visit = Visit(recorded_at=clock.now())
    _fill(visit, values)
    visit.save()
    emit(VisitRecorded(thing=Thing.of(visit), after=snapshot(visit, (*VISIT_FIELDS, "counts"))))
    return visit


@service
def keep_visit(*, actor: Viewer, values: dict[str, Any]) -> Visit:
    """Enter a visit that has happened on this platform, as it is.

    Unlike what somebody types, it is never refused: a reason that does not hold, or no longer, makes the
    visit count; a task that no published plan has is left out; what a clerk has entered already stands.
    """
    visit = Visit(recorded_at=clock.now())
    _take(visit, values)
    known = _same_as(visit).first()
    if known is not None:
        return known
    if visit.plan_task and task_named(visit.plan_task, visit.visited_on.year) is None:
        visit.plan_task = ""
    visit.counts = _counts(visit, exempt_reasons())
    visit.save()
    # The ledger is read by more people than may know of a sealed list, or that somebody complained.
    told = [name for name in (*VISIT_FIELDS, "counts") if name not in ("subject", "exempt_reason")]
    emit(VisitRecorded(thing=Thing.nameless(visit), after=snapshot(visit, told)))
    return visit


@service
def change_visit(*, actor: Viewer, visit: Visit, values: dict[str, Any]) -> Visit:
    """Correct one visit; its former values stay in its history."""
    require_role(actor, VISIT_KEEPERS, gettext_noop("修改入企记录"))
    visit = Visit.objects.visible_to(actor).select_for_update().get(pk=visit.pk)
    before = snapshot(visit, (*VISIT_FIELDS, "counts"))
    _fill(visit, values)
    visit.save()
    old, new = changes(before, snapshot(visit, (*VISIT_FIELDS, "counts")))
    if new:
        emit(VisitChanged(thing=Thing.of(visit), before=old, after=new))
    return visit


def _fill(visit: Visit, values: dict[str, Any]) -> None:
    was = (visit.plan_task, visit.visited_on)
    # What was exempt by a reason that the list held then stays so while the reason stays.
    kept = [visit.exempt_reason] if visit.pk is not None and _went_beyond(visit) else []
    _take(visit, values)
    if visit.visited_on > clock.today():
        raise Refused(
            Refusal(
                "visit.in_future",
                gettext_noop("日期 %(day)s 还没有到，只能登记已经发生的入企"),
                gettext_noop("国办发〔2024〕54号：行政检查全过程记录"),
                gettext_noop("请核对日期；将来的检查由抽取派发产生"),
                {"day": visit.visited_on},
            )
        )
    if visit.plan_task and was != (visit.plan_task, visit.visited_on):
        task = task_named(visit.plan_task, visit.visited_on.year)
        if task is None:
            raise Refused(_no_such_task(visit))
        visit.plan_task = task.number
    _count(visit, [*exempt_reasons(), *kept])
    if _same_as(visit).exists():
        raise Refused(
            Refusal(
                "visit.twice",
                gettext_noop("%(unit)s %(day)s 对“%(name)s”的这次检查已经登记过"),
                gettext_noop("国办发〔2024〕54号：年度频次按实际入企次数计算"),
                gettext_noop("请打开已有的记录修改，不要重复登记"),
                {"unit": visit.unit_name, "day": visit.visited_on, "name": visit.subject.name},
            )
        )


def _take(visit: Visit, values: dict[str, Any]) -> None:
    for name in VISIT_FIELDS:
        if name in values:
            setattr(visit, name, values[name])


def _same_as(visit: Visit) -> QuerySet[Visit]:
    """Other rows of this very visit."""
    same: QuerySet[Visit] = Visit.objects.filter(
        subject=visit.subject, visited_on=visit.visited_on, unit_name=visit.unit_name, items=visit.items
    )
    return same.exclude(pk=visit.pk)


def _counts(visit: Visit, reasons: Collection[str]) -> bool:
    return counts_for_cap(
        kind=visit.kind,
        manner=visit.manner,
        own_bureau=visit.own_bureau,
        exempt_reason=visit.exempt_reason,
        reasons=reasons,
    )


def _went_beyond(visit: Visit) -> bool:
    """Whether it is the reason, and nothing else, that keeps a visit out of the count."""
    on_site = visit.kind in _COUNTED and visit.manner == Visit.Manner.ON_SITE and visit.own_bureau
    return on_site and not visit.counts


def _count(visit: Visit, reasons: Collection[str]) -> None:
    """Say whether the cap counts it. Refused where a reason is missing, unknown or out of place."""
    visit.counts = _counts(visit, reasons)
    doubt = doubt_about(visit.kind, visit.exempt_reason, reasons)
    if visit.counts and doubt in _DOUBTS:
        message, remedy = _DOUBTS[doubt]
        params = {"reason": visit.exempt_reason, "reasons": "、".join(reasons)}
        raise Refused(Refusal(f"visit.{doubt}", message, _CAP, remedy, params))


_DOUBTS = {
    Doubt.MISSING: (
        gettext_noop("个案检查没有写明不计入频次上限的理由"),
        gettext_noop("请选择理由：%(reasons)s；没有这些情形的，检查类型改为日常检查，计入上限"),
    ),
    Doubt.UNKNOWN: (
        gettext_noop("“%(reason)s”不在不计入频次上限的理由之列"),
        gettext_noop("请选择：%(reasons)s；都不是的，不写理由，计入上限"),
    ),
    Doubt.ROUTINE: (
        gettext_noop("日常检查一律计入频次上限，不能写“%(reason)s”"),
        gettext_noop("因线索或企业申请而去的，检查类型改为个案检查；否则不写理由"),
    ),
}


def _no_such_task(visit: Visit) -> Refusal:
    return Refusal(
        "visit.plan_task",
        gettext_noop("%(year)s 年已公布的计划里没有任务“%(task)s”"),
        gettext_noop("本局方案二（三）1：年度抽查计划；完成情况按实际检查统计"),
        gettext_noop("请核对检查日期和计划任务；不属于计划任务的，计划任务不填"),
        {"year": visit.visited_on.year, "task": visit.plan_task},
    )

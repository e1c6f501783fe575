"""协助人员: who goes along for a purpose, and never in an inspector's place (N3; 54号五)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mingcha.accounts.models import Capacity, UnitKind
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role, required_text
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.diary import slot_of
from mingcha.planning.dispatch.events import CompanionAdded, CompanionLeft
from mingcha.planning.models import ARRANGERS, Companion, Task
from mingcha.registry.models import Inspector, Leave, Recusal
from mingcha.registry.selectors import every_entry, firms_kept_from

_BEFOREHAND = gettext_noop("国办发〔2024〕54号五：协助检查人员的人数须事先确定")
_HELPERS = gettext_noop("国办发〔2024〕54号五：检查人员须持有执法证件、不得少于两人，协助人员不得代替")


@service
def add_companions(
    *, actor: Officer, tasks: Collection[Task], person: Inspector, purpose: str
) -> list[Companion]:
    """Name one helper or expert for these tasks, of one batch or one only, all or none.

    Refused for certified people (they are drawn), for who must stay away from one of the firms or is away on
    its day, and once the day of the visit is over. Where the person is named already nothing changes.
    """
    require_role(actor, ARRANGERS, gettext_noop("列出协助人员"))
    purpose = required_text(purpose, gettext_noop("协助什么"))
    rows = [locked(task, actor) for task in sorted(tasks, key=lambda one: one.pk)]
    _require_helper(person)
    for task in rows:
        _require_ahead(task)
    _require_free(person, rows)
    known = set(
        Companion.objects.filter(task__in=rows, inspector=person, left_at=None).values_list("task", flat=True)
    )
    made = []
    for task in rows:
        if task.pk in known:
            continue
        made.append(
            Companion.objects.create(
                task=task, inspector=person, purpose=purpose, joined_at=clock.now(), added_by_id=actor.id
            )
        )
        told = {"companion": str(person), "purpose": purpose}
        emit(CompanionAdded(thing=Thing.nameless(task), after=told))
    return made


@service
def remove_companion(*, actor: Officer, companion: Companion) -> Companion:
    """The person does not go along after all; again, nothing changes."""
    require_role(actor, ARRANGERS, gettext_noop("取消协助人员"))
    companion = locked(companion, actor)
    if companion.left_at is None:
        _require_ahead(companion.task)
        _leave(companion)
    return companion


@service
def keep_away(*, actor: Viewer, recusal_id: int) -> list[Companion]:
    """A recusal was approved: the person goes along to that firm no more (行政处罚法第43条)."""
    recusal = Recusal.objects.select_related("subject").get(pk=recusal_id)
    going = Companion.objects.select_for_update(of=("self",)).filter(
        inspector=recusal.inspector_id, task__subject__in=every_entry(recusal.subject), left_at=None
    )
    gone = list(going.filter(task__visit_until__gte=clock.today()).order_by("pk"))
    for companion in gone:
        _leave(companion)
    return gone


def _leave(companion: Companion) -> None:
    companion.left_at = clock.now()
    companion.save(update_fields=["left_at"])
    told = {"companion": str(companion.inspector)}
    emit(CompanionLeft(thing=Thing.nameless(companion.task), before=told))


def require_certified(people: Collection[Inspector]) -> None:
    """Refuse a team in which somebody is a helper or an expert."""
    helpers = [person for person in people if person.kind != Inspector.Kind.CERTIFIED]
    if helpers:
        raise Refused(
            Refusal(
                "team.helper",
                gettext_noop("%(names)s 是协助人员或专家，不能作检查组成员"),
                _HELPERS,
                gettext_noop("请核对执法人员名录；需要其参加的，派发以后列为协助人员"),
                {"names": "、".join(sorted(person.name for person in helpers))},
            )
        )


def _require_helper(person: Inspector) -> None:
    if person.kind == Inspector.Kind.CERTIFIED:
        raise Refused(
            Refusal(
                "companion.certified",
                gettext_noop("%(name)s 是执法人员，由抽取选派，不能另行列入"),
                gettext_noop("国办发〔2015〕58号：随机选派检查人员"),
                gettext_noop("协助的请选协助人员或专家；检查组缺人、换人的，在检查任务页面申请更换检查人员"),
                {"name": person.name},
            )
        )
    unit = person.unit
    if not person.active or not unit.is_open:
        raise Refused(
            Refusal(
                "companion.not_active",
                gettext_noop("%(name)s 目前不在岗"),
                gettext_noop("本局方案二（二）3：执法检查人员名录库"),
                gettext_noop("请另选一人，或在名录中更新状态"),
                {"name": person.name},
            )
        )
    if unit.kind == UnitKind.TOWN and unit.capacity != Capacity.ENTRUSTED:
        raise Refused(
            Refusal(
                "companion.not_entrusted",
                gettext_noop("%(name)s 是%(unit)s的人员，没有执法委托"),
                gettext_noop("国办发〔2024〕54号二：严格行政检查主体，没有委托的不得参与实施检查"),
                gettext_noop("请从本股室或参与部门选人；已经书面委托的，先在单位中登记"),
                {"name": person.name, "unit": str(unit)},
            )
        )


def _require_ahead(task: Task) -> None:
    """The task is alive and its visit still to come."""
    slot = slot_of(task)
    day = slot.day if slot is not None else task.visit_until
    if task.state not in states.AHEAD or clock.today() > day:
        raise Refused(
            Refusal(
                "companion.too_late",
                gettext_noop("“%(firm)s”的检查已经开展、撤销或过了计划的日子，协助人员不能再变"),
                _BEFOREHAND,
                gettext_noop("还要检查的，先改到后面的周"),
                {"firm": task.name},
            )
        )


def _require_free(person: Inspector, tasks: Sequence[Task]) -> None:
    first, last = min(one.visit_from for one in tasks), max(one.visit_until for one in tasks)
    apart = firms_kept_from([person.pk], first, last)
    kept = [task.name for task in tasks if task.subject_id in apart]
    if kept:
        # Why is not said: few may know of recusals.
        raise Refused(
            Refusal(
                "companion.kept_away",
                gettext_noop("%(name)s 不能参加这些户的检查：%(firms)s"),
                gettext_noop("《行政处罚法》第四十三条；执法检查人员名录库的记载"),
                gettext_noop("请另选一人；成批列入的，改为逐户列入"),
                {"name": person.name, "firms": "、".join(kept)},
            )
        )
    away = list(Leave.objects.filter(inspector=person).touching(first, last))
    days = {task.pk: slot.day for task in tasks if (slot := slot_of(task)) is not None}
    out = [
        task.name
        for task in tasks
        if any(leave.first_day <= days[task.pk] <= leave.last_day for leave in away if task.pk in days)
    ]
    if out:
        raise Refused(
            Refusal(
                "companion.on_leave",
                gettext_noop("%(name)s 在计划的日子离岗：%(firms)s"),
                gettext_noop("执法检查人员名录库：离岗安排"),
                gettext_noop("请另选一人，或把这些户改到别的周"),
                {"name": person.name, "firms": "、".join(out)},
            )
        )

"""Declaring, deciding and ending recusals; they reach the ledger only encrypted.

A declared recusal keeps the person away at once; the head decides within T09 (处罚法43: 决定作出之前，
不停止调查, so nothing else waits for it).
"""

from __future__ import annotations

from typing import Any

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Event, Personal, Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import snapshot
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import acting_roles, require_role, required_text, user_id_of
from mingcha.basics.services import deadlines
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.events import (
    RecusalApproved,
    RecusalChanged,
    RecusalDeclared,
    RecusalRejected,
    RecusalReplaced,
    RecusalRetracted,
)
from mingcha.registry.models import Inspector, Recusal, Subject
from mingcha.registry.recusal_lifecycle import (
    APPROVED,
    DECISION_RULE,
    DECLARED,
    RECUSAL,
    REJECTED,
    REPLACED,
    RecusalFacts,
)
from mingcha.registry.selectors.subjects import find_subject
from mingcha.registry.services.inspectors import INSPECTOR_KEEPERS

RECUSAL_FIELDS = (
    "subject",
    "inspector",
    "kind",
    "basis",
    "valid_from",
    "valid_until",
    "declared_by",
    "declared_on",
)
_PLATFORM = System(purpose="recusal")
_DECIDED: dict[str, type[Event]] = {APPROVED: RecusalApproved, REJECTED: RecusalRejected}


@service
def declare_recusal(*, actor: Viewer, values: dict[str, Any]) -> Recusal:
    """Record that a person must stay away from a firm (监察条例16, 处罚法43)."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("登记回避"))
    return declare(actor, values)


@service
def declare_own_recusal(*, actor: Officer, code_or_name: str, values: dict[str, Any]) -> Recusal:
    """An inspector says that he or she must stay away from a firm, named by its code or full name."""
    inspector = Inspector.objects.visible_to(actor).filter(user_id=actor.id).first()
    if inspector is None:
        raise Refused(
            Refusal(
                "recusal.no_inspector",
                gettext_noop("您的账号没有对应的检查人员"),
                gettext_noop("本局方案二（二）3：执法检查人员名录库"),
                gettext_noop("请由综合经办在执法人员名录中关联您的登录账号"),
            )
        )
    given = {**values, "inspector": inspector, "subject": _named(code_or_name)}
    return declare(actor, {**given, "declared_by": inspector.name, "declared_on": clock.today()})


def _named(code_or_name: str) -> Subject:
    """The one subject with this code or full name: read as the platform, nothing of it is shown."""
    found = find_subject(code_or_name)
    if found is not None:
        return found
    raise Refused(
        Refusal(
            "recusal.no_subject",
            gettext_noop("名录库里没有唯一一户叫“%(asked)s”的检查对象"),
            gettext_noop("《行政处罚法》第四十三条：回避须针对具体的当事人"),
            gettext_noop("请填营业执照上的完整名称或 18 位代码；找不到的请告诉综合经办代为登记"),
            {"asked": " ".join(code_or_name.split())[:60] or "—"},
        )
    )


def declare(actor: Viewer, values: dict[str, Any]) -> Recusal:
    """Enter a recusal and ask for the head's decision; within a service that has asked who may."""
    recusal = Recusal(**{name: values[name] for name in RECUSAL_FIELDS if values.get(name) is not None})
    recusal.declared_on = recusal.declared_on or clock.today()
    recusal.save()
    emit(RecusalDeclared(thing=confidential(recusal), personal=_relation(recusal)))
    _ask_for_decision(actor, recusal)
    return recusal


def retract(actor: Viewer, recusal: Recusal, reason: str) -> None:
    """Take a declared recusal back that was entered by mistake; nobody has decided on it yet."""
    thing = confidential(recusal)
    deadlines.call_off(actor=_PLATFORM, thing=thing, rule=DECISION_RULE, reason=reason)
    emit(RecusalRetracted(thing=thing, personal=_relation(recusal)))
    recusal.delete()


@service
def change_recusal(*, actor: Viewer, recusal: Recusal, values: dict[str, Any]) -> Recusal:
    """Correct or end a recusal; ending one sets `valid_until`, nothing is deleted.

    What was rejected is declared anew. What was approved holds on as it is: the change is declared beside
    it, is what this returns, and takes its place when the head approves it.
    """
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("修改回避登记"))
    held = locked(recusal, actor)
    before = snapshot(held, RECUSAL_FIELDS)
    recusal = _beside(held) if held.state in (APPROVED, REPLACED) else held
    for name in RECUSAL_FIELDS:
        if name in values:
            setattr(recusal, name, values[name])
    if before == snapshot(recusal, RECUSAL_FIELDS):
        return held
    if recusal.state == REJECTED:
        RECUSAL.decide(recusal.state, "declare_again", acting_roles(actor), RecusalFacts())
        recusal.state, recusal.decided_by_id, recusal.decided_at = Recusal.State.DECLARED, None, None
        _ask_for_decision(actor, recusal)
    anew = recusal.pk is None
    recusal.save()
    emit(RecusalChanged(thing=confidential(recusal), personal=_relation(recusal, before)))
    if anew:
        _ask_for_decision(actor, recusal)
    return recusal


def _beside(approved: Recusal) -> Recusal:
    """A declaration, not saved yet, that is to take the place of an approved recusal; one at a time."""
    if approved.state == REPLACED or approved.changes.filter(state=DECLARED).exists():
        raise Refused(
            Refusal(
                "recusal.changing",
                gettext_noop("这条回避已经提出过变更"),
                gettext_noop("《行政处罚法》第四十三条：回避由负责人决定，决定作出之前原登记继续有效"),
                gettext_noop("请在回避登记中打开最新的那一条修改"),
            )
        )
    values = {name: getattr(approved, name) for name in RECUSAL_FIELDS}
    return Recusal(**values, replaces=approved)


@service
def approve_recusal(*, actor: Viewer, recusal: Recusal) -> Recusal:
    """The head agrees: the person stays away, or what was changed holds from now on."""
    return _decide(actor, recusal, "approve", "")


@service
def reject_recusal(*, actor: Viewer, recusal: Recusal, reason: str) -> Recusal:
    """The head finds no ground: the person may be drawn for this firm again."""
    return _decide(actor, recusal, "reject", required_text(reason, gettext_noop("不予回避的理由")))


def _decide(actor: Viewer, recusal: Recusal, verb: str, reason: str) -> Recusal:
    recusal = locked(recusal, actor)
    row = RECUSAL.decide(recusal.state, verb, acting_roles(actor), RecusalFacts(), reason=reason)
    thing = confidential(recusal)
    duties.perform(actor=actor, duty="approve", thing=thing)
    recusal.state = Recusal.State(row.target)
    recusal.decided_by_id = user_id_of(actor)
    recusal.decided_at = clock.now()
    recusal.save(update_fields=["state", "decided_by", "decided_at"])
    deadlines.meet(actor=actor, rule=DECISION_RULE, thing=thing)
    emit(_DECIDED[row.target](thing=thing, why=reason))
    if recusal.state == APPROVED and recusal.replaces_id is not None:
        _replace(recusal.replaces_id)
    return recusal


def _replace(recusal_id: int) -> None:
    """An approved change takes the place of what it changes, in the same breath."""
    former = Recusal.objects.select_for_update(of=("self",)).get(pk=recusal_id)
    row = RECUSAL.decide(former.state, "replace", acting_roles(_PLATFORM), RecusalFacts())
    former.state = Recusal.State(row.target)
    former.save(update_fields=["state"])
    emit(RecusalReplaced(thing=confidential(former)))


def _ask_for_decision(actor: Viewer, recusal: Recusal) -> None:
    thing = confidential(recusal)
    duties.perform(actor=actor, duty="propose", thing=thing)
    deadlines.start(
        actor=actor,
        rule=DECISION_RULE,
        thing=thing,
        started_on=clock.today(),
        owner=deadlines.Owner(role=Role.BUREAU_LEADER),
    )


def confidential(recusal: Recusal) -> Thing:
    """The thing without its label: who stays away from whom is for few (design §6, N10)."""
    return Thing.nameless(recusal)


def _relation(recusal: Recusal, before: dict[str, Any] | None = None) -> Personal:
    """The relation itself goes into the ledger only under the inspector's own key."""
    after = snapshot(recusal, RECUSAL_FIELDS)
    values = {
        name: {"before": (before or {}).get(name), "after": after[name]}
        for name in after
        if before is None or before[name] != after[name]
    }
    return Personal(subject=f"registry.inspector:{recusal.inspector_id}", values=values)

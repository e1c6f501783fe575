"""The firm applies that somebody stays away; the head decides (处罚法43; 监察条例16; T09).

    apply_for_recusal(actor=…, inspection=…, application=Applied(inspector, relation, ground, applicant))

By an officer who was told of it, or by the firm from its own page (a door capability of that inspection).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.events import Personal, Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import required_text, user_id_of
from mingcha.basics.services import deadlines
from mingcha.basics.services.moving import move
from mingcha.inspection import lifecycle as states
from mingcha.inspection import recusal_lifecycle as table
from mingcha.inspection.drafting import substitutes_of
from mingcha.inspection.events import RecusalApplied, RecusalDecided
from mingcha.inspection.models import Inspection, InspectionMember, RecusalApplication
from mingcha.inspection.selectors import is_on_team, was_there
from mingcha.inspection.services.common import held
from mingcha.inspection.services.issuing import end_packages
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import services as planning
from mingcha.planning.dispatch import change_lifecycle as changes
from mingcha.planning.models import ChangeRequest
from mingcha.registry.models import Inspector, Recusal
from mingcha.registry.selectors import standing_entry
from mingcha.registry.services import approve_recusal, recusals

_PLATFORM = System(purpose="recusal application")
_BASIS = gettext_noop("《行政处罚法》第四十三条；《劳动保障监察条例》第十六条")
#: While somebody may still go there, or has been there and nothing is decided on the result.
OPEN_FOR = states.IN_HAND
#: Until here somebody must come in the place of who leaves.
_NEEDS_SOMEBODY = (states.READY, states.ON_SITE)
_GROUND_LENGTH = 300
#: What stands elsewhere in place of the ground: only those who may read the application read that.
_SEE = gettext_noop("见回避申请")


@dataclass(frozen=True)
class Applied:
    """What the firm says: against whom, what relation, why, who speaks for it, and how."""

    inspector: Inspector
    relation: str
    ground: str
    applicant: str
    how: str = RecusalApplication.How.SPOT


@service
def apply_for_recusal(*, actor: Viewer, inspection: Inspection, application: Applied) -> RecusalApplication:
    """Take an application down; the head has T09 to decide, and nothing waits for it.

    Refused for somebody who does not go there, by whoever is not concerned, and once the record is in.
    """
    row = held(actor, inspection)
    _require_concerned(actor, row)
    if row.state not in OPEN_FOR:
        raise Refused(_too_late(row))
    if application.inspector.pk not in {one.pk for one in row.team}:
        raise Refused(_not_there(application.inspector))
    made = RecusalApplication(
        inspection=row,
        inspector=application.inspector,
        relation=Recusal.Kind(application.relation),
        ground=required_text(application.ground, gettext_noop("事实和理由"))[:_GROUND_LENGTH],
        applicant=required_text(application.applicant, gettext_noop("申请人"))[:100],
        how=RecusalApplication.How(application.how),
        received_at=clock.now(),
        recorded_by_id=user_id_of(actor),
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused(_applied_already(made)) from None
    made.change = _by_the_rule(actor, made)
    made.save(update_fields=["change"])
    deadlines.start(
        actor=_PLATFORM,
        rule=table.RULE,
        thing=Thing.nameless(made),
        started_on=clock.today(),
        owner=deadlines.Owner(role=Role.BUREAU_LEADER),
    )
    emit(
        RecusalApplied(
            thing=Thing.nameless(made),
            after={"how": made.get_how_display(), "by_the_rule": made.change is not None},
            personal=_personal(made),
        )
    )
    return made


@service
def grant_recusal(
    *, actor: Officer, application: RecusalApplication, substitute: Inspector | None = None, reason: str = ""
) -> RecusalApplication:
    """The person stays away, from this firm and from now on; for a single inspection `substitute` comes.

    In a visit that is under way the person writes, leads and signs nothing any more (`Inspection.team`); what
    was written before stands, and the reviewer is told.
    """
    row, inspection = _waiting(actor, application)
    facts = _facts(actor, row, inspection, substitute)
    _decide(row, "grant", actor, facts, reason)
    if substitute is not None:
        row.substitute = substitute
        row.save(update_fields=["substitute"])
    if inspection.task_id is None:
        _change_team(inspection, row.inspector, substitute)
    elif inspection.state == states.READY:
        end_packages([inspection])
    _enter(actor, row)
    return row


@service
def reject_recusal_application(
    *, actor: Officer, application: RecusalApplication, reason: str
) -> RecusalApplication:
    """There is no ground: the person stays, and the firm is told why."""
    row, inspection = _waiting(actor, application)
    _decide(row, "reject", actor, _facts(actor, row, inspection, None), reason)
    return row


@service
def follow_change(*, actor: Viewer, change_id: int, state: str, reason: str) -> None:
    """The request that names the substitute was decided: that is the decision on the application.

    Who decided stands with the request.
    """
    row = RecusalApplication.objects.select_for_update(of=("self",)).filter(change=change_id).first()
    if row is None or row.state != table.WAITING:
        return
    if state == changes.APPROVED:
        _decide(row, "grant", _PLATFORM, table.ApplicationFacts(), reason)
    elif state == changes.REJECTED:
        _decide(row, "reject", _PLATFORM, table.ApplicationFacts(), reason or "—")


@service
def end_applications(*, actor: Viewer, inspection_id: int) -> None:
    """Nobody goes there any more: nothing is left to be decided."""
    rows = RecusalApplication.objects.select_for_update(of=("self",))
    for row in rows.filter(inspection=inspection_id, state=table.WAITING).order_by("pk"):
        _decide(row, "end", _PLATFORM, table.ApplicationFacts(), "")


def _by_the_rule(actor: Viewer, made: RecusalApplication) -> ChangeRequest | None:
    """For a drawn inspection that nobody has begun, the request by which the rule names who comes.

    None where the rule has nothing to say: a superior's list, a visit that has begun, a pending supplement.
    """
    task = made.inspection.task
    if task is None or made.inspection.state != states.READY:
        return None
    try:
        with transaction.atomic():
            return planning.dispatch.ask_recusal(
                actor=actor if isinstance(actor, Officer) else _PLATFORM,
                task=task,
                inspector=made.inspector,
                reason=gettext(_SEE),
                relation=made.relation,
            )
    except Refused:
        return None


def needs_somebody(inspection: Inspection) -> bool:
    """Whether the one who leaves is replaced by naming somebody: a single inspection that is not over."""
    return inspection.task_id is None and inspection.enforcing and inspection.state in _NEEDS_SOMEBODY


def leaves_too_few(row: RecusalApplication) -> bool:
    """Whether fewer than two would go where this person stays away, so that somebody has to be named."""
    return needs_somebody(row.inspection) and _leaves(row) < states.LEAST_GO


def stops_the_visit(row: RecusalApplication) -> bool:
    """Whether fewer than two would be left of a visit that goes on, and nobody may be named: the rule names
    nobody once somebody has come in (protocol §7.7), so those who are left end the visit."""
    inspection = row.inspection
    begun = inspection.enforcing and inspection.state == states.ON_SITE
    return begun and not needs_somebody(inspection) and _leaves(row) < states.LEAST_GO


def _leaves(row: RecusalApplication) -> int:
    return sum(one.pk != row.inspector_id for one in row.inspection.team)


def _waiting(actor: Officer, application: RecusalApplication) -> tuple[RecusalApplication, Inspection]:
    """Both anew and locked, the inspection first."""
    found = RecusalApplication.objects.visible_to(actor).get(pk=application.pk)
    inspection = held(_PLATFORM, found.inspection)
    return locked(application, actor), inspection


def _facts(
    actor: Officer, row: RecusalApplication, inspection: Inspection, substitute: Inspector | None
) -> table.ApplicationFacts:
    elsewhere = row.change is not None and row.change.state == changes.WAITING
    fit = substitute is None or substitute.pk in {one.pk for one in substitutes_of(inspection)}
    return table.ApplicationFacts(
        of_the_team=(
            is_on_team(actor, inspection) or was_there(actor, inspection) or row.inspector.user_id == actor.id
        ),
        elsewhere=elsewhere,
        substitute=substitute is not None or not leaves_too_few(row),
        fit=fit,
    )


def _decide(
    row: RecusalApplication,
    verb: str,
    actor: Viewer,
    facts: table.ApplicationFacts,
    reason: str,
) -> None:
    thing = Thing.nameless(row)
    row.answer = reason.strip()[:_GROUND_LENGTH]
    move(
        row,
        table.APPLICATION,
        verb,
        actor,
        facts,
        RecusalDecided,
        reason=reason,
        thing=thing,
        personal=_personal(row),
    )
    row.decided_by_id, row.decided_at = user_id_of(actor), clock.now()
    row.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    if row.state == table.ENDED:
        deadlines.call_off(actor=_PLATFORM, thing=thing, reason=str(row.get_state_display()))
    else:
        deadlines.meet(actor=_PLATFORM, rule=table.RULE, thing=thing)


def _change_team(inspection: Inspection, leaves: Inspector, comes: Inspector | None) -> None:
    """Who leaves stays to be seen with the time; who comes takes the place. The code with the old names is
    void."""
    now = clock.now()
    member = inspection.members.filter(inspector=leaves, left_at=None).first()
    if member is None:
        return
    member.left_at = now
    member.save(update_fields=["left_at"])
    if comes is not None:
        InspectionMember.objects.create(
            inspection=inspection, inspector=comes, position=member.position, joined_at=now
        )
    end_packages([inspection])


def _enter(actor: Officer, row: RecusalApplication) -> None:
    """In the register of recusals, so that the person is drawn for this firm no more."""
    values = {
        "subject": standing_entry(row.inspection.subject),
        "inspector": row.inspector,
        "kind": row.relation,
        "basis": gettext(_SEE),
        "valid_from": clock.today(),
        "declared_by": str(_APPLIED),
    }
    approve_recusal(actor=actor, recusal=recusals.declare(_PLATFORM, values))


_APPLIED = gettext_noop("当事人申请")


def _require_concerned(actor: Viewer, inspection: Inspection) -> None:
    """Those who go or have been there, the desk, and the firm itself."""
    if not isinstance(actor, Officer):
        return
    if actor.has(Role.COORDINATOR, Role.SECTION_HEAD) or is_on_team(actor, inspection):
        return
    raise Refused(
        Refusal(
            "recusal_application.not_concerned",
            gettext_noop("您不参加这次检查，不能登记回避申请"),
            _BASIS,
            gettext_noop("请由检查人员、综合经办或股室负责人登记"),
        )
    )


def _too_late(inspection: Inspection) -> Refusal:
    return Refusal(
        "recusal_application.state",
        gettext_noop("检查现在是“%(state)s”，不能再登记回避申请"),
        _BASIS,
        gettext_noop("记录已提交的，当事人可以在意见栏或通过申诉、复议提出"),
        {"state": str(inspection.get_state_display())},
    )


def _not_there(inspector: Inspector) -> Refusal:
    return Refusal(
        "recusal_application.not_on_team",
        gettext_noop("%(name)s 不在这次检查的检查人员中"),
        _BASIS,
        gettext_noop("请核对申请回避的是谁"),
        {"name": inspector.name},
    )


def _applied_already(made: RecusalApplication) -> Refusal:
    return Refusal(
        "recusal_application.twice",
        gettext_noop("对%(name)s 的回避申请已经登记，正在等局领导决定"),
        _BASIS,
        gettext_noop("不用再登记；决定以后会告知当事人"),
        {"name": made.inspector.name},
    )


def _personal(row: RecusalApplication) -> Personal:
    """Under the application's own key: it tells of somebody's relations."""
    thing = Thing.nameless(row)
    values = {"ground": row.ground or "", "applicant": row.applicant or "", "answer": row.answer or ""}
    return Personal(subject=f"{thing.type}:{thing.id}", values={k: v for k, v in values.items() if v})

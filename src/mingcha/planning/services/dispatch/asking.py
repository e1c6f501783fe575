"""Ask for a 候补, a 更换 or to drop out; take it back. Another person decides (`changing`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Personal, Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role, required_text, user_id_of
from mingcha.basics.services import attachments
from mingcha.basics.services.moving import move
from mingcha.kernel.refusal import Refused, gettext_noop
from mingcha.planning.dispatch import change_lifecycle as states
from mingcha.planning.dispatch import change_rules as rules
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.dispatch.events import ChangeAsked, ChangeMoved
from mingcha.planning.dispatch.facts import answers_for
from mingcha.planning.models import ARRANGERS, ChangeRequest, Dispatch, Task
from mingcha.registry.models import Inspector, Recusal
from mingcha.registry.recusal_lifecycle import DECLARED
from mingcha.registry.selectors import every_entry
from mingcha.registry.services import recusals

#: The organiser and who answers for the tasks; whoever drops out may say so himself.
ASKERS = ARRANGERS
PURPOSE = "document"
REASON_LENGTH = 300
_PLATFORM = System(purpose="dispatch")
Kind, Cause = ChangeRequest.Kind, ChangeRequest.Cause


@dataclass(frozen=True)
class Grounds:
    """Why: one of the kind's causes, in words, and what proves it."""

    cause: str
    reason: str
    evidence: File[Any] | None = None


@service
def ask_reserve(*, actor: Officer, task: Task, grounds: Grounds) -> ChangeRequest:
    """This firm cannot be inspected: the next reserve is to take over its place and its team."""
    require_role(actor, ASKERS, gettext_noop("提出候补递补"))
    if grounds.evidence is None:
        raise Refused(rules.no_evidence())
    task = _task(actor, task)
    rules.foresee(task.dispatch, Kind.RESERVE, task=task)
    return _ask(actor, ChangeRequest(dispatch=task.dispatch, kind=Kind.RESERVE, task=task), grounds)


@service
def ask_replacement(
    *, actor: Officer, task: Task, inspector: Inspector, grounds: Grounds, relation: str = ""
) -> ChangeRequest:
    """One member of a team cannot go to this one firm.

    For a recusal `relation` is one of `Recusal.Kind`: the recusal is declared with it, and decided with it.
    """
    require_role(actor, ASKERS, gettext_noop("提出更换检查人员"))
    task = _task(actor, task)
    rules.foresee(task.dispatch, Kind.REPLACE, task=task, inspector=inspector)
    made = ChangeRequest(dispatch=task.dispatch, kind=Kind.REPLACE, task=task, inspector=inspector)
    if grounds.cause == Cause.RECUSAL:
        made.recusal, made.recusal_declared = _declared(actor, made, grounds, relation)
    return _ask(actor, made, grounds)


@service
def ask_recusal(
    *, actor: Viewer, task: Task, inspector: Inspector, reason: str, relation: str
) -> ChangeRequest:
    """The firm applies that a member of the team stays away; the caller has asked who may hear that.

    Nothing stands still until it is decided (处罚法43): `relation`, one of `Recusal.Kind`, is entered as a
    recusal when it is granted and not before.
    """
    task = Task.objects.select_related("dispatch__draw", "target").get(pk=task.pk)
    rules.foresee(task.dispatch, Kind.REPLACE, task=task, inspector=inspector)
    made = ChangeRequest(
        dispatch=task.dispatch,
        kind=Kind.REPLACE,
        task=task,
        inspector=inspector,
        applied_relation=Recusal.Kind(relation),
    )
    return _ask(actor, made, Grounds(Cause.RECUSAL, reason))


@service
def ask_drop_out(*, actor: Officer, inspector: Inspector, grounds: Grounds) -> list[ChangeRequest]:
    """A person can go to nothing any more: one request for every dispatch in which he still has tasks."""
    own = inspector.user_id == actor.id
    if not own:
        require_role(actor, ASKERS, gettext_noop("提出检查人员退出"))
    made = []
    for batch in batches_of(actor, inspector):
        rules.foresee(batch, Kind.DROP_OUT, inspector=inspector)
        made.append(
            _ask(actor, ChangeRequest(dispatch=batch, kind=Kind.DROP_OUT, inspector=inspector), grounds)
        )
    if not made:
        raise Refused(rules.not_on_any_team())
    return made


@service
def propose_replacements(*, actor: Viewer, recusal_id: int) -> list[ChangeRequest]:
    """A recusal was approved: whoever is on a team for that firm is to be replaced there.

    Lists of a superior are left out: there nothing can be worked out, and the superior decides.
    """
    recusal = Recusal.objects.select_related("inspector", "subject").get(pk=recusal_id)
    concerned = _held_by(recusal.inspector).filter(subject__in=every_entry(recusal.subject))
    made = []
    for task in concerned.exclude(change_requests__in=_waiting(recusal)).select_related("dispatch"):
        request = ChangeRequest(
            dispatch=task.dispatch, kind=Kind.REPLACE, task=task, inspector=recusal.inspector, recusal=recusal
        )
        made.append(_ask(actor, request, Grounds(Cause.RECUSAL, str(recusal.get_kind_display()))))
    return made


@service
def drop_replacements(*, actor: Viewer, recusal_id: int, reason: str) -> None:
    """The head found no ground for a recusal: nobody needs to be replaced for it."""
    rows = ChangeRequest.objects.select_for_update(of=("self",))
    for request in rows.filter(recusal=recusal_id, state=states.WAITING).order_by("pk"):
        request.decide(_PLATFORM, reason)
        advance(request, "fall_away", _PLATFORM, reason=reason)


@service
def withdraw(*, actor: Officer, request: ChangeRequest) -> ChangeRequest:
    """Whoever asked takes it back while nobody has decided, and with it the recusal that it declared."""
    request = held(request, actor)
    advance(request, "withdraw", actor)
    recusal = declared_with(request)
    if recusal is not None and not recusal.change_requests.filter(state=states.WAITING).exists():
        recusal.change_requests.update(recusal=None)
        recusals.retract(actor, recusal, gettext("提出人撤回了更换申请"))
        request.recusal = None
    return request


def held(request: ChangeRequest, actor: Officer) -> ChangeRequest:
    """The request anew and locked, after the recusal behind it.

    In this order everywhere: who decides on a recusal goes on to the requests that follow from it.
    """
    if request.recusal_id is not None:
        Recusal.objects.select_for_update(of=("self",)).filter(pk=request.recusal_id).first()
    return locked(request, actor)


def declared_with(request: ChangeRequest) -> Recusal | None:
    """The recusal that this request itself entered, as long as nobody has decided on it."""
    recusal: Recusal | None = request.recusal if request.recusal_declared else None
    return recusal if recusal is not None and recusal.state == DECLARED else None


def lapse(batch: Dispatch) -> None:
    """What waits about tasks that were cancelled or begun falls away; nobody is asked about it any more.

    A request on which somebody decides in this very moment is left to him: he is refused. So nobody waits
    here for a person who waits for the public register.
    """
    rows = ChangeRequest.objects.select_for_update(of=("self",), skip_locked=True)
    waiting = rows.filter(dispatch=batch, state=states.WAITING)
    if batch.state != tasks.CANCELLED:
        waiting = waiting.exclude(task=None).exclude(task__state__in=tasks.AHEAD)
    for request in waiting.order_by("pk"):
        request.decide(_PLATFORM)
        advance(request, "lapse", _PLATFORM)


def advance(request: ChangeRequest, verb: str, actor: Viewer, *, reason: str = "") -> None:
    """Along the lifecycle of requests, and save."""
    facts = states.ChangeFacts(
        own=request.asked_by_id is not None and request.asked_by_id == user_id_of(actor)
    )
    # The reason may tell of somebody's illness or relatives: the ledger has it under the request's own key.
    thing = confidential(request)
    told = _personal(thing, reason=reason.strip()) if reason.strip() else None
    move(
        request,
        states.CHANGE,
        verb,
        actor,
        facts,
        ChangeMoved,
        reason=reason,
        thing=thing,
        personal=told,
    )
    request.save()


def confidential(request: ChangeRequest) -> Thing:
    """The thing without firm and person: a sealed list and a recusal are for few."""
    return Thing(request._meta.label_lower, request.pk, str(request.get_kind_display()))


def batches_of(actor: Officer, inspector: Inspector) -> QuerySet[Dispatch]:
    """The dispatches in which a person still has tasks that the actor may know of, and answers for.

    Whoever asks for himself answers for himself.
    """
    seen = _held_by(inspector).filter(pk__in=Task.objects.visible_to(actor).values("pk"))
    rows = Dispatch.objects.filter(pk__in=seen.values("dispatch"))
    if inspector.user_id != actor.id:
        rows = rows.answered_by(actor)
    return rows.select_related("campaign", "draw").order_by("visit_until", "pk")


def _held_by(inspector: Inspector) -> QuerySet[Task]:
    """Tasks of our own draws that nobody has begun and that are still to be done."""
    rows: QuerySet[Task] = Task.objects.filter(
        members__inspector=inspector, members__left_at=None, dispatch__draw__isnull=False
    )
    return rows.filter(state__in=tasks.AHEAD, visit_until__gte=clock.today())


def _waiting(recusal: Recusal) -> QuerySet[ChangeRequest]:
    rows: QuerySet[ChangeRequest] = ChangeRequest.objects.filter(
        kind=Kind.REPLACE, inspector=recusal.inspector_id, state=states.WAITING
    )
    return rows


def _task(actor: Officer, task: Task) -> Task:
    """The task anew; refused for those who see it and do not answer for it."""
    found: Task = Task.objects.visible_to(actor).select_related("dispatch__draw", "target").get(pk=task.pk)
    if not answers_for(actor, found.dispatch_id):
        raise Refused(rules.somebody_elses(found.dispatch))
    return found


def _declared(actor: Officer, made: ChangeRequest, grounds: Grounds, relation: str) -> tuple[Recusal, bool]:
    """The recusal behind it, entered if nobody has (then True): the head decides on both in one."""
    assert made.task is not None  # noqa: S101  a replacement has a task
    known = Recusal.objects.filter(subject__in=every_entry(made.task.subject), inspector=made.inspector_id)
    standing = known.in_force(clock.today(), made.task.visit_until).first()
    if standing is not None:
        return standing, False
    values = {
        "subject": made.task.subject,
        "inspector": made.inspector,
        "kind": relation if relation in Recusal.Kind.values else Recusal.Kind.OTHER,
        "basis": grounds.reason[:200],
        "valid_from": clock.today(),
        "declared_by": actor.name,
    }
    return recusals.declare(actor, values), True


def _ask(actor: Viewer, made: ChangeRequest, grounds: Grounds) -> ChangeRequest:
    if grounds.cause not in ChangeRequest.CAUSES[Kind(made.kind)]:
        raise Refused(rules.wrong_cause(made.kind))
    made.cause = grounds.cause
    made.reason = required_text(grounds.reason, gettext_noop("说明"))[:REASON_LENGTH]
    made.asked_by_id, made.asked_at = user_id_of(actor), clock.now()
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        # Somebody asks for the same in this very moment, or has: the database keeps one.
        raise Refused(rules.asked_already(made)) from None
    thing = confidential(made)
    duties.perform(actor=actor, duty="propose", thing=thing)
    if grounds.evidence is not None:
        grounds.evidence.seek(0)
        attachments.add(actor=actor, file=grounds.evidence, thing=thing, purpose=PURPOSE)
    kept = _personal(thing, request=str(made), cause=made.get_cause_display(), reason=made.reason)
    emit(ChangeAsked(thing=thing, after={"kind": made.get_kind_display()}, personal=kept))
    return made


def _personal(thing: Thing, **values: str) -> Personal:
    """Under the request's own key: it may tell of somebody's illness or relatives."""
    return Personal(subject=f"{thing.type}:{thing.id}", values=values)

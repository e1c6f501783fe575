"""Reading routes and approvals: whose turn it is, what is on whose list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from mingcha.accounts import selectors as people
from mingcha.accounts.heads import HEADS, INSTEAD, left_to_a_leader
from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Grant, Officer, Viewer
from mingcha.basics import decisions
from mingcha.basics.lifecycles import ApprovalFacts
from mingcha.basics.models import Approval, ApprovalRoute, ApprovalStep, Deadline, DeadlineRule
from mingcha.basics.models.approvals import ApprovalState, StepState, steps_of, steps_taken_with
from mingcha.basics.models.deadlines import DeadlineState
from mingcha.basics.rules import refuse
from mingcha.kernel.refusal import gettext_noop

#: Gives thing → ids of the people who have had a part in it and decide nothing about it.
Barring = Callable[[Collection[int]], Mapping[int, Collection[int]]]
_barring: dict[str, Barring] = {}
#: How many people a refusal names.
_NAMED = 5


def bar(kind: str, who: Barring) -> None:
    """Keep people from deciding on things of a kind, whatever the route says; apps call it at start-up."""
    _barring[kind] = who


def barred(approvals: Iterable[Approval]) -> dict[int, set[int]]:
    """approval → ids of who does not decide on it, who proposed it among them."""
    rows = list(approvals)
    found: dict[int, set[int]] = {row.pk: set() for row in rows}
    for row in rows:
        if row.proposed_by_id is not None:
            found[row.pk].add(row.proposed_by_id)
    for kind, who in _barring.items():
        of_kind = {row.thing_id: row.pk for row in rows if row.route.kind == kind}
        for thing, users in (who(list(of_kind)) if of_kind else {}).items():
            found[of_kind[thing]] |= set(users)
    return found


@dataclass(frozen=True)
class Standing:
    """In what capacity an officer takes a step; `for_id` is the person they stand in for (AB 岗)."""

    for_id: int | None = None


def route(kind: str) -> ApprovalRoute:
    """The active route of a kind; Refused when there is none."""
    found = ApprovalRoute.objects.filter(kind=kind, active=True).prefetch_related("steps").first()
    if found is None or not found.steps.all():
        raise refuse(
            "route.none",
            gettext_noop("没有启用的审批路线“%(route)s”"),
            gettext_noop("请系统管理员在“设置—审批路线”中设置"),
            route=_label_of(kind),
        )
    return found


def _label_of(kind: str) -> str:
    """What a route is called on screens; a kind that was never set up has only its code."""
    return ApprovalRoute.objects.filter(kind=kind).values_list("label", flat=True).first() or kind


def of_thing(kind: str, thing: Thing) -> Approval | None:
    """The approval of a kind on a thing that stands, or None; withdrawn ones do not count."""
    return (
        Approval.objects.filter(route__kind=kind, thing_type=thing.type, thing_id=thing.id)
        .exclude(state=ApprovalState.WITHDRAWN)
        .select_related("route")
        .prefetch_related("steps")
        .first()
    )


def standing(officer: Officer, step: ApprovalStep) -> Standing | None:
    """How the officer may take the step: by role and reach, in somebody's place, or not at all (None)."""
    own = [grant for grant in officer.grants if grant.deputy_for is None]
    if _takes(own, step):
        return Standing()
    lent = [grant for grant in officer.grants if grant.deputy_for is not None]
    for grant in lent:
        if _takes([grant], step):
            return Standing(grant.deputy_for)
    if step.deputy_id == officer.id:
        return Standing()
    leads = sorted(officer.grants_of((INSTEAD,)), key=lambda grant: grant.deputy_for is not None)
    if leads and step.approval_id in _left([step], barred([step.approval])):
        return Standing(leads[0].deputy_for)
    return None


def _left(steps: Iterable[ApprovalStep], kept_out: Mapping[int, Collection[int]]) -> set[int]:
    """Approvals whose step is a section's and can be taken by nobody there: a leader takes it."""
    cases = {}
    for step in steps:
        unit = step.unit_id or step.approval.unit_id
        out = kept_out[step.approval_id]
        named = step.deputy_id is not None and step.deputy_id not in out
        if unit is not None and not named and step.role in HEADS and step.reach == Reach.SECTION:
            cases[step.approval_id] = (unit, out)
    return left_to_a_leader(cases)


def _takes(grants: list[Grant], step: ApprovalStep) -> bool:
    return bool(grants) and steps_taken_with(grants).filter(pk=step.pk).exists()


def facts(approval: Approval, actor: Viewer) -> ApprovalFacts:
    """What the table's guards need to know about this actor and this approval."""
    step = approval.current_step
    officer = actor if isinstance(actor, Officer) else None
    kept_out = barred([approval])[approval.pk]
    had_part = officer is not None and officer.id in kept_out and officer.id != approval.proposed_by_id
    return ApprovalFacts(
        had_part=had_part,
        others=_names(approval, step) if had_part and step is not None else "",
        is_proposer=officer is not None and officer.id == approval.proposed_by_id,
        may_take_step=officer is not None and step is not None and standing(officer, step) is not None,
        step_label=step.label if step else "",
        step_who=str(Role(step.role).label) if step else "",
        emergency_allowed=approval.route.emergency_allowed,
        elsewhere=approval.state == ApprovalState.RETURNED
        and decisions.proposed_by_its_thing(approval.route.kind, approval.thing_type),
        basis=approval.route.basis,
    )


def _names(approval: Approval, step: ApprovalStep) -> str:
    return "、".join(user.name for user in candidates(approval, step)[:_NAMED])


def awaiting(officer: Officer) -> QuerySet[Approval]:
    """Approvals whose current step the officer may take and that they had no part in, oldest first."""
    current = steps_of(officer).filter(state=StepState.CURRENT).values("approval_id")
    waiting: QuerySet[Approval] = Approval.objects.visible_to(officer).filter(
        state__in=(ApprovalState.SUBMITTED, ApprovalState.BY_TELEPHONE)
    )
    own = waiting.filter(pk__in=current)
    own = own.exclude(pk__in=_barred_for(officer, own)) | waiting.filter(pk__in=_left_for(officer, waiting))
    return (
        own.exclude(proposed_by=officer.id)
        .select_related("route", "proposed_by")
        .order_by("submitted_at", "id")
    )


def _barred_for(officer: Officer, waiting: QuerySet[Approval]) -> list[int]:
    rows = waiting.filter(route__kind__in=_barring).select_related("route")
    return [pk for pk, users in barred(rows).items() if officer.id in users]


def _left_for(officer: Officer, waiting: QuerySet[Approval]) -> set[int]:
    """What waits for a section that has nobody for it, where the officer leads the bureau and had no part."""
    if not officer.has(INSTEAD):
        return set()
    steps = ApprovalStep.objects.filter(
        approval__in=waiting.values("pk"), state=StepState.CURRENT, role__in=HEADS, reach=Reach.SECTION
    )
    rows = list(steps.select_related("approval__route"))
    kept_out = barred(step.approval for step in rows)
    return {pk for pk in _left(rows, kept_out) if officer.id not in kept_out[pk]}


def mine(officer: Officer) -> QuerySet[Approval]:
    """Approvals that the officer proposed and that are not settled, newest first."""
    rows = _proposed_by(officer).exclude(state__in=(ApprovalState.APPROVED, ApprovalState.WITHDRAWN))
    return rows.exclude(decisions.settled())


def not_agreed(officer: Officer, since: date) -> QuerySet[Approval]:
    """What the officer proposed and was refused from this day on, where nothing can be proposed again."""
    rows = _proposed_by(officer).filter(decisions.settled())
    return rows.filter(decided_at__gte=clock.start_of(since))


def _proposed_by(officer: Officer) -> QuerySet[Approval]:
    rows: QuerySet[Approval] = Approval.objects.visible_to(officer).filter(proposed_by=officer.id)
    rows = rows.select_related("route", "proposed_by").prefetch_related("steps")
    return rows.order_by("-created_at", "-id")


def not_made_up(viewer: Viewer, *, overdue_only: bool = False) -> QuerySet[Approval]:
    """Telephone approvals whose papers are still missing; with `overdue_only` those past their term."""
    rows: QuerySet[Approval] = Approval.objects.visible_to(viewer).filter(state=ApprovalState.BY_TELEPHONE)
    if overdue_only:
        late = Deadline.objects.filter(
            thing_type=Approval._meta.label_lower, state=DeadlineState.OVERDUE
        ).values("thing_id")
        rows = rows.filter(pk__in=late)
    return rows.select_related("route", "proposed_by").order_by("telephoned_at", "id")


def candidates(approval: Approval, step: ApprovalStep) -> list[User]:
    """Active people who may take the step in person and had no part: who can be telephoned or sign."""
    found = []
    roles = (step.role, *HEADS, INSTEAD)
    pool = people.holders(roles) | User.objects.filter(pk=step.deputy_id, is_active=True)
    for user in pool.exclude(pk__in=barred([approval])[approval.pk]).distinct():
        if standing(people.officer_of(user), step) is not None:
            found.append(user)
    return found


def emergency_rules() -> list[tuple[str, str]]:
    """Choices for the rule by which a telephone approval must be made up."""
    rows = DeadlineRule.objects.standing().filter(effective_to__isnull=True).order_by("code")
    return [(row.code, str(row)) for row in rows]

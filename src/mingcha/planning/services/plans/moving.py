"""Submit a plan, and what follows when the leader has decided: approved, made public, given back."""

from __future__ import annotations

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import service
from mingcha.base.viewers import System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.services import approvals
from mingcha.planning.models import AnnualPlan
from mingcha.planning.plans import publishing
from mingcha.planning.plans.arithmetic import sums_of
from mingcha.planning.plans.facts import facts_for_approval, facts_of
from mingcha.planning.plans.lifecycle import PUBLISHED
from mingcha.planning.services.plans.common import move
from mingcha.publication import selectors as publications
from mingcha.publication.services import prepare, publish, withdraw

ROUTE = "annual-plan"
_PLATFORM = System(purpose="approved annual plan")


@service
def submit(*, actor: Viewer, plan: AnnualPlan) -> AnnualPlan:
    """Hand the plan to whoever approves it; refused with everything that is missing."""
    plan = locked(plan, actor)
    sums = sums_of(plan)
    facts = facts_of(plan, sums)
    move(plan, "submit", actor, facts=facts, floor=facts.floor, certain=facts.certain)
    plan.save(update_fields=["state"])
    approvals.propose(
        actor=actor, kind=ROUTE, thing=Thing.of(plan), summary=publishing.summary_of(plan, sums)
    )
    return plan


@service
def approved(*, actor: Viewer, plan_id: int) -> AnnualPlan:
    """The approval was granted by `actor`: make the plan public at once, the approval being the review.

    Refused when an article behind one of its items has meanwhile gone.
    """
    plan = AnnualPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    move(plan, "approve", _PLATFORM, facts=facts_for_approval(plan))
    plan.approved_at = clock.now()
    _supersede(plan)
    publication = prepare(
        actor=_PLATFORM,
        type=publishing.TYPE.code,
        thing=publishing.series_of(plan),
        title=plan.title,
        rows=publishing.rows_of(plan),
        summary=publishing.summary_of(plan, sums_of(plan)),
        change_note=plan.change_reason,
    )
    publish(actor=actor, publication_id=publication.pk)
    move(plan, "publish", _PLATFORM)
    plan.published_at = clock.now()
    plan.save(update_fields=["state", "approved_at", "published_at"])
    return plan


@service
def given_back(*, actor: Viewer, plan_id: int, reason: str) -> AnnualPlan:
    """The approval was returned or withdrawn: the plan is a draft again."""
    plan = AnnualPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    move(plan, "give_back", _PLATFORM, reason=reason)
    plan.save(update_fields=["state"])
    return plan


@service
def drop(*, actor: Viewer, plan: AnnualPlan, reason: str) -> AnnualPlan:
    """Give a draft up; it stays with its reason."""
    return _end(plan, "drop", actor, reason)


@service
def stop(*, actor: Viewer, plan: AnnualPlan, reason: str) -> AnnualPlan:
    """Stop a published plan; its publication is taken down with the reason."""
    standing = publications.current(publishing.TYPE.code, publishing.series_of(plan))
    plan = _end(plan, "stop", actor, reason)
    if standing is not None:
        withdraw(actor=actor, publication_id=standing.pk, reason=reason)
    return plan


def _end(plan: AnnualPlan, verb: str, actor: Viewer, reason: str) -> AnnualPlan:
    plan = locked(plan, actor)
    move(plan, verb, actor, reason=reason)
    plan.end_reason = reason.strip()[:300]
    plan.save(update_fields=["state", "end_reason"])
    return plan


def _supersede(plan: AnnualPlan) -> None:
    """The version that stood before stays readable, and says so."""
    for older in AnnualPlan.objects.select_for_update().filter(year=plan.year, state=PUBLISHED):
        move(older, "supersede", _PLATFORM)
        older.save(update_fields=["state"])

"""What an app does when an approval of its things is decided: one declaration for each kind of thing.

    _PLAN = Decisions("annual-plan", of=AnnualPlan, again=Q(state=DRAFT))

    @_PLAN.granted
    def publish_plan(event: ApprovalGranted) -> None: ...

    @_PLAN.returned
    @_PLAN.withdrawn
    def give_plan_back(event: ApprovalEvent) -> None: ...

The thing has a verb of its own that proposes it, so a returned approval is not submitted by itself:
a plan would be approved while it is being changed, a request although it was refused. Only an app that
follows `submitted` lets its approvals be submitted from their own page. Handlers run in the decider's
transaction and call one service, as `event.by`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import models
from django.db.models import Q

from mingcha.base.events import handles
from mingcha.base.visibility import NOTHING
from mingcha.basics.events import (
    ApprovalEvent,
    ApprovalGranted,
    ApprovalReturned,
    ApprovalSubmitted,
    ApprovalWithdrawn,
)
from mingcha.basics.models.approvals import ApprovalState

E = TypeVar("E", bound=ApprovalEvent)
# A handler comes back as it was given, so that one handler may follow two kinds of decision.
G = TypeVar("G", bound=Callable[[ApprovalGranted], None])
R = TypeVar("R", bound=Callable[[ApprovalReturned], None])
W = TypeVar("W", bound=Callable[[ApprovalWithdrawn], None])
S = TypeVar("S", bound=Callable[[ApprovalSubmitted], None])

_declared: list[Decisions] = []


class Decisions:
    """The approvals of one kind of thing along one or more routes; made once, where the app's handlers stand.

    `again`: which things can be proposed again after their approval came back; None where what was refused
    stays refused and is asked for anew by another one.
    """

    def __init__(self, *kinds: str, of: type[models.Model], again: Q | None = None) -> None:
        self.kinds, self.model, self.again = kinds, of, again
        self.by_itself = False
        _declared.append(self)

    def granted(self, follow: G) -> G:
        """The last step was taken, on the screen, on paper or by telephone."""
        self._on(ApprovalGranted, follow)
        return follow

    def returned(self, follow: R) -> R:
        """Whoever decides sent it back; `event.why` is the reason."""
        self._on(ApprovalReturned, follow)
        return follow

    def withdrawn(self, follow: W) -> W:
        """Whoever proposed it took it back."""
        self._on(ApprovalWithdrawn, follow)
        return follow

    def submitted(self, follow: S) -> S:
        """It was handed in, for the first time or again: the thing follows its approval."""
        self.by_itself = True
        self._on(ApprovalSubmitted, follow)
        return follow

    def has(self, kind: str, thing_type: str) -> bool:
        """Whether an approval of this kind on such a thing is one of these."""
        return kind in self.kinds and thing_type == self.model._meta.label_lower

    def _on(self, event_type: type[E], follow: Callable[[E], None]) -> None:
        @handles(event_type)
        def ours(event: E) -> None:
            if self.has(event.kind, event.thing.type):
                follow(event)


def proposed_by_its_thing(kind: str, thing_type: str) -> bool:
    """Whether only the thing's own verb proposes it again, never its returned approval."""
    return any(one.has(kind, thing_type) and not one.by_itself for one in _declared)


def settled() -> Q:
    """On approvals: those that came back and wait for nobody, because nothing can be proposed again."""
    found = NOTHING
    for one in _declared:
        if one.by_itself:
            continue
        back = Q(state=ApprovalState.RETURNED, route__kind__in=one.kinds)
        back &= Q(thing_type=one.model._meta.label_lower)
        if one.again is not None:
            back &= ~Q(thing_id__in=one.model._default_manager.filter(one.again).values("pk"))
        found |= back
    return found

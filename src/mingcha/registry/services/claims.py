"""认领: arrivals are taken over or sent back, in time (plan 二（二）2).

Whoever brings newly registered subjects in (an import, a push of the superior's platform, a person) calls
`receive_claims`; a deadline then runs until somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import System, Viewer
from mingcha.basics.rules import acting_roles, require_role, required_text, user_id_of
from mingcha.basics.services import deadlines
from mingcha.basics.services.deadlines import Owner
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.claim_lifecycle import CLAIM, CLAIM_RULE, PENDING, ClaimFacts
from mingcha.registry.models import Claim, Subject
from mingcha.registry.services.subjects import SUBJECT_KEEPERS
from mingcha.registry.subject_events import ClaimDecided, ClaimReceived

#: The clock is started and stopped by the arrival and the decision, whatever role decides.
_CLOCK = System(purpose="claims")


@service
def receive_claims(
    *, actor: Viewer, subjects: Iterable[int], source: str, arrived_on: date | None = None
) -> list[Claim]:
    """Put subjects (their ids) on the list of arrivals and start their deadlines.

    A subject that waits there already is passed over. Returns the new claims.
    """
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("列入待认领"))
    origin = required_text(source, gettext_noop("来源"))
    day = arrived_on or clock.today()
    wanted = Subject.objects.visible_to(actor).current().filter(pk__in=list(subjects))
    claims = []
    for subject in wanted.exclude(claims__state=PENDING).order_by("pk"):
        claim = Claim.objects.create(subject=subject, arrived_on=day, source=origin[:100])
        deadlines.start(
            actor=_CLOCK,
            rule=CLAIM_RULE,
            thing=Thing.of(claim),
            started_on=day,
            owner=Owner(role=Role.COORDINATOR),
        )
        emit(ClaimReceived(thing=Thing.of(subject), after={"arrived_on": day, "claim_source": origin}))
        claims.append(claim)
    return claims


@service
def decide_claims(*, actor: Viewer, claims: Iterable[int], verb: str, reason: str = "") -> list[Claim]:
    """Decide on arrivals (their ids): `verb` is "claim", "decline" or "claim_after_all" of the table.

    A decline says why; the subject and its registration stay as they are. Those of the ids that somebody
    else decided meanwhile are refused, and with them the rest: the list has changed, look again.
    """
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("认领检查对象"))
    rows = Claim.objects.visible_to(actor).select_for_update(of=("self",)).select_related("subject")
    decided = list(rows.filter(pk__in=list(claims)).order_by("pk"))
    for claim in decided:
        row = CLAIM.decide(claim.state, verb, acting_roles(actor), ClaimFacts(), reason=reason)
        before = str(claim.get_state_display())
        claim.state = Claim.State(row.target)
        claim.reason = reason.strip()[:200]
        claim.decided_by_id = user_id_of(actor)
        claim.decided_at = clock.now()
        claim.save()
        deadlines.meet(actor=_CLOCK, rule=CLAIM_RULE, thing=Thing.of(claim))
        emit(
            ClaimDecided(
                thing=Thing.of(claim.subject),
                before={"state": before},
                after={"state": str(claim.get_state_display())},
                why=claim.reason,
            )
        )
    return decided

"""下发检查资料包: the notice gets its number, the code is signed, what was issued before is void."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from mingcha.base import clock
from mingcha.base.crypto.signing import read
from mingcha.base.crypto.signing_keys import public_keys, signer
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.rules import require_role
from mingcha.basics.selectors import parameters
from mingcha.basics.services import numbers
from mingcha.inspection import lifecycle as states
from mingcha.inspection.events import PackageIssued
from mingcha.inspection.lifecycle import INSPECTION
from mingcha.inspection.models import Inspection, KeptPaper, VisitPackage
from mingcha.inspection.notice import notice_of
from mingcha.inspection.notice_paper import content_of
from mingcha.inspection.packages import (
    digest_of,
    door_payload,
    facts_of_package,
    form_package_of,
    named_in,
    package_of,
)
from mingcha.inspection.papers import keep
from mingcha.inspection.selectors import facts_of, is_on_team, with_people
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.models import Dispatch, TaskMember

#: Who may prepare a visit: those who go, and the desks that print for them.
ISSUERS = (Role.INSPECTOR, Role.COORDINATOR, Role.SECTION_HEAD, Role.PARTNER)
NOTICE_SERIES = "inspect-notice"
HOURS = "CODE_HOURS"
_BEFORE = (states.READY, states.ON_SITE)


@service
def issue_package(*, actor: Officer, inspection: Inspection, anew: bool = False) -> VisitPackage:
    """Issue the package, or give the one that stands while nothing has changed and it has not run out.

    With `anew` another one is issued in any case (a phone was lost): the older codes are void. The first one
    gives the notice its number. Refused before approval, after leaving, outside the approved time, and while
    the table's guards would refuse to come in.
    """
    require_role(actor, ISSUERS, gettext_noop("下发检查资料包"))
    rows = with_people(Inspection.objects.visible_to(actor)).select_for_update(of=("self",))
    row = rows.get(pk=inspection.pk)
    _require_possible(row, actor)
    if row.enforcing and not row.notice_number:
        number = numbers.issue(actor=actor, series=NOTICE_SERIES, thing=Thing.nameless(row))
        row.notice_number = number.text
        row.save(update_fields=["notice_number"])
    notice = notice_of(row)
    digest = digest_of(facts_of_package(actor, row, notice))
    now = clock.now()
    standing = VisitPackage.objects.standing().filter(inspection=row).first()
    if standing is not None:
        if not anew and standing.digest == digest and standing.expires_at > now:
            return standing
        standing.ended_at = now
        standing.save(update_fields=["ended_at"])
    if row.enforcing and (standing is None or standing.digest != digest):
        # Another code for the same facts (a phone was lost, a day has passed) is no other notice.
        keep(row, KeptPaper.Kind.NOTICE, content_of(notice))
    until = _until(row, now)
    number_of_issue = VisitPackage.objects.filter(inspection=row).count() + 1
    ref = secrets.token_urlsafe(12)
    issue = VisitPackage.objects.create(
        inspection=row,
        number=number_of_issue,
        ref=ref,
        digits=_digits(),
        token=signer(actor=actor).token(door_payload(row, notice, ref, number_of_issue, until)),
        digest=digest,
        issued_to_id=actor.id,
        issued_at=now,
        expires_at=until,
    )
    emit(PackageIssued(thing=Thing.nameless(row), after={"number": number_of_issue, "until": until}))
    return issue


def package_to_take(
    *, actor: Officer, inspection: Inspection, site: str, anew: bool = False
) -> dict[str, Any]:
    """The package that a phone takes along, issued where it has to be. Refused as `issue_package`.

    Whoever writes the record of a visit that has begun gets its form without a code where none is issued any
    more: what keeps people from coming in keeps nobody from writing down what was found.
    """
    if _only_its_form(actor, inspection):
        return form_package_of(inspection, actor)
    try:
        issue_package(actor=actor, inspection=inspection, anew=anew)
    except Refused:
        if not _writes(actor, inspection):
            raise
        return form_package_of(inspection, actor)
    inspection.refresh_from_db(fields=["notice_number"])
    return package_of(inspection, actor, site)


def package_to_keep(actor: Officer, inspection: Inspection, site: str) -> dict[str, Any]:
    """The same of what is issued already, for a phone that has it."""
    if _only_its_form(actor, inspection):
        return form_package_of(inspection, actor)
    return package_of(inspection, actor, site)


def _writes(actor: Officer, inspection: Inspection) -> bool:
    return inspection.state in states.UNDER_WAY and is_on_team(actor, inspection)


def _only_its_form(actor: Officer, inspection: Inspection) -> bool:
    """They have left: nobody shows a code any more, and the record is still to be written."""
    return inspection.state != states.ON_SITE and _writes(actor, inspection)


def end_packages(inspections: QuerySet[Inspection] | Sequence[Inspection]) -> None:
    """The visits are over, or nobody goes there any more: their codes are void. Called by what ends them."""
    VisitPackage.objects.standing().filter(inspection__in=inspections).update(ended_at=clock.now())


@service
def end_outdated(*, actor: Viewer, dispatch_id: int) -> int:
    """Teams of a batch changed: codes that name somebody else than those who go now are void. Gives how many.

    Whoever issues one at this moment waits for this, or has been before it: the visits are locked first, and
    what a code names is read from the code.
    """
    Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch_id)
    changed = TaskMember.objects.filter(task__dispatch=dispatch_id).filter(
        Q(left_at__isnull=False) | Q(joined_at__gt=F("task__inspection__created_at"))
    )
    ahead = Inspection.objects.filter(task__in=changed.values("task"), state=states.READY)
    locked = list(with_people(ahead).select_for_update(of=("self",)).order_by("pk"))
    names = {one.pk: [person.certificate_number for person in one.team] for one in locked}
    keys = public_keys()
    issued = VisitPackage.objects.standing().filter(inspection__in=names)
    void = [one for one in issued if named_in(read(one.token, keys)) != names[one.inspection_id]]
    end_packages(Inspection.objects.filter(pk__in=[one.inspection_id for one in void]))
    return len(void)


def _require_possible(inspection: Inspection, actor: Officer) -> None:
    if inspection.state not in _BEFORE:
        raise Refused(
            Refusal(
                "package.state",
                gettext_noop("检查现在是“%(state)s”，不能下发检查资料包"),
                gettext_noop("国办发〔2024〕54号五：检查前须经批准；离开以后检查码作废"),
                gettext_noop(
                    "待批准的先报批；已经离开、还没有提交的，由检查组成员在“今日路线”预载，继续填写"
                ),
                {"state": str(inspection.get_state_display())},
            )
        )
    day = max(clock.today(), inspection.visit_from)
    facts = facts_of(inspection, actor, on=day)
    inspectors = (Role.INSPECTOR.value,)
    refusals = INSPECTION.preview(states.READY, "enter", inspectors, facts).refusals
    if refusals:
        raise Refused(*refusals)


def _until(inspection: Inspection, now: datetime) -> datetime:
    """When the code runs out: after `CODE_HOURS`, at the latest with the approved time."""
    last = clock.start_of(inspection.visit_until + timedelta(days=1))
    return min(now + timedelta(hours=parameters.value(HOURS).as_int()), last)


def _digits() -> str:
    """Six digits that no standing package has."""
    taken = set(VisitPackage.objects.standing().values_list("digits", flat=True))
    while True:
        digits = f"{secrets.randbelow(1_000_000):06d}"
        if digits not in taken:
            return digits

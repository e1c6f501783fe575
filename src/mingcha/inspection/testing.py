"""An inspection of the small county of `planning.testing`, at any point of its life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mingcha.accounts.models import User
from mingcha.accounts.selectors import bureau
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import approve
from mingcha.inspection import services
from mingcha.inspection.form.reading import as_ops, ops_of
from mingcha.inspection.models import Entry, FormOp, Inspection
from mingcha.inspection.services.form import Written
from mingcha.items.testing import published_item
from mingcha.kernel.forms import Scalar, merge
from mingcha.leads import initial as lead_series
from mingcha.leads import services as leads
from mingcha.leads.models import Lead
from mingcha.leads.vocabulary import Channel, Kind
from mingcha.planning.testing import County, handed_on
from mingcha.registry.models import Inspector, Subject


def ready(county: County, **values: Any) -> Inspection:
    """The first inspection of a list that was drawn, handed on and confirmed, on a day of its period."""
    batch = handed_on(county, **values)
    county.clock.advance(days=(batch.visit_from - county.clock.now().date()).days)
    first: Inspection = Inspection.objects.filter(task__dispatch=batch).order_by("task__seq")[0]
    return first


def goes(inspection: Inspection, place: int = 0) -> Officer:
    """The officer who is the team's first (`place` 0), second …; has an account from now on."""
    person = Inspector.objects.select_related("user", "unit").get(pk=inspection.team[place].pk)
    if person.user is None:
        person.user = make_officer(Role.INSPECTOR, unit=person.unit, name=person.name)
        person.save(update_fields=["user"])
    return as_officer(person.user)


def entered(county: County, inspection: Inspection | None = None, **values: Any) -> Inspection:
    """An inspection whose whole team has come in by the code; `values` as `services.enter` takes them."""
    found = inspection if inspection is not None else ready(county)
    goes(found, 1)
    actor = goes(found)
    services.issue_package(actor=actor, inspection=found)
    people = [one.pk for one in found.team]
    services.enter(actor=actor, inspection=found, **{"via": Entry.Via.CODE, "people": people} | values)
    return _again(found)


def left(county: County, inspection: Inspection | None = None, *, minutes: int = 45) -> Inspection:
    """An inspection whose team came in, looked round for so long, and has left."""
    found = entered(county, inspection)
    county.clock.advance(minutes=minutes)
    services.leave(actor=goes(found), inspection=found)
    return _again(found)


def _again(inspection: Inspection) -> Inspection:
    row: Inspection = Inspection.objects.get(pk=inspection.pk)
    return row


def team_of(inspection: Inspection) -> list[Officer]:
    """Who goes there as officers, 主检 first; everybody has an account from now on."""
    return [goes(inspection, place) for place in range(len(inspection.team))]


def wrote(inspection: Inspection, officer: Officer, values: Mapping[str, Scalar]) -> None:
    """An officer's phone, which knows everything that stands, writes these fields."""
    client = f"phone-{officer.id:04d}"
    stands = merge(as_ops(ops_of(inspection)))
    seq = FormOp.objects.filter(inspection=inspection, client=client).count()
    ops = [
        Written(client, number, name, value, clock.now(), frozenset(one.id for one in stands.heads(name)))
        for number, (name, value) in enumerate(values.items(), start=seq + 1)
    ]
    services.put(actor=officer, inspection=inspection, ops=ops)


def accepted_lead(county: County, subject: Subject | None = None, kind: str = Kind.REQUEST) -> Lead:
    """A firm's request, or what else came in, taken up by the section's head."""
    lead_series.load(System(purpose="tests"))
    values = {
        "kind": kind,
        "channel": Channel.WINDOW.value,
        "received_on": clock.today(),
        "subject": subject or county.subjects[0],
        "subject_text": "那家厂",
        "what": "请上门看看工资台账",
        "unit": bureau(),
        "handler": User.objects.get(pk=county.head.id),
    }
    made = leads.register_lead(actor=county.coordinator, values=values).lead
    return leads.accept(actor=county.head, lead=made)


def sheet(county: County, **values: Any) -> services.Draft:
    """What is written on the sheet of a single inspection that nothing stands in the way of."""
    unit = bureau()
    assert unit is not None  # noqa: S101  every county has one
    given: dict[str, Any] = {
        "unit": unit,
        "purpose": "核实企业申请",
        "items": [published_item(code="S01")],
        "why_on_site": "须当场核对原始台账",
        "exempt_reason": "企业申请",
        "visit_from": clock.today(),
        "visit_until": clock.today() + timedelta(days=10),
        "team": county.inspectors[:2],
    }
    return services.Draft(**given | values)


def drafted(county: County, lead: Lead | None = None, **values: Any) -> Inspection:
    """A draft of a lead, as the coordinator writes it."""
    source = lead or accepted_lead(county)
    firm = source.firm
    assert firm is not None  # noqa: S101  every lead of `accepted_lead` names one
    return services.draft(
        actor=county.coordinator, subject=firm, leads=[source], values=sheet(county, **values)
    )


def proposed(county: County, inspection: Inspection | None = None, **values: Any) -> Inspection:
    """A sheet that waits for the leader."""
    return services.propose(actor=county.coordinator, inspection=inspection or drafted(county, **values))


def single(county: County, inspection: Inspection | None = None, **values: Any) -> Inspection:
    """An approved single inspection, ready to be made."""
    waiting = inspection or proposed(county, **values)
    approval = approvals.of_thing("inspection", Thing.nameless(waiting))
    assert approval is not None  # noqa: S101  `proposed` has asked for it
    approve(actor=county.leader, approval_id=approval.pk, opinion="同意")
    return _again(waiting)

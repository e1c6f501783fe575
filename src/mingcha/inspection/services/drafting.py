"""Draft a single inspection of an accepted lead, have it approved, or add it to one that is to come anyway.

made = draft(actor=…, subject=…, leads=[lead], values=Draft(…))
propose(actor=…, inspection=made)          the generic approval goes on (route `inspection`)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from mingcha.accounts.models import Unit
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.basics.rules import required_text
from mingcha.basics.services import approvals, attachments, numbers
from mingcha.inspection import lifecycle as states
from mingcha.inspection.drafting import choosable
from mingcha.inspection.events import InspectionChanged, InspectionDrafted
from mingcha.inspection.models import (
    Inspection,
    InspectionHelper,
    InspectionItem,
    InspectionMember,
    KeptPaper,
)
from mingcha.inspection.papers import keep
from mingcha.inspection.services.common import go, held
from mingcha.inspection.sheets import content_of, other_route_of, route_of, sheet
from mingcha.items.models import ItemVersion
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.leads.models import Lead
from mingcha.registry.models import Inspector, Subject

#: Number series of the sheet that is approved.
SERIES = "inspect-approval"


@dataclass(frozen=True)
class Draft:
    """What is written on the sheet; `team` in order, 主检 first. `letter` and `scheme` are papers."""

    unit: Unit
    visit_from: date
    visit_until: date
    purpose: str
    kind: str = Inspection.Kind.CASE
    items: Collection[ItemVersion] = ()
    team: Sequence[Inspector] = ()
    helpers: Collection[Inspector] = ()
    helper_purpose: str = ""
    why_on_site: str = ""
    exempt_reason: str = ""
    apart_reason: str = ""
    asked_by: str = ""
    joins: Inspection | None = None
    papers: Sequence[tuple[str, File[Any]]] = field(default=())


@service
def draft(*, actor: Officer, subject: Subject, values: Draft, leads: Collection[Lead] = ()) -> Inspection:
    """Write a draft; what it lacks is told when it is proposed. Refused without a source (N1)."""
    if values.kind == Inspection.Kind.SPECIAL:
        raise Refused(_by_campaign())
    if values.kind != Inspection.Kind.OTHER and not leads:
        raise Refused(no_source(subject.name))
    row = states.INSPECTION.decide(states.DRAFT, "change", actor.roles, _NOTHING_ASKED)
    made = Inspection(subject=subject, name=subject.name, state=row.target, created_at=clock.now())
    made.created_by_id = actor.id
    _write(actor, made, values)
    made.leads.set(leads)
    after = _told(made) | {"leads": [str(lead) for lead in leads]}
    emit(InspectionDrafted(thing=Thing.nameless(made), after=after))
    return made


@service
def change(*, actor: Officer, inspection: Inspection, values: Draft) -> Inspection:
    """Write the draft anew; firm and source stay."""
    row = held(actor, inspection)
    if values.kind == Inspection.Kind.SPECIAL:
        raise Refused(_by_campaign())
    states.INSPECTION.decide(row.state, "change", actor.roles, _NOTHING_ASKED)
    before = _told(row)
    _write(actor, row, values)
    emit(InspectionChanged(thing=Thing.nameless(row), before=before, after=_told(row)))
    return row


@service
def propose(*, actor: Officer, inspection: Inspection) -> Inspection:
    """Hand the sheet to whoever approves it; refused with all that is missing."""
    row = held(actor, inspection)
    if row.task_id is not None:
        raise Refused(drawn())
    go(row, "propose", actor)
    if row.enforcing and not row.approval_number:
        issued = numbers.issue(actor=actor, series=SERIES, thing=Thing.nameless(row))
        row.approval_number = issued.text
    row.save(update_fields=["state", "approval_number"])
    keep(row, KeptPaper.Kind.SHEET, content_of(row))
    why = _("改为“%(kind)s”，另行提请") % {"kind": row.get_kind_display()}
    approvals.leave_route(actor=actor, kind=other_route_of(row), thing=sheet(row), reason=why)
    approvals.propose(
        actor=actor,
        kind=route_of(row),
        thing=sheet(row),
        summary=_summary(row),
        unit_id=row.unit_id,
    )
    return row


#: Drafting is asked nothing but who does it; what a draft lacks is told when it is proposed.
_NOTHING_ASKED = states.InspectionFacts()


def _write(actor: Officer, row: Inspection, values: Draft) -> None:
    row.kind, row.unit = values.kind, values.unit
    row.purpose = required_text(values.purpose, gettext_noop("事由"))
    row.visit_from, row.visit_until = values.visit_from, values.visit_until
    row.why_on_site, row.exempt_reason = values.why_on_site.strip(), values.exempt_reason.strip()
    row.apart_reason, row.asked_by = values.apart_reason.strip(), values.asked_by.strip()
    row.joins = values.joins
    row.save()
    _require_choosable(actor, row, [*values.team, *values.helpers])
    _write_people(row, values)
    row.items.all().delete()
    InspectionItem.objects.bulk_create(
        InspectionItem(inspection=row, version=version, unit=values.unit) for version in values.items
    )
    for purpose, file in values.papers:
        attachments.add(actor=actor, file=file, thing=Thing.nameless(row), purpose=purpose)


def _write_people(row: Inspection, values: Draft) -> None:
    """Nobody has been told of a draft: its people are simply those who stand on it."""
    now = clock.now()
    row.members.all().delete()
    InspectionMember.objects.bulk_create(
        InspectionMember(inspection=row, inspector=person, position=place, joined_at=now)
        for place, person in enumerate(dict.fromkeys(values.team), start=1)
    )
    row.helpers.all().delete()
    if values.helpers:
        purpose = required_text(values.helper_purpose, gettext_noop("协助人员协助什么"))
        InspectionHelper.objects.bulk_create(
            InspectionHelper(inspection=row, inspector=person, purpose=purpose, joined_at=now)
            for person in dict.fromkeys(values.helpers)
        )


def _require_choosable(actor: Officer, row: Inspection, people: Sequence[Inspector]) -> None:
    wanted = {person.pk for person in people}
    if choosable(actor, row).filter(pk__in=wanted).count() != len(wanted):
        raise Refused(
            Refusal(
                "draft.not_your_people",
                gettext_noop("选了您不能派出的人"),
                gettext_noop("本局方案二（二）3：执法检查人员名录库"),
                gettext_noop("请选本股室的人员；需要别的股室的人，由综合经办拟定"),
            )
        )


def _told(row: Inspection) -> dict[str, Any]:
    """What the ledger keeps of a draft: no firm, no person."""
    return {
        "kind": row.get_kind_display(),
        "items": [str(one.version) for one in row.items.select_related("version__item")],
        "visit_from": row.visit_from.isoformat(),
        "visit_until": row.visit_until.isoformat(),
        "people": row.members.count(),
        "helpers": row.helpers.count(),
    }


def _summary(row: Inspection) -> str:
    """The sheet in one sentence, for the list of what waits; the firm stands on the sheet itself."""
    return _("%(kind)s，%(items)d 项，%(first)s 至 %(last)s，%(people)d 人前往。") % {
        "kind": row.get_kind_display(),
        "items": row.items.count(),
        "first": row.visit_from.isoformat(),
        "last": row.visit_until.isoformat(),
        "people": row.members.count(),
    }


def no_source(name: str) -> Refusal:
    return Refusal(
        "draft.no_source",
        gettext_noop("“%(name)s”没有已受理、可以检查的线索，不能拟定检查"),
        gettext_noop("国办发〔2024〕54号四、五：个案检查须有投诉举报、转办交办、数据监测等线索或企业申请"),
        gettext_noop("请先登记线索并受理，再从线索的页面拟定检查"),
        {"name": name},
    )


def drawn() -> Refusal:
    return Refusal(
        "draft.drawn",
        gettext_noop("这是抽取产生的检查，随抽查任务批准，不单独报批"),
        gettext_noop("国办发〔2024〕54号五：抽查方案和名单一次批准"),
        gettext_noop(
            "不能检查的，在检查任务页面按规则候补、更换；检查期间已过的，由股室负责人申请延长，不再去的办理“未检查，说明理由”"
        ),
    )


def _by_campaign() -> Refusal:
    return Refusal(
        "draft.special",
        gettext_noop("专项检查不能单户拟定"),
        gettext_noop("国办发〔2024〕54号六：专项检查须评估、拟订计划、经批准并备案公布"),
        gettext_noop("请在“抽查任务”中另立专项任务报批；一户的线索，检查类型选个案检查"),
    )

"""Reading rules and deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics.lifecycles import DEADLINE, DeadlineFacts
from mingcha.basics.models import Approval, Deadline, DeadlineRule
from mingcha.basics.models.approvals import ApprovalState
from mingcha.basics.models.deadlines import Form
from mingcha.basics.rules import refuse
from mingcha.basics.selectors import moving, parameters, workdays
from mingcha.kernel.refusal import gettext_noop
from mingcha.kernel.terms import Stage, Term, stage
from mingcha.kernel.workdays import PROVISIONAL_NOTICE

#: The approval route of an extension; its thing is the deadline.
EXTENSION_KIND = "extension"


def rule(code: str, on: date | None = None) -> DeadlineRule:
    """The rule in force on the day; Refused when there is none."""
    day = on or clock.today()
    found = DeadlineRule.objects.in_force(day).filter(code=code).first()
    if found is None:
        raise refuse(
            "rule.none",
            gettext_noop("期限规则 %(code)s 在 %(day)s 没有生效的规定"),
            gettext_noop("请综合经办在“设置—期限规则”中录入"),
            code=code,
            day=day.isoformat(),
        )
    return found


def term_of(found: DeadlineRule, on: date) -> Term:
    """The term that the rule gives on a day, from its parameter where it names one."""
    if found.parameter:
        return parameters.value(found.parameter, on=on).as_term()
    return Term.parse(found.term)


def last_day(code: str, begun: date, on: date | None = None) -> date:
    """The last day of a term of this rule that begins on `begun`, by the rule in force on `on` (`begun`)."""
    found = rule(code, on=on or begun)
    return moving.end_of(found, begun, term_of(found, on or begun), workdays.calendar()).date


def extension_of(found: DeadlineRule, on: date) -> DeadlineRule | None:
    """The rule by which this one may be extended, in force on the day; None when the law knows none."""
    return DeadlineRule.objects.in_force(on).filter(form=Form.EXTENSION, extends=found.code).first()


def open_for(thing: Thing) -> QuerySet[Deadline]:
    """The open deadlines of a thing, the nearest first."""
    return (
        Deadline.objects.open()
        .filter(thing_type=thing.type, thing_id=thing.id)
        .select_related("rule")
        .order_by("due_on", "id")
    )


def of_thing(thing: Thing, viewer: Viewer) -> QuerySet[Deadline]:
    """Every deadline of a thing that the viewer may see."""
    return (
        Deadline.objects.visible_to(viewer)
        .filter(thing_type=thing.type, thing_id=thing.id)
        .select_related("rule")
        .order_by("due_on", "id")
    )


def stage_of(deadline: Deadline, today: date | None = None) -> Stage:
    """How near the deadline is, in work days."""
    day = today or clock.today()
    return stage(deadline.due_on, day, workdays.calendar(), tuple(deadline.rule.warn_at))


def mine(officer: Officer) -> QuerySet[Deadline]:
    """Open deadlines that the officer answers for: in person, by role, or as head of the section."""
    condition = Q(owner_user=officer.id)
    for grant in officer.grants:
        held = Q(owner_role=grant.role.value, owner_user__isnull=True)
        if grant.unit_ids:
            held &= Q(owner_unit__in=grant.unit_ids) | Q(owner_unit__isnull=True)
        condition |= held
        if grant.role == "section_head" and grant.unit_ids:
            condition |= Q(owner_unit__in=grant.unit_ids)
    return Deadline.objects.visible_to(officer).open().filter(condition).select_related("rule")


def extension_facts(deadline: Deadline) -> DeadlineFacts:
    """What the table's guards need to know about extending this deadline."""
    extension = extension_of(deadline.rule, deadline.started_on)
    approved = Approval.objects.filter(
        route__kind=EXTENSION_KIND,
        thing_type=Deadline._meta.label_lower,
        thing_id=deadline.pk,
        state=ApprovalState.APPROVED,
    ).exists()
    return DeadlineFacts(
        extendable=extension is not None,
        extended=deadline.extended_from is not None,
        approved=approved,
        basis=extension.source if extension is not None else deadline.rule.source,
    )


@dataclass(frozen=True)
class Shown:
    """A deadline as a page shows it."""

    deadline: Deadline
    stage: Stage
    notice: str


def shown(deadline: Deadline) -> Shown:
    """The deadline with its nearness and, for a provisional date, the notice that belongs beside it."""
    return Shown(deadline, stage_of(deadline), PROVISIONAL_NOTICE if deadline.provisional else "")


def verbs(deadline: Deadline, actor: Viewer) -> tuple[str, ...]:
    """The verbs of the table that this state and these roles leave open."""
    roles = {"system"} if isinstance(actor, System) else actor.roles
    return tuple(row.verb for row in DEADLINE.verbs(deadline.state, roles))

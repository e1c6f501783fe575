"""The short procedures: attempts to reach a firm, and checks of what looks abnormal (S9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.files.base import File

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.basics.rules import require_role, required_text
from mingcha.basics.services import attachments
from mingcha.inspection import lifecycle as states
from mingcha.inspection.initial import WRITE_DUTY
from mingcha.inspection.models import AbnormalCheck, ContactAttempt, Inspection
from mingcha.inspection.results.events import AbnormalChecked, ContactTried
from mingcha.inspection.results.procedures import listed_on
from mingcha.inspection.results.reasons import OF_CHECKS, reasons_of
from mingcha.inspection.services.common import held
from mingcha.kernel.refusal import Refusing, gettext_noop

#: Who may add to what proves a result.
PROVERS = (Role.INSPECTOR, Role.COORDINATOR)
#: When: before somebody has submitted it.
OPEN = states.IN_HAND
PROOF = "proof"
_S9: Final = gettext_noop("本局方案二（三）3：规范经营异常、用工异常、社保异常、失联企业的核查认定")
_refuse = Refusing("result", _S9)


@dataclass(frozen=True)
class Figures:
    """What both sides count: heads, and arrears of contributions in fen. None for what was not looked at."""

    people: int | None = None
    contracts: int | None = None
    insured: int | None = None
    arrears: int | None = None


@service
def add_attempt(
    *, actor: Officer, inspection: Inspection, day: date, way: str, outcome: str, proof: File[Any]
) -> ContactAttempt:
    """Keep one attempt to reach the firm, with what proves it: a photograph, a list of calls, a receipt."""
    row = _open(actor, inspection, gettext_noop("登记联系情况"))
    if day > clock.today():
        raise _refuse(
            "attempt_ahead",
            gettext_noop("联系日期 %(day)s 还没有到"),
            gettext_noop("请填写实际联系的日期"),
            day=day.isoformat(),
        )
    begun = listed_on(row)
    if day < begun:
        raise _refuse(
            "attempt_before",
            gettext_noop("联系日期 %(day)s 在这次检查列出（%(begun)s）以前，不能作为这次的联系情况"),
            gettext_noop("请填写这次检查期间实际联系的日期"),
            day=day.isoformat(),
            begun=begun.isoformat(),
        )
    kept = attachments.add(actor=actor, file=proof, thing=Thing.nameless(row), purpose=PROOF)
    attempt = ContactAttempt.objects.create(
        inspection=row,
        day=day,
        way=ContactAttempt.Way(way),
        outcome=required_text(outcome, gettext_noop("联系的经过")),
        proof=kept,
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
    )
    emit(ContactTried(thing=Thing.nameless(row), after={"day": day, "way": str(attempt.get_way_display())}))
    return attempt


@service
def record_check(
    *,
    actor: Officer,
    inspection: Inspection,
    kind: str,
    reason: str,
    figures: Figures,
    explanation: str,
    verified: str,
    conclusion: str,
) -> AbnormalCheck:
    """Keep what was verified of one kind of abnormality; entered again before submitting, it is replaced."""
    row = _open(actor, inspection, gettext_noop("登记异常核查"))
    chosen = AbnormalCheck.Kind(kind)
    if reason not in reasons_of(OF_CHECKS[chosen]):
        raise _refuse(
            "check_reason",
            gettext_noop("“%(reason)s”不在“%(kind)s”的情形之内"),
            gettext_noop("请从列出的情形中选；缺少的情形请综合经办在参数中补充"),
            reason=reason[:60],
            kind=str(chosen.label),
        )
    check, _made = AbnormalCheck.objects.update_or_create(
        inspection=row,
        kind=chosen,
        defaults={
            "reason": reason,
            "people": figures.people,
            "contracts": figures.contracts,
            "insured": figures.insured,
            "arrears": figures.arrears,
            "explanation": required_text(explanation, gettext_noop("企业的说明（没有说明的写“未作说明”）")),
            "verified": required_text(verified, gettext_noop("怎样核实、核实到什么")),
            "conclusion": AbnormalCheck.Conclusion(conclusion),
            "recorded_at": clock.now(),
            "recorded_by_id": actor.id,
        },
    )
    emit(
        AbnormalChecked(
            thing=Thing.nameless(row),
            after={"kind": str(chosen.label), "conclusion": str(check.get_conclusion_display())},
        )
    )
    return check


def _open(actor: Officer, inspection: Inspection, what: str) -> Inspection:
    """The inspection's row, held; Refused once its record is submitted."""
    require_role(actor, PROVERS, what)
    row = held(actor, inspection)
    if row.state not in OPEN or not row.enforcing:
        raise _refuse(
            "proof_closed",
            gettext_noop("这次检查目前为“%(state)s”，不能再登记核查情况"),
            gettext_noop("已经提交的，由审核人退回补正，或者按更正程序提出"),
            state=str(row.get_state_display()),
        )
    duties.perform(actor=actor, duty=WRITE_DUTY, thing=Thing.nameless(row), once=True)
    return row

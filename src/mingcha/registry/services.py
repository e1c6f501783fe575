"""The verbs of the two registers.

A subject enters with a code that has been examined: a wrong check digit is a warning that somebody
confirms, never a refusal, because such codes have really been issued (domain 0.7). A subject without a
usable code gets a public number of the bureau's own, which stands for it in draws (draw protocol §7.2).
"""

from __future__ import annotations

from typing import Any

from mingcha.base import clock
from mingcha.base.events import Personal, Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role
from mingcha.basics.services import numbers
from mingcha.kernel import credit_code
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.events import (
    InspectorChanged,
    InspectorEntered,
    RecusalChanged,
    RecusalDeclared,
    SubjectChanged,
    SubjectEntered,
)
from mingcha.registry.models import Inspector, Recusal, Subject

#: Who keeps which register.
SUBJECT_KEEPERS = (Role.COORDINATOR, Role.SECTION_HEAD)
INSPECTOR_KEEPERS = (Role.COORDINATOR,)
PUBLIC_NUMBER_SERIES = "registry.subject"
SUBJECT_FIELDS = ("name", "kind", "credit_code", "registration", "division_code", "town", "industry_code")
INSPECTOR_FIELDS = (
    "name",
    "unit",
    "certificate_number",
    "authority",
    "valid_from",
    "valid_until",
    "specialties",
    "status",
    "user",
)
RECUSAL_FIELDS = ("subject", "inspector", "kind", "basis", "valid_from", "valid_until")


@service
def enter_subject(*, actor: Viewer, values: dict[str, Any], warnings_confirmed: bool = False) -> Subject:
    """Enter a subject; `values` are the cleaned fields of `SUBJECT_FIELDS`."""
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("录入检查对象"))
    subject = Subject(created_at=clock.now())
    _fill_subject(subject, values, warnings_confirmed)
    subject.save()
    if not subject.credit_code:
        subject.public_number = numbers.issue(
            actor=actor, series=PUBLIC_NUMBER_SERIES, thing=Thing.of(subject)
        ).text
        subject.save(update_fields=["public_number"])
    emit(SubjectEntered(thing=Thing.of(subject), after=snapshot(subject, SUBJECT_FIELDS)))
    return subject


@service
def change_subject(
    *, actor: Viewer, subject: Subject, values: dict[str, Any], warnings_confirmed: bool = False
) -> Subject:
    """Correct or update a subject; the former values stay in its history."""
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("修改检查对象"))
    subject = Subject.objects.visible_to(actor).select_for_update().get(pk=subject.pk)
    before = snapshot(subject, SUBJECT_FIELDS)
    confirmed = warnings_confirmed or values["credit_code"] == subject.credit_code
    _fill_subject(subject, values, confirmed)
    if not subject.credit_code and not subject.public_number:
        subject.public_number = numbers.issue(
            actor=actor, series=PUBLIC_NUMBER_SERIES, thing=Thing.of(subject)
        ).text
    subject.save()
    old, new = changes(before, snapshot(subject, SUBJECT_FIELDS))
    if new:
        emit(SubjectChanged(thing=Thing.of(subject), before=old, after=new))
    return subject


def _fill_subject(subject: Subject, values: dict[str, Any], warnings_confirmed: bool) -> None:
    code = credit_code.normalise(values["credit_code"])
    subject.code_warnings = _examined(code, warnings_confirmed) if code else ""
    for name in SUBJECT_FIELDS:
        setattr(subject, name, values[name])
    subject.credit_code = code
    taken = Subject.objects.filter(credit_code=code).exclude(pk=subject.pk).first() if code else None
    if taken is not None:
        raise Refused(
            Refusal(
                code="subject.code_taken",
                message=gettext_noop("统一社会信用代码 %(code)s 已经登记在“%(name)s”名下"),
                basis=gettext_noop("GB 32100-2015：一个主体一个代码"),
                remedy=gettext_noop("请打开已有的检查对象修改，不要重复录入"),
                params={"code": code, "name": taken.name},
            )
        )


def _examined(code: str, warnings_confirmed: bool) -> str:
    """The warnings on a code, one a line; refuses what can not be a code, and unconfirmed warnings."""
    report = credit_code.examine(code)
    errors = [problem for problem in report.problems if problem.severity == "error"]
    if errors or report.kind != "uscc18":
        found = "；".join(problem.message for problem in errors) or gettext_noop("不是 18 位代码")
        raise Refused(
            Refusal(
                code="subject.code_impossible",
                message=gettext_noop("“%(code)s”不是统一社会信用代码：%(found)s"),
                basis="GB 32100-2015",
                remedy=gettext_noop("请对照营业执照改正；确实没有代码的请留空"),
                params={"code": code, "found": found},
            )
        )
    warnings = "\n".join(problem.message for problem in report.problems)
    if warnings and not warnings_confirmed:
        raise Refused(
            Refusal(
                code="subject.code_doubtful",
                message=gettext_noop("统一社会信用代码需要核对：%(found)s"),
                basis="GB 32100-2015",
                remedy=gettext_noop("请再对照一次营业执照；执照上确实如此的，勾选“代码已核对无误”后保存"),
                params={"found": warnings.replace("\n", "；")},
            )
        )
    return warnings


@service
def enter_inspector(*, actor: Viewer, values: dict[str, Any]) -> Inspector:
    """Enter a certified person; `values` are the cleaned fields of `INSPECTOR_FIELDS`."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("录入执法人员"))
    inspector = Inspector.objects.create(
        **{name: values[name] for name in INSPECTOR_FIELDS if name != "specialties"}
    )
    inspector.specialties.set(values["specialties"])
    emit(InspectorEntered(thing=Thing.of(inspector), after=snapshot(inspector, INSPECTOR_FIELDS)))
    return inspector


@service
def change_inspector(*, actor: Viewer, inspector: Inspector, values: dict[str, Any]) -> Inspector:
    """Update a certified person: a renewed certificate, another section, another specialty."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("修改执法人员"))
    inspector = Inspector.objects.visible_to(actor).select_for_update().get(pk=inspector.pk)
    before = snapshot(inspector, INSPECTOR_FIELDS)
    for name in INSPECTOR_FIELDS:
        if name != "specialties":
            setattr(inspector, name, values[name])
    inspector.save()
    inspector.specialties.set(values["specialties"])
    old, new = changes(before, snapshot(inspector, INSPECTOR_FIELDS))
    if new:
        emit(InspectorChanged(thing=Thing.of(inspector), before=old, after=new))
    return inspector


@service
def declare_recusal(*, actor: Viewer, values: dict[str, Any]) -> Recusal:
    """Record that a person must stay away from a firm (监察条例16, 处罚法43)."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("登记回避"))
    recusal = Recusal.objects.create(**{name: values[name] for name in RECUSAL_FIELDS})
    emit(RecusalDeclared(thing=_confidential(recusal), personal=_relation(recusal)))
    return recusal


@service
def change_recusal(*, actor: Viewer, recusal: Recusal, values: dict[str, Any]) -> Recusal:
    """Correct or end a recusal; ending one sets `valid_until`, nothing is deleted."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("修改回避登记"))
    recusal = Recusal.objects.visible_to(actor).select_for_update().get(pk=recusal.pk)
    before = snapshot(recusal, RECUSAL_FIELDS)
    for name in RECUSAL_FIELDS:
        setattr(recusal, name, values[name])
    recusal.save()
    if before != snapshot(recusal, RECUSAL_FIELDS):
        emit(RecusalChanged(thing=_confidential(recusal), personal=_relation(recusal, before)))
    return recusal


def _confidential(recusal: Recusal) -> Thing:
    """The thing without its label: who stays away from whom is for few (design §6, N10)."""
    return Thing(type=recusal._meta.label_lower, id=recusal.pk, label=gettext_noop("回避登记"))


def _relation(recusal: Recusal, before: dict[str, Any] | None = None) -> Personal:
    """The relation itself goes into the ledger only under the inspector's own key."""
    after = snapshot(recusal, RECUSAL_FIELDS)
    values = {
        name: {"before": (before or {}).get(name), "after": after[name]}
        for name in after
        if before is None or before[name] != after[name]
    }
    return Personal(subject=f"registry.inspector:{recusal.inspector_id}", values=values)

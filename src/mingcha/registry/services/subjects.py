"""Entering and changing subjects.

A subject enters with a code that has been examined: a wrong check digit is a warning that somebody
confirms, never a refusal, because such codes have really been issued (domain 0.7). A subject without a
usable code gets a public number of the bureau's own, which stands for it in draws (draw protocol §7.2).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role
from mingcha.basics.services import numbers
from mingcha.kernel import credit_code
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.events import SubjectChanged, SubjectEntered
from mingcha.registry.models import FormerName, Project, Subject
from mingcha.registry.sheets import read_yuan

#: Who keeps the register of subjects.
SUBJECT_KEEPERS = (Role.COORDINATOR, Role.SECTION_HEAD)
PUBLIC_NUMBER_SERIES = "registry.subject"
SUBJECT_FIELDS = (
    "name",
    "kind",
    "credit_code",
    "old_number",
    "registration",
    "registered_on",
    "registration_since",
    "legal_form",
    "capital_text",
    "scope",
    "address",
    "division_code",
    "town",
    "industry_code",
)
PROJECT_FIELDS = (
    "permit_number",
    "owner_name",
    "owner",
    "contractor_name",
    "contractor",
    "amount_yuan",
    "started_on",
    "planned_end",
)


@service
def enter_subject(*, actor: Viewer, values: dict[str, Any], warnings_confirmed: bool = False) -> Subject:
    """Enter a subject; `values` are cleaned fields of `SUBJECT_FIELDS`, and `PROJECT_FIELDS` of a project."""
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("录入检查对象"))
    subject = Subject(created_at=clock.now())
    _fill_subject(subject, values, warnings_confirmed)
    subject.save()
    _keep_project(subject, values)
    if not subject.credit_code:
        _number(actor, subject)
        subject.save(update_fields=["public_number"])
    emit(SubjectEntered(thing=Thing.of(subject), after=_known(subject)))
    return subject


@service
def change_subject(
    *,
    actor: Viewer,
    subject: Subject,
    values: dict[str, Any],
    warnings_confirmed: bool = False,
    seen_version: int | None = None,
    renamed_on: date | None = None,
    misspelt: bool = False,
) -> Subject:
    """Correct or update a subject; the former values stay in its history.

    `seen_version` is the version that the person had before the eyes: Refused when somebody changed the
    subject since. A new name keeps the old one as a former name up to `renamed_on` (today), unless the
    old one was only `misspelt`.
    """
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("修改检查对象"))
    subject = Subject.objects.visible_to(actor).select_for_update().get(pk=subject.pk)
    _refuse_stale(subject, seen_version)
    before, old_name, old_code = _known(subject), subject.name, subject.credit_code
    confirmed = warnings_confirmed or values["credit_code"] == old_code
    _fill_subject(subject, values, confirmed)
    if not subject.credit_code and not subject.public_number:
        _number(actor, subject)
    _keep_project(subject, values)
    old, new = changes(before, _known(subject))
    if not new:
        return subject
    if subject.name != old_name and not misspelt:
        FormerName.objects.create(subject=subject, name=old_name, until=renamed_on or clock.today())
    touch(subject)
    subject.save()
    emit(SubjectChanged(thing=Thing.of(subject), before=old, after=new))
    return subject


def touch(subject: Subject) -> None:
    """Count a change, so that forms opened before it do not overwrite it; the caller saves."""
    subject.version += 1
    subject.changed_at = clock.now()


def _number(actor: Viewer, subject: Subject) -> None:
    issued = numbers.issue(actor=actor, series=PUBLIC_NUMBER_SERIES, thing=Thing.of(subject))
    subject.public_number = issued.text


def _known(subject: Subject) -> dict[str, Any]:
    """What stands in the register about it now, for the record."""
    known = snapshot(subject, SUBJECT_FIELDS)
    project = (
        Project.objects.filter(subject=subject).first() if subject.kind == Subject.Kind.PROJECT else None
    )
    return known if project is None else {**known, **snapshot(project, PROJECT_FIELDS)}


def _keep_project(subject: Subject, values: dict[str, Any]) -> None:
    given = {name: values[name] for name in PROJECT_FIELDS if name in values}
    if subject.kind == Subject.Kind.PROJECT and given:
        Project.objects.update_or_create(subject=subject, defaults=given)


def _refuse_stale(subject: Subject, seen_version: int | None) -> None:
    if subject.merged_into_id is not None:
        raise Refused(
            Refusal(
                code="subject.merged",
                message=gettext_noop("“%(name)s”已经并入另一户，没有保存"),
                basis=gettext_noop("本局名录库规则：并入的条目只作留痕"),
                remedy=gettext_noop("请到合并后保留的那一户修改"),
                params={"name": subject.name},
            )
        )
    if seen_version is not None and seen_version != subject.version:
        raise Refused(
            Refusal(
                code="subject.changed_meanwhile",
                message=gettext_noop("在您填写期间，这一户刚刚被别人改过，没有保存"),
                basis=gettext_noop("本局名录库规则：后保存的不得悄悄覆盖先保存的"),
                remedy=gettext_noop("您填的都还在；请再点一次保存，核对两边不同的栏目"),
            )
        )


def _fill_subject(subject: Subject, values: dict[str, Any], warnings_confirmed: bool) -> None:
    code = credit_code.normalise(values["credit_code"])
    subject.code_warnings = _examined(code, warnings_confirmed) if code else ""
    for name in SUBJECT_FIELDS:
        if name in values:
            setattr(subject, name, values[name])
    subject.credit_code = code
    subject.capital_yuan, _doubts = read_yuan(subject.capital_text)
    held = Subject.objects.current().filter(credit_code=code).exclude(pk=subject.pk)
    taken = held.first() if code else None
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

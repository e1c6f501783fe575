"""Entering and changing subjects.

A subject enters with a code that has been examined: a wrong check digit is a warning that somebody
confirms, never a refusal, because such codes have really been issued (domain 0.7). A subject without a
usable code gets a public number of the bureau's own, which stands for it in draws (draw protocol §7.2).
"""

from __future__ import annotations

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
from mingcha.registry.models import Subject

#: Who keeps the register of subjects.
SUBJECT_KEEPERS = (Role.COORDINATOR, Role.SECTION_HEAD)
PUBLIC_NUMBER_SERIES = "registry.subject"
SUBJECT_FIELDS = ("name", "kind", "credit_code", "registration", "division_code", "town", "industry_code")


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

"""What belongs to a subject: contacts, licences, tags, gradings, counts, cases, violations, former names.

Each can be added, corrected and ended. Ended never means gone: a contact is no longer used, a licence is
cancelled, a record that should not have been is withdrawn with a reason; a tag comes off, and the ledger
keeps who took it off and why. Every event is about the subject, so that its history tells all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from mingcha.base import clock
from mingcha.base.crypto import masking
from mingcha.base.events import Personal, Thing
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role, required_text
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.models import (
    CaseCount,
    Contact,
    FormerName,
    Grading,
    Headcount,
    Licence,
    Subject,
    SubjectTag,
    Violation,
)
from mingcha.registry.services import newest
from mingcha.registry.services.subjects import SUBJECT_KEEPERS
from mingcha.registry.subject_events import ContactRevealed, PartAdded, PartCorrected, PartEnded

_WITHDRAWN = ("withdrawn_on",)


@dataclass(frozen=True)
class Part:
    """One kind of thing that belongs to a subject.

    fields    what people enter; `personal` ones are encrypted and reach the ledger only under a key
    key       what makes a row the same as another one of the subject; `everywhere`: of any subject
    ended     the field values of a row that was ended; none for a row that is taken off
    counted   whether the subject repeats its newest values
    """

    code: str
    model: type[models.Model]
    fields: tuple[str, ...]
    personal: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    everywhere: bool = False
    ended: Mapping[str, Any] = field(default_factory=dict)
    counted: bool = False

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def withdrawn(self) -> bool:
        """Whether its rows are withdrawn, rather than ended or taken off."""
        return "withdrawn_on" in self.ended

    def has_ended(self, row: Any) -> bool:
        """Whether nothing more is to be ended on this row."""
        return any(getattr(row, name) not in (None, "") for name in self.ended if name.endswith("_on")) or (
            self.model is Licence and row.state in (Licence.State.CANCELLED, Licence.State.REVOKED)
        )


PARTS = {
    part.code: part
    for part in (
        Part(
            "contacts",
            Contact,
            ("post", "source", "recorded_on"),
            personal=("name", "phone"),
            ended={"ended_on": clock.today},
        ),
        Part(
            "licences",
            Licence,
            ("kind", "number", "authority", "valid_from", "valid_until", "state"),
            key=("kind", "number"),
            everywhere=True,
            ended={"state": Licence.State.CANCELLED},
        ),
        Part("tags", SubjectTag, ("tag", "since", "why"), key=("tag",)),
        Part(
            "gradings",
            Grading,
            ("system", "grade", "year", "graded_on", "source"),
            key=("system", "year", "graded_on"),
            ended={"withdrawn_on": clock.today},
            counted=True,
        ),
        Part(
            "headcounts",
            Headcount,
            ("counted_on", "workers", "insured", "dispatched", "source"),
            key=("counted_on", "source"),
            ended={"withdrawn_on": clock.today},
            counted=True,
        ),
        Part(
            "cases",
            CaseCount,
            ("counted_on", "disputes", "complaints", "source"),
            key=("counted_on", "source"),
            ended={"withdrawn_on": clock.today},
        ),
        Part(
            "violations",
            Violation,
            (
                "decided_on",
                "handling",
                "what",
                "article",
                "document_number",
                "authority",
                "settled_on",
                "source",
            ),
            ended={"withdrawn_on": clock.today},
        ),
        Part("names", FormerName, ("name", "until"), key=("name",), ended={"withdrawn_on": clock.today}),
    )
}


@service
def add_part(*, actor: Viewer, part: str, subject: Subject, values: dict[str, Any]) -> models.Model:
    """Enter a row of one kind; Refused when the same stands there. A withdrawn one is taken up again."""
    kind = PARTS[part]
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("登记检查对象的附属信息"))
    subject = _locked(actor, subject.pk)
    row = _same(kind, subject, values) or kind.model(subject=subject)
    for name in _WITHDRAWN if kind.withdrawn else ():
        setattr(row, name, None)
    _fill(kind, row, values)
    _in_step(kind, subject)
    after = {"part": kind.label, **snapshot(row, kind.fields)}
    emit(PartAdded(thing=Thing.of(subject), part=part, after=after, personal=_personal(kind, row)))
    return row


@service
def correct_part(*, actor: Viewer, part: str, row_id: int, values: dict[str, Any]) -> models.Model:
    """Put a row right; before and after stand in the history."""
    kind = PARTS[part]
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("更正检查对象的附属信息"))
    row, subject = _row(actor, kind, row_id)
    twin = _same(kind, subject, values, apart_from=row)
    if twin is not None:
        raise _taken(kind, twin)
    before, personal = snapshot(row, kind.fields), {name: getattr(row, name) for name in kind.personal}
    _fill(kind, row, values)
    _in_step(kind, subject)
    old, new = changes(before, snapshot(row, kind.fields))
    private = _personal(kind, row, personal)
    if new or private is not None:
        named = {"part": kind.label, "row": str(row)}
        emit(
            PartCorrected(
                thing=Thing.of(subject), part=part, before=old, after={**named, **new}, personal=private
            )
        )
    return row


@service
def end_part(*, actor: Viewer, part: str, row_id: int, reason: str) -> Subject:
    """End a row: no longer used, cancelled, withdrawn or taken off; `reason` is kept. Its subject."""
    kind = PARTS[part]
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("停用检查对象的附属信息"))
    why = required_text(reason, gettext_noop("理由"))
    row, subject = _row(actor, kind, row_id)
    if kind.ended and kind.has_ended(row):
        raise Refused(
            Refusal(
                code="part.ended",
                message=gettext_noop("这一条已经停用或撤回，不用再办"),
                basis=gettext_noop("本局名录库规则：每一条只停用一次"),
                remedy=gettext_noop("请刷新页面查看现在的情况"),
            )
        )
    after = {"part": kind.label, "row": str(row)}
    if kind.ended:
        for name, value in kind.ended.items():
            setattr(row, name, value() if callable(value) else value)
        if kind.withdrawn:
            row.withdrawn_why = why[:200]
        row.save()
    else:
        row.delete()
    _in_step(kind, subject)
    emit(PartEnded(thing=Thing.of(subject), part=part, after=after, why=why))
    return subject


@service
def reveal_phone(*, actor: Viewer, contact_id: int, reason: str) -> Contact:
    """Let the actor see one telephone number; who looked and why is put on record (个保法51)."""
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("查看联系电话"))
    why = required_text(reason, gettext_noop("查看电话的理由"))
    contact, subject = _row(actor, PARTS["contacts"], contact_id)
    emit(ContactRevealed(thing=Thing.of(subject), after={"post": str(contact.get_post_display())}, why=why))
    return contact


def masked_contact(contact: Contact) -> tuple[str, str]:
    """Name and phone as they are shown to everybody."""
    return masking.mask_name(contact.name or ""), masking.mask_phone(contact.phone or "")


def _locked(actor: Viewer, pk: int) -> Subject:
    return Subject.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=pk)


def _row(actor: Viewer, kind: Part, row_id: int) -> tuple[Any, Subject]:
    """The row and its subject, both locked, the subject first."""
    rows: Any = kind.model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
    subject = _locked(actor, rows.values_list("subject_id", flat=True).get(pk=row_id))
    return rows.select_for_update(of=("self",)).get(pk=row_id), subject


def _same(kind: Part, subject: Subject, values: dict[str, Any], apart_from: Any = None) -> Any:
    """The row with the same key: a withdrawn one to take up again, or None. Refused for a standing one."""
    if not kind.key:
        return None
    found = kind.model._default_manager.filter(**{name: values[name] for name in kind.key})
    if not kind.everywhere:
        found = found.filter(subject=subject)
    row: Any = found.exclude(pk=getattr(apart_from, "pk", None)).first()
    if row is not None and not (kind.withdrawn and kind.has_ended(row)):
        raise _taken(kind, row)
    return row


def _taken(kind: Part, row: Any) -> Refused:
    return Refused(
        Refusal(
            code=f"part.{kind.code}.known",
            message=gettext_noop("“%(row)s”已经登记在“%(subject)s”名下"),
            basis=gettext_noop("本局名录库规则：同一事实只登记一次"),
            remedy=gettext_noop("请更正已有的那一条，不要重复登记"),
            params={"row": str(row), "subject": str(row.subject)},
        )
    )


def _fill(kind: Part, row: Any, values: dict[str, Any]) -> None:
    for name in (*kind.fields, *kind.personal):
        if name in values:
            setattr(row, name, values[name])
    row.save()


def _in_step(kind: Part, subject: Subject) -> None:
    if kind.counted:
        newest.refresh([subject.pk])


def _personal(kind: Part, row: Any, before: dict[str, Any] | None = None) -> Personal | None:
    """What is personal in a row, under the row's own key; None when nothing of it changed."""
    values: dict[str, Any] = {}
    for name in kind.personal:
        now = getattr(row, name) or ""
        if before is None:
            values[name] = now
        elif before[name] != now:
            values[name] = {"before": before[name], "after": now}
    return Personal(subject=f"{row._meta.label_lower}:{row.pk}", values=values) if values else None

"""Lists of construction projects: a subject of its own kind, and what a project has beyond others."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.basics.services import numbers
from mingcha.registry.importing.drafts import Action, Draft
from mingcha.registry.importing.object_rows import uses_of
from mingcha.registry.importing.object_target import ObjectTarget, Values, plain
from mingcha.registry.models import ImportBatch, Project, StagedRow, Subject
from mingcha.registry.services.subjects import PUBLIC_NUMBER_SERIES

_ACTOR = System(purpose="import")
_OF_SUBJECT = ("name", "address", "division_code", "town")
_OF_PROJECT = ("permit_number", "owner_name", "contractor_name", "amount_yuan", "started_on", "planned_end")


class ProjectTarget(ObjectTarget):
    """Its object is the `Project`; name and place go to its `Subject`, created along with it."""

    def _known(self, drafts: Sequence[Draft]) -> dict[tuple[str, ...], Any]:
        permits = {draft.values.get("permit_number") for draft in drafts} - {None, ""}
        names = {draft.values.get("name") for draft in drafts if not draft.values.get("permit_number")}
        rows = Project.objects.select_related("subject").filter(subject__merged_into=None)
        found = {(project.permit_number, ""): project for project in rows.filter(permit_number__in=permits)}
        named = rows.filter(subject__name__in=names)
        return found | {("", project.subject.name): project for project in named}

    def _identity(self, values: Values) -> tuple[str, ...]:
        permit = str(values.get("permit_number") or "")
        return (permit, "") if permit else ("", str(values.get("name") or ""))

    def snapshot(self, instance: Any) -> Values:
        of_subject = {name: getattr(instance.subject, name) for name in _OF_SUBJECT}
        return of_subject | {name: plain(getattr(instance, name)) for name in _OF_PROJECT}

    def assign(self, instance: Any, values: Values) -> None:
        subject = instance.subject if instance.subject_id else Subject(kind=Subject.Kind.PROJECT)
        for name in _OF_SUBJECT:
            if name in values:
                setattr(subject, name, values[name] or "")
        if subject.pk:
            subject.version += 1
            subject.changed_at = clock.now()
        else:
            subject.created_at = clock.now()
        subject.save()
        if not subject.public_number:
            thing = Thing.of(subject)
            subject.public_number, _last = numbers.issue_many(
                actor=_ACTOR, series=PUBLIC_NUMBER_SERIES, things=[thing], about=thing
            )
            subject.save(update_fields=["public_number"])
        instance.subject = subject
        for name in _OF_PROJECT:
            if name in values:
                setattr(instance, name, self._value(name, values[name]))
        for role in ("owner", "contractor"):
            if f"{role}_name" in values:
                setattr(instance, role, _registered(values[f"{role}_name"]))
        instance.save()

    def _turned(self, row: StagedRow, instance: Any, sealed: Container[int]) -> Draft:
        """What keeps a subject in its place keeps the project too: a sealed roster, rows that point to it."""
        draft = super()._turned(row, instance, sealed)
        if draft.action == Action.SKIP:
            return draft
        if instance.subject_id in sealed:
            draft.refuse(_("已列入封存的抽查名单，保持现状"), value=row.name)
        elif draft.action == Action.REMOVE and (uses := uses_of(instance.subject, besides=Project)):
            draft.refuse(_("已有别的记录用到这一条，保持现状"), value=f"{row.name}：{uses}")
        return draft

    def _remove(self, row: StagedRow, instance: Any) -> None:
        subject = instance.subject
        super()._remove(row, instance)
        super()._remove(row, subject)


def _registered(name: str | None) -> Subject | None:
    """The subject of the register that bears the name, where it is the only one."""
    found = list(Subject.objects.current().filter(name=name)[:2]) if name else []
    return found[0] if len(found) == 1 else None


def _no_names(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        draft.values = {
            name: value for name, value in draft.values.items() if name in (*_OF_SUBJECT, *_OF_PROJECT)
        }


PROJECTS = ProjectTarget(Project, ("permit_number",), (*_OF_SUBJECT, *_OF_PROJECT), resolve=_no_names)

"""Lists about people who are registered already: their days of leave, and whom they must stay away from.

Both only add. Who must stay away from whom is seen by few: such a list too (`ImportBatchQuerySet`), and its
digest says nothing of it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from mingcha.accounts.models import User
from mingcha.accounts.selectors import officer_of
from mingcha.base import clock
from mingcha.registry.importing import digests
from mingcha.registry.importing.drafts import Action, Draft
from mingcha.registry.importing.facts import person
from mingcha.registry.importing.object_registers import find_subjects
from mingcha.registry.importing.object_target import ObjectTarget
from mingcha.registry.importing.target import Stale
from mingcha.registry.models import ImportBatch, Inspector, Leave, Recusal, StagedRow, Subject
from mingcha.registry.services.recusals import declare, retract


class _AddsOnly(ObjectTarget):
    """What is entered already and differs is changed by hand, where everybody concerned hears of it."""

    def _compare(self, draft: Draft, instance: Any, keep: bool) -> None:
        super()._compare(draft, instance, keep)
        if draft.action == Action.UPDATE:
            draft.refuse(_("已经登记过，内容与名单不同；名单只新增，请在登记页面修改"), value=draft.name)


class LeaveTarget(_AddsOnly):
    """Days of leave; those that were cancelled count for nothing."""

    def _known(self, drafts: Sequence[Draft]) -> dict[tuple[str, ...], Any]:
        found = super()._known(drafts)
        return {identity: leave for identity, leave in found.items() if leave.cancelled_on is None}


class RecusalTarget(_AddsOnly):
    """Recusals are declared one by one, like those that somebody types, and wait for the head's decision."""

    def _known(self, drafts: Sequence[Draft]) -> dict[tuple[str, ...], Any]:
        found, today = super()._known(drafts), clock.today()
        return {key: one for key, one in found.items() if one.valid_until is None or one.valid_until >= today}

    def _rows(self, wanted: set[Any]) -> Any:
        return super()._rows(wanted).exclude(state=Recusal.State.REPLACED)

    def _create(self, batch: ImportBatch, row: StagedRow) -> Any:
        values = {name: self._value(name, row.values[name]) for name in self.columns if name in row.values}
        values["subject"] = Subject.objects.get(pk=values.pop("subject_id"))
        values["inspector"] = Inspector.objects.get(pk=values.pop("inspector_id"))
        recusal = declare(person(batch), values)
        row.target_id = recusal.pk
        return recusal

    def _turned(self, row: StagedRow, instance: Any, sealed: Container[int]) -> Draft:
        draft = super()._turned(row, instance, sealed)
        if draft.action == Action.REMOVE and instance.state != Recusal.State.DECLARED:
            draft.refuse(_("局领导已经作出决定，保持现状"), value=row.name)
        return draft

    def _remove(self, row: StagedRow, instance: Any) -> None:
        try:
            with transaction.atomic():
                retract(person(row.batch), instance, _("导入回避名单的操作已撤销"))
        except ProtectedError as error:
            raise Stale([row.position]) from error

    def digest(self, batch: ImportBatch) -> str:
        return digests.digest_of(StagedRow.objects.filter(batch=batch), digests.CONFIDENTIAL_FIELDS)


def _find_inspectors(batch: ImportBatch, drafts: Sequence[Draft], name_field: str) -> None:
    """Which person each row is about: by certificate, else by the only bearer's name.

    Only people whom the one who brings the list in may enter such things for.
    """
    known = Inspector.objects.visible_to(officer_of(User.objects.get(pk=batch.started_by_id)))
    by_certificate: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for pk, certificate, name in known.values_list("pk", "certificate_number", "name"):
        by_certificate.setdefault(certificate, []).append(pk)
        by_name.setdefault(name, []).append(pk)
    for draft in drafts:
        name = draft.values.pop(name_field, "")
        certificate = draft.values.pop("certificate_number", "")
        found = by_certificate.get(certificate, []) if certificate else by_name.get(name, [])
        if len(found) == 1:
            draft.values["inspector_id"] = found[0]
        elif found:
            draft.refuse(_("执法人员名录里有几位同名，请补上执法证件号码"), value=name)
        else:
            draft.refuse(_("您能登记的执法人员名录里没有这个人，请先录入人员"), value=name or certificate)


def _leaves(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    """Two absences of one person do not overlap: neither with one that is entered nor within the list."""
    _find_inspectors(batch, drafts, "name")
    wanted = [draft for draft in drafts if draft.action != Action.SKIP]
    people = {draft.values["inspector_id"] for draft in wanted}
    taken: dict[int, list[tuple[str, str]]] = {}
    standing = Leave.objects.filter(inspector__in=people, cancelled_on=None)
    for pk, first, last in standing.values_list("inspector_id", "first_day", "last_day"):
        taken.setdefault(pk, []).append((first.isoformat(), last.isoformat()))
    for draft in wanted:
        draft.values.setdefault("kind", Leave.Kind.LEAVE.value)
        days = draft.values["first_day"], draft.values["last_day"]
        spans = taken.setdefault(draft.values["inspector_id"], [])
        for first, last in spans:
            if first != days[0] and first <= days[1] and last >= days[0]:
                reason = _("与已登记的离岗（%(first)s 至 %(last)s）重叠") % {"first": first, "last": last}
                draft.refuse(reason, value=draft.name)
                break
        else:
            spans.append(days)


def _recusals(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    find_subjects(batch, drafts)
    _find_inspectors(batch, drafts, "inspector_name")
    for draft in drafts:
        draft.values.setdefault("basis", (_("名单“%(name)s”登记") % {"name": batch.source.name})[:200])
        if "valid_from" not in draft.values:
            draft.values["valid_from"] = clock.today().isoformat()
            draft.warn(_("没有写从哪天起回避，按今天登记"), value=draft.name)


LEAVES = LeaveTarget(
    Leave,
    ("inspector_id", "first_day"),
    ("inspector_id", "kind", "first_day", "last_day"),
    resolve=_leaves,
)
RECUSALS = RecusalTarget(
    Recusal,
    ("inspector_id", "subject_id", "kind"),
    (
        "subject_id",
        "inspector_id",
        "kind",
        "basis",
        "valid_from",
        "valid_until",
        "declared_by",
        "declared_on",
    ),
    resolve=_recusals,
)

"""Lists for the small registers: compared and written object by object, in one transaction.

A county has a few hundred inspectors and a few thousand visits a year; twenty thousand rows are written in
well under ten seconds. What was understood of a row is one JSON value (`StagedRow.values`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from mingcha.registry.importing import digests, object_rows, sets
from mingcha.registry.importing.drafts import COMMON, Action, Draft, Fresh, Packed
from mingcha.registry.importing.target import Stale
from mingcha.registry.models import ImportBatch, StagedRow
from mingcha.registry.sheets import ReadRow

#: Rows that the small registers take in one list.
MOST = 20_000
_COLUMNS = (*COMMON, "target_id", "values")
Values = dict[str, Any]


def _nothing(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    return None


def _no_one(touched: Iterable[Any]) -> None:
    return None


@dataclass(frozen=True)
class ObjectTarget:
    """One small register; see `target.Target`.

    identity  fields that make an object the one that a row means
    columns   fields that a list can set, by their attribute names (`unit_id`)
    many      many-to-many fields: name → field of the related model that the list names
    resolve   turns what a row says into attribute values; refuses what it cannot find
    settle    what is done once everything is written, with the objects that were touched
    """

    model: type[models.Model]
    identity: tuple[str, ...]
    columns: tuple[str, ...]
    many: dict[str, str] = field(default_factory=dict)
    resolve: Callable[[ImportBatch, Sequence[Draft]], None] = _nothing
    settle: Callable[[Iterable[Any]], None] = _no_one
    new: Callable[[ImportBatch], Values] = lambda batch: {}
    make: Callable[[Any], None] = lambda instance: instance.save()
    staged = StagedRow

    def look_up(self, rows: Sequence[ReadRow | Packed]) -> Any:
        return None

    def match(self, batch: ImportBatch, drafts: Sequence[Draft], known: Any = None) -> None:
        wanted = [draft for draft in drafts if draft.action != Action.SKIP]
        if drafts and drafts[-1].position > MOST:
            for draft in wanted:
                draft.refuse(_("这类名单一次至多两万行，请拆成几个文件导入"))
            return
        for draft in wanted:
            draft.values = {name: draft.read.values[name] for name in draft.read.values}
        self.resolve(batch, wanted)
        self._refuse_repeated(batch, wanted)
        there = self._known([draft for draft in wanted if draft.action != Action.SKIP])
        for draft in wanted:
            if draft.action != Action.SKIP:
                self._compare(draft, there.get(self._identity(draft.values)), bool(batch.options.get("keep")))

    def _refuse_repeated(self, batch: ImportBatch, drafts: Sequence[Draft]) -> None:
        """One list may name one object in two ways, a firm by code and by name: the first row counts."""
        positions = {draft.position for draft in drafts}
        staged = StagedRow.objects.filter(batch=batch, action__in=(Action.CREATE, Action.UPDATE))
        earlier = staged.values_list("position", "values").iterator()
        taken = {self._identity(values) for position, values in earlier if position not in positions}
        for draft in drafts:
            identity = self._identity(draft.values)
            if draft.action == Action.SKIP:
                continue
            if identity in taken:
                draft.refuse(_("同一份名单里已有另一行说的是同一条，这一行不导入"), value=draft.name)
            taken.add(identity)

    def _identity(self, values: Values) -> tuple[str, ...]:
        return tuple(str(values.get(name) or "") for name in self.identity)

    def _known(self, drafts: Sequence[Draft]) -> dict[tuple[str, ...], Any]:
        first = self.identity[0]
        wanted = {draft.values.get(first) or "" for draft in drafts}
        found = {}
        for instance in self._rows(wanted):
            found[self._identity({name: plain(getattr(instance, name)) for name in self.identity})] = instance
        return found

    def _rows(self, wanted: set[Any]) -> Any:
        """Objects that a row may mean, by the first field of their identity."""
        return self.model._default_manager.filter(**{f"{self.identity[0]}__in": wanted})

    def _compare(self, draft: Draft, instance: Any, keep: bool) -> None:
        said = {name: draft.values[name] for name in (*self.columns, *self.many) if name in draft.values}
        draft.values = {name: value for name, value in said.items() if value not in (None, "")}
        if instance is None:
            draft.action = Action.CREATE
            return
        before = self.snapshot(instance)
        draft.before = {
            name: before[name]
            for name, value in draft.values.items()
            if value != before[name] and (not keep or before[name] in (None, ""))
        }
        draft.target_id = instance.pk
        draft.action = Action.UPDATE if draft.before else Action.SAME

    def snapshot(self, instance: Any) -> Values:
        """The values of an object as staged rows hold them."""
        values = {name: plain(getattr(instance, name)) for name in self.columns}
        for name, label in self.many.items():
            related = getattr(instance, name).values_list(label, flat=True) if instance.pk else ()
            values[name] = "、".join(sorted(related))
        return values

    def insert(self, batch: ImportBatch, drafts: Sequence[Draft], fresh: Sequence[Fresh]) -> None:
        rows = (
            (*draft.common(batch.pk, StagedRow), draft.target_id, object_rows.json_of(draft))
            for draft in drafts
        )
        sets.insert_rows(StagedRow, _COLUMNS, rows)

    def again(self, batch: ImportBatch, row: StagedRow) -> Draft:
        read = ReadRow(row.sheet, row.row, row.raw, dict(row.values), [], "understood")
        draft = Draft(row.position, read, row.key)
        if batch.undoes_id:
            draft.action = Action.SKIP
            return draft
        draft.values = dict(row.values)
        known = self._known([draft]).get(self._identity(draft.values))
        self._compare(draft, known, bool(batch.options.get("keep")))
        return draft

    def stale(self, batch: ImportBatch) -> list[int]:
        rows = self._written(batch)
        now = self.model._default_manager.in_bulk([row.target_id for row in rows if row.target_id])
        found = [row.position for row in rows if row.target_id and self._moved(row, now.get(row.target_id))]
        drafts = [Draft(row.position, object_rows.no_row(row), values=row.values) for row in rows]
        known = self._known([draft for draft, row in zip(drafts, rows, strict=True) if not row.target_id])
        entered = [r.position for r in rows if not r.target_id and self._identity(r.values) in known]
        return sorted({*found, *entered})

    def _written(self, batch: ImportBatch) -> list[StagedRow]:
        return list(StagedRow.objects.filter(batch=batch, action__in=digests.WRITTEN).order_by("position"))

    def _moved(self, row: StagedRow, instance: Any) -> bool:
        """Whether the object is not any more as it was when the row was compared with it."""
        if instance is None:
            return True
        now = self.snapshot(instance)
        return any(now[name] != value for name, value in row.before.items())

    def prepare(self, batch: ImportBatch, pause: Callable[[], None]) -> None:
        return None

    def brings(self, batch: ImportBatch) -> Collection[str]:
        return ()

    def write(self, batch: ImportBatch, brings: Collection[str]) -> None:
        touched = []
        rows = self._written(batch)
        ids = [row.target_id for row in rows if row.target_id]
        held = self.model._default_manager.select_for_update().in_bulk(ids)
        for row in rows:
            if row.action == Action.CREATE:
                touched.append(self._create(batch, row))
                continue
            instance = held.get(row.target_id)
            if self._moved(row, instance):
                raise Stale
            if row.action == Action.UPDATE:
                self._assign(row, instance, {name: row.values.get(name) for name in row.before})
            else:
                self._remove(row, instance)
            touched.append(instance)
        StagedRow.objects.bulk_update(
            [row for row in rows if row.action == Action.CREATE], ["target_id"], 500
        )
        self.settle(touched)

    def _create(self, batch: ImportBatch, row: StagedRow) -> Any:
        instance = self.model(**self.new(batch))
        self._assign(row, instance, row.values)
        row.target_id = instance.pk
        return instance

    def _assign(self, row: StagedRow, instance: Any, values: Values) -> None:
        try:
            self.assign(instance, values)
        except IntegrityError as error:
            raise Stale([row.position]) from error

    def assign(self, instance: Any, values: Values) -> None:
        """Give an object values of a staged row, and save it."""
        for name in self.columns:
            if name in values:
                setattr(instance, name, self._value(name, values[name]))
        self.make(instance)
        for name, label in self.many.items():
            if name in values:
                related = self.model._meta.get_field(name).related_model
                labels = [part for part in str(values[name] or "").split("、") if part]
                getattr(instance, name).set(related._default_manager.filter(**{f"{label}__in": labels}))  # type: ignore[union-attr]

    def _value(self, name: str, value: Any) -> Any:
        column = next(f for f in self.model._meta.concrete_fields if name in (f.name, f.attname))
        if value in (None, ""):
            return None if column.null else ("" if column.empty_strings_allowed else column.get_default())
        return column.to_python(value)

    def _remove(self, row: StagedRow, instance: Any) -> None:
        try:
            for name in self.many:
                getattr(instance, name).clear()
            instance.delete()
        except ProtectedError as error:
            raise Stale([row.position]) from error

    def digest(self, batch: ImportBatch) -> str:
        return digests.digest_of(StagedRow.objects.filter(batch=batch), digests.OBJECT_FIELDS)

    def turn_round(
        self, original: ImportBatch, first: int, count: int, sealed: Container[int]
    ) -> list[Draft]:
        written = StagedRow.objects.filter(batch=original, action__in=(Action.CREATE, Action.UPDATE))
        rows = list(written.filter(position__gte=first).order_by("position")[:count])
        now = self.model._default_manager.in_bulk([row.target_id for row in rows])
        return [self._turned(row, now.get(row.target_id), sealed) for row in rows]

    def _turned(self, row: StagedRow, instance: Any, sealed: Container[int]) -> Draft:
        draft = Draft(row.position, object_rows.no_row(row), row.key, Action.UPDATE)
        draft.target_id = row.target_id
        if instance is None:
            draft.refuse(_("这一条已经不在名录库里"), value=row.name)
            return draft
        now = self.snapshot(instance)
        said = (
            row.values if row.action == Action.CREATE else {name: row.values.get(name) for name in row.before}
        )
        if any(now[name] not in (value, value or "", value or None) for name, value in said.items()):
            draft.refuse(_("导入以后又被修改过，保持现状"), value=row.name)
        elif row.action == Action.UPDATE:
            draft.values, draft.before = dict(row.before), {name: now[name] for name in row.before}
        elif uses := object_rows.uses_of(instance):
            draft.refuse(_("已有别的记录用到这一条，保持现状"), value=f"{row.name}：{uses}")
        else:
            draft.action, draft.values, draft.before = Action.REMOVE, dict(row.values), dict(said)
        return draft


def plain(value: Any) -> Any:
    """A value as JSON holds it: days as text."""
    return value.isoformat() if hasattr(value, "isoformat") else value

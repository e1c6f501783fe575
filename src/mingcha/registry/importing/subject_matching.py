"""Lists of subjects: which rows speak of a subject that is known, and what they change of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mingcha.registry.importing import sets
from mingcha.registry.importing.drafts import Action, Draft, Packed
from mingcha.registry.importing.subject_rows import (
    BESIDE,
    CODE,
    COLUMNS,
    COUNTS,
    NAME,
    OLD_NUMBER,
    USUAL,
    known_empty,
    mark_of,
)
from mingcha.registry.models import Contact, FormerName, ImportBatch, StagedSubject, Subject, SubjectTag, Tag
from mingcha.registry.sheets import ReadRow, name_form

#: Columns that follow from others and are never a change of their own.
_FOLLOWING = {"code_warnings": "credit_code", "capital_yuan": "capital_text", "counted_on": ""}
_KNOWN = ("id", "version", "public_number", *COLUMNS)
_WIDE, _NARROW = str.maketrans("()", "（）"), str.maketrans("（）", "()")
Known = dict[str, Any]


def match(batch: ImportBatch, drafts: Sequence[Draft], register: Register) -> None:
    """Decide for each row whether it is new, changes a subject or says nothing new."""
    unknown_tags(drafts)
    wanted = [draft for draft in drafts if draft.action != Action.SKIP]
    beside = _Beside(register.ids(), [draft.read.values for draft in wanted])
    keep = bool(batch.options.get("keep"))
    for draft in wanted:
        known = register.subject_of(draft)
        if known is None:
            draft.values = {**USUAL, **draft.read.values}
            if register.bears_name(draft):
                draft.warn(_("名录库里已有同名的检查对象，可能是同一户"), value=draft.name)
        elif draft.action != Action.SKIP:
            _compare(draft, known, beside, keep)
    _one_row_a_subject(batch, wanted)


def _one_row_a_subject(batch: ImportBatch, drafts: Sequence[Draft]) -> None:
    """Two rows of one list may name one subject differently, by code and by old number: the first counts."""
    changing = [draft for draft in drafts if draft.action == Action.UPDATE]
    positions = {draft.position for draft in drafts}
    earlier = StagedSubject.objects.filter(batch=batch, target__in=[draft.target_id for draft in changing])
    taken = set(
        earlier.filter(action=Action.UPDATE).exclude(position__in=positions).values_list("target", flat=True)
        if changing
        else ()
    )
    for draft in changing:
        if draft.target_id in taken:
            draft.refuse(_("同一份名单里已有另一行更新同一户，这一行不导入"), value=draft.key)
        taken.add(draft.target_id)


class Register:
    """What the register knows of the subjects that a few thousand rows speak of; at most three queries."""

    def __init__(self, rows: Sequence[ReadRow | Packed]) -> None:
        codes, olds, names = zip(*map(_identity, rows), strict=True) if rows else ((), (), ())
        self._by_code = {known["credit_code"]: known for known in _known("credit_code", {*codes} - {""})}
        self._by_old: dict[str, list[Known]] = {}
        for known in _known("old_number", {*olds} - {""}):
            self._by_old.setdefault(known["old_number"], []).append(known)
        strangers = (
            name
            for code, old, name in zip(codes, olds, names, strict=True)
            if code not in self._by_code and old not in self._by_old
        )
        self._by_name: dict[str, list[Known]] = {}
        for known in _known("name", {form for name in strangers for form in forms_of_name(name)}):
            self._by_name.setdefault(name_form(known["name"]), []).append(known)
        self._names = {wide(k["name"]) for group in self._by_name.values() for k in group}

    def ids(self) -> list[int]:
        """Every subject of which one of the rows may speak."""
        lists = [*self._by_old.values(), *self._by_name.values()]
        return [k["id"] for k in self._by_code.values()] + [k["id"] for group in lists for k in group]

    def knows(self, packed: Packed) -> bool:
        """Whether it holds the code, the number or the name of a packed row."""
        if packed[CODE] in self._by_code or packed[OLD_NUMBER] in self._by_old:
            return True
        return bool(self._names) and wide(packed[NAME]) in self._names

    def subject_of(self, draft: Draft) -> Known | None:
        """By code; else by the old number, where its holder has no other code."""
        row = draft.read.values
        code = row.get("credit_code", "")
        if code and code in self._by_code:
            return self._by_code[code]
        same = self._by_old.get(row.get("old_number", ""), [])
        fitting = [known for known in same if not (code and known["credit_code"])]
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            draft.refuse(_("名录库里有几户都是这个原注册号，无法判断是哪一户"), value=row["old_number"])
        return None

    def bears_name(self, draft: Draft) -> bool:
        """Whether somebody in the register has this name, and the same or no known place."""
        row = draft.read.values
        for known in self._by_name.get(name_form(row.get("name", "")), []):
            places = [(known[field], row.get(field, "")) for field in ("town", "address")]
            said = [(old, new) for old, new in places if old and new]
            if not said or any(name_form(old) == name_form(new) for old, new in said):
                return True
        return False


def _identity(row: ReadRow | Packed) -> tuple[str, str, str]:
    """Code, old number and name of a row."""
    if isinstance(row, ReadRow):
        get = row.values.get
        return get("credit_code", ""), get("old_number", ""), get("name", "")
    return row[CODE], row[OLD_NUMBER], row[NAME]


class _Beside:
    """Tags, former names and telephone numbers that known subjects have."""

    def __init__(self, ids: list[int], rows: Sequence[Mapping[str, Any]]) -> None:
        said = {
            field
            for row in rows
            for field in ("tags", "former_name", "contact_phone", "contact_name")
            if row.get(field)
        }
        self._tags = _pairs(SubjectTag.objects, "tag__label", ids if "tags" in said else [])
        self._names = _pairs(FormerName.objects, "name", ids if "former_name" in said else [])
        self._phones = _pairs(Contact.objects, "phone_index", ids if "contact_phone" in said else [])
        self._people = _pairs(Contact.objects, "name", ids if "contact_name" in said else [])

    def missing(self, subject_id: int, row: Mapping[str, Any]) -> dict[str, Any]:
        before: dict[str, Any] = {}
        tags = self._tags.get(subject_id, set())
        if set(filter(None, row.get("tags", "").split("、"))) - tags:
            before["tags"] = "、".join(sorted(tags))
        names = self._names.get(subject_id, set())
        if row.get("former_name") and row["former_name"] not in names:
            before["former_name"] = "、".join(sorted(names))
        phone, person = row.get("contact_phone", ""), row.get("contact_name", "")
        if phone:
            known = mark_of(phone) in self._phones.get(subject_id, set())
        else:
            known = not person or person in self._people.get(subject_id, set())
        if not known:
            before["contact"] = ""
        return before


def _pairs(rows: Any, field: str, ids: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    if ids:
        for subject_id, value in rows.filter(subject__in=ids).values_list("subject_id", field):
            found.setdefault(subject_id, set()).add(value)
    return found


def _known(field: str, values: set[str]) -> Iterable[Known]:
    if not values:
        return ()
    # The second condition is the one of the unique index on codes.
    rows: QuerySet[Subject] = (
        Subject.objects.current().filter(sets.among(field, values)).exclude(**{field: ""})
    )
    return [_plain(row) for row in rows.values(*_KNOWN)]


def _plain(row: Known) -> Known:
    """With days as text, as rows that were read have them."""
    for field in ("registered_on", "registration_since", "counted_on"):
        row[field] = row[field].isoformat() if row[field] else None
    return row


def wide(name: str) -> str:
    """A name with wide brackets."""
    return name.translate(_WIDE) if "(" in name else name


def forms_of_name(name: str) -> tuple[str, ...]:
    """The ways of writing a name that are found as equal: brackets of either width."""
    if "(" in name or "（" in name:
        return tuple({name, name.translate(_WIDE), name.translate(_NARROW)})
    return (name,) if name else ()


def _compare(draft: Draft, known: Known, beside: _Beside, keep: bool) -> None:
    """What the subject becomes, and what of it changes."""
    row = draft.read.values
    merged = {field: known[field] for field in COLUMNS}
    for field in COLUMNS:
        new = row.get(field)
        if new in (None, "") or new == known[field] or field in _FOLLOWING:
            continue
        if known[field] in (None, "") or not keep:
            merged[field] = new
    _follow(merged, known, row)
    if older := _is_older(merged, known, row):
        draft.warn(_("人数的统计日期早于已登记的，人数不改"), value=str(row.get("counted_on", "")))
    changed = {
        field: known[field] for field in COLUMNS if merged[field] != known[field] and field != "counted_on"
    }
    if any(field in changed for field in COUNTS):
        changed["counted_on"] = known["counted_on"]
    changed |= beside.missing(known["id"], row)
    if "name" in changed and changed["name"]:
        draft.warn(
            _("名称与名录库不同，导入后原名称记为曾用名"), value=f"{changed['name']} → {merged['name']}"
        )
    draft.values = merged | {
        field: row.get(field, "") for field in (*BESIDE, "contact_name", "contact_phone")
    }
    if "contact" not in changed:
        draft.values |= {"contact_name": "", "contact_phone": ""}
    draft.values["public_number"] = known["public_number"]
    draft.target_id, draft.target_version = known["id"], known["version"]
    draft.before = changed
    draft.action = Action.UPDATE if changed else Action.SAME
    if older and not changed:
        draft.action = Action.SAME


def _follow(merged: Known, known: Known, row: Mapping[str, Any]) -> None:
    """Columns that only say something about another one come from where that one came from."""
    for field, leader in _FOLLOWING.items():
        if leader and merged[leader] == row.get(leader) and merged[leader] != known[leader]:
            merged[field] = row.get(field) or known_empty(field)


def _is_older(merged: Known, known: Known, row: Mapping[str, Any]) -> bool:
    """Take over the day of the counts; True (and the counts left as they are) when it is an older one."""
    if not any(row.get(field) not in (None, "") for field in COUNTS):
        return False
    day = row.get("counted_on")
    if day and known["counted_on"] and day < known["counted_on"]:
        for field in COUNTS:
            merged[field] = known[field]
        return True
    if day:
        merged["counted_on"] = day
    return False


def unknown_tags(drafts: Sequence[Draft]) -> None:
    """Say so where a row names a tag that the dictionary does not have; the row comes in without it."""
    said = [draft for draft in drafts if draft.read.values.get("tags")]
    if not said:
        return
    labels = set(Tag.objects.filter(in_use=True).values_list("label", flat=True))
    for draft in said:
        named = draft.read.values["tags"].split("、")
        known = [label for label in named if label in labels]
        if len(known) < len(named):
            draft.warn(_("标签字典里没有这个标签，这一行导入时不带它"), value=draft.read.values["tags"])
            draft.read.values["tags"] = "、".join(known)

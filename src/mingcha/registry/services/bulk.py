"""Changes to many subjects at once: counted and shown before, kept with what stood before, undone as one.

Only tags, towns and claims: a registration state or a code is never changed for many at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role, required_text, user_id_of
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.models import BulkChange, BulkChangeRow, Claim, Subject, SubjectTag, Tag
from mingcha.registry.services.claims import decide_claims
from mingcha.registry.services.subjects import SUBJECT_KEEPERS
from mingcha.registry.subject_events import SubjectsChangedTogether, TogetherUndone

#: More at once would hold the database's write lock for longer than a few seconds.
MOST_AT_ONCE = 20_000
_CHUNK = 500
_RULE = gettext_noop("本局名录库规则：批量办理先预览、留底、可以撤销")
Verb = BulkChange.Verb


def affected(verb: str, value: str, subjects: QuerySet[Subject]) -> QuerySet[Subject]:
    """Those of the subjects that the change would really change."""
    if verb == Verb.TAG:
        return subjects.exclude(pk__in=SubjectTag.objects.filter(tag_id=value).values("subject"))
    if verb == Verb.UNTAG:
        return subjects.filter(pk__in=SubjectTag.objects.filter(tag_id=value).values("subject"))
    if verb == Verb.CLAIM:
        return subjects.filter(pk__in=Claim.objects.filter(state=Claim.State.PENDING).values("subject"))
    return subjects.exclude(town=value)


@service
def change_together(
    *, actor: Viewer, verb: str, value: str, subjects: QuerySet[Subject], counted: int, reason: str
) -> BulkChange:
    """Make one change to many subjects; `counted` is how many the preview said would change.

    Refused when it would now be another number, none, or more than `MOST_AT_ONCE`.
    """
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("批量办理检查对象"))
    why = required_text(reason, gettext_noop("批量办理的理由"))
    allowed = Subject.objects.visible_to(actor).current().filter(pk__in=subjects.order_by().values("pk"))
    chosen = affected(verb, value, allowed).order_by("pk")
    rows = list(chosen.values_list("pk", "town"))
    _refuse_count(len(rows), counted)
    change = BulkChange.objects.create(
        verb=verb,
        value=value,
        what=_words(verb, value),
        why=why[:200],
        changed=len(rows),
        passed_over=allowed.count() - len(rows),
        done_by_id=user_id_of(actor),
        done_at=clock.now(),
    )
    before, kept = dict(rows) if verb == Verb.TOWN else {}, _labels(value, rows) if verb == Verb.UNTAG else {}
    BulkChangeRow.objects.bulk_create(
        [
            BulkChangeRow(
                change=change,
                subject_id=pk,
                before=before.get(pk, "") or _shown(kept.get(pk)),
                kept=kept.get(pk, {}),
            )
            for pk, _town in rows
        ],
        batch_size=_CHUNK,
    )
    ids = [pk for pk, _town in rows]
    _APPLY[Verb(verb)](actor, change, ids)
    after = {"changed": len(rows), "what": change.what, "subjects": ids}
    emit(SubjectsChangedTogether(thing=Thing.of(change), after=after, why=why))
    return change


@service
def undo_together(*, actor: Viewer, change: BulkChange, reason: str) -> BulkChange:
    """Take a bulk change back; subjects that somebody changed again in the same respect are left."""
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("撤销批量办理"))
    why = required_text(reason, gettext_noop("撤销的理由"))
    change = locked(change, actor)
    _refuse_beyond(actor, change)
    if change.undone_at is not None or change.verb not in _UNDO:
        raise Refused(
            Refusal(
                code="bulk.final",
                message=gettext_noop("这次批量办理已经撤销过，或者不能撤销"),
                basis=_RULE,
                remedy=gettext_noop("认领后不属本局监管的，请逐户登记说明"),
            )
        )
    undone = _UNDO[Verb(change.verb)](change)
    change.undone_at, change.undone_why = clock.now(), why[:200]
    change.left_alone = change.changed - undone
    change.save()
    after = {"changed": undone, "left": change.left_alone}
    emit(TogetherUndone(thing=Thing.of(change), after=after, why=why))
    return change


def _refuse_count(found: int, counted: int) -> None:
    if 0 < found <= MOST_AT_ONCE and found == counted:
        return
    params: dict[str, object] = {"found": found, "counted": counted, "most": MOST_AT_ONCE}
    if found > MOST_AT_ONCE:
        message = gettext_noop("要改 %(found)s 户，一次最多 %(most)s 户，没有改动")
        remedy = gettext_noop("请先筛选，分几次办理")
    elif not found:
        message, remedy = gettext_noop("选中的都已经是这样，没有要改的"), gettext_noop("请核对选择和内容")
    else:
        message = gettext_noop("预览时是 %(counted)s 户，现在是 %(found)s 户，名单变了，没有改动")
        remedy = gettext_noop("请重新预览后再确认")
    raise Refused(Refusal("bulk.count", message, _RULE, remedy, params))


def _refuse_beyond(actor: Viewer, change: BulkChange) -> None:
    """Whoever does not reach every firm of the change takes none of it back: it is undone as one."""
    beyond = change.rows.exclude(subject__in=Subject.objects.visible_to(actor).values("pk")).count()
    if beyond:
        raise Refused(
            Refusal(
                "bulk.beyond",
                gettext_noop("这次批量办理里有 %(beyond)s 户不在您的辖区，没有撤销"),
                _RULE,
                gettext_noop("请由管辖全部这些检查对象的综合经办撤销"),
                {"beyond": beyond},
            )
        )


def _words(verb: str, value: str) -> str:
    return Tag.objects.get(pk=value).label if verb in (Verb.TAG, Verb.UNTAG) else value


def _labels(tag: str, rows: Iterable[tuple[int, str]]) -> dict[int, dict[str, Any]]:
    """Subject id → since when, why and by which list it has the label that is taken off."""
    wanted = {pk for pk, _town in rows}
    held = SubjectTag.objects.filter(tag_id=tag).values_list("subject_id", "since", "why", "batch_id")
    return {
        pk: {"since": since.isoformat(), "why": why, "batch": batch}
        for pk, since, why, batch in held
        if pk in wanted
    }


def _shown(label: dict[str, Any] | None) -> str:
    return f"{label['since']} {label['why']}"[:100] if label else ""


def _put_on(actor: Viewer, change: BulkChange, ids: Sequence[int]) -> None:
    tags = [
        SubjectTag(subject_id=pk, tag_id=int(change.value), since=clock.today(), why=change.why) for pk in ids
    ]
    SubjectTag.objects.bulk_create(tags, batch_size=_CHUNK)


def _take_off(actor: Viewer, change: BulkChange, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), _CHUNK):
        held = SubjectTag.objects.filter(tag_id=change.value, subject__in=ids[start : start + _CHUNK])
        held.delete()


def _set_town(actor: Viewer, change: BulkChange, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), _CHUNK):
        _write_town(ids[start : start + _CHUNK], change.value)


def _write_town(ids: Sequence[int], town: str) -> int:
    rows = Subject.objects.filter(pk__in=ids)
    return rows.update(town=town, version=F("version") + 1, changed_at=clock.now())


def _claim(actor: Viewer, change: BulkChange, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), _CHUNK):
        waiting = Claim.objects.filter(subject__in=ids[start : start + _CHUNK], state=Claim.State.PENDING)
        decide_claims(
            actor=actor, claims=waiting.values_list("pk", flat=True), verb="claim", reason=change.why
        )


def _undo_put_on(change: BulkChange) -> int:
    """Only the tags that this change put on: one put on anew by somebody else says another day or why."""
    held = SubjectTag.objects.filter(
        tag_id=change.value, subject__in=change.rows.values("subject"), why=change.why
    )
    return held.delete()[0]


def _undo_take_off(change: BulkChange) -> int:
    held = set(
        SubjectTag.objects.filter(tag_id=change.value, subject__in=change.rows.values("subject")).values_list(
            "subject_id", flat=True
        )
    )
    tags = [
        SubjectTag(
            subject_id=row.subject_id,
            tag_id=int(change.value),
            since=date.fromisoformat(row.kept["since"]),
            why=row.kept["why"],
            batch_id=row.kept["batch"],
        )
        for row in change.rows.all()
        if row.subject_id not in held
    ]
    SubjectTag.objects.bulk_create(tags, batch_size=_CHUNK)
    return len(tags)


def _undo_town(change: BulkChange) -> int:
    before: dict[str, list[int]] = {}
    for row in change.rows.filter(subject__town=change.value):
        before.setdefault(row.before, []).append(row.subject_id)
    done = 0
    for town, ids in before.items():
        for start in range(0, len(ids), _CHUNK):
            done += _write_town(ids[start : start + _CHUNK], town)
    return done


_APPLY: dict[Verb, Callable[[Viewer, BulkChange, Sequence[int]], None]] = {
    Verb.TAG: _put_on,
    Verb.UNTAG: _take_off,
    Verb.TOWN: _set_town,
    Verb.CLAIM: _claim,
}
_UNDO: dict[str, Callable[[BulkChange], int]] = {
    Verb.TAG: _undo_put_on,
    Verb.UNTAG: _undo_take_off,
    Verb.TOWN: _undo_town,
}

"""Two entries that were one subject become one, with a trace, and apart again where that was wrong.

What belongs to the entry that goes (contacts, licences, tags …) moves to the one that is kept. The other
stays as a stub that points to it: draws and everything else that was sealed keep pointing at the stub,
and its page leads on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role, required_text, user_id_of
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.models import (
    CaseCount,
    Claim,
    Contact,
    FormerName,
    Grading,
    Headcount,
    Licence,
    Merge,
    Project,
    Recusal,
    Subject,
    SubjectTag,
    Suspicion,
    Violation,
    Visit,
)
from mingcha.registry.search.index import index_subjects
from mingcha.registry.services import newest
from mingcha.registry.services.subjects import SUBJECT_FIELDS, SUBJECT_KEEPERS, touch
from mingcha.registry.subject_events import MergeUndone, SubjectsDistinct, SubjectsMerged

#: What moves: the model, its path to the subject, and what makes two rows of one subject the same.
MOVED: tuple[tuple[type[models.Model], str, tuple[str, ...]], ...] = (
    (Contact, "subject", ()),
    (Licence, "subject", ()),
    (SubjectTag, "subject", ("tag_id",)),
    (Grading, "subject", ("system", "year", "graded_on")),
    (Headcount, "subject", ("counted_on", "source")),
    (CaseCount, "subject", ("counted_on", "source")),
    (Violation, "subject", ()),
    (FormerName, "subject", ("name",)),
    (Visit, "subject", ("visited_on", "unit_name", "items")),
    (Recusal, "subject", ()),
    (Claim, "subject", ()),
    (Project, "owner", ()),
    (Project, "contractor", ()),
)
#: Values that may be taken over from the entry that goes.
CHOOSABLE = SUBJECT_FIELDS
_RULE = gettext_noop("本局名录库规则：一户只有一个条目，合并留痕、可以撤销")


@service
def merge_subjects(
    *,
    actor: Viewer,
    kept: Subject,
    gone: Subject,
    take: Iterable[str],
    reason: str,
    seen: Mapping[int, int] | None = None,
) -> Merge:
    """Merge `gone` into `kept`; the fields named in `take` are taken over from it.

    `seen` maps ids to the versions that were compared: Refused when one of them changed since, or was
    merged by somebody else. An other name of `gone` is kept as a former name.
    """
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("合并检查对象"))
    why = required_text(reason, gettext_noop("合并的理由"))
    kept, gone = _both(actor, kept.pk, gone.pk)
    _refuse_changed((kept, gone), seen or {})
    taken = [name for name in CHOOSABLE if name in set(take)]
    before = _plain(kept, (*taken, "code_warnings", "capital_yuan"))
    names = [name for name in dict.fromkeys((kept.name, gone.name)) if name]
    gone.merged_into = kept
    touch(gone)
    gone.save()
    for name in taken:
        setattr(kept, name, getattr(gone, name))
    if "credit_code" in taken:
        kept.code_warnings = gone.code_warnings
    if "capital_text" in taken:
        kept.capital_yuan = gone.capital_yuan
    touch(kept)
    kept.save()
    moved = _move_all(gone, kept)
    added = [_former(kept, name).pk for name in names if name != kept.name and not _known_by(kept, name)]
    _in_step(kept, gone)
    merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        reason=why[:200],
        moved={
            "rows": moved,
            "names": added,
            "before": before,
            "after": _plain(kept, tuple(before)),
        },
        merged_at=clock.now(),
        merged_by_id=user_id_of(actor),
    )
    _pair(kept, gone).update(
        state=Suspicion.State.MERGED, decided_by=user_id_of(actor), decided_at=clock.now(), decision=why[:200]
    )
    after = {"kept": str(kept), "gone": str(gone), "moved": sum(len(ids) for ids in moved.values())}
    for subject in (kept, gone):
        emit(SubjectsMerged(thing=Thing.of(subject), before=_words(before), after=after, why=why))
    return merge


@service
def undo_merge(*, actor: Viewer, merge: Merge, reason: str) -> Merge:
    """Take two entries apart again: rows go back, and values that nobody changed since get their old ones."""
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("撤销合并"))
    why = required_text(reason, gettext_noop("撤销的理由"))
    merge = locked(merge, actor)
    kept, gone = _both(actor, merge.kept_id, merge.gone_id, merged=True)
    if kept.merged_into_id is not None:
        raise _refused("merge.later", gettext_noop("保留的一户后来又并入了别户，请先撤销后一次合并"))
    if merge.undone_at is not None or gone.merged_into_id != kept.pk:
        raise _refused("merge.undone", gettext_noop("这次合并已经撤销过，或者这两户后来又有合并"))
    trace = merge.moved
    left = _restore(kept, trace["before"], trace["after"])
    touch(kept)
    kept.save()
    _refuse_code_taken(gone, kept)
    gone.merged_into = None
    touch(gone)
    gone.save()
    for what, ids in trace["rows"].items():
        label, path = what.split(":")
        _model(label).objects.filter(pk__in=ids, **{path: kept}).update(**{path: gone})  # type: ignore[attr-defined]
    FormerName.objects.filter(pk__in=trace["names"]).update(
        withdrawn_on=clock.today(), withdrawn_why=why[:200]
    )
    _in_step(kept, gone)
    merge.undone_at, merge.undone_reason = clock.now(), why[:200]
    merge.save()
    _pair(kept, gone).update(state=Suspicion.State.OPEN, decided_by=None, decided_at=None, decision="")
    after = {"kept": str(kept), "gone": str(gone), "left": [str(_label(name)) for name in left]}
    for subject in (kept, gone):
        emit(MergeUndone(thing=Thing.of(subject), after=after, why=why))
    return merge


@service
def judge_distinct(*, actor: Viewer, suspicion: Suspicion, reason: str) -> Suspicion:
    """Two entries that look alike are two subjects: the pair is not brought up again."""
    require_role(actor, SUBJECT_KEEPERS, gettext_noop("核对疑似重复"))
    why = required_text(reason, gettext_noop("不是同一户的理由"))
    rows = Suspicion.objects.visible_to(actor).select_for_update(of=("self",))
    suspicion = rows.select_related("first", "second").get(pk=suspicion.pk)
    if suspicion.state != Suspicion.State.OPEN:
        raise _refused("suspicion.decided", gettext_noop("这一对已经有人核对过"))
    suspicion.state = Suspicion.State.DISTINCT
    suspicion.decided_by_id, suspicion.decided_at = user_id_of(actor), clock.now()
    suspicion.decision = why[:200]
    suspicion.save()
    for subject, other in (
        (suspicion.first, suspicion.second),
        (suspicion.second, suspicion.first),
    ):
        emit(SubjectsDistinct(thing=Thing.of(subject), after={"other": str(other)}, why=why))
    return suspicion


def _in_step(kept: Subject, gone: Subject) -> None:
    """Counts, grades and the search follow what was moved."""
    ids = [kept.pk, gone.pk]
    newest.refresh(ids)
    index_subjects(ids)


def _both(actor: Viewer, first: int, second: int, merged: bool = False) -> tuple[Subject, Subject]:
    """Both rows, locked in the order of their keys so that two people never wait for each other."""
    if first == second:
        raise _refused("merge.same", gettext_noop("不能把一户与它自己合并"))
    rows = Subject.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=(first, second))
    found = {subject.pk: subject for subject in rows.order_by("pk")}
    if len(found) < 2:
        raise Subject.DoesNotExist
    if not merged and any(subject.merged_into_id is not None for subject in found.values()):
        raise _refused("merge.done", gettext_noop("其中一户刚刚已被合并，没有再次合并"))
    return found[first], found[second]


def _refuse_changed(subjects: tuple[Subject, Subject], seen: Mapping[int, int]) -> None:
    if any(seen.get(subject.pk, subject.version) != subject.version for subject in subjects):
        raise _refused("merge.changed", gettext_noop("比对之后，其中一户又被别人改过，没有合并"))


def _refused(code: str, message: str) -> Refused:
    return Refused(Refusal(code, message, _RULE, gettext_noop("请刷新页面，按现在的内容重新核对")))


def _move_all(gone: Subject, kept: Subject) -> dict[str, list[int]]:
    """ "model:path" → ids of the rows that were moved."""
    moved = {
        f"{model._meta.label_lower}:{path}": _move(model, path, key, gone, kept) for model, path, key in MOVED
    }
    moved.update(_move_project(gone, kept))
    return {what: ids for what, ids in moved.items() if ids}


def _move(
    model: type[models.Model], path: str, key: tuple[str, ...], gone: Subject, kept: Subject
) -> list[int]:
    """Move the rows; one that the kept subject has in the same way stays with the stub. The ids moved."""
    rows: Any = model._default_manager.filter(**{path: gone}).order_by("pk")
    if key:
        held = set(model._default_manager.filter(**{path: kept}).values_list(*key))
        ids = [pk for pk, *values in rows.values_list("pk", *key) if tuple(values) not in held]
    else:
        ids = list(rows.values_list("pk", flat=True))
    if model is Claim and Claim.objects.filter(subject=kept, state=Claim.State.PENDING).exists():
        ids = list(rows.filter(pk__in=ids).exclude(state=Claim.State.PENDING).values_list("pk", flat=True))
    model._default_manager.filter(pk__in=ids).update(**{path: kept})
    return ids


def _move_project(gone: Subject, kept: Subject) -> dict[str, list[int]]:
    """The facts of a construction project move where the kept entry has none."""
    project = Project.objects.filter(subject=gone).first()
    if project is None or Project.objects.filter(subject=kept).exists():
        return {}
    Project.objects.filter(pk=project.pk).update(subject=kept)
    return {f"{Project._meta.label_lower}:subject": [project.pk]}


def _former(kept: Subject, name: str) -> FormerName:
    return FormerName.objects.create(subject=kept, name=name, until=clock.today())


def _known_by(kept: Subject, name: str) -> bool:
    return FormerName.objects.standing().filter(subject=kept, name=name).exists()


def _pair(kept: Subject, gone: Subject) -> models.QuerySet[Suspicion]:
    return Suspicion.objects.filter(first__in=(kept, gone), second__in=(kept, gone))


def _plain(subject: Subject, names: tuple[str, ...]) -> dict[str, Any]:
    """Field values that JSON can hold and `_restore` can read again."""
    values = ((name, getattr(subject, name)) for name in names)
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values}


def _words(before: dict[str, Any]) -> dict[str, Any]:
    hidden = ("code_warnings", "capital_yuan")
    return {name: value for name, value in before.items() if name not in hidden}


def _restore(kept: Subject, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Give a subject its values from before; those changed since are left, and named."""
    now = _plain(kept, tuple(before))
    left = [name for name in before if now[name] != after[name]]
    for name in before:
        if name not in left:
            field = Subject._meta.get_field(name)
            setattr(kept, name, field.to_python(before[name]))  # type: ignore[union-attr]
    return left


def _refuse_code_taken(gone: Subject, kept: Subject) -> None:
    held = Subject.objects.current().filter(credit_code=gone.credit_code).exclude(pk=gone.pk)
    if gone.credit_code and held.exists():
        raise _refused("merge.code_taken", gettext_noop("要恢复的一户的代码现在登记在别处，不能撤销合并"))


def _label(name: str) -> Any:
    return Subject._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _model(label: str) -> type[models.Model]:
    return next(model for model, _path, _key in MOVED if model._meta.label_lower == label)

"""Keeping the index in step with the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction

from mingcha.base import statistics
from mingcha.base.ids import one_of
from mingcha.registry.models import FormerName, PendingSubject, Subject, SubjectText
from mingcha.registry.search.engines import engine
from mingcha.registry.search.initials import initials_of
from mingcha.registry.search.text import Doc, make_doc

#: Subjects in one transaction: a few hundred milliseconds of lock at most.
CHUNK = 5_000
#: After so many the database's statistics are made anew.
_MANY = 2_000
_FIELDS = ("pk", "name", "initials", "credit_code", "old_number", "public_number")


def index_subjects(ids: Iterable[int]) -> int:
    """Bring these subjects into the index, or take out those that are gone; gives how many changed.

    Each chunk is a transaction of its own, or a part of the caller's.
    """
    waiting, changed = iter(ids), 0
    while chunk := list(islice(waiting, CHUNK)):
        with transaction.atomic():
            changed += _index_chunk(chunk)
    return changed


def forget_subjects(ids: Iterable[int]) -> None:
    """Take subjects out of the index that are about to be deleted in bulk."""
    waiting = iter(ids)
    while chunk := list(islice(waiting, CHUNK)):
        with transaction.atomic():
            engine().erase(list(_stored(chunk)))
            PendingSubject.objects.filter(pk__in=chunk).delete()


def set_aside(ids: Iterable[int]) -> None:
    """Take subjects out of the index that will be deleted in bulk, in short transactions.

    Until they are gone, or `index_pending` brings them back because they stay, they are searched by
    themselves.
    """
    waiting = iter(ids)
    while chunk := list(islice(waiting, CHUNK)):
        with transaction.atomic():
            engine().erase(list(_stored(chunk)))
            mark_pending(chunk)


def refresh_statistics() -> None:
    """Tell the database how its values are spread, so that it takes the right index after a bulk change."""
    statistics.refresh(Subject._meta.db_table, SubjectText._meta.db_table)


def mark_pending(ids: Iterable[int]) -> None:
    """Say that these subjects came or changed in bulk; until indexed they are searched by themselves.

    A set-based import may as well write `registry_pendingsubject` by its own statement.
    """
    waiting = iter(ids)
    while chunk := list(islice(waiting, CHUNK)):
        PendingSubject.objects.bulk_create(
            [PendingSubject(subject_id=one) for one in chunk], ignore_conflicts=True
        )


def index_pending(progress: Callable[[int], object] = lambda done: None) -> int:
    """Index everything that waits, in short transactions; `progress` hears how many are done so far.

    Stopped at any point it loses nothing: what is not done still waits.
    """
    done = 0
    while chunk := list(PendingSubject.objects.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        index_subjects(chunk)
        done += len(chunk)
        progress(done)
    if done > _MANY:
        refresh_statistics()
    return done


def rebuild(progress: Callable[[int], object] = lambda done: None) -> int:
    """Make the whole index anew; the register stays searchable meanwhile, only slower."""
    with transaction.atomic():
        engine().clear()
        PendingSubject.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO registry_pendingsubject (subject_id) SELECT id FROM registry_subject")
    return index_pending(progress)


def _index_chunk(ids: list[int]) -> int:
    wanted, initials = _docs_of(ids)
    if initials:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE registry_subject SET initials = %s WHERE id = %s", initials)
    known = {doc.id: doc for doc in _stored(ids)}
    stale = [doc for doc in known.values() if wanted.get(doc.id) != doc]
    fresh = [doc for doc in wanted.values() if known.get(doc.id) != doc]
    if stale:
        engine().erase(stale)
    if fresh:
        engine().write(fresh)
    PendingSubject.objects.filter(one_of("pk", ids)).delete()
    return len({doc.id for doc in (*stale, *fresh)})


def _docs_of(ids: list[int]) -> tuple[dict[int, Doc], list[tuple[str, int]]]:
    """The documents as the register says they should be, and (initials, id) where the register lacks them.

    Bulk imports may leave initials out; `Subject.save()` never does.
    """
    former: dict[int, list[str]] = defaultdict(list)
    names = FormerName.objects.filter(one_of("subject_id", ids)).values_list("subject_id", "name")
    for subject_id, name in names.order_by():
        former[subject_id].append(name)
    docs, lacking = {}, []
    for pk, name, stored, *codes in (
        Subject.objects.filter(one_of("pk", ids)).values_list(*_FIELDS).order_by()
    ):
        initials = initials_of(name)
        if initials != stored:
            lacking.append((initials, pk))
        docs[pk] = make_doc(pk, (name, *sorted(former.get(pk, ()))), initials, codes)
    return docs, lacking


def _stored(ids: list[int]) -> Iterator[Doc]:
    for row in SubjectText.objects.filter(one_of("pk", ids)).values_list("pk", "names", "codes"):
        yield Doc(*row)


@dataclass
class Health:
    """What a check of the index found; ids of at most a few examples each."""

    subjects: int = 0
    pending: int = 0
    missing: list[int] = field(default_factory=list)
    different: list[int] = field(default_factory=list)
    unfindable: list[int] = field(default_factory=list)
    orphans: list[int] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not (self.missing or self.different or self.unfindable or self.orphans)


#: Every so many-th subject is also looked up in the index itself.
_PROBE = 100
_EXAMPLES = 20


def check() -> Health:
    """Compare every subject that does not wait with what the index holds; changes nothing."""
    health = Health(pending=PendingSubject.objects.count())
    own, last = engine(), 0
    while ids := list(
        Subject.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    ):
        waiting = set(PendingSubject.objects.filter(one_of("pk", ids)).values_list("pk", flat=True))
        (wanted, _lacking), known = _docs_of(ids), {doc.id: doc for doc in _stored(ids)}
        for number, pk in enumerate(one for one in ids if one not in waiting):
            if pk not in known:
                health.missing.append(pk)
            elif known[pk] != wanted[pk]:
                health.different.append(pk)
            elif number % _PROBE == 0 and not own.holds(known[pk]):
                health.unfindable.append(pk)
        health.subjects += len(ids)
        last = ids[-1]
    orphans = SubjectText.objects.exclude(pk__in=Subject.objects.values("pk"))
    health.orphans = list(orphans.values_list("pk", flat=True)[:_EXAMPLES])
    for found in (health.missing, health.different, health.unfindable):
        del found[_EXAMPLES:]
    return health

"""Narrowing a set of subjects to those that a text means."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q, QuerySet

from mingcha.registry.models import PendingSubject
from mingcha.registry.search.engines import engine, tested
from mingcha.registry.search.text import SUFFIX, Word, words_of


def narrow(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The subjects among `rows` in which every word of the text is found; all of them for no text.

    Asks the index at once (two or three short queries however many words); the rows themselves stay unread.
    """
    words = words_of(text)
    if words is None:
        return rows.none()
    if not words:
        return rows
    found = engine().found(words) or tested(words)
    if PendingSubject.objects.exists():
        pending = Q(pk__in=PendingSubject.objects.values("pk"))
        found = (found & ~pending) | reduce(and_, map(_raw, words))
    return rows.filter(found)


def _raw(word: Word) -> Q:
    """The same by the columns of the register, for subjects that wait: nothing is folded there but case."""
    if word.single:
        found = Q(subject__initials__startswith=word.text)
    else:
        found = Q(subject__name__icontains=word.text) | Q(subject__initials__contains=word.text)
        found |= Q(subject__former_names__name__icontains=word.text)
    for name in ("credit_code", "old_number", "public_number"):
        found |= Q(**{f"subject__{name}__startswith": word.code})
        if len(word.text) >= SUFFIX:
            found |= Q(**{f"subject__{name}__endswith": word.code})
    return Q(pk__in=PendingSubject.objects.filter(found).values("pk"))

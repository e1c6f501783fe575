"""What the search of subjects keeps beside the register (see `registry/search`)."""

from __future__ import annotations

from django.db import models

from mingcha.registry.models.audience import OfSubjectQuerySet
from mingcha.registry.models.subjects import Subject


class SubjectText(models.Model):
    """The text by which a subject is found: derived, rebuilt at any time by `mingcha search rebuild`.

    On PostgreSQL its table has one more column, the keys of the index (migration 0004); on SQLite they
    stand in a table of their own.
    """

    subject = models.OneToOneField(Subject, models.CASCADE, primary_key=True, related_name="search_text")
    #: Its name, former names and pinyin initials, normalised, one a line.
    names = models.TextField()
    #: Its codes and numbers, each as ^code$, one a line.
    codes = models.TextField(blank=True)

    objects = OfSubjectQuerySet.as_manager()

    def __str__(self) -> str:
        return self.names


class PendingSubject(models.Model):
    """A subject that came or changed in bulk and is not in the index yet; it is searched by itself."""

    subject = models.OneToOneField(Subject, models.CASCADE, primary_key=True, related_name="search_pending")

    objects = OfSubjectQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.subject)

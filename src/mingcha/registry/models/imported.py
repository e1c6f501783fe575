"""Rows that a list brought in say which list, so that undoing it takes exactly these."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.imports import ImportBatch


class Imported(models.Model):
    """A row beside a subject that people enter one by one and lists by the thousand."""

    #: The list that brought it in; none when somebody entered it. Undoing reads the whole table: no index.
    batch = models.ForeignKey(
        ImportBatch,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("导入批次"),
    )

    class Meta:
        abstract = True

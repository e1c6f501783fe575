"""How often the state of reports was asked for from one network address within a minute."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.visibility import VisibleQuerySet


class ProgressWindowQuerySet(VisibleQuerySet):
    """Nobody looks at these; only the limit does."""


class ProgressWindow(models.Model):
    """The tries of one minute. `mark` is a keyed digest of address and minute: the address is not kept."""

    mark = models.CharField(max_length=80, unique=True)
    tries = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    objects = ProgressWindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("举报进度查询次数")
        verbose_name_plural = _("举报进度查询次数")

    def __str__(self) -> str:
        return f"{self.ends_at:%H:%M} {self.tries}"

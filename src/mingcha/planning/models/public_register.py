"""The public register of draws, line by line (draw protocol §7.10)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.planning.models.draws import Draw


class RegisterLineQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self

    def for_public(self) -> Self:
        return self


class RegisterLine(models.Model):
    """One line of the public register of draws (register.jsonl, draw protocol §7.10)."""

    seq = models.PositiveIntegerField(unique=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="register_lines")
    event = models.CharField(_("事项"), max_length=10)
    at = models.DateTimeField(_("时间"))
    line = models.TextField()
    digest = models.CharField(max_length=64)

    objects = RegisterLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽取登记簿")
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"

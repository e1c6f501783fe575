"""Rows that were entered by mistake stay, and say so: nothing is deleted in silence (rule N9)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.audience import OfSubjectQuerySet


class WithdrawableQuerySet(OfSubjectQuerySet):
    def standing(self) -> Self:
        """Without those that were withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class Withdrawable(models.Model):
    """A record about a subject that can be withdrawn with a reason; it then counts for nothing."""

    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True, editable=False)
    withdrawn_why = models.CharField(
        _("撤回理由"), max_length=200, blank=True, editable=False, default="", db_default=""
    )

    class Meta:
        abstract = True

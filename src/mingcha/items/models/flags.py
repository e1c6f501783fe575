"""依据已变动，待复核: an article that a binding rests on has changed or gone, or its law has a new text."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.items.lifecycle import DRAFT, PROPOSED, PUBLISHED
from mingcha.items.models.audience import WorkersQuerySet
from mingcha.items.models.parts import Basis
from mingcha.laws.models import LawText

#: States of versions whose bindings still matter.
ALIVE = (DRAFT, PROPOSED, PUBLISHED)


class FlagQuerySet(WorkersQuerySet):
    def open(self) -> Self:
        """Not yet looked at, on versions that are still worked with."""
        return self.filter(reviewed_at__isnull=True, basis__version__state__in=ALIVE)


class BasisFlag(models.Model):
    """One binding that a new text of its law touches. Looking at it is a review record; the binding stays."""

    class Kind(models.TextChoices):
        CHANGED = "changed", _("条文已修改")
        VANISHED = "vanished", _("新文本中没有这一条")
        NEW_TEXT = "new_text", _("法律有新文本，本条未变")

    class Verdict(models.TextChoices):
        STILL = "still", _("仍然适用")
        REPLACED = "replaced", _("已拟定新版本")

    basis = models.ForeignKey(Basis, models.CASCADE, related_name="flags", verbose_name=_("依据"))
    new_text = models.ForeignKey(LawText, models.PROTECT, related_name="+", verbose_name=_("新文本"))
    kind = models.CharField(_("变动"), max_length=10, choices=Kind)
    raised_at = models.DateTimeField(_("发现时间"))
    verdict = models.CharField(_("复核结论"), max_length=10, choices=Verdict, blank=True)
    reason = models.CharField(_("复核理由"), max_length=500, blank=True)
    reviewed_at = models.DateTimeField(_("复核时间"), null=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("复核人")
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("依据变动")
        verbose_name_plural = _("依据变动")
        ordering = ["-raised_at", "basis__version__item__code", "id"]
        constraints = [models.UniqueConstraint(fields=["basis", "new_text"], name="basis_flag_once_a_text")]
        indexes = [
            models.Index(fields=["basis"], condition=Q(reviewed_at__isnull=True), name="open_basis_flag")
        ]

    def __str__(self) -> str:
        return f"{self.basis.version.item.code} {self.basis.cited}"

"""试抽: what a draw might give, for people who try the demo; a trial counts for nothing (design §6)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.viewers import Officer
from mingcha.planning.models.draws import Draw, OfDrawQuerySet


class TrialDrawQuerySet(OfDrawQuerySet):
    """Whoever sees the draw inside, in the demo; nobody else, and nobody elsewhere."""

    def for_officer(self, officer: Officer) -> Self:
        return super().for_officer(officer) if settings.DEMO else self.none()


class TrialDraw(models.Model):
    """One trial. Its number is that of its row, which is never given twice.

    `outcome` is what `planning.trials.outcome` tells, with the names of that moment; nothing else refers to
    it, and nothing reads it but its own page.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="trials", verbose_name=_("抽取"))
    value = models.CharField(_("试抽用的号码"), max_length=64)
    outcome = models.JSONField()
    made_at = models.DateTimeField(_("试抽时间"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("试抽人"))

    objects = TrialDrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("试抽")
        verbose_name_plural = _("试抽")
        ordering = ["-id"]

    def __str__(self) -> str:
        return gettext("试抽-%(number)s") % {"number": self.pk}

"""疑似重复: two entries that may be one subject, until somebody says so or says not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter
from mingcha.registry.models.audience import REGISTER_READERS
from mingcha.registry.models.subjects import Subject


class SuspicionQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> SuspicionQuerySet:
        """Pairs of which the officer sees both sides."""
        sides = (
            reach_filter(officer, REGISTER_READERS, division=f"{side}__division_code", whole_territory=True)
            for side in ("first", "second")
        )
        return self.filter(*sides)

    def open(self) -> SuspicionQuerySet:
        """Those that wait for somebody's judgement."""
        return self.filter(
            state=Suspicion.State.OPEN, first__merged_into__isnull=True, second__merged_into__isnull=True
        )


class Suspicion(models.Model):
    """One pair of entries that look alike; `first` is the older one.

    A pair that was judged to be two different subjects is never brought up again.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待核对")
        MERGED = "merged", _("已合并")
        DISTINCT = "distinct", _("不是同一户")

    first = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("先录入的"))
    second = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("后录入的"))
    #: Codes of `selectors.duplicates.REASONS`, joined by commas.
    reasons = models.CharField(_("相似之处"), max_length=60)
    state = models.CharField(_("核对结果"), max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(_("发现时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("核对人")
    )
    decided_at = models.DateTimeField(_("核对时间"), null=True)
    decision = models.CharField(_("核对说明"), max_length=200, blank=True, default="")

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        verbose_name = _("疑似重复")
        verbose_name_plural = _("疑似重复")
        ordering = ["found_at", "id"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="suspicion_once")]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"

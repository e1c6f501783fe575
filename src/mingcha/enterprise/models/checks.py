"""核对入企码: that somebody at the published telephone or the counter checked six digits for a firm."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.inspection.models import VisitPackage


class CodeCheckQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(officer=officer.id)


class CodeCheck(models.Model):
    """One look-up by an officer; `issue` is empty where no code has these digits."""

    officer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("核对人"))
    at = models.DateTimeField(_("核对时间"))
    issue = models.ForeignKey(
        VisitPackage, models.PROTECT, null=True, related_name="+", verbose_name=_("检查资料包")
    )

    objects = CodeCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("入企码核对")
        verbose_name_plural = _("入企码核对")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["officer", "at"], name="code_check_by_officer")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

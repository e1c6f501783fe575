"""检查资料包: what a team takes along to one firm, signed, with the code that it shows at the door."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet


class VisitPackageQuerySet(OfInspectionQuerySet):
    def standing(self) -> Self:
        """Those that no newer one, and no end of the visit, has made void."""
        return self.filter(ended_at=None)

    def valid(self) -> Self:
        """Those whose code may be shown now."""
        return self.standing().filter(expires_at__gt=clock.now())


class VisitPackage(models.Model):
    """One issue of an inspection's package. A newer issue ends it; so does leaving the firm.

    `ref` is what its code names, `digits` what is read out where there is no smartphone. `digest` is that of
    the facts in it: another digest means that something has changed since.
    """

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="packages", verbose_name=_("现场检查")
    )
    number = models.PositiveIntegerField(_("第几次下发"))
    ref = models.CharField(max_length=22, unique=True)
    digits = models.CharField(_("六位入企码"), max_length=6)
    token = models.TextField()
    digest = models.CharField(_("内容摘要"), max_length=64)
    issued_to = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("下发给"))
    issued_at = models.DateTimeField(_("下发时间"))
    expires_at = models.DateTimeField(_("有效至"))
    ended_at = models.DateTimeField(_("作废时间"), null=True)

    objects = VisitPackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查资料包")
        verbose_name_plural = _("检查资料包")
        ordering = ["inspection", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="package_number_once"),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(ended_at=None), name="one_package_stands"
            ),
            models.UniqueConstraint(
                fields=["digits"], condition=Q(ended_at=None), name="package_digits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection}（{self.number}）"

    @property
    def withdrawn(self) -> bool:
        """Whether it is void before anybody came in by it: somebody else goes than it names."""
        return self.ended_at is not None and self.inspection.state == states.READY

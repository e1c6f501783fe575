"""未检查，说明理由: a visit that is not made, why, who said so and who agreed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.basics.models.requests import Asked
from mingcha.inspection import unvisited_lifecycle as states
from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet
from mingcha.planning import lifecycle as draws


class UnvisitedQuerySet(OfInspectionQuerySet):
    def for_public(self) -> Self:
        """That nobody went to a firm of a draw whose result is public; the page shows the reason's label."""
        return self.filter(state=states.GRANTED, inspection__task__dispatch__draw__state=draws.DRAWN)


class Unvisited(Asked):
    """Somebody says that this visit will not be made; a request that was granted ends the visit.

    The reason's label is public, the words are not: they may tell of somebody. What proves it is kept as
    papers of this row.
    """

    class Reason(models.TextChoices):
        SUSPENDED = "suspended", _("停业")
        MOVED = "moved", _("搬迁")
        UNREACHABLE = "unreachable", _("无法联系")
        ELSEWHERE = "elsewhere", _("经营地不符")
        NO_TIME = "no_time", _("期限内未能安排")
        ITEMS = "items", _("事项已变更")
        OTHER = "other", _("其他")

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="unvisited", verbose_name=_("现场检查")
    )
    reason = models.CharField(_("未检查的理由"), max_length=12, choices=Reason)
    words = EncryptedTextField(_("说明"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in states.UNVISITED.states],
        default=states.ASKED,
    )

    objects = UnvisitedQuerySet.as_manager()

    class Meta:
        verbose_name = _("未检查")
        verbose_name_plural = _("未检查")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(state=states.ASKED), name="unvisited_one_asked"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())

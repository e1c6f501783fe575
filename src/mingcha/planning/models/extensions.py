"""延长检查期限: a batch of visits that cannot be made within the approved days (国办发〔2024〕54号五)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.basics.models.requests import Asked
from mingcha.planning.dispatch import extension_lifecycle as states
from mingcha.planning.models.dispatch import Dispatch


class WindowExtensionQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        """As visible as its batch."""
        return self.filter(dispatch__in=Dispatch.objects.visible_to(officer).values("pk"))


class WindowExtension(Asked):
    """Somebody asks that the visits of a batch may be made until a later day; decided along the route
    "visit-window". `former_until` is the last day as it stood when it was asked."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="extensions", verbose_name=_("派发"))
    former_until = models.DateField(_("原检查结束日期"))
    until = models.DateField(_("延长到"))
    reason = models.CharField(_("延长的理由"), max_length=300)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in states.EXTENSION.states],
        default=states.ASKED,
    )

    objects = WindowExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("延长检查期限")
        verbose_name_plural = _("延长检查期限")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("former_until")), name="extension_is_later"),
            models.UniqueConstraint(
                fields=["dispatch"], condition=Q(state=states.ASKED), name="extension_one_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispatch}：{self.former_until.isoformat()} → {self.until.isoformat()}"

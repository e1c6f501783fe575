"""What somebody asks for and somebody else decides: a correction, a longer period, another person to go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import user_id_of


class Asked(models.Model):
    """Who asked and when, who decided, when and why so. What is asked for, its reason and the `state` of its
    lifecycle are the subclass's; nobody decides for `decided_by` None (it lapsed, or the platform did)."""

    asked_at = models.DateTimeField(_("提出时间"))
    asked_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    decided_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("决定人")
    )
    decision = models.CharField(_("决定的理由"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def decide(self, actor: Viewer, why: str = "") -> None:
        """Note who decided, now, and why so. The caller moves the state and saves."""
        self.decided_by_id, self.decided_at = user_id_of(actor), clock.now()
        self.decision = why.strip()[:300]

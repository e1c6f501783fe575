"""认领: newly registered subjects that the bureau must take over or send back (plan 二（二）2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.audience import OfSubjectQuerySet
from mingcha.registry.models.subjects import Subject


class Claim(models.Model):
    """One arrival of a subject that waits to be taken over; its date is a deadline of basics."""

    class State(models.TextChoices):
        PENDING = "pending", _("待认领")
        CLAIMED = "claimed", _("已认领")
        DECLINED = "declined", _("不属本局监管")

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="claims", verbose_name=_("检查对象"))
    state = models.CharField(_("认领状态"), max_length=10, choices=State, default=State.PENDING)
    arrived_on = models.DateField(_("推送日期"))
    source = models.CharField(_("来源"), max_length=100)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    decided_at = models.DateTimeField(_("办理时间"), null=True)

    objects = OfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("认领")
        verbose_name_plural = _("认领")
        ordering = ["arrived_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(state="pending"), name="claim_pending_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.subject)

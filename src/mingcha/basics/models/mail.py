"""提醒邮件: what waits to be sent, and what became of it. Addresses stay with the person, encrypted."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet


class MorningMailQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(user=officer.id)

    def waiting(self) -> Self:
        """Not yet sent, and not given up."""
        return self.filter(state=MorningMail.State.WAITING)


class MorningMail(models.Model):
    """One morning's reminder to one person: numbers only.

    `known` are the addresses of next steps and the stages of deadlines that it counted, so that the next one
    can say what is new.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("没有送达")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("收件人")
    )
    day = models.DateField(_("日期"))
    steps = models.PositiveIntegerField(_("待办件数"))
    fresh = models.PositiveIntegerField(_("新的件数"))
    soon = models.PositiveIntegerField(_("临近期限件数"))
    today = models.PositiveIntegerField(_("今天到期件数"))
    overdue = models.PositiveIntegerField(_("已超期件数"))
    escalated = models.PositiveIntegerField(_("已报督导件数"))
    known: models.JSONField[Any, Any] = models.JSONField(default=list)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(_("尝试次数"), default=0)
    why = models.CharField(_("没有送达的原因"), max_length=100, blank=True)
    written_at = models.DateTimeField(_("写成时间"))
    sent_at = models.DateTimeField(_("发送时间"), null=True)

    objects = MorningMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("提醒邮件")
        verbose_name_plural = _("提醒邮件")
        ordering = ["-day", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="one_mail_a_person_a_morning"),
        ]
        indexes = [models.Index(fields=["state", "day"], name="mail_by_state")]

    def __str__(self) -> str:
        return f"{self.user} {self.day}"

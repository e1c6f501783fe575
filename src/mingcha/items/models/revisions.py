"""Changes of the list: what is published or stopped together, by one approval."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.items import lifecycle
from mingcha.items.models.audience import WorkersQuerySet


class RevisionQuerySet(WorkersQuerySet):
    """Of no interest outside the house: the public reads the published list itself."""


class ListRevision(models.Model):
    """One change of the list. `number` counts the issued ones; those under way have none."""

    title = models.CharField(_("名称"), max_length=100)
    number = models.PositiveIntegerField(_("次序"), null=True, unique=True, editable=False)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in lifecycle.REVISION.states],
        default=lifecycle.UNDER_WAY,
    )
    effective_from = models.DateField(_("施行日期"))
    summary = models.TextField(_("调整说明"), blank=True)
    proposed_at = models.DateTimeField(_("提请时间"))
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("提请人")
    )
    issued_at = models.DateTimeField(_("公布时间"), null=True)
    approval_id = models.BigIntegerField(_("审批"), null=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("清单调整")
        verbose_name_plural = _("清单调整")
        ordering = ["-proposed_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def note(self) -> str:
        """What the public is told of it."""
        return f"{self.title}。{self.summary}".strip()

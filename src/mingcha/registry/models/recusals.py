"""回避: who must stay away from whom (监察条例16, 处罚法43; domain §3.3). Seen by few."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.registry.models.audience import RECUSAL_READERS
from mingcha.registry.models.inspectors import Inspector
from mingcha.registry.models.subjects import Subject


class RecusalQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        if officer.has(*RECUSAL_READERS):
            return self
        return self.filter(inspector__user_id=officer.id)

    def in_force(self, first: date, last: date) -> Self:
        """Those that hold on any day of a period: a visit may fall on each of them.

        One that is declared and not yet decided holds too, and so does an approved one of which a change
        is not yet decided: doubt keeps a person away (处罚法43).
        """
        standing = self.filter(state__in=(Recusal.State.DECLARED, Recusal.State.APPROVED))
        return standing.filter(valid_from__lte=last).filter(Q(valid_until=None) | Q(valid_until__gte=first))


class Recusal(models.Model):
    """Why one person must stay away from one firm."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("近亲属")
        INTEREST = "interest", _("投资或任职")
        FORMER_POST = "former_post", _("曾任职")
        DIRECT_STAKE = "direct_stake", _("直接利害关系")
        OTHER = "other", _("其他可能影响公正的关系")

    class State(models.TextChoices):
        DECLARED = "declared", _("待批准")
        APPROVED = "approved", _("已批准")
        REJECTED = "rejected", _("不予回避")
        REPLACED = "replaced", _("已变更")

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, verbose_name=_("检查对象"))
    inspector = models.ForeignKey(Inspector, on_delete=models.PROTECT, verbose_name=_("检查人员"))
    kind = models.CharField(_("回避事由"), max_length=20, choices=Kind)
    basis = models.CharField(_("说明与依据"), max_length=200)
    valid_from = models.DateField(_("自"))
    valid_until = models.DateField(_("至"), null=True, blank=True, help_text=_("长期有效的留空"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DECLARED, editable=False)
    declared_by = models.CharField(
        _("申报人"), max_length=50, blank=True, help_text=_("本人申报、企业申请，或由谁提出")
    )
    declared_on = models.DateField(_("申报日期"), null=True, blank=True)
    #: The approved recusal that this one changes; it holds until this one is approved.
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="changes",
        editable=False,
        verbose_name=_("变更哪一条"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("批准人"),
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True, editable=False)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("回避登记")
        verbose_name_plural = _("回避登记")
        ordering = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return f"{self.inspector} — {self.subject}"

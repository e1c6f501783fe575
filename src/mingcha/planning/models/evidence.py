"""Who watched the random value appear, and who outside holds the digest (draw protocol §7.0, §7.10)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.basics.models import Attachment
from mingcha.planning import lifecycle
from mingcha.planning.models.draws import DigitsAttempt, Draw, OfDrawQuerySet


class WitnessQuerySet(OfDrawQuerySet):
    """Witnesses are as public as the entry that they watched."""

    def for_public(self) -> Self:
        drawn = models.Q(attempt__draw__state__in=lifecycle.COMPLETE)
        return self.filter(drawn | models.Q(attempt__returned_at__isnull=False))


class Witness(models.Model):
    """One named witness of an entry of the digits."""

    class Role(models.TextChoices):
        ENTERPRISE = "enterprise", _("企业代表")
        WORKER = "worker", _("职工代表")
        DISCIPLINE = "discipline", _("纪检监察")
        JUSTICE = "justice", _("司法局")
        NOTARY = "notary", _("公证")
        DEPUTY = "deputy", _("人大代表、政协委员")
        CITIZEN = "citizen", _("群众")

    attempt = models.ForeignKey(DigitsAttempt, models.PROTECT, related_name="present")
    name = models.CharField(_("姓名"), max_length=30)
    unit = models.CharField(_("单位"), max_length=60, blank=True)
    role = models.CharField(_("身份"), max_length=12, choices=Role)

    objects = WitnessQuerySet.as_manager()

    class Meta:
        verbose_name = _("见证人")
        ordering = ["attempt", "id"]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_role_display()}{'，' if self.unit else ''}{self.unit}）"


class DeliveryQuerySet(OfDrawQuerySet):
    def for_public(self) -> Self:
        """To whom the notice went is public; the page does not name who received it."""
        return self.exclude(draw__state__in=(lifecycle.DRAFT, lifecycle.DROPPED))


class Delivery(models.Model):
    """The sealing notice given to somebody outside; without one before the reveal it is 仅内部封存."""

    class Recipient(models.TextChoices):
        JUSTICE = "justice", _("司法局")
        DISCIPLINE = "discipline", _("纪检监察机关")
        BOARD = "board", _("公告栏张贴")
        WEBSITE = "website", _("政府网站")
        SUPERIOR = "superior", _("上级平台")
        NOTARY = "notary", _("公证处")
        WITNESS = "witness", _("到场见证人")

    class Way(models.TextChoices):
        HAND = "hand", _("当面送达")
        POSTED = "posted", _("张贴、发布")
        MAIL = "mail", _("邮寄")
        ELECTRONIC = "electronic", _("电子邮件、即时消息")

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="deliveries")
    recipient = models.CharField(_("送往"), max_length=12, choices=Recipient)
    person = models.CharField(_("签收人或地点"), max_length=60)
    way = models.CharField(_("方式"), max_length=12, choices=Way)
    delivered_at = models.DateTimeField(_("送达时间"))
    paper = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("凭证"))
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("封存公告的送达")
        ordering = ["draw", "delivered_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_recipient_display()} {self.person}"

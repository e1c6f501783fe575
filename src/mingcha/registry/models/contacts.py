"""Whom to call at a firm: personal data, encrypted and masked (rule N10, 个人信息保护法)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.crypto.fields import BlindIndexField, EncryptedTextField
from mingcha.registry.models.audience import OfSubjectQuerySet
from mingcha.registry.models.imported import Imported
from mingcha.registry.models.subjects import Subject


class Contact(Imported):
    """One person of a subject and how to reach this person."""

    class Post(models.TextChoices):
        LEGAL = "legal", _("法定代表人、负责人")
        HR = "hr", _("人事、劳资负责人")
        SITE = "site", _("项目现场负责人")
        OTHER = "other", _("其他联系人")

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="contacts", verbose_name=_("检查对象"))
    post = models.CharField(_("身份"), max_length=10, choices=Post, default=Post.OTHER)
    name = EncryptedTextField(_("姓名"), blank=True, default="")
    phone = EncryptedTextField(_("电话"), blank=True, default="")
    phone_index = BlindIndexField(source="phone")
    source = models.CharField(_("来源"), max_length=100, blank=True)
    recorded_on = models.DateField(_("登记日期"))
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = OfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("联系人")
        verbose_name_plural = _("联系人")
        ordering = ["post", "id"]

    def __str__(self) -> str:
        return str(self.get_post_display())

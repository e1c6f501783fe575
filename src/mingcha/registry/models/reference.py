"""Reference tables: administrative divisions (GB/T 2260) and industries (GB/T 4754)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.audience import CommonKnowledgeQuerySet


class Division(models.Model):
    """A province, city, county or town. `replaced_by` is set on historical codes (130124 → 130111)."""

    code = models.CharField(_("区划代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    parent = models.CharField(_("上级代码"), max_length=12, blank=True, db_index=True)
    replaced_by = models.CharField(_("现行代码"), max_length=12, blank=True)
    source = models.CharField(_("来源"), max_length=100, blank=True)

    objects = CommonKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


class Industry(models.Model):
    """A class of the national industry classification; level 1 门类 … 4 小类."""

    code = models.CharField(_("行业代码"), max_length=5, unique=True)
    name = models.CharField(_("行业名称"), max_length=100)
    parent = models.CharField(_("上级代码"), max_length=5, blank=True, db_index=True)
    level = models.PositiveSmallIntegerField(_("级别"))
    section = models.CharField(_("门类"), max_length=1)
    note = models.TextField(_("说明"), blank=True)

    objects = CommonKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("行业分类")
        verbose_name_plural = _("行业分类")
        ordering = ["section", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

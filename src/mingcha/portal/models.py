"""Static copies of the public site that were asked for."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.jobs.models import Job
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet

#: Who makes and fetches copies of the public site.
EXPORTERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
#: Where the zips lie in the storage.
FOLDER = "site-exports"


class SiteExportQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*EXPORTERS) else self.none()


class SiteExport(models.Model):
    """One copy: who asked for it, what came of it. Old ones keep their line, their zip is removed."""

    job = models.OneToOneField(Job, models.SET_NULL, null=True, related_name="+", verbose_name=_("后台任务"))
    requested_at = models.DateTimeField(_("提交时间"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("提交人")
    )
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    file = models.CharField(max_length=120, blank=True, default="")
    files = models.PositiveIntegerField(_("文件数"), default=0)
    pages = models.PositiveIntegerField(_("页数"), default=0)
    size = models.PositiveBigIntegerField(_("压缩包大小"), default=0)
    sha256 = models.CharField(_("压缩包摘要"), max_length=64, blank=True, default="")

    objects = SiteExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("静态站点")
        verbose_name_plural = _("静态站点")
        ordering = ["-requested_at", "-id"]

    def __str__(self) -> str:
        return str(_("静态站点 %(id)s") % {"id": self.pk})

    @property
    def is_available(self) -> bool:
        """Whether its zip can be fetched."""
        return bool(self.file)

"""What of the published results is searched: by firm, year and campaign, fast with 100,000 of them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.inspection.models.inspections import Inspection
from mingcha.items.vocabulary import Result
from mingcha.publication.models import Publication


class PublishedResultQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.for_public()

    def for_public(self) -> Self:
        """What came down is found by nobody; its line stays in the list of publications (R9).

        As one of a list: for a bare condition SQLite passes by the indexes that begin with it.
        """
        return self.filter(standing__in=(True,))


class PublishedResult(models.Model):
    """The published version of one inspection's result that stands, as it is found.

    `firm` is the number by which the firm's page is called: its credit code or public number.
    """

    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="published")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="+")
    firm = models.CharField(_("检查对象编号"), max_length=32)
    name = models.CharField(_("检查对象"), max_length=200)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    campaign = models.CharField(_("抽查任务"), max_length=200)
    result = models.CharField(_("检查结果"), max_length=4, choices=Result)
    inspected_on = models.DateField(_("检查日期"))
    from_day = models.DateField(_("公示日期"))
    standing = models.BooleanField(_("公示中"), default=True)

    objects = PublishedResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("已公示的检查结果")
        verbose_name_plural = _("已公示的检查结果")
        ordering = ["-from_day", "-id"]
        indexes = [
            models.Index(fields=["standing", "-from_day", "-id"], name="published_result_newest"),
            models.Index(fields=["standing", "year", "-from_day", "-id"], name="published_result_by_year"),
            models.Index(fields=["firm"], name="published_result_by_firm"),
            models.Index(fields=["credit_code"], name="published_result_by_code"),
        ]

    def __str__(self) -> str:
        return self.name

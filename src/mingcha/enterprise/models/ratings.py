"""企业评价: counted, never kept (plan 二（三）2; domain §1.3: 评价匿名，执法部门不可见不可溯).

There is no row for a rating and nothing that says when it was given: only how often an answer was given about
a section in a month. That a visit has been rated is known by a keyed mark in a table of its own, which tells
neither the visit nor the time to whoever reads it without the keys; when the term for rating is over, it is
forgotten.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter

#: Who reads what firms think: the overseer and the leader of all, a head of the own section.
RATING_READERS = (Role.OVERSEER, Role.BUREAU_LEADER, Role.SECTION_HEAD)


class RatingTallyQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(reach_filter(officer, RATING_READERS, section="unit_id"))


class RatingTally(models.Model):
    """How often an answer was given about a section in a month; `question` empty counts the ratings."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("股室或部门"))
    month = models.DateField(_("月份"))
    question = models.CharField(_("问题"), max_length=20, blank=True)
    answer = models.CharField(_("回答"), max_length=10, blank=True)
    count = models.PositiveIntegerField(_("份数"), default=0)

    objects = RatingTallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("评价汇总")
        verbose_name_plural = _("评价汇总")
        constraints = [
            models.UniqueConstraint(fields=["unit", "month", "question", "answer"], name="rating_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.month:%Y-%m} {self.question} {self.answer}"


class RatingMark(models.Model):
    """That some visit has been rated: a keyed digest, and nothing else; forgotten with the term."""

    mark = models.CharField(primary_key=True, max_length=80)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("已用的评价凭证")
        verbose_name_plural = _("已用的评价凭证")

    def __str__(self) -> str:
        return self.mark

"""Changes to many subjects at once, with what stood before, so that they can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.registry.models.audience import OfSubjectQuerySet, over_everything
from mingcha.registry.models.subjects import Subject


class BulkChangeQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> BulkChangeQuerySet:
        readers = (Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER)
        if over_everything(officer, readers):
            return self
        return self.filter(done_by_id=officer.id) if officer.has(*readers) else self.none()


class BulkChange(models.Model):
    """One change that was made to many subjects; never of their registration state or code."""

    class Verb(models.TextChoices):
        TAG = "tag", _("加标签")
        UNTAG = "untag", _("去标签")
        TOWN = "town", _("填写乡镇街道")
        CLAIM = "claim", _("认领")

    verb = models.CharField(_("办理"), max_length=10, choices=Verb)
    #: What was put on or filled in, in words; and the tag's id or the town.
    what = models.CharField(_("内容"), max_length=100, blank=True)
    value = models.CharField(max_length=100, blank=True)
    why = models.CharField(_("理由"), max_length=200)
    changed = models.PositiveIntegerField(_("改动户数"), default=0)
    passed_over = models.PositiveIntegerField(_("原本如此、没有改动的户数"), default=0)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    done_at = models.DateTimeField(_("办理时间"))
    undone_at = models.DateTimeField(_("撤销时间"), null=True)
    undone_why = models.CharField(_("撤销理由"), max_length=200, blank=True)
    #: Subjects that had been changed since and were left as they were when it was undone.
    left_alone = models.PositiveIntegerField(_("撤销时未动的户数"), default=0)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("批量办理")
        verbose_name_plural = _("批量办理")
        ordering = ["-done_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.what}".strip()


class BulkChangeRow(models.Model):
    """One subject of a bulk change and the value that stood there before."""

    change = models.ForeignKey(BulkChange, models.CASCADE, related_name="rows")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="bulk_rows")
    #: What stood there before, as the page shows it.
    before = models.CharField(max_length=100, blank=True)
    #: What taking it back needs: since when, why and by which list it had the label that was taken off.
    kept = models.JSONField(default=dict)

    objects = OfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("批量办理的检查对象")
        constraints = [models.UniqueConstraint(fields=["change", "subject"], name="bulk_row_once")]

    def __str__(self) -> str:
        return str(self.subject)

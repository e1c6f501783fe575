"""Lists of superiors brought in for comparison: their rows, what was understood, what was decided."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.items.models.audience import WorkersQuerySet
from mingcha.items.models.items import Item


class SuperiorList(models.Model):
    """A list of a ministry, province or city as it came in a file; ours changes only by confirming."""

    class State(models.TextChoices):
        OPEN = "open", _("待逐项处理")
        CONFIRMED = "confirmed", _("已确认")
        CANCELLED = "cancelled", _("已取消")

    authority = models.CharField(_("发布机关"), max_length=100)
    title = models.CharField(_("清单名称"), max_length=200)
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    received_at = models.DateTimeField(_("上传时间"))
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人")
    )
    settled_at = models.DateTimeField(_("办结时间"), null=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("办结人")
    )

    objects = WorkersQuerySet.as_manager()

    class Meta:
        verbose_name = _("上级清单")
        verbose_name_plural = _("上级清单")
        ordering = ["-received_at", "-id"]

    def __str__(self) -> str:
        return f"{self.authority}：{self.title}"


class SuperiorRow(models.Model):
    """One row of such a list.

    values    field → text, as understood
    problems  what is doubtful or wrong, with column, value and reason
    """

    class Verdict(models.TextChoices):
        UNDERSTOOD = "understood", _("可以采用")
        WARNED = "warned", _("有疑问")
        REFUSED = "refused", _("不能采用")

    class Decision(models.TextChoices):
        PENDING = "pending", _("未处理")
        LINK = "link", _("对应本局事项")
        DRAFT = "draft", _("拟定新事项")
        IGNORE = "ignore", _("不采用")

    superior = models.ForeignKey(
        SuperiorList, models.PROTECT, related_name="rows", verbose_name=_("上级清单")
    )
    sheet = models.CharField(_("工作表"), max_length=100)
    row = models.PositiveIntegerField(_("行号"))
    values = models.JSONField(_("内容"))
    problems = models.JSONField(_("提示"))
    verdict = models.CharField(_("读取情况"), max_length=10, choices=Verdict)
    suggested = models.ForeignKey(
        Item, models.PROTECT, null=True, related_name="+", verbose_name=_("建议对应")
    )
    score = models.PositiveSmallIntegerField(_("相似程度"), default=0)
    decision = models.CharField(_("处理"), max_length=10, choices=Decision, default=Decision.PENDING)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, related_name="superior_rows", verbose_name=_("本局事项")
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    objects = WorkersQuerySet.as_manager()

    class Meta:
        verbose_name = _("上级清单的一行")
        verbose_name_plural = _("上级清单的行")
        ordering = ["superior", "id"]

    def __str__(self) -> str:
        return str(self.values.get("name", ""))

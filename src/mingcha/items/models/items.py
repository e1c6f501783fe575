"""抽查事项 and their versions (plan 二（二）1, domain R1, R4, E3)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.basics.models.common import Trust
from mingcha.items import lifecycle
from mingcha.items.models.audience import LIST_WORKERS, VersionQuerySet
from mingcha.items.models.revisions import ListRevision
from mingcha.items.vocabulary import Body, Manner, labels
from mingcha.registry.models import Specialty, Subject

CODE = RegexValidator(r"^[A-Z][A-Z0-9-]{1,15}$", _("编码由大写字母、数字和连字符组成，以字母开头，例如 RS01"))


class ItemQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*LIST_WORKERS) else self.for_public()

    def for_public(self) -> Self:
        return self.filter(face__state__in=lifecycle.PUBLIC)


class Item(models.Model):
    """One item of the list through all its versions.

    `face` is the version that stands for it in lists: the newest that was published, or the newest draft
    while there is none. Services keep it in step. Which version is in force on a day is asked of
    `selectors.in_force`.
    """

    code = models.CharField(_("事项编码"), max_length=16, unique=True, validators=[CODE])
    face = models.ForeignKey(
        "items.ItemVersion",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("版本"),
        editable=False,
    )
    created_at = models.DateTimeField(_("建立时间"), editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽查事项")
        verbose_name_plural = _("抽查事项")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.face.name}" if self.face is not None else self.code


class ItemVersion(models.Model):
    """One text of an item. Once published it never changes; its end may be set, its text may not."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions", verbose_name=_("抽查事项"))
    number = models.PositiveIntegerField(_("版本"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in lifecycle.VERSION.states],
        default=lifecycle.DRAFT,
    )
    name = models.CharField(_("事项名称"), max_length=100)
    family = models.CharField(_("抽查类别"), max_length=50)
    key = models.BooleanField(_("重点检查事项"), default=False)
    kinds = models.CharField(_("检查对象类型"), max_length=200)
    kinds_note = models.CharField(_("检查对象说明"), max_length=300, blank=True)
    manners = models.CharField(_("检查方式"), max_length=100)
    specialty = models.ForeignKey(
        Specialty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所需业务专长")
    )
    body = models.CharField(_("执法主体类别"), max_length=12, choices=Body, default=Body.BUREAU)
    body_name = models.CharField(_("执法主体"), max_length=100)
    cap = models.PositiveIntegerField(
        _("年度频次上限（次）"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    ratio_note = models.CharField(_("抽查比例和频次说明"), max_length=300, blank=True)
    trust = models.CharField(_("核实情况"), max_length=2, choices=Trust, default=Trust.BUREAU)
    unverified = models.TextField(_("原文未入库的依据（待确认）"), blank=True, help_text=_("每行一个"))
    change_note = models.CharField(_("本次调整的内容和理由"), max_length=500, blank=True)
    effective_from = models.DateField(_("施行日期"), null=True, blank=True)
    effective_until = models.DateField(_("施行至"), null=True, blank=True)
    stop_reason = models.CharField(_("停用理由"), max_length=500, blank=True)
    revision = models.ForeignKey(
        ListRevision, models.PROTECT, null=True, related_name="versions", verbose_name=_("清单调整")
    )
    stopped_in = models.ForeignKey(
        ListRevision, models.PROTECT, null=True, related_name="stopped", verbose_name=_("停用时的清单调整")
    )
    confirmed_at = models.DateTimeField(_("核对确认时间"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("核对确认人")
    )
    confirmed_basis = models.CharField(_("核对的文件"), max_length=300, blank=True, editable=False)
    #: Which text of a platform release it repeats; empty for the bureau's own.
    release_digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("起草时间"), editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("起草人")
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽查事项版本")
        verbose_name_plural = _("抽查事项版本")
        ordering = ["item__code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number_once"),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=(lifecycle.DRAFT, lifecycle.PROPOSED)),
                name="one_open_version_an_item",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=lifecycle.PUBLIC) | Q(effective_from__isnull=False),
                name="published_version_has_a_first_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "effective_from"], name="item_version_in_force")]

    def __str__(self) -> str:
        return gettext("%(code)s %(name)s（第%(number)d版）") % {
            "code": self.item.code,
            "name": self.name,
            "number": self.number,
        }

    @property
    def kind_codes(self) -> tuple[str, ...]:
        """Codes of `Subject.Kind` that it applies to."""
        return tuple(code for code in self.kinds.split(",") if code)

    @property
    def manner_codes(self) -> tuple[str, ...]:
        return tuple(code for code in self.manners.split(",") if code)

    @property
    def kinds_text(self) -> str:
        return labels(Subject.Kind, self.kind_codes)

    @property
    def manners_text(self) -> str:
        return labels(Manner, self.manner_codes)

    @property
    def category_text(self) -> str:
        """一般 or 重点 (domain R4)."""
        return gettext("重点检查事项") if self.key else gettext("一般检查事项")

    @property
    def possible_off_site(self) -> bool:
        """Whether it can be looked into without going there (domain E5)."""
        return any(code != Manner.ON_SITE for code in self.manner_codes)

    @property
    def unverified_lines(self) -> tuple[str, ...]:
        return tuple(line for line in self.unverified.splitlines() if line)

    @property
    def awaits_confirmation(self) -> bool:
        """Whether something in it rests on a source that nobody has read, or on a proposal of ours.

        The same question to the database is `selectors.awaiting_confirmation`.
        """
        if self.confirmed_at is not None:
            return False
        return bool(self.unverified_lines) or not Trust(self.trust).is_settled and self.trust != Trust.BUREAU

    def in_force(self, on: date, until: date | None = None) -> bool:
        """Whether it holds on this day, and through `until` where that is given."""
        if self.state not in lifecycle.PUBLIC or self.effective_from is None or self.effective_from > on:
            return False
        return self.effective_until is None or self.effective_until >= (until or on)

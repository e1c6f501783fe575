"""The tree of units (单位/股室)."""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet

#: GB/T 2260 (6 digits), with the town (9) or village (12) digits of GB/T 10114 after it.
DIVISION_CODE = RegexValidator(r"^\d{6}(\d{3}){0,2}\Z", _("区划代码为 6 位、9 位或 12 位数字，例如 130111"))


class UnitKind(models.TextChoices):
    """What a unit is."""

    BUREAU = "bureau", _("局")
    SECTION = "section", _("股室")
    BRIGADE = "brigade", _("执法大队")
    INSTITUTION = "institution", _("经办机构")
    PARTNER = "partner", _("协同部门")
    JUSTICE = "justice", _("司法局")
    TOWN = "town", _("乡镇（街道）")


class Capacity(models.TextChoices):
    """In what capacity a unit enforces the law (执法主体; domain rules E1, E2)."""

    NONE = "", _("不具有")
    ORGAN = "organ", _("机关")
    AUTHORISED = "authorised", _("授权")
    ENTRUSTED = "entrusted", _("委托")


class UnitQuerySet(VisibleQuerySet):
    """Units are the bureau's own chart: every officer sees it, nobody outside does."""

    def for_officer(self, officer: Officer) -> Self:
        return self.all()

    def open(self) -> Self:
        """Units that have not been closed."""
        return self.filter(closed_on=None)

    def subtree(self, unit: Unit) -> Self:
        """The unit and everything below it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """A unit of the bureau or of a department that works with it.

    `path` holds the ids from the root ("/1/7/"), so that one prefix match finds a subtree on both
    databases. A closed unit stays, because past documents and grants name it.
    """

    name = models.CharField(_("名称"), max_length=64)
    short_code = models.CharField(
        _("简码"), max_length=16, blank=True, help_text=_("用于文号，例如“劳监”；不用于文号的可不填")
    )
    kind = models.CharField(_("类别"), max_length=16, choices=UnitKind.choices, default=UnitKind.SECTION)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级单位")
    )
    path = models.CharField(max_length=200, db_index=True, editable=False)
    division_code = models.CharField(
        _("区划代码"), max_length=12, blank=True, validators=[DIVISION_CODE], help_text=_("例如 130111")
    )
    capacity = models.CharField(_("执法主体"), max_length=16, choices=Capacity.choices, blank=True)
    entrusted_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entrusted",
        verbose_name=_("委托机关"),
        help_text=_("委托执法的必填：文书以委托机关的名义作出"),
    )
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        ordering = ["path", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["short_code"], condition=~Q(short_code=""), name="unit_short_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return max(self.path.count("/") - 2, 0)

    def is_within(self, other: Unit) -> bool:
        """Whether it is `other` or below it."""
        return self.path.startswith(other.path)

"""What a version consists of: check points, articles, materials, outcomes, exemptions."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.basics.models.common import Trust
from mingcha.items.models.audience import OfVersionQuerySet
from mingcha.items.models.items import ItemVersion
from mingcha.items.vocabulary import Answer, Result, Way, labels
from mingcha.laws.models import Article, LawText


def _of_version(related_name: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(ItemVersion, models.CASCADE, related_name=related_name)


class Part(models.Model):
    """Common to all: its place in the version, from 1."""

    position = models.PositiveSmallIntegerField(_("次序"))

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["version", "position"]


class CheckPoint(Part):
    """检查要点: a question with its standard, what it rests on, and what follows from a breach."""

    version = _of_version("points")
    question = models.CharField(_("检查要点"), max_length=300)
    standard = models.TextField(_("合格标准"))
    answer = models.CharField(_("怎样回答"), max_length=10, choices=Answer, default=Answer.YES_NO)
    choices = models.TextField(_("选项"), blank=True)
    consequence = models.TextField(_("法律后果"))
    off_site = models.BooleanField(_("凭数据即可核查"), default=False)
    trust = models.CharField(_("核实情况"), max_length=2, choices=Trust, default=Trust.BUREAU)

    class Meta(Part.Meta):
        verbose_name = _("检查要点")
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="check_point_place_once")]

    def __str__(self) -> str:
        return self.question

    @property
    def choice_lines(self) -> tuple[str, ...]:
        return tuple(line for line in self.choices.splitlines() if line)


class Exemption(Part):
    """容错: when a breach is not punished, and when that never holds (domain §3.4)."""

    version = _of_version("exemptions")
    condition = models.TextField(_("不予处罚的情形"))
    except_when = models.CharField(_("不适用的情形"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("容错情形")
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="exemption_place_once")]

    def __str__(self) -> str:
        return self.condition


class Material(Part):
    """材料: what is looked at. What the bureau holds is never asked of the firm."""

    version = _of_version("materials")
    name = models.CharField(_("材料"), max_length=100)
    why = models.CharField(_("用途"), max_length=300, blank=True)
    held_by_bureau = models.BooleanField(_("本局已掌握"), default=False)
    holder = models.CharField(_("由谁掌握"), max_length=100, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("材料")
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="material_place_once")]

    def __str__(self) -> str:
        return self.name


class Outcome(Part):
    """A result and the lawful ways forward from it (domain §2.5)."""

    version = _of_version("outcomes")
    result = models.CharField(_("检查结果"), max_length=4, choices=Result)
    ways = models.CharField(_("处置方式"), max_length=100)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("检查结果")
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="outcome_place_once")]

    def __str__(self) -> str:
        return str(self.get_result_display())

    @property
    def way_codes(self) -> tuple[str, ...]:
        return tuple(code for code in self.ways.split(",") if code)

    @property
    def ways_text(self) -> str:
        return labels(Way, self.way_codes)


class Basis(Part):
    """依据: the binding of a version, of one of its points or exemptions to an article as it read then.

    `law_text` is the text of the law it was bound to. A later text of the law flags the binding and changes
    nothing in it.
    """

    class Role(models.TextChoices):
        DUTY = "duty", _("检查依据")
        CONSEQUENCE = "consequence", _("后果依据")

    version = _of_version("all_bases")
    point = models.ForeignKey(CheckPoint, models.CASCADE, null=True, related_name="bases")
    exemption = models.ForeignKey(Exemption, models.CASCADE, null=True, related_name="bases")
    role = models.CharField(_("用途"), max_length=12, choices=Role, default=Role.DUTY)
    cited = models.CharField(_("依据"), max_length=200)
    law_text = models.ForeignKey(LawText, models.PROTECT, related_name="+", verbose_name=_("法律文本"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="+", verbose_name=_("条文"))
    paragraph = models.PositiveSmallIntegerField(_("款"), default=0)
    clause = models.PositiveSmallIntegerField(_("项"), default=0)

    class Meta(Part.Meta):
        verbose_name = _("依据")
        indexes = [models.Index(fields=["law_text"], name="basis_of_law_text")]

    def __str__(self) -> str:
        return self.cited

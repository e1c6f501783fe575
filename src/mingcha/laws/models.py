"""The law library: laws, their texts from day to day, and the articles of each text.

Laws are public: everybody reads them. A text that was corrected stays readable inside the house only.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.basics.models.common import DatedQuerySet, DatedRow
from mingcha.kernel.chinese_numbers import written_number
from mingcha.kernel.citations import article_label
from mingcha.laws.passages import Line, lines_of, paragraphs_of

_COUNTRY = "中华人民共和国"


class Rank(models.IntegerChoices):
    """How high a text stands, the highest first (立法法第九十八条至第一百条)."""

    LAW = 1, _("法律")
    REGULATION = 2, _("行政法规")
    LOCAL_REGULATION = 3, _("地方性法规")
    RULE = 4, _("部门规章")
    LOCAL_RULE = 5, _("地方政府规章")
    DOCUMENT = 6, _("规范性文件")


class LawQuerySet(VisibleQuerySet):
    """Laws are public."""

    def for_officer(self, officer: Officer) -> Self:
        return self

    def for_public(self) -> Self:
        return self


class Law(models.Model):
    """A law, regulation, rule or document, whatever its text is at a time."""

    title = models.CharField(_("名称"), max_length=120, unique=True)
    short_title = models.CharField(_("简称"), max_length=60, blank=True, default="")
    aliases = models.TextField(
        _("其他名称"), blank=True, default="", help_text=_("每行一个，例如文号、曾用名")
    )
    rank = models.PositiveSmallIntegerField(_("效力位阶"), choices=Rank.choices)

    objects = LawQuerySet.as_manager()

    class Meta:
        verbose_name = _("法律法规")
        verbose_name_plural = _("法律法规")
        ordering = ("rank", "title")

    def __str__(self) -> str:
        return self.short_title or self.title

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which it is cited."""
        return tuple(name for name in (self.title, self.short_title, *self.aliases.splitlines()) if name)


def plain_name(name: str) -> str:
    """A name for comparing: without brackets, blanks and 中华人民共和国."""
    stripped = "".join(name.split()).strip("《》〈〉<>")
    return stripped.replace("〈", "").replace("〉", "").replace(_COUNTRY, "")


class LawTextQuerySet(DatedQuerySet):
    """Texts by day; withdrawn ones only for officers."""

    def for_public(self) -> Self:
        return self.standing()


class LawText(DatedRow):
    """What a law says from a day on: the text that a revision brought. Its articles are rows of their own."""

    law = models.ForeignKey(Law, models.PROTECT, related_name="texts", verbose_name=_("法律法规"))
    label = models.CharField(_("版本"), max_length=60, help_text=_("例如“2018年修正”"))
    history = models.TextField(_("制定沿革"), blank=True, default="")
    preamble = models.TextField(_("正文前的文字"), blank=True, default="")
    appendix = models.TextField(_("附录"), blank=True, default="")
    numbered_parts = models.BooleanField(_("不分条，按“一、二、”分部分"), default=False)
    repealed = models.CharField(_("废止依据"), max_length=300, blank=True, default="")

    objects = LawTextQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("法规文本")
        verbose_name_plural = _("法规文本")
        ordering = ("law", "-effective_from", "-id")
        constraints = [
            *DatedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("law", "effective_from"),
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_text_begins_on_a_day",
            ),
            models.UniqueConstraint(
                fields=("law",),
                condition=Q(withdrawn_at__isnull=True, effective_to__isnull=True),
                name="one_standing_text_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.law}》{self.label}"


class ArticleQuerySet(VisibleQuerySet):
    """As public as the text they belong to."""

    def for_officer(self, officer: Officer) -> Self:
        return self

    def for_public(self) -> Self:
        return self.filter(text__withdrawn_at__isnull=True)


class Article(models.Model):
    """One 条 of one text; `body` holds one printed paragraph a line.

    A document that is divided into 一、二、… has those parts as its articles, each with its `heading`.
    """

    text = models.ForeignKey(LawText, models.CASCADE, related_name="articles", verbose_name=_("法规文本"))
    order = models.PositiveIntegerField(_("次序"))
    number = models.PositiveIntegerField(_("条"))
    suffix = models.PositiveSmallIntegerField(_("之"), default=0)
    part = models.CharField(_("编"), max_length=60, blank=True, default="")
    chapter = models.CharField(_("章"), max_length=60, blank=True, default="")
    section = models.CharField(_("节"), max_length=60, blank=True, default="")
    heading = models.CharField(_("标题"), max_length=120, blank=True, default="")
    body = models.TextField(_("内容"))

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("条文")
        verbose_name_plural = _("条文")
        ordering = ("text", "order")
        constraints = [
            models.UniqueConstraint(fields=("text", "number", "suffix"), name="one_article_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.text}{self.label}"

    @property
    def code(self) -> str:
        """17, or 17.1 for 第十七条之一."""
        return f"{self.number}.{self.suffix}" if self.suffix else str(self.number)

    @property
    def label(self) -> str:
        """第十七条."""
        return article_label(self.number, self.suffix)

    @property
    def part_label(self) -> str:
        """一、, where the document has parts instead of articles."""
        return f"{written_number(self.number)}、"

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its law: a17, a17-1."""
        return f"a{self.number}-{self.suffix}" if self.suffix else f"a{self.number}"

    @property
    def paragraphs(self) -> list[str]:
        """Its 款, each with the lines of its 项."""
        return paragraphs_of(self.body)

    @property
    def lines(self) -> list[Line]:
        """Its printed lines; those of 项 stand below their 款."""
        return lines_of(self.body)

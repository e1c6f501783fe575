"""The random sources that a draw names before their values exist (draw protocol §5.1, §7.3)."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ISSUE = RegexValidator(r"^[0-9]{7}$", _("期号是七位数字，例如 2026198"))


class RandomSource(models.Model):
    """The source of a draw and, if its value fails to come, the one named beforehand in its place."""

    class Source(models.TextChoices):
        DICE = "dice", _("现场摇号（二十个 0–9 的号码球）")
        KL8 = "kl8", _("中国福利彩票快乐8（80 选 20）")

    source = models.CharField(_("随机来源"), max_length=10, choices=Source, default=Source.DICE)
    source_issue = models.CharField(
        _("快乐8期号"),
        max_length=7,
        blank=True,
        validators=[ISSUE],
        help_text=_("选快乐8时填写将要开奖的一期；摇号时间填开奖时间"),
    )
    fallback_source = models.CharField(
        _("备用来源"),
        max_length=10,
        choices=Source,
        blank=True,
        help_text=_("原定来源停摇、停开时改用；写进封存的方案，启用须有理由并由另一人决定"),
    )
    fallback_issue = models.CharField(_("备用快乐8期号"), max_length=7, blank=True, validators=[ISSUE])
    fallback_at = models.DateTimeField(_("备用来源的时间"), null=True, blank=True)
    fallback_digest = models.CharField(_("备用方案摘要"), max_length=64, blank=True, editable=False)
    fallback_reason = models.CharField(_("启用备用来源的理由"), max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def uses_fallback(self) -> bool:
        """Whether a second person has put the fallback in the place of the first source."""
        return bool(self.fallback_reason)

    @property
    def used_source(self) -> str:
        return self.fallback_source if self.uses_fallback else self.source

    @property
    def used_issue(self) -> str:
        return self.fallback_issue if self.uses_fallback else self.source_issue

    @property
    def source_text(self) -> str:
        """The source that counts now, in words that follow 将由/由."""
        return source_words(self.used_source, self.used_issue)

    @property
    def fallback_text(self) -> str:
        """The source named for the case that the first fails; empty when none was named."""
        return source_words(self.fallback_source, self.fallback_issue) if self.fallback_source else ""

    @property
    def is_lottery(self) -> bool:
        """Whether the value comes from a national lottery instead of balls in the room."""
        return self.used_source == self.Source.KL8


def source_words(source: str, issue: str) -> str:
    """A source in words."""
    if source == RandomSource.Source.KL8:
        return gettext("快乐8第 %(issue)s 期的二十个开奖号码") % {"issue": issue}
    return gettext("当众摇出的二十个 0–9 的号码球")

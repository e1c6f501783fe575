"""What the ledger keeps: records, the keys of the people in them, and the head of each day."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.roles import Role
from mingcha.base.viewers import Capability, Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter
from mingcha.kernel.digest import ALGORITHMS
from mingcha.ledger import words
from mingcha.ledger.canonical import Content

#: Who reads the whole ledger; others meet it only as the history of a thing they may see.
READERS = (Role.OVERSEER, Role.BUREAU_LEADER, Role.ADMINISTRATOR)

NAME_LENGTH = 200
LABEL_LENGTH = 300
CODE_LENGTH = 100


def _algorithm_label(name: str) -> str:
    known = ALGORITHMS.get(name)
    return known.label if known else name


class RecordQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(reach_filter(officer, READERS))


class Record(models.Model):
    """One event in the chain. Written by `appending.append` only; the database refuses any change.

    `before` and `after` hold no personal data. `personal` holds ciphertexts under the key of `subject`,
    so that erasing the key erases the values and leaves every digest as it was (design §4.3, N10).
    """

    seq = models.BigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"))
    actor = models.CharField(_("经手人标识"), max_length=NAME_LENGTH)
    actor_name = models.CharField(_("经手人"), max_length=NAME_LENGTH)
    event = models.CharField(_("事项代码"), max_length=CODE_LENGTH)
    thing_type = models.CharField(_("对象类型"), max_length=CODE_LENGTH)
    thing_id = models.BigIntegerField(_("对象编号"))
    thing_label = models.CharField(_("对象"), max_length=LABEL_LENGTH, blank=True)
    before = models.JSONField(_("变更前"), default=dict)
    after = models.JSONField(_("变更后"), default=dict)
    why = models.TextField(_("理由"), blank=True)
    subject = models.CharField(_("个人信息主体"), max_length=NAME_LENGTH, blank=True)
    personal = models.JSONField(_("个人信息（密文）"), default=dict)
    algorithm = models.CharField(_("摘要算法"), max_length=20)
    prev = models.CharField(_("上一条摘要"), max_length=64)
    digest = models.CharField(_("摘要"), max_length=64)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("存证记录")
        verbose_name_plural = _("存证记录")
        ordering = ("seq",)
        indexes: ClassVar = [
            models.Index(fields=["thing_type", "thing_id", "seq"], name="ledger_record_thing"),
            models.Index(fields=["at"], name="ledger_record_at"),
            # Not db_index: PostgreSQL would add a second index for LIKE to each, and every event pays for it.
            models.Index(fields=["event", "seq"], name="ledger_record_event"),
            models.Index(fields=["actor", "seq"], name="ledger_record_actor"),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} {self.event_label}"

    @property
    def event_label(self) -> str:
        """What happened, in Chinese."""
        return words.event_label(self.event)

    @property
    def thing_text(self) -> str:
        """On what it happened: the kind of thing and its name, or its number where it has none."""
        return f"{words.thing_type_label(self.thing_type)} {self.thing_label or self.thing_id}"

    @property
    def algorithm_label(self) -> str:
        """The digest's name for people."""
        return _algorithm_label(self.algorithm)

    def content(self) -> Content:
        """What the record says, as the canonical form knows it."""
        return Content(*(getattr(self, name) for name in Content.__dataclass_fields__))


class SubjectKey(models.Model):
    """The key under which one subject's personal values stand in the ledger.

    A key that was erased keeps its row (who, when) without its secret. Values that lawfully come in
    afterwards get a key of the next generation.
    """

    subject = models.CharField(_("个人信息主体"), max_length=NAME_LENGTH)
    generation = models.PositiveIntegerField(_("代次"), default=1)
    wrapped_key = EncryptedTextField(_("密钥"), blank=True)
    created_at = models.DateTimeField(_("生成时间"))
    erased_at = models.DateTimeField(_("删除时间"), null=True, blank=True)

    # Reached by the ledger itself only: a key is nobody's to look at.
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("个人信息密钥")
        verbose_name_plural = _("个人信息密钥")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "generation"], name="ledger_subject_generation"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(erased_at=None), name="ledger_subject_one_live_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}（{self.generation}）"


class HeadQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self

    def for_capability(self, capability: Capability) -> Self:
        return self

    def for_public(self) -> Self:
        return self


class Head(models.Model):
    """Where the chain stood when a day had ended: published, so that its past cannot be rewritten.

    `seq` is 0 and the digest all zeros while the chain is empty.
    """

    day = models.DateField(_("日期"), unique=True)
    seq = models.BigIntegerField(_("末条序号"))
    digest = models.CharField(_("日终摘要"), max_length=64)
    algorithm = models.CharField(_("摘要算法"), max_length=20)
    sealed_at = models.DateTimeField(_("封存时间"))

    objects = HeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("日终摘要")
        verbose_name_plural = _("日终摘要")
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day} #{self.seq}"

    @property
    def algorithm_label(self) -> str:
        """The digest's name for people."""
        return _algorithm_label(self.algorithm)

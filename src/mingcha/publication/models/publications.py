"""A reviewed snapshot that stands before the public, and the files that go with it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.publication import lifecycle, types

#: Who sees what is being prepared; everybody else sees what the public sees.
READERS = (
    Role.COORDINATOR,
    Role.SECTION_HEAD,
    Role.BUREAU_LEADER,
    Role.OVERSEER,
    Role.ADMINISTRATOR,
)
#: What has been before the public: its line stays, its content only while it is not withdrawn (R9).
SHOWN_STATES = (lifecycle.PUBLISHED, lifecycle.SUPERSEDED, lifecycle.WITHDRAWN)


class PublicationQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*READERS) else self.for_public()

    def for_public(self) -> Self:
        return self.filter(state__in=SHOWN_STATES)


class Publication(models.Model):
    """One version of something published. `rows`, `fields` and the words never change; the state does.

    `fields` keeps label and basis of each field as they were when it was prepared, so that an old version
    reads as it read then. `version` and `number` are given when it is published. `digest` is the SHA-256
    of the snapshot (`selectors.snapshot`), which everybody can download and digest again.
    """

    type = models.CharField(_("类别"), max_length=40)
    thing_type = models.CharField(max_length=80, blank=True, default="")
    thing_id = models.BigIntegerField(default=0)
    thing_label = models.CharField(_("对象"), max_length=200, blank=True, default="")
    title = models.CharField(_("标题"), max_length=200)
    summary = models.TextField(_("说明"), blank=True, default="")
    change_note = models.TextField(_("更新说明"), blank=True, default="")
    fields = models.JSONField(_("公示项目"))
    rows = models.JSONField(_("公示内容"))
    row_count = models.PositiveIntegerField(_("条数"), default=0)
    digest = models.CharField(_("内容摘要"), max_length=64)
    term_parameter = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(
        _("状态"),
        max_length=12,
        choices=[(state.code, state.label) for state in lifecycle.PUBLICATION.states],
        default=lifecycle.PREPARED,
    )
    number = models.CharField(_("公示编号"), max_length=60, blank=True, default="")
    version = models.PositiveIntegerField(_("版本"), null=True)
    prepared_at = models.DateTimeField(_("提交时间"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("提交人")
    )
    reviewed_at = models.DateTimeField(_("审核时间"), null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("审核人")
    )
    from_day = models.DateField(_("公示开始"), null=True)
    until_day = models.DateField(_("公示到期"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    ended_why = models.TextField(_("退回或撤下的原因"), blank=True, default="")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("公示")
        verbose_name_plural = _("公示")
        ordering = ["-prepared_at", "-id"]
        indexes = [
            models.Index(fields=["type", "thing_type", "thing_id"], name="publication_by_thing"),
            models.Index(fields=["state", "until_day"], name="publication_by_end"),
            models.Index(fields=["type", "state", "-from_day"], name="publication_by_type"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "thing_type", "thing_id"],
                condition=Q(state=lifecycle.PUBLISHED),
                name="publication_one_current",
            ),
            models.UniqueConstraint(
                fields=["type", "thing_type", "thing_id"],
                condition=Q(state=lifecycle.PREPARED),
                name="publication_one_prepared",
            ),
            models.UniqueConstraint(
                fields=["type", "thing_type", "thing_id", "version"], name="publication_version_once"
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="publication_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def about(self) -> Thing | None:
        """The thing that is published, None for what stands for itself."""
        return Thing(self.thing_type, self.thing_id, self.thing_label) if self.thing_type else None

    @property
    def type_label(self) -> str:
        return types.label_of(self.type)

    @property
    def is_readable(self) -> bool:
        """Whether its content, not only its line, is before the public."""
        return self.state in (lifecycle.PUBLISHED, lifecycle.SUPERSEDED)


class OfPublicationQuerySet(VisibleQuerySet):
    """Files go with the content: gone from the public when it is withdrawn."""

    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*READERS) else self.for_public()

    def for_public(self) -> Self:
        return self.filter(publication__state__in=(lifecycle.PUBLISHED, lifecycle.SUPERSEDED))


class PublicationFile(models.Model):
    """A file published beside the rows, such as the signed plan; never changed."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files")
    name = models.CharField(_("文件名"), max_length=80)
    label = models.CharField(_("名称"), max_length=120)
    media_type = models.CharField(_("类型"), max_length=80)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("大小（字节）"))
    sha256 = models.CharField(max_length=64)

    objects = OfPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("公示文件")
        ordering = ["publication", "name"]
        constraints = [models.UniqueConstraint(fields=["publication", "name"], name="publication_file_once")]

    def __str__(self) -> str:
        return self.label

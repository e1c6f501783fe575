"""What was found, as it was written: single changes of single fields, and what proves them (domain §12)."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.basics.models import Attachment
from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet
from mingcha.items.models import CheckPoint


class FormOp(models.Model):
    """One change of one field of an inspection's form (`kernel.forms.Op`). Added, never changed.

    `client` is a device at one inspection, or the desk; `seq` its count. `value` is JSON, encrypted: who was
    present and what was stated are personal data. `at` is the clock of the device, `received_at` ours.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="form_ops")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("填写人"))
    client = models.CharField(_("设备"), max_length=40)
    seq = models.PositiveIntegerField(_("次序"), validators=[MinValueValidator(1)])
    field = models.CharField(_("栏目"), max_length=60)
    value = EncryptedTextField(_("内容"))
    parents = models.JSONField(_("填写时所见"), default=list)
    at = models.DateTimeField(_("填写时间（设备）"))
    received_at = models.DateTimeField(_("收到时间"))

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查表的填写")
        verbose_name_plural = _("检查表的填写")
        ordering = ["inspection", "id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "client", "seq"], name="form_op_once"),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.client}:{self.seq}"


class Evidence(models.Model):
    """A photograph, a recording, a signature or a paper of an inspection, from its announcement on.

    `uuid` is made by the device. The file comes in pieces; `received` says how much of `size` is here, and
    `attachment` is the file once it is whole and has the `sha256` that was announced. `taken_at` is the
    clock of the device, never what the file says of itself. `point` is the check point that it proves; with
    a signature of the firm, `sight` is what stood on the screen (`kernel.forms.Sight`: upto, digest). One
    that cannot come any more is `dropped_at`, with the reason; what was kept is never dropped.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("照片")
        SOUND = "sound", _("录音录像")
        SIGNATURE = "signature", _("签名")
        PAPER = "paper", _("纸质笔录照片")
        SCAN = "scan", _("手写笔录扫描件")

    uuid = models.UUIDField(_("编号"), unique=True, default=uuid.uuid4)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    point = models.ForeignKey(
        CheckPoint, models.PROTECT, null=True, related_name="+", verbose_name=_("检查要点")
    )
    name = EncryptedTextField(_("文件名"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    received = models.PositiveBigIntegerField(_("已收到（字节）"), default=0)
    taken_at = models.DateTimeField(_("拍摄时间（设备）"))
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=5, null=True)
    lon = models.DecimalField(_("经度"), max_digits=8, decimal_places=5, null=True)
    sight = models.JSONField(_("签名时所见"), null=True)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("取证人"))
    announced_at = models.DateTimeField(_("登记时间"))
    attachment = models.OneToOneField(
        Attachment, models.PROTECT, null=True, related_name="evidence", verbose_name=_("附件")
    )

    dropped_at = models.DateTimeField(_("放弃时间"), null=True)
    dropped_why = models.CharField(_("放弃的理由"), max_length=300, blank=True)

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("现场证据")
        verbose_name_plural = _("现场证据")
        ordering = ["inspection", "taken_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="evidence_not_beyond_its_size"),
        ]
        indexes = [models.Index(fields=["sha256"], name="evidence_by_digest")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def waiting(self) -> bool:
        """Whether it is still to come."""
        return self.attachment_id is None and self.dropped_at is None


def piece_name(instance: Any, filename: str) -> str:
    """Where a piece lies until the file is whole; a name that cannot be guessed."""
    token = uuid.uuid4().hex
    return f"{PIECES}/{token[:2]}/{token}"


#: Where pieces lie in the storage.
PIECES = "pieces"


class EvidencePieceQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(evidence__in=Evidence.objects.visible_to(officer).values("pk"))


class EvidencePiece(models.Model):
    """A part of a file that has arrived, from `offset` on. Gone when the file is whole."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="pieces")
    offset = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    file = models.FileField(upload_to=piece_name, max_length=120)
    at = models.DateTimeField()

    objects = EvidencePieceQuerySet.as_manager()

    class Meta:
        verbose_name = _("已到达的一段")
        ordering = ["evidence", "offset"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "offset"], name="evidence_piece_once"),
        ]

    def __str__(self) -> str:
        return f"{self.offset}+{self.size}"

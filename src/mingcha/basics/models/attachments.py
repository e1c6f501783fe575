"""Files that belong to a thing: evidence, signed papers, plans."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.viewers import Capability, Officer, Viewer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.basics import things
from mingcha.basics.models.common import AboutThing

#: Where files lie in the storage, spread over 256 folders.
FOLDER = "attachments"


def random_name(instance: Any, filename: str) -> str:
    """A name that tells nothing and cannot be guessed; the original name is a field."""
    token = secrets.token_hex(16)
    return f"{FOLDER}/{token[:2]}/{token}"


class AttachmentQuerySet(VisibleQuerySet):
    """Visible with the thing it belongs to, and to the officer who put it in. Nothing else."""

    def for_officer(self, officer: Officer) -> Self:
        return self.filter(self._with_its_thing(officer) | Q(uploaded_by=officer.id))

    def for_capability(self, capability: Capability) -> Self:
        return self.filter(self._with_its_thing(capability))

    def _with_its_thing(self, viewer: Viewer) -> Q:
        condition = Q(pk__in=())
        for known in things.with_visibility():
            condition |= Q(thing_type=known.code, thing_id__in=known.visible(viewer).values("pk"))
        return condition


class Attachment(AboutThing):
    """One file. Its type is what its content is, its name on disk is random, its digest is kept."""

    key = models.UUIDField(_("编号"), unique=True, default=uuid.uuid4, editable=False)
    file = models.FileField(_("文件"), upload_to=random_name, max_length=120)
    # A file's name often holds a person's name, so it is kept like one.
    original_name = EncryptedTextField(_("文件名"))
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    purpose = models.CharField(_("用途"), max_length=40)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("与此相同")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("上传人"),
    )
    uploaded_at = models.DateTimeField(_("上传时间"))

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        ordering = ("uploaded_at", "id")
        indexes = [
            models.Index(fields=("thing_type", "thing_id"), name="attachment_of_thing"),
            models.Index(fields=("sha256",), name="attachment_by_digest"),
        ]

    def __str__(self) -> str:
        return self.original_name

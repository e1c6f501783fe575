"""What a sealed draw keeps secret until it is opened (draw protocol §7.3, `sealed`)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.planning.models.draws import Draw


class DrawSecretQuerySet(VisibleQuerySet):
    """Held in escrow by the overseer; the platform itself uses it when the draw is confirmed."""

    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(Role.OVERSEER) else self.none()


class DrawSecret(models.Model):
    """The value that the plan committed to: 64 hexadecimal digits, encrypted at rest."""

    draw = models.OneToOneField(Draw, models.PROTECT, related_name="secret")
    value = EncryptedTextField(_("封存值"))

    objects = DrawSecretQuerySet.as_manager()

    class Meta:
        verbose_name = _("封存值")

    def __str__(self) -> str:
        return str(_("封存值"))

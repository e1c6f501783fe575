"""The installation's own signing keys: the private half encrypted at rest, the public half for everybody.

One key signs at a time. A key that was replaced signs nothing more and stays, so that what it has signed can
still be verified. `mingcha new-signing-key` replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from mingcha.base import clock
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.crypto.signing import PublicKey, Signer
from mingcha.base.events import Event, Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.base.visibility import VisibleQuerySet


class SigningKeyQuerySet(VisibleQuerySet):
    """Nobody looks at rows: `public_keys` gives what is for everybody."""

    def current(self) -> Self:
        return self.filter(signs=True)


class SigningKey(models.Model):
    """One key pair; the one that `signs` is used."""

    kid = models.CharField(max_length=12, unique=True)
    secret = EncryptedTextField()
    x = models.CharField(max_length=43)
    y = models.CharField(max_length=43)
    signs = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["signs"], condition=Q(signs=True), name="one_key_signs_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.kid


@dataclass(frozen=True, kw_only=True)
class SigningKeyMade(Event):
    """A new key signs from now on."""

    code = "base.signing_key_made"
    label = "启用新的签名密钥"
    field_labels = {"kid": "签名密钥编号"}


@service
def new_signing_key(*, actor: Viewer) -> SigningKey:
    """Replace the key that signs; what was signed before stays verifiable."""
    now, signer = clock.now(), Signer.fresh()
    before = SigningKey.objects.current().select_for_update().first()
    if before is not None:
        before.signs, before.retired_at = False, now
        before.save(update_fields=["signs", "retired_at"])
    public = signer.public
    made = SigningKey.objects.create(
        kid=public.kid, secret=signer.secret, x=public.x, y=public.y, created_at=now
    )
    emit(
        SigningKeyMade(
            thing=Thing(SigningKey._meta.label_lower, made.pk, made.kid),
            before={"kid": before.kid} if before else {},
            after={"kid": made.kid},
        )
    )
    return made


def signer(*, actor: Viewer) -> Signer:
    """The key that signs now; made where there is none yet. Called inside a service."""
    found = SigningKey.objects.current().first()
    if found is None:
        try:
            with transaction.atomic():
                found = new_signing_key(actor=actor)
        except IntegrityError:
            # Somebody made the first one in this very moment.
            found = SigningKey.objects.current().get()
    return Signer(found.secret)


def public_keys() -> dict[str, PublicKey]:
    """name → key, of everything that this installation has ever signed with, the newest first."""
    rows = SigningKey.objects.values_list("x", "y")
    return {key.kid: key for key in (PublicKey(x, y) for x, y in rows)}

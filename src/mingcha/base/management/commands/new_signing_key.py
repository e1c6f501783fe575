"""`mingcha new-signing-key`: the codes shown at firms' doors are signed with a new key from now on."""

from typing import Any

from django.core.management.base import BaseCommand

from mingcha.base.crypto.signing_keys import new_signing_key
from mingcha.base.viewers import System


class Command(BaseCommand):
    help = "启用新的签名密钥；以前签发的码仍可验证 / sign with a new key; what was signed stays verifiable"

    def handle(self, *args: Any, **options: Any) -> None:
        made = new_signing_key(actor=System("new_signing_key"))
        self.stdout.write(f"现用签名密钥 {made.kid}。 {made.kid} signs from now on.")

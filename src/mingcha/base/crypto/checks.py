"""Start-up check of the keys: a wrong ring is found before the first row is read."""

from __future__ import annotations

from typing import Any

from django.core import checks

from mingcha.base.crypto.keys import KeyRing, KeysMisconfigured, field_keys, index_keys


@checks.register(checks.Tags.security)
def check_keys(**kwargs: Any) -> list[checks.CheckMessage]:
    """One error for each ring that cannot be read, naming the variable and the remedy."""
    errors: list[checks.CheckMessage] = []
    rings: list[KeyRing] = []
    for ring in (field_keys, index_keys):
        try:
            rings.append(ring())
        except KeysMisconfigured as error:
            errors.append(checks.Error(str(error), id="mingcha.base.E001"))
    if len(rings) == 2 and rings[0].shares_a_key_with(rings[1]):
        errors.append(
            checks.Error(
                "MINGCHA_FIELD_KEYS 与 MINGCHA_INDEX_KEYS 使用了同一个密钥，必须不同。"
                " The two rings share a key; they must differ.",
                id="mingcha.base.E004",
            )
        )
    return errors

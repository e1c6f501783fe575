"""Signatures that any browser verifies: ECDSA P-256, SHA-256 (FIPS 186-5), raw r‖s as WebCrypto has it.

A token is `<body>.<signature>`, both base64url without padding; the body is JSON with its `kid`, and what is
signed are the ASCII characters of the body, so nobody has to write JSON the same way twice.

    token = signer.token({"typ": "door", …})
    payload = read(token, keys)          # raises Forged
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

#: A longer token is none of ours; it also bounds what a stranger makes the server do.
MAX_TOKEN: Final = 4096
_CURVE: Final = ec.SECP256R1()
_HASH: Final = ec.ECDSA(hashes.SHA256())
_SIDE: Final = 32


class Forged(Exception):  # noqa: N818 - says what the token is
    """A token that this platform did not sign; `fault` is malformed, unknown_key or signature."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        super().__init__(fault)


@dataclass(frozen=True)
class PublicKey:
    """The public half: the two coordinates, 32 bytes each, base64url."""

    x: str
    y: str

    @property
    def kid(self) -> str:
        """Its name: the beginning of the key's thumbprint (RFC 7638)."""
        text = json.dumps({"crv": "P-256", "kty": "EC", "x": self.x, "y": self.y}, separators=(",", ":"))
        return encoded(hashlib.sha256(text.encode()).digest())[:12]

    def as_jwk(self) -> dict[str, str]:
        """The key as WebCrypto imports it (RFC 7517)."""
        return {"kty": "EC", "crv": "P-256", "x": self.x, "y": self.y, "kid": self.kid, "use": "sig"}

    def check(self, text: str, signature: str) -> None:
        """Raise Forged unless `signature` is this key's over the text."""
        raw = decoded(signature)
        if len(raw) != 2 * _SIDE:
            raise Forged("malformed")
        r, s = (int.from_bytes(part, "big") for part in (raw[:_SIDE], raw[_SIDE:]))
        try:
            self._key().verify(encode_dss_signature(r, s), text.encode(), _HASH)
        except InvalidSignature:
            raise Forged("signature") from None

    def _key(self) -> ec.EllipticCurvePublicKey:
        x, y = (int.from_bytes(decoded(side), "big") for side in (self.x, self.y))
        return ec.EllipticCurvePublicNumbers(x, y, _CURVE).public_key()


class Signer:
    """A private key. `secret` is its 32-byte number in hex; draw one with `Signer.fresh()`."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self._key = ec.derive_private_key(int(secret, 16), _CURVE)
        numbers = self._key.public_key().public_numbers()
        self.public = PublicKey(*(encoded(side.to_bytes(_SIDE, "big")) for side in (numbers.x, numbers.y)))

    @classmethod
    def fresh(cls) -> Signer:
        """A new random key."""
        number = ec.generate_private_key(_CURVE).private_numbers().private_value
        return cls(f"{number:064x}")

    def sign(self, text: str) -> str:
        """The signature over a text's UTF-8, base64url of r‖s."""
        r, s = decode_dss_signature(self._key.sign(text.encode(), _HASH))
        return encoded(r.to_bytes(_SIDE, "big") + s.to_bytes(_SIDE, "big"))

    def token(self, payload: Mapping[str, Any]) -> str:
        """A token of the payload; the key's name is put in."""
        named = {**payload, "kid": self.public.kid}
        body = encoded(json.dumps(named, ensure_ascii=False, separators=(",", ":")).encode())
        return f"{body}.{self.sign(body)}"


def read(token: str, keys: Mapping[str, PublicKey]) -> dict[str, Any]:
    """The payload of a token that one of the keys (by name) has signed. Raises Forged."""
    body, dot, signature = token.partition(".")
    if not dot or len(token) > MAX_TOKEN:
        raise Forged("malformed")
    try:
        payload = json.loads(decoded(body))
    except (ValueError, RecursionError):
        raise Forged("malformed") from None
    if not isinstance(payload, dict):
        raise Forged("malformed")
    key = keys.get(str(payload.get("kid")))
    if key is None:
        raise Forged("unknown_key")
    key.check(body, signature)
    return payload


def encoded(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding, written in the one way there is. Raises Forged."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Forged("malformed") from None
    if encoded(raw) != text:
        raise Forged("malformed")
    return raw

"""Versioned rings of secret keys: the newest version writes, every version reads.

A ring is written "1:<base64 of 32 bytes>,2:…" in the environment (docs/deployment.md). A token is
"v<version>:<urlsafe base64 of nonce and ciphertext>" (AES-256-GCM, 96-bit random nonce); a mark, for
blind indexes, is "v<version>:<hex>" (HMAC-SHA-256). Field keys and index keys are different rings: who
learns one must not gain the other.
"""

from __future__ import annotations

import base64
import binascii
import functools
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_VERSION = re.compile(r"[1-9][0-9]{0,5}")
_TOKEN = re.compile(r"v([1-9][0-9]{0,5}):([A-Za-z0-9_-]+={0,2})")


class KeysMisconfigured(ImproperlyConfigured):
    """A key setting is missing or malformed; the message names the setting and the remedy."""

    def __init__(self, setting: str, fault: str) -> None:
        self.setting = setting
        self.fault = fault
        super().__init__(
            f"{setting}: {fault}. 请运行 mingcha make-keys 生成密钥并写入环境变量；已有数据时请恢复原有密钥。"
            f" Run `mingcha make-keys` and put its lines into the environment; if there are data already,"
            f" restore the old keys from the backup instead."
        )


class Undecipherable(Exception):  # noqa: N818 - says what the value is, as Refused does
    """A stored token cannot be read: its key is missing, or it was altered or moved.

    Names the place (table.column) and the version, never the content.
    """

    def __init__(self, place: str, fault: str) -> None:
        self.place = place
        self.fault = fault
        super().__init__(f"{place}: {fault}")


class KeyRing:
    """Secret keys by version. `setting` is the name of the variable they come from, for messages."""

    def __init__(self, keys: Mapping[int, bytes], *, setting: str = "keys") -> None:
        if not keys:
            raise KeysMisconfigured(setting, "没有密钥 (no key)")
        for version, key in keys.items():
            if len(key) != KEY_BYTES:
                raise KeysMisconfigured(
                    setting, f"第 {version} 版密钥不是 {KEY_BYTES} 字节 (version {version} is not 32 bytes)"
                )
        self.setting = setting
        self._keys = dict(sorted(keys.items()))

    @classmethod
    def parse(cls, text: str, *, setting: str) -> KeyRing:
        """Read "1:<base64>,2:<base64>" (blanks allowed). Raises KeysMisconfigured, never showing a key."""
        keys: dict[int, bytes] = {}
        for entry in filter(None, (part.strip() for part in text.split(","))):
            version, colon, encoded = entry.partition(":")
            if not colon or not _VERSION.fullmatch(version.strip()):
                raise KeysMisconfigured(
                    setting, "格式应为 1:<base64>,2:<base64> (expected 1:<base64>,2:<base64>)"
                )
            number = int(version)
            if number in keys:
                raise KeysMisconfigured(setting, f"第 {number} 版重复 (version {number} appears twice)")
            keys[number] = _decoded_key(encoded.strip(), number, setting)
        return cls(keys, setting=setting)

    @property
    def newest(self) -> int:
        """The version that writes."""
        return next(reversed(self._keys))

    @property
    def versions(self) -> tuple[int, ...]:
        """All live versions, oldest first."""
        return tuple(self._keys)

    def shares_a_key_with(self, other: KeyRing) -> bool:
        """Whether one secret stands in both rings."""
        return not set(self._keys.values()).isdisjoint(other._keys.values())

    def with_next(self) -> KeyRing:
        """This ring with one more, freshly drawn version."""
        return KeyRing({**self._keys, self.newest + 1: secrets.token_bytes(KEY_BYTES)}, setting=self.setting)

    def text(self) -> str:
        """The ring as the environment holds it. Secret: for `make-keys` only."""
        return ",".join(f"{v}:{base64.b64encode(key).decode()}" for v, key in self._keys.items())

    def cipher(self, version: int, place: str = "file") -> AESGCM:
        """The cipher of one version, for files (`streams`). Raises Undecipherable where it is not live."""
        key = self._keys.get(version)
        if key is None:
            raise Undecipherable(place, f"没有第 {version} 版密钥 ({self.setting} has no version {version})")
        return AESGCM(key)

    def encrypt(self, plain: bytes, aad: bytes) -> str:
        """A token of `plain` under the newest key, bound to `aad` (the place it belongs to)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self._keys[self.newest]).encrypt(nonce, plain, aad)
        return f"v{self.newest}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, token: str, aad: bytes) -> bytes:
        """The plain bytes of a token; raises Undecipherable naming `aad` as the place."""
        place = aad.decode("utf-8", "replace")
        version, body = _split(token, place)
        key = self._keys.get(version)
        if key is None:
            raise Undecipherable(place, f"没有第 {version} 版密钥 ({self.setting} has no version {version})")
        try:
            sealed = base64.urlsafe_b64decode(body)
            if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
                raise InvalidTag
            return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], aad)
        except (InvalidTag, binascii.Error):
            raise Undecipherable(
                place, f"密文被改动、移动或密钥不符 (altered, moved or another key; version {version})"
            ) from None

    def mark(self, value: bytes, context: bytes, *, version: int | None = None) -> str:
        """The keyed digest of `value` in `context`, under the newest key or the one named."""
        chosen = self.newest if version is None else version
        digest = hmac.new(self._keys[chosen], context + b"\x00" + value, hashlib.sha256).hexdigest()
        return f"v{chosen}:{digest}"

    def marks(self, value: bytes, context: bytes) -> list[str]:
        """The keyed digest under every live version, newest first: what a search must look for."""
        return [self.mark(value, context, version=version) for version in reversed(self._keys)]


def _decoded_key(encoded: str, version: int, setting: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise KeysMisconfigured(
            setting, f"第 {version} 版不是有效的 base64 (version {version} is not valid base64)"
        ) from None


def _split(token: str, place: str) -> tuple[int, str]:
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise Undecipherable(place, "不是密文 (not a token)")
    return int(found[1]), found[2]


@functools.cache
def field_keys() -> KeyRing:
    """The ring that encrypts columns (settings.FIELD_KEYS); parsed once a process."""
    return KeyRing.parse(settings.FIELD_KEYS, setting="MINGCHA_FIELD_KEYS")


@functools.cache
def index_keys() -> KeyRing:
    """The ring of the blind indexes (settings.INDEX_KEYS); parsed once a process."""
    return KeyRing.parse(settings.INDEX_KEYS, setting="MINGCHA_INDEX_KEYS")


def forget_keys() -> None:
    """Read the settings anew at the next use; for tests that change them."""
    field_keys.cache_clear()
    index_keys.cache_clear()

"""Files of personal data at rest: encrypted piece by piece, so that a gigabyte needs no more memory than one.

A sealed file is `MAGIC`, the key's version (4 bytes), a random prefix (7 bytes), then pieces of `PIECE` plain
bytes, each AES-256-GCM under the nonce prefix + number of the piece (4 bytes) + 1 for the last (1 byte). A
piece that is missing, doubled, moved or altered, or a file that was cut short, does not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag

from mingcha.base.crypto.keys import Undecipherable, field_keys

MAGIC = b"MCSEAL1\n"
#: Plain bytes in one piece.
PIECE = 1 << 20
_TAG = 16
_PREFIX = 7


def sealed(chunks: Iterable[bytes], place: str) -> Iterator[bytes]:
    """The sealed form of a file that comes in chunks of any size; `place` says what it is bound to."""
    ring, prefix = field_keys(), secrets.token_bytes(_PREFIX)
    cipher, aad = ring.cipher(ring.newest), place.encode()
    yield MAGIC + ring.newest.to_bytes(4, "big") + prefix
    number, waiting = 0, b""
    for piece in _pieces(chunks):
        if number:
            yield cipher.encrypt(_nonce(prefix, number, last=False), waiting, aad)
        number, waiting = number + 1, piece
    yield cipher.encrypt(_nonce(prefix, max(number, 1), last=True), waiting, aad)


def opened(file: IO[bytes], place: str) -> Iterator[bytes]:
    """The plain pieces of a sealed file. Raises Undecipherable."""
    head = file.read(len(MAGIC) + 4 + _PREFIX)
    if len(head) < len(MAGIC) + 4 + _PREFIX or not head.startswith(MAGIC):
        raise Undecipherable(place, "不是加密的文件 (not a sealed file)")
    version, prefix = int.from_bytes(head[len(MAGIC) : len(MAGIC) + 4], "big"), head[-_PREFIX:]
    cipher, aad = field_keys().cipher(version, place), place.encode()
    number, piece = 1, file.read(PIECE + _TAG)
    while piece:
        following = file.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, last=not following), piece, aad)
        except InvalidTag:
            fault = f"第 {number} 段被改动、截断或密钥不符 (piece {number} altered, cut or another key)"
            raise Undecipherable(place, fault) from None
        number, piece = number + 1, following
    if number == 1:
        raise Undecipherable(place, "文件被截断 (cut short)")


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of `PIECE`; the last may be shorter."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])

"""A file of personal data at rest opens whole or not at all."""

from __future__ import annotations

from io import BytesIO

import pytest

from mingcha.base.crypto import streams
from mingcha.base.crypto.keys import Undecipherable
from mingcha.base.crypto.streams import opened, sealed

PLACE = "imports/2026/0123"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PIECE", 10)


def seal(*chunks: bytes, place: str = PLACE) -> bytes:
    return b"".join(sealed(chunks, place))


def read(data: bytes, place: str = PLACE) -> bytes:
    return b"".join(opened(BytesIO(data), place))


@pytest.mark.parametrize("length", [0, 1, 9, 10, 11, 20, 25, 31])
def test_what_goes_in_comes_out(length: int) -> None:
    plain = bytes(range(length))
    assert read(seal(plain)) == plain


def test_the_size_of_the_chunks_does_not_matter() -> None:
    assert read(seal(b"abc", b"", b"defghijklmnopqrstuvw", b"x")) == b"abcdefghijklmnopqrstuvwx"


def test_nothing_of_it_can_be_read_in_the_sealed_file() -> None:
    assert b"13800000001" not in seal(b"13800000001,", b"13800000001")
    assert seal(b"x") != seal(b"x")


@pytest.mark.parametrize("cut", [0, 5, 18, 19, 30, 45, 70])
def test_a_file_that_was_cut_does_not_open(cut: int) -> None:
    whole = seal(bytes(25))
    assert cut < len(whole)
    with pytest.raises(Undecipherable):
        read(whole[:cut])


def test_a_file_that_lost_whole_pieces_does_not_open() -> None:
    whole = seal(bytes(25))
    head, piece = 19, 10 + 16
    for damaged in (
        whole[: head + piece],
        whole[:head] + whole[head + piece :],
        whole[:head] + whole[head + piece : head + 2 * piece] + whole[head : head + piece],
    ):
        with pytest.raises(Undecipherable):
            read(damaged)


def test_a_file_that_was_altered_or_moved_does_not_open() -> None:
    whole = bytearray(seal(b"0123456789ab"))
    with pytest.raises(Undecipherable):
        read(bytes(whole), "imports/2026/9999")
    whole[-1] ^= 1
    with pytest.raises(Undecipherable):
        read(bytes(whole))


def test_a_file_of_a_key_that_is_gone_says_so() -> None:
    whole = bytearray(seal(b"0123"))
    whole[8:12] = (99).to_bytes(4, "big")
    with pytest.raises(Undecipherable) as refused:
        read(bytes(whole))
    assert "99" in str(refused.value)

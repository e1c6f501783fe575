"""The container of old Excel files (OLE compound file), and a first walk over the records in it (BIFF).

Tells what calamine does not: whether the file is locked, how far its cells reach, where formulas are; and
it stops at declared sizes that no machine could hold. [MS-CFB], [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from mingcha.registry.sheets.hostile import Extent

_FREE: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""

_BOF: Final = frozenset({0x0809, 0x0409, 0x0209, 0x0009})
_EOF, _FILEPASS, _DATEMODE, _BOUNDSHEET, _DIMENSIONS = 0x000A, 0x002F, 0x0022, 0x0085, 0x0200
_FORMULAS: Final = frozenset({0x0006, 0x0206, 0x0406})
#: LABEL, LABELSST, NUMBER, RK, BOOLERR, RSTRING and formulas: cells that hold something.
_SINGLE: Final = frozenset({0x0204, 0x00FD, 0x0203, 0x027E, 0x0205, 0x00D6}) | _FORMULAS
_MULRK: Final = 0x00BD


class BrokenContainer(Exception):  # noqa: N818 - told to the user as a refusal
    """The file does not hold together as a compound file."""


class Container:
    """The streams of a compound file by name."""

    def __init__(self, data: bytes) -> None:
        try:
            self._read(data)
        except (struct.error, IndexError) as error:
            raise BrokenContainer from error

    def _read(self, data: bytes) -> None:
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in {9, 12}:
            raise BrokenContainer
        self._size = 1 << shift
        directory, _sign, cutoff, mini_start, _count, next_fat, fats = struct.unpack_from(
            "<I4sIIIII", data, 48
        )
        self._cutoff = cutoff
        sectors = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _FREE]
        per_sector = self._size // 4
        for _ in range(fats):
            if next_fat >= _FREE:
                break
            entries = struct.unpack(f"<{per_sector}I", self._sector(next_fat))
            sectors += [sector for sector in entries[:-1] if sector < _FREE]
            next_fat = entries[-1]
        self._fat: list[int] = []
        for sector in sectors:
            self._fat += struct.unpack(f"<{per_sector}I", self._sector(sector))
        self.streams: dict[str, tuple[int, int]] = {}
        entries_data = self._chain(directory)
        root = (0, 0)
        for offset in range(0, len(entries_data) - 127, 128):
            entry = entries_data[offset : offset + 128]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            if entry[66] == 5:
                root = (start, size)
            elif entry[66] == 2:
                self.streams[name] = (start, size)
        self._mini = self._chain(root[0])[: root[1]] if root[1] else b""
        self._mini_fat = struct.unpack(f"<{len(raw) // 4}I", raw) if (raw := self._chain(mini_start)) else ()

    def stream(self, name: str) -> bytes:
        """The bytes of one stream. Raises BrokenContainer, KeyError."""
        start, size = self.streams[name]
        if size >= self._cutoff:
            data = self._chain(start)
        else:
            parts, seen = [], 0
            while start < _FREE and seen <= len(self._mini_fat):
                if start >= len(self._mini_fat):
                    raise BrokenContainer
                parts.append(self._mini[start * 64 : start * 64 + 64])
                start, seen = self._mini_fat[start], seen + 1
            data = b"".join(parts)
        if len(data) < size:
            raise BrokenContainer
        return data[:size]

    def _sector(self, number: int) -> bytes:
        data = self._data[(number + 1) * self._size : (number + 2) * self._size]
        if not data:
            raise BrokenContainer
        return data if len(data) == self._size else data.ljust(self._size, b"\0")

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _FREE:
            if sector >= len(self._fat) or len(parts) > len(self._fat):
                raise BrokenContainer
            parts.append(self._sector(sector))
            sector = self._fat[sector]
        return b"".join(parts)


class Records:
    """What the records of an Excel stream say: locked or not, the epoch, the extent of each sheet."""

    def __init__(self, data: bytes) -> None:
        self.locked = False
        self.epoch1904 = False
        self.extents: list[Extent] = []
        try:
            self._walk(data)
        except struct.error as error:
            raise BrokenContainer from error

    def _walk(self, data: bytes) -> None:
        offsets: list[int] = []
        for kind, start, _length in _records(data, 0):
            if kind == _FILEPASS:
                self.locked = True
                return
            if kind == _DATEMODE:
                self.epoch1904 = bool(struct.unpack_from("<H", data, start)[0])
            elif kind == _BOUNDSHEET:
                offsets.append(struct.unpack_from("<I", data, start)[0])
            elif kind == _EOF:
                break
        self.extents = [_extent(data, offset) for offset in offsets]


def _records(data: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of each record until the data ends."""
    while offset + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, offset)
        if offset + 4 + length > len(data):
            raise BrokenContainer
        yield kind, offset + 4, length
        offset += 4 + length


def _extent(data: bytes, offset: int) -> Extent:
    extent, depth = Extent(), 0
    for kind, start, length in _records(data, offset):
        if kind in _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth != 1:  # charts inside the sheet
            continue
        elif kind in _SINGLE or kind == _MULRK:
            row, column = struct.unpack_from("<HH", data, start)
            if kind == _MULRK:
                (last,) = struct.unpack_from("<H", data, start + length - 2)
                column = max(column, last)
            extent.first_row = min(extent.first_row or row + 1, row + 1)
            extent.last_row = max(extent.last_row, row + 1)
            extent.last_column = max(extent.last_column, column + 1)
            if kind in _FORMULAS:
                extent.formulas.add((row + 1, column))
        elif kind == _DIMENSIONS and length >= 14:
            (last_row,) = struct.unpack_from("<I", data, start + 4)
            if last_row > 65_536:
                raise BrokenContainer
    return extent

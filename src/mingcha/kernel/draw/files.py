"""Reading a bundle's files from a directory without being fooled by what lies there (protocol 7.10)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from .errors import Rejected
from .text import shown

SMALL_FILES = ("plan.json", "inspectors.csv", "recusals.csv", "entropy.json")
BUNDLE_FILES = ("roster.csv", *SMALL_FILES, "result.csv")
MAX_FILE_BYTES = 2 * 1024**3
"""Largest file that is read into memory; a roster beyond it is read where it lies (`open_bundle`)."""


class Bundle(NamedTuple):
    """A bundle in a directory: the contents of its small files, and where roster.csv and result.csv lie, None
    when they are absent."""

    files: dict[str, bytes]
    roster: Path | None
    result: Path | None


def _size(path: Path) -> int | None:
    """Size of a regular file in bytes, None when there is no such file.

    Symbolic links, directories and devices are Rejected `file-not-regular`: a bundle is handed on as copied
    files, and a link could show two readers two contents.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise Rejected("file-not-regular", f"{shown(path.name)} 不是普通文件")
    return found.st_size


def read_file(path: Path) -> bytes | None:
    """The bytes of a regular file, None when there is no such file.

    Raises Rejected `file-not-regular`, `file-too-large`, `file-unreadable`.
    """
    try:
        size = _size(path)
        if size is None:
            return None
        if size > MAX_FILE_BYTES:
            raise Rejected("file-too-large", f"{shown(path.name)} 超过 {MAX_FILE_BYTES} 字节")
        with path.open("rb") as file:
            return file.read()
    except (OSError, MemoryError):
        raise Rejected("file-unreadable", f"{shown(path.name)} 无法读取") from None


def _directory(name: str) -> Path:
    """Raises Rejected `file-missing` when there is no such directory."""
    # os.path asks quietly, even for a name that no path can have.
    if not os.path.isdir(name):
        raise Rejected("file-missing", f"没有这个目录：{shown(name)}")
    return Path(name)


def _contents(directory: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Those of these files that are there."""
    found = {name: read_file(directory.joinpath(name)) for name in names}
    return {name: data for name, data in found.items() if data is not None}


def read_bundle(directory: str) -> dict[str, bytes]:
    """The files of a bundle that take part in a verification, by name; absent ones are left out.

    Raises Rejected `file-missing` when there is no such directory, otherwise as `read_file`.
    """
    return _contents(_directory(directory), BUNDLE_FILES)


def open_bundle(directory: str) -> Bundle:
    """The same without reading the two files that may be larger than the memory. Raises as `read_bundle`."""
    found = _directory(directory)
    return Bundle(
        _contents(found, SMALL_FILES), regular_file(found, "roster.csv"), regular_file(found, "result.csv")
    )


def regular_file(directory: Path, name: str) -> Path | None:
    """Where a regular file lies, None when there is none. Raises Rejected `file-not-regular` and
    `file-unreadable`."""
    path = directory.joinpath(name)
    try:
        return None if _size(path) is None else path
    except OSError:
        raise Rejected("file-unreadable", f"{name} 无法读取") from None

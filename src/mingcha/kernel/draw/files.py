"""Reading a bundle's files from a directory without being fooled by what lies there (protocol 7.10)."""

from __future__ import annotations

import os
import stat

from .errors import Rejected
from .text import shown

BUNDLE_FILES = ("plan.json", "roster.csv", "inspectors.csv", "recusals.csv", "entropy.json", "result.csv")
MAX_FILE_BYTES = 2 * 1024**3
"""Largest file that is read into memory; a roster of 50 million rows."""


def read_file(path: str) -> bytes | None:
    """The bytes of a regular file, None when there is no such file.

    Symbolic links, directories and devices are Rejected `file-not-regular`: a bundle is handed on as copied
    files, and a link could show two readers two contents. Also `file-too-large`, `file-unreadable`.
    """
    name = shown(os.path.basename(path))
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode):
            raise Rejected("file-not-regular", f"{name} 不是普通文件")
        if found.st_size > MAX_FILE_BYTES:
            raise Rejected("file-too-large", f"{name} 超过 {MAX_FILE_BYTES} 字节")
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except (OSError, MemoryError, ValueError) as error:
        if isinstance(error, Rejected):
            raise
        raise Rejected("file-unreadable", f"{name} 无法读取") from None


def read_bundle(directory: str) -> dict[str, bytes]:
    """The files of a bundle that take part in a verification, by name; absent ones are left out.

    Raises Rejected `file-missing` when there is no such directory, otherwise as `read_file`.
    """
    if not os.path.isdir(directory):
        raise Rejected("file-missing", f"没有这个目录：{shown(directory)}")
    found = {name: read_file(os.path.join(directory, name)) for name in BUNDLE_FILES}
    return {name: data for name, data in found.items() if data is not None}

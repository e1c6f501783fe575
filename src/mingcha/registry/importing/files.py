"""The uploaded file of a batch, kept encrypted in the storage until its rows are written or given up."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from mingcha.base import clock, limits
from mingcha.base.crypto.keys import Undecipherable
from mingcha.base.crypto.streams import opened, sealed
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

FOLDER = "imports"


def keep(file: File[Any]) -> tuple[str, str]:
    """Store an upload; gives its place and the upload's SHA-256. Raises Refused when it is too large."""
    limits.check("import_file_bytes", file.size)
    made = hashlib.sha256()
    place = f"{FOLDER}/{clock.today():%Y}/{secrets.token_hex(16)}"

    def plain() -> Iterator[bytes]:
        for chunk in file.chunks():
            made.update(chunk)
            yield chunk

    with _unnamed() as copy:
        copy.writelines(sealed(plain(), place))
        copy.seek(0)
        stored = default_storage.save(place, File(copy))
    file.seek(0)
    if stored != place:
        raise FileExistsError(place)  # a name of 128 random bits was taken: nothing could open it later
    return place, made.hexdigest()


def forget(place: str) -> None:
    """Remove a stored file; one that is gone already is no fault."""
    if place:
        default_storage.delete(place)


@contextmanager
def local_path(place: str) -> Iterator[str]:
    """A path under which this process, and a child that inherits it, can read the file as it was uploaded.

    What stands there has no name on the disk: when the last process that reads it ends, however it ends, it
    is gone. Raises Refused when the stored file does not open any more.
    """
    with _unnamed() as copy:
        try:
            with default_storage.open(place) as stored:
                copy.writelines(opened(stored, place))  # type: ignore[arg-type]
        except Undecipherable as error:
            raise Refused(
                Refusal(
                    "import.sealed",
                    gettext_noop("保存的名单文件打不开：加密密钥已更换，或文件被改动"),
                    gettext_noop("《个人信息保护法》第五十一条：名单在确认前加密保存"),
                    gettext_noop("请重新上传这份名单"),
                )
            ) from error
        copy.flush()
        yield f"/dev/fd/{copy.fileno()}"


def descriptor_of(path: str) -> int | None:
    """The descriptor that a child must inherit to read a path of `local_path`; None for other paths."""
    folder, name = os.path.split(path)
    return int(name) if folder == "/dev/fd" else None


def _unnamed() -> IO[bytes]:
    return tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)

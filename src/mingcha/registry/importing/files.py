"""The uploaded file of a batch, kept in the storage until its rows are written or given up."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage

from mingcha.base import clock, limits

FOLDER = "imports"


def keep(file: File[Any]) -> tuple[str, str]:
    """Store an upload; gives its place and its SHA-256. Raises Refused when it is too large."""
    limits.check("import_file_bytes", file.size)
    made = hashlib.sha256()
    for chunk in file.chunks():
        made.update(chunk)
    file.seek(0)
    name = f"{FOLDER}/{clock.today():%Y}/{secrets.token_hex(16)}"
    return default_storage.save(name, file), made.hexdigest()


def forget(place: str) -> None:
    """Remove a stored file; one that is gone already is no fault."""
    if place:
        default_storage.delete(place)


@contextmanager
def local_path(place: str) -> Iterator[str]:
    """A path of the stored file on this machine, whatever the storage is."""
    try:
        path = default_storage.path(place)
    except NotImplementedError:
        with (
            tempfile.NamedTemporaryFile(prefix="mingcha-import-") as copy,
            default_storage.open(place) as source,
        ):
            shutil.copyfileobj(source, copy)
            copy.flush()
            yield copy.name
        return
    yield path

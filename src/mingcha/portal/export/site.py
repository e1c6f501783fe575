"""Writing the copy to a folder or into a zip, with the SHA-256 of every file.

The same public content gives the same bytes: only `export.json`, which says when, differs.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.portal.export.crawling import ExportError, crawl

SUMS = "SHA256SUMS"
ABOUT = "export.json"
#: Moments inside a zip are not evidence; a fixed one makes the same copy the same bytes.
_MOMENT = (2026, 1, 1, 0, 0, 0)
#: Files copied so far, files known to be still missing.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Written:
    """What a copy holds: files and bytes without the index, pages among them, the digest of SHA256SUMS."""

    files: int
    pages: int
    size: int
    sums_digest: str


def write_site(folder: Path, progress: Progress = lambda done, left: None) -> Written:
    """Copy the public site into a new folder. ExportError when it is not empty or a page fails.

    It is written beside its place and moved there whole: a copy is never half done.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(_("%(folder)s 不是空目录：请导出到一个新的目录") % {"folder": folder})
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        written = _write_files(unfinished, progress)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return written


def _write_files(folder: Path, progress: Progress) -> Written:
    sums: list[tuple[str, str]] = []
    pages = size = 0
    for copied, left in crawl():
        path = folder / copied.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(copied.content)
        sums.append((copied.file, hashlib.sha256(copied.content).hexdigest()))
        pages += copied.kind == "text/html"
        size += len(copied.content)
        progress(len(sums), left)
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums)).encode()
    (folder / SUMS).write_bytes(text)
    written = Written(len(sums), pages, size, hashlib.sha256(text).hexdigest())
    about = {
        "made_at": clock.now().astimezone(clock.SHANGHAI).isoformat(timespec="seconds"),
        "files": written.files,
        "pages": written.pages,
        "bytes": written.size,
        SUMS: written.sums_digest,
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return written


def zip_folder(folder: Path, target: IO[bytes]) -> None:
    """All files of a copy as one zip, whose bytes depend on theirs alone."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as inside, path.open("rb") as source:
                shutil.copyfileobj(source, inside, 1024 * 1024)

"""What a file really is, from its content; its name only has to agree (design: attachments).

Office files are ZIP archives: only their directory is read, nothing is unpacked. Files that a browser
would run (SVG, HTML) and office files with macros are no known type, so every purpose refuses them.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import Any

import filetype  # type: ignore[import-untyped]

from mingcha.base import limits
from mingcha.basics.rules import refuse
from mingcha.kernel.refusal import gettext_noop

#: Enough for every signature, and for a look at the beginning of a text.
HEAD = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MARKUP = re.compile(rb"<\s*(!doctype|html|svg|script|body|iframe|head|\?xml)", re.IGNORECASE)
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}
#: Streams by which an OLE file says what it is (UTF-16, as in its directory).
_OLE_STREAMS = {
    "application/msword": ("WordDocument",),
    "application/vnd.ms-excel": ("Workbook", "Book"),
}


@dataclass(frozen=True)
class Media:
    """One type that may be kept: its extensions, and whether a browser may show it in place."""

    type: str
    label: str
    extensions: tuple[str, ...]
    inline: bool = False


_OOXML = "application/vnd.openxmlformats-officedocument."
KNOWN: dict[str, Media] = {
    media.type: media
    for media in (
        Media("application/pdf", "PDF", ("pdf",), inline=True),
        Media("application/ofd", "OFD", ("ofd",)),
        Media("image/jpeg", "JPEG", ("jpg", "jpeg"), inline=True),
        Media("image/png", "PNG", ("png",), inline=True),
        Media("image/webp", "WebP", ("webp",), inline=True),
        Media("image/heic", "HEIC", ("heic", "heif")),
        Media(f"{_OOXML}wordprocessingml.document", "Word", ("docx",)),
        Media(f"{_OOXML}spreadsheetml.sheet", "Excel", ("xlsx",)),
        Media("application/msword", "Word 97", ("doc", "wps")),
        Media("application/vnd.ms-excel", "Excel 97", ("xls", "et")),
        Media("text/csv", "CSV", ("csv",)),
        Media("text/plain", "TXT", ("txt",)),
        Media("audio/mpeg", "MP3", ("mp3",)),
        Media("audio/mp4", "M4A", ("m4a",)),
        Media("audio/x-wav", "WAV", ("wav",)),
        Media("audio/amr", "AMR", ("amr",)),
        Media("video/mp4", "MP4", ("mp4",)),
        # What a browser's own recorder makes, of sound alone too.
        Media("video/webm", "WebM", ("webm",)),
        Media("video/quicktime", "MOV", ("mov",)),
    )
}
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/heic")
PAPERS = ("application/pdf", "application/ofd", *PICTURES)
OFFICE = (
    f"{_OOXML}wordprocessingml.document",
    f"{_OOXML}spreadsheetml.sheet",
    "application/msword",
    "application/vnd.ms-excel",
)
TEXTS = ("text/csv", "text/plain")
SOUNDS = ("audio/mpeg", "audio/mp4", "audio/x-wav", "audio/amr")
RECORDINGS = (*SOUNDS, "video/mp4", "video/webm", "video/quicktime")


def extension_of(name: str) -> str:
    """The extension in small letters, without the dot; empty for none."""
    _stem, dot, extension = name.rpartition(".")
    return extension.strip().lower() if dot else ""


def recognise(file: Any, name: str) -> str:
    """The media type of the content, or empty when it is none that may be kept.

    `file` is any open binary file, such as an upload. Raises Refused for an archive that unpacks beyond
    the limits. Leaves the file at its beginning.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(_ZIP):
        found = _of_archive(file)
    elif head.startswith(_OLE):
        found = _of_ole(file)
    else:
        guess = filetype.guess(head)
        found = guess.mime if guess is not None else _of_text(head, extension_of(name))
    file.seek(0)
    return found if found in KNOWN else ""


def _of_archive(file: Any) -> str:
    """Which office file a ZIP archive is, from its directory alone."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        # The last for archives of a later version than this reader knows.
        return ""
    limits.check("zip_entries", len(entries))
    limits.check("zip_bytes", sum(entry.file_size for entry in entries))
    for entry in entries:
        if entry.file_size > limits.limit("zip_ratio") * max(entry.compress_size, 1024):
            limits.check("zip_ratio", entry.file_size // max(entry.compress_size, 1))
        if entry.flag_bits & 1 or entry.filename.startswith(("/", "\\")) or ".." in entry.filename.split("/"):
            return ""
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    if "OFD.xml" in names:
        return "application/ofd"
    if "[Content_Types].xml" not in names:
        return ""
    if "word/document.xml" in names:
        return f"{_OOXML}wordprocessingml.document"
    return f"{_OOXML}spreadsheetml.sheet" if "xl/workbook.xml" in names else ""


def _of_ole(file: Any) -> str:
    """Which old office file an OLE container is; macros make it none."""
    file.seek(0)
    content = file.read()
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        return ""
    for media_type, streams in _OLE_STREAMS.items():
        if any(stream.encode("utf-16-le") in content for stream in streams):
            return media_type
    return ""


def _of_text(head: bytes, extension: str) -> str:
    """Plain text or CSV in UTF-8 or GB 18030, without control characters or markup."""
    if not head or _MARKUP.search(head) or any(byte in _CONTROL for byte in head):
        return ""
    if not (_decodes(head, "utf-8-sig") or _decodes(head, "gb18030")):
        return ""
    return "text/csv" if extension == "csv" else "text/plain"


def _decodes(head: bytes, encoding: str) -> bool:
    # The cut at HEAD may fall into the middle of a character of up to four bytes.
    for cut in range(4):
        try:
            head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            if len(head) < HEAD:
                return False
        else:
            return True
    return False


def check_name(media_type: str, name: str) -> None:
    """Refuse a name whose extension says something else than the content."""
    media, extension = KNOWN[media_type], extension_of(name)
    if extension not in media.extensions:
        raise refuse(
            "attachment.extension",
            gettext_noop("文件的扩展名是“%(extension)s”，内容却是 %(media)s，没有保存"),
            gettext_noop("请用原来的软件重新另存，扩展名应为 %(expected)s"),
            extension=extension[:12] or "—",
            media=media.label,
            expected="、".join(media.extensions),
        )

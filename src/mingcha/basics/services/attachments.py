"""Keeping files (design: attachments).

    attachments.add(actor=…, file=request.FILES["scan"], thing=Thing.of(notice), purpose="signed-paper")

The type comes from the content, never from the name alone; the digest is kept; files are never replaced.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage

from mingcha.base import clock, limits
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import System, Viewer
from mingcha.basics import media, things
from mingcha.basics.events import AttachmentAdded
from mingcha.basics.models import Attachment
from mingcha.basics.models.attachments import FOLDER
from mingcha.basics.rules import refuse, user_id_of
from mingcha.kernel.refusal import Refused, gettext_noop

_GRACE = timedelta(days=1)


@dataclass(frozen=True)
class Purpose:
    """What a file is for: the types it may have and the limit of its size."""

    code: str
    label: str
    types: tuple[str, ...]
    limit: str = "upload_bytes"


_purposes: dict[str, Purpose] = {}


def declare(*purposes: Purpose) -> None:
    """Make purposes known at start-up; the same code again replaces it."""
    _purposes.update({purpose.code: purpose for purpose in purposes})


declare(
    Purpose("signed-paper", gettext_noop("签字盖章原件"), media.PAPERS),
    Purpose("document", gettext_noop("文件材料"), (*media.PAPERS, *media.OFFICE, *media.TEXTS)),
    Purpose("photo", gettext_noop("照片"), media.PICTURES, "photo_bytes"),
    Purpose("recording", gettext_noop("录音录像"), media.RECORDINGS),
)


def purpose_of(code: str) -> Purpose:
    """A declared purpose. Raises ValueError for one that nobody declared."""
    try:
        return _purposes[code]
    except KeyError:
        raise ValueError(f"unknown purpose {code!r}") from None


@dataclass(frozen=True)
class Stored:
    """A file that was looked at and put into the storage at `path`, and that no row names yet."""

    name: str
    media_type: str
    size: int
    sha256: str
    purpose: str
    path: str


@service
def add(*, actor: Viewer, file: File[Any], thing: Thing, purpose: str) -> Attachment:
    """Keep a file with a thing; Refused when it is not what it says, too large, empty or of no use here.

    The same content on the same thing is kept again, flagged as a duplicate of the first.
    """
    _check_place(actor, thing)
    stored = store(file=file, purpose=purpose)
    try:
        return _name(actor, stored, thing)
    except BaseException:
        discard(stored)
        raise


def store(*, file: File[Any], purpose: str) -> Stored:
    """Look at a file and store it, before any transaction: this may take long. Refused as `add`.

    `keep` gives it to a thing, `discard` removes it; what neither has touched goes after a day.
    """
    wanted = purpose_of(purpose)
    name = (file.name or "").replace("\\", "/").rpartition("/")[2][:200]
    media_type = _check_content(file, name, wanted)
    digest = _digest(file)
    holder = Attachment()
    holder.file.save(name, file, save=False)
    return Stored(name, media_type, file.size, digest, purpose, holder.file.name or "")


@service
def keep(*, actor: Viewer, stored: Stored, thing: Thing) -> Attachment:
    """Keep with a thing what was stored before."""
    _check_place(actor, thing)
    return _name(actor, stored, thing)


def opened(attachment: Attachment) -> File[Any]:
    """The kept file, open at its beginning; Refused when it is gone, or no longer what was kept."""
    try:
        file: File[Any] = attachment.file.open("rb")
    except FileNotFoundError:
        raise _altered(gettext_noop("文件在存储中找不到了")) from None
    if _digest(file) != attachment.sha256:
        file.close()
        raise _altered(gettext_noop("文件的内容与保存时的摘要不一致，已被改动"))
    return file


def _altered(what: str) -> Refused:
    return refuse(
        "attachment.altered",
        gettext_noop("没有打开：%(what)s"),
        gettext_noop("请立即报告系统管理员和督导员，从备份恢复原件；不能作为证据使用"),
        what=what,
    )


def discard(stored: Stored) -> None:
    """Remove what was stored and is not kept."""
    default_storage.delete(stored.path)


def _name(actor: Viewer, stored: Stored, thing: Thing) -> Attachment:
    first = (
        Attachment.objects.filter(thing_type=thing.type, thing_id=thing.id, sha256=stored.sha256)
        .order_by("id")
        .first()
    )
    attachment: Attachment = Attachment.objects.create(
        thing_type=thing.type,
        thing_id=thing.id,
        thing_label=thing.label[:200],
        file=stored.path,
        original_name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        purpose=stored.purpose,
        duplicate_of=first,
        uploaded_by_id=user_id_of(actor),
        uploaded_at=clock.now(),
    )
    emit(
        AttachmentAdded(
            thing=thing,
            after={
                "sha256": stored.sha256,
                "media_type": stored.media_type,
                "size": stored.size,
                "purpose": purpose_of(stored.purpose).label,
                "duplicate": first is not None,
            },
        )
    )
    return attachment


@service
def forget_orphans(*, actor: Viewer) -> int:
    """Remove files that no row names: their upload was rolled back. Gives how many.

    Only files older than a day, so that an upload under way keeps its own.
    """
    storage = default_storage
    before = clock.now() - _GRACE
    removed = 0
    for folder in _folders(storage):
        paths = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
        known = set(Attachment.objects.filter(file__in=paths).values_list("file", flat=True))
        for path in paths:
            if path not in known and storage.get_modified_time(path) < before:
                storage.delete(path)
                removed += 1
    return removed


def _folders(storage: Storage) -> list[str]:
    try:
        return [f"{FOLDER}/{name}" for name in storage.listdir(FOLDER)[0]]
    except FileNotFoundError:
        return []


def _check_place(actor: Viewer, thing: Thing) -> None:
    """Who cannot see a thing cannot add to it; nor beyond the number that a thing may carry."""
    if not isinstance(actor, System) and not things.thing_visible(thing.type, actor, thing.id):
        raise refuse(
            "attachment.thing",
            gettext_noop("没有找到要上传附件的事项"),
            gettext_noop("请从事项页面或收到的链接重新进入后上传"),
        )
    held = Attachment.objects.filter(thing_type=thing.type, thing_id=thing.id).count()
    limits.check("attachments", held + 1)


def _check_content(file: File[Any], name: str, wanted: Purpose) -> str:
    if not file.size:
        raise refuse(
            "attachment.empty",
            gettext_noop("文件是空的，没有保存"),
            gettext_noop("请检查原文件后重新上传"),
        )
    limits.check(wanted.limit, file.size)
    media_type = media.recognise(file, name)
    if media_type not in wanted.types:
        accepted = "、".join(dict.fromkeys(media.KNOWN[known].label for known in wanted.types))
        raise refuse(
            "attachment.type",
            gettext_noop("文件的内容不是“%(purpose)s”可以用的类型，没有保存"),
            gettext_noop("可以上传：%(accepted)s；带宏的文件请另存为不带宏的格式"),
            purpose=wanted.label,
            accepted=accepted,
        )
    media.check_name(media_type, name)
    return media_type


def _digest(file: File[Any]) -> str:
    made = hashlib.sha256()
    for chunk in file.chunks():
        made.update(chunk)
    file.seek(0)
    return made.hexdigest()

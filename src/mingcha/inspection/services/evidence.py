"""Take in what proves a finding: announced first, then piece by piece, whole when its digest is right.

    evidence = announce(actor=…, inspection=…, announced=Announced(…))
    receive(actor=…, evidence=evidence, offset=0, content=first)     # again and again
    receive(actor=…, evidence=evidence, offset=evidence.size, content=b"")   # asks whether it is whole

Bytes are put into the storage before a transaction and named inside it: locks are short, and a server killed
in between leaves a file that nobody names, never a hole.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from mingcha.base import clock, limits
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import after_commit, emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.media import extension_of
from mingcha.basics.rules import required_text
from mingcha.basics.services import attachments
from mingcha.inspection.events import EvidenceDropped
from mingcha.inspection.models import PIECES, Evidence, EvidencePiece, Inspection
from mingcha.inspection.selectors import is_on_team
from mingcha.inspection.services.form import require_inspection, require_open, require_writer
from mingcha.items.models import CheckPoint
from mingcha.kernel.forms import Sight
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

#: Of each kind, what basics knows it as: the types it may have and its limit.
PURPOSES = {
    Evidence.Kind.PHOTO: "photo",
    Evidence.Kind.SOUND: "recording",
    Evidence.Kind.SIGNATURE: "photo",
    Evidence.Kind.PAPER: "photo",
    Evidence.Kind.SCAN: "signed-paper",
}
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PROOF = gettext_noop("本局方案二（三）3：证据确凿；全过程记录")
_GRACE = timedelta(days=1)


@dataclass(frozen=True)
class Announced:
    """What a device says of a file before it sends it. `lat` and `lon` are degrees, where it knows them;
    `sight` is what was before the eyes of who signed."""

    uuid: uuid.UUID
    kind: str
    name: str
    sha256: str
    size: int
    taken_at: datetime
    point: int | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None
    sight: Sight | None = None


@service
def announce(*, actor: Officer, inspection: Inspection, announced: Announced) -> Evidence:
    """Say that a file will come; again, nothing changes. What cannot be kept is refused before it comes."""
    inspection = locked(inspection, actor)
    known = Evidence.objects.filter(uuid=announced.uuid).first()
    if known is not None:
        if known.inspection_id != inspection.pk or known.sha256 != announced.sha256:
            raise _malformed(gettext_noop("编号已经用于另一个文件"))
        return known
    _require_writer(actor, inspection, announced.kind)
    require_inspection(inspection)
    require_open(inspection)
    _check(inspection, announced)
    return Evidence.objects.create(
        uuid=announced.uuid,
        inspection=inspection,
        kind=announced.kind,
        point_id=announced.point,
        name=announced.name[-200:],
        sha256=announced.sha256,
        size=announced.size,
        taken_at=announced.taken_at,
        lat=announced.lat,
        lon=announced.lon,
        sight=asdict(announced.sight) if announced.sight else None,
        taken_by_id=actor.id,
        announced_at=clock.now(),
    )


def receive(*, actor: Officer, evidence: Evidence, offset: int, content: bytes) -> Evidence:
    """Take a piece; when it was the last one, the file is put together, looked at and kept.

    A piece that is here already is answered as taken. Refused when the pieces are no longer in order
    (`evidence.offset`; `received` says where to go on), and, of the whole, when it is not what was announced
    (`evidence.digest`: then nothing is here any more and all of it is sent again) or no file of its kind.
    """
    limits.check("piece_bytes", len(content))
    if content and not _is_here(evidence, offset, len(content)):
        evidence = _store(actor, evidence, offset, content)
    if evidence.attachment_id is None and evidence.dropped_at is None and evidence.received == evidence.size:
        evidence = _complete(actor, evidence)
    return evidence


@service
def drop(*, actor: Viewer, evidence: Evidence, why: str) -> Evidence:
    """Give up a file that will not come any more (a lost or broken phone). What was kept stays."""
    why = required_text(why, gettext_noop("放弃的理由"))
    inspection = locked(evidence.inspection, actor)
    if isinstance(actor, Officer):
        if not (is_on_team(actor, inspection) or actor.has(Role.COORDINATOR)):
            require_writer(actor, inspection)
        require_open(inspection)
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.attachment_id is not None:
        raise Refused(
            Refusal(
                "evidence.kept",
                gettext_noop("这个文件已经传完，不能放弃"),
                gettext_noop("行政处罚法第47条：全过程记录归档"),
                gettext_noop("不需要的证据可以不引用，但不删除"),
            )
        )
    if evidence.dropped_at is None:
        evidence.dropped_at, evidence.dropped_why = clock.now(), why[:300]
        evidence.save(update_fields=["dropped_at", "dropped_why"])
        _forget_pieces(evidence)
        kind = str(evidence.get_kind_display())
        emit(EvidenceDropped(thing=Thing.nameless(inspection), after={"kind": kind}, why=why))
    return evidence


@service
def forget_orphans(*, actor: Viewer) -> int:
    """Remove files of pieces that no row names, older than a day. Gives how many."""
    removed = 0
    try:
        folders = [f"{PIECES}/{name}" for name in default_storage.listdir(PIECES)[0]]
    except FileNotFoundError:
        return 0
    for folder in folders:
        paths = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        named = set(EvidencePiece.objects.filter(file__in=paths).values_list("file", flat=True))
        for path in paths:
            if path not in named and default_storage.get_modified_time(path) < clock.now() - _GRACE:
                default_storage.delete(path)
                removed += 1
    return removed


def _require_writer(actor: Officer, inspection: Inspection, kind: str) -> None:
    """As the form itself; the scan of a handwritten record is what lets a clerk in."""
    if kind == Evidence.Kind.SCAN and actor.has(Role.COORDINATOR):
        return
    require_writer(actor, inspection)


def _check(inspection: Inspection, announced: Announced) -> None:
    if announced.kind not in Evidence.Kind.values or not _DIGEST.fullmatch(announced.sha256):
        raise _malformed(gettext_noop("种类或摘要不对"))
    if announced.size < 1 or not extension_of(announced.name):
        raise _malformed(gettext_noop("文件是空的，或者没有扩展名"))
    limits.check(attachments.purpose_of(PURPOSES[Evidence.Kind(announced.kind)]).limit, announced.size)
    limits.check("attachments", inspection.evidence.count() + 1)
    if announced.point is None:
        return
    points = CheckPoint.objects.filter(pk=announced.point, version__in=inspection.items.values("version"))
    if not points.exists():
        raise _malformed(gettext_noop("检查要点不在这次检查的表上"))


def _is_here(evidence: Evidence, offset: int, size: int) -> bool:
    evidence.refresh_from_db(fields=["received", "attachment", "dropped_at"])
    return evidence.attachment_id is not None or evidence.pieces.filter(offset=offset, size=size).exists()


def _store(actor: Officer, evidence: Evidence, offset: int, content: bytes) -> Evidence:
    piece = EvidencePiece(evidence=evidence, offset=offset, size=len(content), at=clock.now())
    piece.file.save("piece", ContentFile(content), save=False)
    try:
        return _keep(actor=actor, piece=piece)
    except BaseException:
        piece.file.delete(save=False)
        raise


@service
def _keep(*, actor: Officer, piece: EvidencePiece) -> Evidence:
    evidence = _locked(actor, piece.evidence)
    require_writer_of(actor, evidence)
    require_open(evidence.inspection)
    if evidence.dropped_at is not None:
        raise _dropped(evidence)
    if piece.offset != evidence.received or piece.offset + piece.size > evidence.size:
        raise Refused(
            Refusal(
                "evidence.offset",
                gettext_noop("这一段接不上：已经收到 %(received)s 字节"),
                _PROOF,
                gettext_noop("请从已经收到的地方接着传"),
                {"received": evidence.received},
            )
        )
    piece.evidence = evidence
    piece.save()
    evidence.received += piece.size
    evidence.save(update_fields=["received"])
    return evidence


def require_writer_of(actor: Officer, evidence: Evidence) -> None:
    """Who announced it goes on sending it; others as for the form."""
    if evidence.taken_by_id != actor.id:
        require_writer(actor, evidence.inspection)


def _complete(actor: Officer, evidence: Evidence) -> Evidence:
    """Put the pieces together outside any transaction, look at the whole, and keep it."""
    with tempfile.TemporaryFile() as whole:
        if _joined(evidence, whole) != evidence.sha256:
            evidence = _start_over(actor=actor, evidence=evidence)
            if evidence.attachment_id is not None:
                return evidence
            raise Refused(
                Refusal(
                    "evidence.digest",
                    gettext_noop("收到的内容与拍摄时的摘要不一致，没有保存"),
                    _PROOF,
                    gettext_noop("手机会从头再传一次；仍不一致的，请重新拍摄"),
                )
            )
        try:
            return _take(actor, evidence, File(whole, name=evidence.name))
        except Refused as refused:
            drop(actor=actor, evidence=evidence, why=refused.refusals[0].shown("message"))
            raise


def _take(actor: Officer, evidence: Evidence, whole: File[Any]) -> Evidence:
    """Store the whole file and name it; what another request of the same device has stored stays."""
    stored = attachments.store(file=whole, purpose=PURPOSES[Evidence.Kind(evidence.kind)])
    named = False
    try:
        evidence = _finish(actor=actor, evidence=evidence, stored=stored)
        named = evidence.attachment is not None and evidence.attachment.file.name == stored.path
        return evidence
    finally:
        if not named:
            attachments.discard(stored)


def _joined(evidence: Evidence, whole: IO[bytes]) -> str:
    made = hashlib.sha256()
    for piece in evidence.pieces.order_by("offset"):
        try:
            with piece.file.open("rb") as part:
                for chunk in part.chunks():
                    made.update(chunk)
                    whole.write(chunk)
        except FileNotFoundError:
            return ""  # Another request has put them together meanwhile.
    whole.seek(0)
    return made.hexdigest()


@service
def _finish(*, actor: Officer, evidence: Evidence, stored: attachments.Stored) -> Evidence:
    evidence = _locked(actor, evidence)
    if evidence.attachment_id is None:
        thing = Thing.nameless(evidence.inspection)
        evidence.attachment = attachments.keep(actor=actor, stored=stored, thing=thing)
        evidence.save(update_fields=["attachment"])
        _forget_pieces(evidence)
    return evidence


@service
def _start_over(*, actor: Officer, evidence: Evidence) -> Evidence:
    """All of it is sent again, unless it has come in whole by another request meanwhile."""
    evidence = _locked(actor, evidence)
    if evidence.attachment_id is None:
        _forget_pieces(evidence)
        evidence.received = 0
        evidence.save(update_fields=["received"])
    return evidence


def _locked(actor: Viewer, evidence: Evidence) -> Evidence:
    rows = Evidence.objects.visible_to(actor).select_for_update(of=("self",)).select_related("inspection")
    found: Evidence = rows.get(pk=evidence.pk)
    return found


def _forget_pieces(evidence: Evidence) -> None:
    """Rows now, their files once that is certain."""
    names = list(evidence.pieces.values_list("file", flat=True))
    evidence.pieces.all().delete()
    for name in names:
        after_commit(_deleting(name))


def _deleting(name: str) -> Any:
    return lambda: default_storage.delete(name)


def _malformed(what: str) -> Refused:
    return Refused(
        Refusal(
            "evidence.malformed",
            gettext_noop("文件没有登记：%(what)s"),
            _PROOF,
            gettext_noop("请重新拍摄或选择文件"),
            {"what": what},
        )
    )


def _dropped(evidence: Evidence) -> Refused:
    return Refused(
        Refusal(
            "evidence.dropped",
            gettext_noop("这个文件已经放弃：%(why)s"),
            _PROOF,
            gettext_noop("仍然需要的请重新拍摄"),
            {"why": evidence.dropped_why},
        )
    )

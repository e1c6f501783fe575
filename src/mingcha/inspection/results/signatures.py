"""Who signed a record and how: on glass, on paper, or not at all (domain §9.1)."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from mingcha.basics.models import Attachment
from mingcha.basics.services import attachments
from mingcha.inspection.form.reading import NOBODY_MET
from mingcha.inspection.models import Evidence, Inspection
from mingcha.inspection.results.record import Record
from mingcha.kernel.refusal import Refused

#: What every browser and the typesetter draw.
_DRAWN: Final = ("image/png", "image/jpeg", "image/webp")
#: Bytes up to which a picture stands in the paper itself; a phone's glass gives a few ten thousand.
_MOST: Final = 1_000_000


@dataclass(frozen=True)
class Signature:
    """One place to sign. `image` is a data: URL; `said` says in words what stands there instead of it.

    Where neither is there, the place is empty and somebody may still sign by hand.
    """

    label: str
    who: str = ""
    at: str = ""
    image: str = ""
    said: str = ""

    @property
    def is_open(self) -> bool:
        return not (self.image or self.said)


@dataclass(frozen=True)
class Signatures:
    """Every place to sign; `paper` is the signed record on paper, where there is one."""

    places: tuple[Signature, ...]
    paper: Attachment | None = None
    #: Whether the firm refused before a witness, who may sign on what is printed.
    refused: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether somebody is still to sign by hand."""
        return any(one.is_open for one in self.places)


def signatures_of(inspection: Inspection, record: Record) -> Signatures:
    """As the record was frozen: whose signature it names, with the pictures; two queries."""
    named = [str(value) for name, value in record.values.items() if name.startswith("sign:")]
    paper = str(record.value("record:on_paper"))
    rows = Evidence.objects.filter(inspection=inspection, attachment__isnull=False).select_related(
        "attachment"
    )
    # What a person wrote about a refusal stands beside the ids of files: only ids are looked for.
    known = {str(one.uuid): one for one in rows if str(one.uuid) in (*named, paper)}
    scan = known.get(paper)
    places = tuple(_places(record, known))
    attachment = scan.attachment if scan is not None else None
    return Signatures(places, attachment, bool(record.value("sign:refused")))


def _places(record: Record, known: Mapping[str, Evidence]) -> Iterator[Signature]:
    firm, name = _("被检查单位（签名）"), str(record.value("present:name"))
    yield _place(record, known, "sign:firm", firm, name, _why_none(record))
    for one in record.content["people"]:
        yield _place(record, known, f"sign:{one['inspector']}", _("检查人员（签名）"), one["name"], "")


def _why_none(record: Record) -> str:
    if record.value("sign:refused"):
        return _("拒绝签名，见上")
    return _("没有见到被检查单位的人") if record.result in NOBODY_MET else ""


def _place(
    record: Record, known: Mapping[str, Evidence], field: str, label: str, who: str, otherwise: str
) -> Signature:
    if record.value("record:on_paper"):
        return Signature(label, who, said=_on_paper(record))
    file = known.get(str(record.value(field)))
    if file is None:
        return Signature(label, who, said=otherwise)
    image = _image(file)
    said = "" if image else _("已签名，见证据 %(number)s") % {"number": _number(record, str(file.uuid))}
    return Signature(label, who, _taken(record, str(file.uuid)), image, said)


def _on_paper(record: Record) -> str:
    number = _number(record, str(record.value("record:on_paper")))
    return _("见纸质笔录（证据 %(number)s）") % {"number": number} if number else _("见纸质笔录")


def _number(record: Record, uuid: str) -> str:
    return next((str(one["number"]) for one in record.evidence if one["uuid"] == uuid), "")


def _taken(record: Record, uuid: str) -> str:
    stamp = next((one["taken_at"] for one in record.evidence if one["uuid"] == uuid), "")
    return datetime.fromisoformat(stamp).strftime("%Y-%m-%d %H:%M") if stamp else ""


def _image(file: Evidence) -> str:
    """The picture inside a paper; "" for what cannot be drawn or read, is too large or was changed."""
    kept = file.attachment
    if kept is None or kept.media_type not in _DRAWN or kept.size > _MOST:
        return ""
    try:
        with attachments.opened(kept) as picture:
            content = base64.b64encode(picture.read()).decode()
    except (OSError, Refused):
        return ""
    return f"data:{kept.media_type};base64,{content}"

"""The form of an inspection as it stands: typed values, what is in dispute, what is still missing.

form = form_of(inspection)
form.items[0].points[0].answer      # "ok", "bad", "na" or empty
form.conflicts, form.missing()
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from mingcha.base.crypto.masking import mask_phone
from mingcha.inspection.form.fields import (
    AT_DOOR,
    BAD,
    NA,
    Field,
    Layout,
    fields_of,
    layout_of,
)
from mingcha.inspection.models import Entry, Evidence, FormOp, Inspection
from mingcha.items.models import CheckPoint, ItemVersion
from mingcha.items.vocabulary import Answer, Result
from mingcha.kernel.forms import Form, Op, Scalar, merge
from mingcha.registry.models import Inspector

#: Results with which nobody of the firm was met: nobody there was told anything or signs.
NOBODY_MET = frozenset(
    {
        Result.UNREACHABLE.value,
        Result.CLOSED.value,
        Result.DEREGISTERED.value,
        Result.REVOKED.value,
        Result.CANCELLED.value,
        Result.MOVED_OUT.value,
    }
)
#: How to reach who was there.
PHONE: Final = "present:phone"
#: What a place to sign takes, and what stands for every signature: a photograph of something else does not.
_SIGNED: Final = frozenset({Evidence.Kind.SIGNATURE.value})
_ON_PAPER: Final = frozenset({Evidence.Kind.PAPER.value, Evidence.Kind.SCAN.value})
#: Results with which the points could not be looked into.
NOT_LOOKED_INTO = NOBODY_MET | {Result.UNCOOPERATIVE.value, Result.NO_SUCH_ACTIVITY.value}


@dataclass(frozen=True)
class Said:
    """One of the values in dispute: as it stands, in words, and who wrote it when (the device's clock)."""

    value: Scalar
    words: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Conflict:
    """A field for which two people wrote different things without knowing of each other."""

    field: str
    label: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class FilledPoint:
    """A check point: `answer` is "ok", "bad", "na" or empty; `value` answers what is no yes-or-no question.

    `persons` counts those concerned, `amount` is in yuan; `number` counts through the whole form from 1.
    """

    number: int
    point: CheckPoint
    answer: str = ""
    facts: str = ""
    persons: int | None = None
    amount: Decimal | None = None
    value: Scalar = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class FilledItem:
    """An item with its points; `result` is its own code, of a single item that of the whole; empty until
    somebody enters it (N7)."""

    version: ItemVersion
    points: tuple[FilledPoint, ...]
    result: str = ""
    note: str = ""


@dataclass(frozen=True)
class FilledForm:
    """Everything that was entered. Texts are empty, numbers None, where nothing stands or two values do.

    `told_notice` is "door" without anybody's saying so where the visit began with the code or the licence.
    `signed` says which inspectors signed; `sign_firm` and `on_paper` are there once the file has wholly
    arrived. `waiting` are files that have been announced and are not whole yet.
    """

    layout: Layout
    items: tuple[FilledItem, ...]
    present_name: str = ""
    present_post: str = ""
    present_phone: str = ""
    told_certificates: str = ""
    told_rights: str = ""
    told_recusal: str = ""
    told_notice: str = ""
    told_notice_how: str = ""
    statement: str = ""
    agrees: str = ""
    sign_firm: Evidence | None = None
    sign_refused: str = ""
    sign_witness: str = ""
    on_paper: Evidence | None = None
    signed: Mapping[int, Evidence] = field(default_factory=dict)
    category: str = ""
    reasons: str = ""
    reason: str = ""
    conflicts: tuple[Conflict, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def points(self) -> tuple[FilledPoint, ...]:
        return tuple(point for item in self.items for point in item.points)

    @property
    def waiting(self) -> tuple[Evidence, ...]:
        return tuple(one for one in self.evidence if one.waiting)

    @property
    def scan(self) -> Evidence | None:
        """The handwritten record, scanned by a clerk."""
        scans = [one for one in self.evidence if one.kind == Evidence.Kind.SCAN and one.attachment_id]
        return scans[-1] if scans else None

    @property
    def paper(self) -> Evidence | None:
        """The signed record on paper, photographed or scanned: it bears every signature."""
        return self.on_paper or self.scan

    def unsigned(self) -> list[Inspector]:
        """Those who were there and whose signature is not here."""
        return [] if self.paper else [one for one in self.layout.signers if one.pk not in self.signed]

    def _signed_for_another(self) -> bool:
        """Whether one signature stands for two people."""
        made = [one.sha256 for one in (self.sign_firm, *self.signed.values()) if one is not None]
        return len(set(made)) < len(made)

    def missing(self) -> list[str]:
        """What must still be entered before the form is submitted, each in words; disputes stand apart."""
        return [
            *self._missing_result(),
            *self._missing_points(),
            *self._missing_firm(),
            *self._missing_files(),
        ]

    def _missing_result(self) -> Iterator[str]:
        if not self.category:
            yield _("没有选检查结果")
        if self.category in NOT_LOOKED_INTO and not self.reason.strip():
            yield _("没有写结果的具体情形")
        if self.category not in NOT_LOOKED_INTO:
            yield from (
                _("没有选“%(item)s”的结果") % {"item": item.version.name}
                for item in self.items
                if not item.result
            )

    def _missing_points(self) -> Iterator[str]:
        if self.category in NOT_LOOKED_INTO:
            return
        disputed = {conflict.field for conflict in self.conflicts}
        for one in self.points:
            if f"point:{one.point.pk}:answer" in disputed:
                continue
            if not one.answer:
                yield _("第 %(number)d 项没有回答") % {"number": one.number}
            elif one.answer == BAD and not one.facts.strip():
                yield _("第 %(number)d 项不符合，没有写事实") % {"number": one.number}
            elif one.answer != NA and one.point.answer != Answer.YES_NO and one.value in (None, ""):
                yield _("第 %(number)d 项没有填答案") % {"number": one.number}

    def _missing_firm(self) -> Iterator[str]:
        if self.category in NOBODY_MET:
            return
        wanted = (
            (self.present_name, _("没有写在场人姓名")),
            (self.told_certificates, _("没有记是否出示执法证件")),
            (self.told_rights, _("没有记是否告知权利义务")),
            (self.told_recusal, _("没有记是否申请回避")),
        )
        yield from (words for value, words in wanted if not value.strip())
        if not self.told_notice:
            yield _("没有记检查通知书怎样送达")
        elif self.told_notice != AT_DOOR and not self.told_notice_how.strip():
            yield _("检查通知书不是当场交付的，没有写何时怎样送达，或者没有出具的原因")
        if self.sign_refused.strip():
            if not self.sign_witness.strip():
                yield _("被检查单位拒绝签名，没有写见证人")
        elif self.sign_firm is None and self.paper is None:
            yield _("没有被检查单位的签名；拒绝签名的写明情况和见证人，在纸上签的拍照")
        elif not self.agrees:
            yield _("没有记被检查单位对记录的意见")

    def _missing_files(self) -> Iterator[str]:
        yield from (_("没有%(name)s的签名") % {"name": one.name} for one in self.unsigned())
        if self._signed_for_another() and self.paper is None:
            yield _("两处签名是同一个文件：每个人在手机上各签各的")
        if self.waiting:
            yield _("还有 %(count)d 个照片、录音或签名没有传完") % {"count": len(self.waiting)}


def ops_of(inspection: Inspection) -> list[FormOp]:
    """What was written, in the order in which it arrived."""
    return list(inspection.form_ops.select_related("author").order_by("id"))


def newest_of(inspection: Inspection) -> int:
    """The number of the newest change that was written, 0 for none."""
    newest: int = inspection.form_ops.aggregate(newest=Coalesce(Max("pk"), 0))["newest"]
    return newest


def as_ops(rows: Iterable[FormOp]) -> list[Op]:
    """The rows as the kernel knows them."""
    return [
        Op(
            row.client,
            row.seq,
            row.field,
            json.loads(row.value),
            frozenset((str(client), int(seq)) for client, seq in row.parents),
        )
        for row in rows
    ]


def standing_values(inspection: Inspection) -> dict[str, Scalar]:
    """Of every field that holds one value, that value."""
    merged = merge(as_ops(ops_of(inspection)))
    return {name: merged.value(name) for name in merged.fields if len(merged.values(name)) == 1}


def form_of(inspection: Inspection) -> FilledForm:
    """The form as it stands now, merged from what everybody has written; a fixed number of queries."""
    layout = layout_of(inspection)
    rows = ops_of(inspection)
    merged = merge(as_ops(rows))
    evidence = tuple(inspection.evidence.select_related("attachment", "taken_by").order_by("taken_at", "id"))
    reader = _Reader(layout, merged, evidence, _served_at_door(inspection))
    return reader.read(_conflicts(merged, fields_of(layout), rows))


def _served_at_door(inspection: Inspection) -> bool:
    """Whether the visit began so that the notice was handed over: with its code, or with the licence."""
    entered = Entry.objects.filter(inspection=inspection, via__in=Entry.SCANS)
    return bool(inspection.notice_number) and entered.exists()


def _conflicts(merged: Form, known: Mapping[str, Field], rows: Iterable[FormOp]) -> tuple[Conflict, ...]:
    wrote = {(row.client, row.seq): row for row in rows}
    found = []
    for name in merged.conflicts():
        if name in known:
            heads = merged.heads(name)
            said = tuple(_said(op, known[name], wrote[op.id]) for op in heads)
            found.append(Conflict(name, known[name].label, said))
    return tuple(found)


def _said(op: Op, field: Field, row: FormOp) -> Said:
    # A telephone is masked wherever it is not asked for by name (N10); the phone of who decides has it.
    words = mask_phone(str(op.value)) if op.field == PHONE and op.value else field.words(op.value)
    return Said(op.value, words, str(row.author.name), row.at)


class _Reader:
    """Reads the values of a merged form by their names."""

    def __init__(
        self, layout: Layout, merged: Form, evidence: tuple[Evidence, ...], served_at_door: bool
    ) -> None:
        self._layout, self._merged, self._evidence = layout, merged, evidence
        self._served_at_door = served_at_door
        self._whole = {str(one.uuid): one for one in evidence if one.attachment_id is not None}

    def read(self, conflicts: tuple[Conflict, ...]) -> FilledForm:
        text = self._text
        category = text("result:category")
        signed = ((one.pk, self._file(f"sign:{one.pk}", _SIGNED)) for one in self._layout.team)
        return FilledForm(
            layout=self._layout,
            items=tuple(self._item(version, category) for version in self._layout.versions),
            present_name=text("present:name"),
            present_post=text("present:post"),
            present_phone=text(PHONE),
            told_certificates=text("told:certificates"),
            told_rights=text("told:rights"),
            told_recusal=text("told:recusal"),
            told_notice=self._notice(category),
            told_notice_how=text("told:notice_how"),
            statement=text("firm:statement"),
            agrees=text("firm:agrees"),
            sign_firm=self._file("sign:firm", _SIGNED),
            sign_refused=text("sign:refused"),
            sign_witness=text("sign:witness"),
            on_paper=self._file("record:on_paper", _ON_PAPER),
            signed={pk: found for pk, found in signed if found is not None},
            category=category,
            reasons=text("result:reasons"),
            reason=text("result:reason"),
            conflicts=conflicts,
            evidence=self._evidence,
        )

    def _notice(self, category: str) -> str:
        """What was said of it; where nobody has said anything, what goes without saying."""
        said = any(value is not None for value in self._merged.values("told:notice"))
        if said or category in NOBODY_MET or not self._served_at_door:
            return self._text("told:notice")
        return AT_DOOR

    def _item(self, version: ItemVersion, category: str) -> FilledItem:
        points = tuple(self._point(point) for point in self._layout.points_of(version))
        own = self._text(f"item:{version.pk}:result")
        single = len(self._layout.versions) == 1
        return FilledItem(
            version, points, own or (category if single else ""), self._text(f"item:{version.pk}:note")
        )

    def _point(self, point: CheckPoint) -> FilledPoint:
        about = f"point:{point.pk}"
        persons = self._merged.value(f"{about}:persons")
        amount = self._text(f"{about}:amount")
        return FilledPoint(
            number=self._layout.number_of(point),
            point=point,
            answer=self._text(f"{about}:answer"),
            facts=self._text(f"{about}:facts"),
            persons=persons if isinstance(persons, int) else None,
            amount=Decimal(amount) if amount else None,
            value=self._merged.value(f"{about}:value"),
            evidence=tuple(one for one in self._evidence if one.point_id == point.pk),
        )

    def _text(self, name: str) -> str:
        value = self._merged.value(name)
        return value if isinstance(value, str) else ""

    def _file(self, name: str, kinds: frozenset[str]) -> Evidence | None:
        found = self._whole.get(self._text(name))
        return found if found is not None and found.kind in kinds else None

"""The papers of a result: 现场检查笔录, 检查结果告知书, 抄告函; each from what was frozen (domain §9.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.crypto.masking import mask_name, mask_phone
from mingcha.base.events import Thing
from mingcha.basics.selectors import deadlines
from mingcha.basics.typesetting import typeset
from mingcha.inspection import terms
from mingcha.inspection.form.fields import AGREES, RECUSAL, SHOWN, TOLD, served_text
from mingcha.inspection.models import Evidence, Inspection, RecordVersion, Referral, ResultNotice
from mingcha.inspection.results.beyond import Beyond, beyond_signature
from mingcha.inspection.results.procedures import KINDS, figures_of, said
from mingcha.inspection.results.publishing import TYPE, authority_of, inspected_on
from mingcha.inspection.results.record import PointLine, Record, record_of
from mingcha.inspection.results.signatures import Signatures, signatures_of
from mingcha.publication import selectors as publications

_KINDS = dict(Evidence.Kind.choices)
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EvidenceLine:
    """A file by its number on the paper."""

    number: int
    kind: str
    taken_at: str
    sha256: str


@dataclass(frozen=True)
class RecordPaper:
    """现场检查笔录 as it is printed."""

    inspection: Inspection
    version: RecordVersion
    record: Record
    firm: Pairs
    visit: Pairs
    told: Pairs
    signed: Pairs
    evidence: tuple[EvidenceLine, ...]
    signatures: Signatures
    #: What the firm's signature does not cover.
    beyond: Beyond
    #: Whether telephone and names of those who were met are told in full.
    whole: bool

    @property
    def people(self) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = self.record.content["people"]
        return found

    @property
    def attempts(self) -> list[Mapping[str, Any]]:
        return [{**one, "way": said("way", one["way"])} for one in self.record.attempts]

    @property
    def checks(self) -> list[tuple[str, str, Pairs]]:
        return [
            (str(KINDS.get(one["kind"], one["kind"])), one["reason"], tuple(figures_of(one)))
            for one in self.record.checks
        ]


def record_paper(inspection: Inspection, version: RecordVersion, *, whole: bool) -> RecordPaper:
    """The paper of one version; telephone and witness are masked unless `whole` (N10)."""
    record = record_of(version)
    return RecordPaper(
        inspection=inspection,
        version=version,
        record=record,
        firm=tuple(_firm(record, whole)),
        visit=tuple(_visit(record)),
        told=tuple(_told(record)),
        signed=tuple(_signed(record, whole)),
        evidence=tuple(_evidence(record)),
        signatures=signatures_of(inspection, record),
        beyond=beyond_signature(version, record),
        whole=whole,
    )


def _evidence(record: Record) -> Iterator[EvidenceLine]:
    for one in record.evidence:
        kind = str(_KINDS.get(one["kind"], one["kind"]))
        yield EvidenceLine(one["number"], kind, _moment(one["taken_at"]), one["sha256"])


def _firm(record: Record, whole: bool) -> Iterator[tuple[str, str]]:
    firm = record.content["firm"]
    yield _("被检查单位"), firm["name"]
    yield _("统一社会信用代码或公开编号"), firm["number"]
    yield _("地址"), firm["address"]
    name, post, phone = (str(record.value(f"present:{part}")) for part in ("name", "post", "phone"))
    present = "，".join(part for part in (name, post, phone if whole else mask_phone(phone)) if part)
    yield _("在场人（姓名、职务、电话）"), present


def _visit(record: Record) -> Iterator[tuple[str, str]]:
    visit = record.content["visit"]
    yield _("检查事由"), visit["purpose"]
    yield _("检查通知书文号"), visit["notice"]
    yield _("入企时间"), _moment(visit["entered_at"])
    yield _("离开时间"), _moment(visit["left_at"])
    yield _("扫码登记"), "；".join(part for part in (visit["via"], visit["via_reason"]) if part)
    yield _("执法监督平台备案号"), visit["platform_number"]
    place = ", ".join(part for part in (visit["latitude"], visit["longitude"]) if part)
    yield _("登记位置（纬度、经度）"), place
    yield _("承办股室或部门"), visit["unit"]
    # Records from before this was kept say nothing of it.
    if visit.get("recorded_by"):
        yield _("记录人"), "、".join(visit["recorded_by"])


def _told(record: Record) -> Iterator[tuple[str, str]]:
    notice, how = str(record.value("told:notice")), str(record.value("told:notice_how"))
    # Records from before this was asked say nothing of it.
    if notice:
        yield _("检查通知书的送达"), served_text(notice, how, _moment(record.content["visit"]["entered_at"]))
    yield _("出示执法证件"), _words(SHOWN, record.value("told:certificates"))
    yield _("告知权利义务"), _words(TOLD, record.value("told:rights"))
    yield _("是否申请回避"), _words(RECUSAL, record.value("told:recusal"))


def _signed(record: Record, whole: bool) -> Iterator[tuple[str, str]]:
    yield _("被检查单位的陈述"), str(record.value("firm:statement"))
    yield _("对记录的意见"), _words(AGREES, record.value("firm:agrees"))
    refused = str(record.value("sign:refused"))
    if refused:
        yield _("拒绝签名的情况"), refused
        witness = str(record.value("sign:witness"))
        yield _("见证人"), witness if whole else mask_name(witness)


def _words(choices: Mapping[str, Any], code: Any) -> str:
    return str(choices.get(code, ""))


def _moment(stamp: str) -> str:
    return datetime.fromisoformat(stamp).strftime("%Y-%m-%d %H:%M") if stamp else ""


@dataclass(frozen=True)
class NoticePaper:
    """行政检查结果告知书 as it is printed."""

    notice: ResultNotice
    record: Record
    problems: tuple[PointLine, ...]
    inspected_on: date
    authority: str
    publish_by: date | None
    published_on: date | None


def notice_paper(notice: ResultNotice) -> NoticePaper:
    """What the firm is told: only what is known, and when and where the result is made public."""
    inspection, record = notice.inspection, record_of(notice.record)
    due = deadlines.open_for(Thing.nameless(inspection)).filter(rule__code=terms.PUBLICATION).first()
    return NoticePaper(
        notice=notice,
        record=record,
        problems=record.bad,
        inspected_on=inspected_on(inspection),
        authority=authority_of(inspection),
        publish_by=due.due_on if due else None,
        published_on=_published_on(notice.record),
    )


def _published_on(version: RecordVersion) -> date | None:
    """Since when the public reads this version of the record here; None while it does not."""
    rows = publications.series(TYPE.code, Thing.nameless(version.inspection)).filter(
        from_day__isnull=False, prepared_at__gte=version.made_at
    )
    later = version.inspection.records.filter(number__gt=version.number).order_by("number").first()
    if later is not None:
        rows = rows.filter(prepared_at__lt=later.made_at)
    first = rows.order_by("prepared_at").first()
    return first.from_day if first is not None else None


@dataclass(frozen=True)
class LetterPaper:
    """抄告函 as it is printed."""

    letter: Referral
    firm: Pairs
    authority: str
    day: date


def letter_paper(letter: Referral) -> LetterPaper:
    """The letter, with the firm it is about."""
    subject = letter.inspection.subject
    firm = (
        (_("单位名称"), letter.inspection.name),
        (_("统一社会信用代码"), subject.credit_code),
        (_("地址"), subject.address),
    )
    day = clock.day_of(letter.made_at)
    return LetterPaper(letter, firm, authority_of(letter.inspection), letter.sent_on or day)


def pdf(body: str, paper: Any, *, signed: bool = False) -> bytes:
    """A paper as a PDF; `body` is its template. With `signed`, every page has its places for signatures.

    Refused where the typesetter is not installed.
    """
    values = {"body": body, "paper": paper, "signed": signed}
    return typeset(render_to_string("inspection/results/paper_pdf.html", values))

"""Walking the chain and naming every gap (design §4.3).

What can be named: a record that is missing; one whose content no longer fits its digest (which field was
changed cannot be told, only the record, its time and its thing); one whose `prev` is not the digest before
it, so that something between was replaced; a daily head that does not fit; an end that was cut off, as
far as a daily head or a digest known from outside proves it. The walk reads pages by key and keeps a
bounded number of gaps, so ten million records need no more memory than ten.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import DataError
from django.utils.translation import gettext as _

from mingcha.base.clock import SHANGHAI
from mingcha.kernel.digest import GENESIS
from mingcha.ledger.canonical import Content
from mingcha.ledger.models import Head, Record, RecordQuerySet

PAGE: Final = 2_000
#: Gaps kept in a report; further ones are only counted.
KEPT_GAPS: Final = 1_000

_FIELDS: Final = (*Content.__dataclass_fields__, "prev", "digest")


@dataclass(frozen=True)
class Gap:
    """One thing that is wrong: a stable code, the record it is at, and a Chinese sentence."""

    code: str
    seq: int
    text: str


@dataclass(frozen=True)
class Known:
    """A digest known from outside (a certificate, the public site), with its number where that is known."""

    digest: str
    seq: int | None = None

    @classmethod
    def parse(cls, text: str) -> Known:
        """Read "DIGEST" or "SEQ:DIGEST". Raises ValueError."""
        number, colon, digest = text.strip().rpartition(":")
        digest = digest.strip().lower()
        if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise ValueError(text)
        return cls(digest, int(number) if colon else None)


@dataclass
class Report:
    """What a walk found. `count` records from `first` to `last`, the last one's digest, the time taken."""

    first: int
    last: int = 0
    digest: str = GENESIS
    count: int = 0
    heads: int = 0
    seconds: float = 0.0
    gaps: list[Gap] = field(default_factory=list)
    gap_count: int = 0

    @property
    def intact(self) -> bool:
        return self.gap_count == 0

    @property
    def rate(self) -> int:
        """Records a second."""
        return int(self.count / self.seconds) if self.seconds else self.count

    def add(self, gap: Gap) -> None:
        self.gap_count += 1
        if len(self.gaps) < KEPT_GAPS:
            self.gaps.append(gap)


@dataclass(frozen=True)
class _Row:
    """One record as read; `content` is None when the database could not even read it."""

    seq: int
    content: Content | None
    prev: str
    digest: str


def verify(
    *,
    first: int = 1,
    last: int | None = None,
    known: Iterable[Known] = (),
    progress: Callable[[int], None] = lambda count: None,
) -> Report:
    """Walk the records from `first` to `last` (None: the end as it stands at the beginning of the walk).

    `progress` is called with the number of records after each page.
    """
    walk = _Walk(first, last, list(known))
    started = time.monotonic()
    for page in _pages(first, walk.end):
        for row in page:
            walk.step(row)
        progress(walk.report.count)
    walk.finish()
    walk.report.seconds = time.monotonic() - started
    return walk.report


class _Walk:
    """The state of one walk: what comes next, and what it is compared with."""

    def __init__(self, first: int, last: int | None, known: list[Known]) -> None:
        self.whole_end = last is None
        # Heads before the end: one that is sealed in between must not look like a missing tail.
        self._heads = deque(_heads_within(first, last))
        # Records appended during the walk are left for the next one.
        self.end = _newest() if last is None else last
        self.report = Report(first=first, last=first - 1)
        self._expected = first
        self._previous = _digest_before(first)
        self._known = known
        self._seen: set[Known] = set()
        self._compare_heads(0, GENESIS)

    def step(self, row: _Row) -> None:
        """Look at one record."""
        if row.seq > self._expected:
            self._missing(self._expected, row.seq - 1)
        elif self._previous is not None and row.prev != self._previous:
            self._wrong_prev(row)
        if row.content is None or not _fits(row):
            self.report.add(Gap("changed", row.seq, _changed_text(row)))
        self._compare_heads(row.seq, row.digest)
        for known in self._known:
            if known.digest == row.digest and known.seq in (None, row.seq):
                self._seen.add(known)
        self._expected = row.seq + 1
        self._previous = row.digest
        self.report.count += 1
        self.report.last, self.report.digest = row.seq, row.digest

    def finish(self) -> None:
        """What can be said only at the end: a tail that is gone, heads and digests that were not met."""
        if not self.whole_end and self._expected <= self.end:
            self._missing(self._expected, self.end)
        if self.whole_end:
            self._cut_off()
        for known in self._known:
            if known not in self._seen:
                self.report.add(Gap("unknown_digest", known.seq or self.report.last, _outside_text(known)))

    def _missing(self, first: int, last: int) -> None:
        which = _("第 %(n)s 条") % {"n": first}
        if last > first:
            which = _("第 %(a)s 至 %(b)s 条（共 %(n)s 条）") % {"a": first, "b": last, "n": last - first + 1}
        self.report.add(Gap("missing", first, _("%(which)s缺失：存证链在此中断") % {"which": which}))
        for head in self._take_heads(last):
            self._head_gap(head, _("该条缺失"))

    def _wrong_prev(self, row: _Row) -> None:
        text = _(
            "第 %(n)s 条所记的上一条摘要（%(prev)s）与其前的摘要（%(digest)s）不符：两条之间被替换或改写"
        ) % {"n": row.seq, "prev": row.prev, "digest": self._previous}
        self.report.add(Gap("wrong_prev", row.seq, text))

    def _compare_heads(self, seq: int, digest: str) -> None:
        for head in self._take_heads(seq):
            self.report.heads += 1
            if head.digest != digest:
                self._head_gap(head, _("该条现在的摘要是 %(digest)s") % {"digest": digest})

    def _take_heads(self, seq: int) -> Iterator[Head]:
        while self._heads and self._heads[0].seq <= seq:
            yield self._heads.popleft()

    def _head_gap(self, head: Head, fault: str) -> None:
        text = _("%(day)s 的日终摘要不符：封存的是第 %(n)s 条 %(digest)s，%(fault)s") % {
            "day": head.day,
            "n": head.seq,
            "digest": head.digest,
            "fault": fault,
        }
        self.report.add(Gap("head_mismatch", head.seq, text))

    def _cut_off(self) -> None:
        for head in self._heads:
            text = _("链尾缺失：%(day)s 的日终摘要封存到第 %(n)s 条，现在只到第 %(last)s 条") % {
                "day": head.day,
                "n": head.seq,
                "last": self.report.last,
            }
            self.report.add(Gap("truncated", self.report.last + 1, text))


def _heads_within(first: int, last: int | None) -> list[Head]:
    heads = Head.objects.filter(seq__gte=first if first > 1 else 0)
    return list((heads if last is None else heads.filter(seq__lte=last)).order_by("seq", "day"))


def _newest() -> int:
    return Record.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def _digest_before(first: int) -> str | None:
    """The digest that the first record's `prev` must be; None when it cannot be known."""
    if first <= 1:
        return GENESIS
    return Record.objects.filter(seq=first - 1).values_list("digest", flat=True).first()


def _fits(row: _Row) -> bool:
    try:
        return row.content is not None and row.content.digest(row.prev) == row.digest
    except (ValueError, TypeError, AttributeError):
        # Content that has no canonical form at all, or names an unknown algorithm, was not written by us.
        return False


def _changed_text(row: _Row) -> str:
    content = row.content
    if content is None:
        return _("第 %(n)s 条已无法读出：内容被改坏") % {"n": row.seq}
    at = content.at.astimezone(SHANGHAI) if isinstance(content.at, datetime) else content.at
    return _("第 %(n)s 条内容与其摘要不符：该记录被改动（%(at)s，%(thing)s，%(event)s）") % {
        "n": row.seq,
        "at": f"{at:%Y-%m-%d %H:%M:%S}" if isinstance(at, datetime) else _("时间不明"),
        "thing": f"{content.thing_type}:{content.thing_id} {content.thing_label}".strip(),
        "event": content.event,
    }


def _outside_text(known: Known) -> str:
    if known.seq is None:
        return _("链中没有摘要 %(digest)s：链尾被截断，或此前的记录被改写") % {"digest": known.digest}
    return _("第 %(n)s 条不是 %(digest)s：链尾被截断，或此前的记录被改写") % {
        "n": known.seq,
        "digest": known.digest,
    }


def _pages(first: int, end: int) -> Iterator[list[_Row]]:
    """The records in order, by key, a page at a time."""
    after = first - 1
    while page := _page(Record.objects.filter(seq__gt=after, seq__lte=end).order_by("seq")):
        yield page
        after = page[-1].seq


def _page(rows: RecordQuerySet) -> list[_Row]:
    try:
        return [_row(values) for values in rows.values_list(*_FIELDS)[:PAGE]]
    except (ValueError, TypeError, DataError):
        # Something in this page cannot be read: find out which record it is.
        return [_read_one(seq) for seq in rows.values_list("seq", flat=True)[:PAGE]]


def _read_one(seq: int) -> _Row:
    try:
        return _row(Record.objects.values_list(*_FIELDS).get(seq=seq))
    except (ValueError, TypeError, DataError):
        prev, digest = Record.objects.values_list("prev", "digest").get(seq=seq)
        return _Row(seq, None, prev, digest)


def _row(values: tuple[Any, ...]) -> _Row:
    *said, prev, digest = values
    return _Row(values[0], Content(*said), prev, digest)

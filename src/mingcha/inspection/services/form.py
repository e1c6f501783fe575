"""Write into the form of an inspection: many single changes at once, each taken or refused by itself.

    outcomes = put(actor=officer, inspection=inspection, ops=[Written(...), ...])

A change that was taken before is answered as taken again: a device sends its queue until it has the answer.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mingcha.accounts import duties
from mingcha.base import clock, limits
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.inspection import lifecycle as states
from mingcha.inspection.events import FormFilled
from mingcha.inspection.form.fields import DESK, Field, Layout, check, fields_of, layout_of
from mingcha.inspection.form.reading import as_ops, ops_of
from mingcha.inspection.initial import WRITE_DUTY
from mingcha.inspection.models import Evidence, FormOp, Inspection
from mingcha.inspection.selectors import is_on_team, stays_away
from mingcha.kernel.forms import OpId, Scalar, merge, spelled
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

_CLIENT = re.compile(r"[a-z0-9-]{8,40}")
#: As many writers of one field as nobody has seen.
_MOST_PARENTS = 20
_BASIS = gettext_noop("本局方案二（三）3：事实清楚、程序规范；入企检查全过程记录")
_KEPT = gettext_noop("内容仍在您的设备上，可以下载保存；确需补记的，请主检或综合经办办理")


@dataclass(frozen=True)
class Written:
    """One change as a device sends it; `at` is the device's clock."""

    client: str
    seq: int
    field: str
    value: Scalar
    at: datetime
    parents: frozenset[OpId] = frozenset()

    @property
    def id(self) -> OpId:
        return self.client, self.seq


@dataclass(frozen=True)
class Outcome:
    """What became of one change: taken, now or earlier, or refused with a reason."""

    client: str
    seq: int
    refusal: Refusal | None = None

    @property
    def taken(self) -> bool:
        return self.refusal is None


@service
def put(*, actor: Officer, inspection: Inspection, ops: Sequence[Written]) -> list[Outcome]:
    """Take the changes that can stand, in the order given; say of each what became of it.

    Refused as a whole: who is not of the team (a clerk may, once the handwritten record is scanned), what is
    no inspection, and one that nobody has entered yet or that was submitted. A fixed number of statements,
    whatever the number of changes.
    """
    limits.check("form_ops", len(ops))
    inspection = locked(inspection, actor)
    require_writer(actor, inspection)
    require_inspection(inspection)
    require_open(inspection)
    layout = layout_of(inspection)
    writing = _Writing(actor, inspection, layout, ops)
    outcomes = [writing.take(op) for op in ops]
    if writing.fresh:
        duties.perform(actor=actor, duty=WRITE_DUTY, thing=Thing.nameless(inspection), once=True)
        FormOp.objects.bulk_create(writing.fresh)
        emit(FormFilled(thing=Thing.nameless(inspection), after={"changes": len(writing.fresh)}))
    return outcomes


def require_inspection(inspection: Inspection) -> None:
    """Raise Refused for a visit that is none (54号: 变相检查): of it coming in and leaving alone is kept."""
    if inspection.enforcing:
        return
    raise Refused(
        Refusal(
            "form.no_inspection",
            gettext_noop("调研、观摩、督导等入企只登记入企和离开，不填检查表，不拍照、录音取证"),
            states.NO_PRETEXT,
            gettext_noop("发现线索的，另行登记线索，报批以后再检查"),
        )
    )


def require_open(inspection: Inspection) -> None:
    """Raise Refused unless the form may be written: from the entry until it is submitted (N7)."""
    if inspection.state in states.UNDER_WAY:
        return
    if inspection.state in states.AHEAD:
        raise Refused(
            Refusal(
                "form.not_entered",
                gettext_noop("还没有入企登记，不能填写检查表"),
                gettext_noop("国办发〔2024〕54号九：扫码入企，检查行为赋码、全程留痕"),
                gettext_noop("请先登记入企；已经填写的内容不会丢失，登记以后自动送出"),
            )
        )
    raise Refused(
        Refusal(
            "form.closed",
            gettext_noop("这次检查目前为“%(state)s”，检查表不能再改"),
            gettext_noop("本局方案三（二）：不得擅自修改检查结果"),
            _KEPT,
            {"state": str(inspection.get_state_display())},
        )
    )


def require_writer(actor: Officer, inspection: Inspection) -> None:
    """Raise Refused unless the actor is of the team, or a clerk who copies a scanned record; and for whoever
    must stay away since the firm applied for it, whatever else they are."""
    if is_on_team(actor, inspection):
        return
    if stays_away(actor, inspection):
        raise Refused(
            Refusal(
                "form.stays_away",
                gettext_noop("您已被准予回避，这次检查的记录由检查组其他人员填写"),
                gettext_noop("《行政处罚法》第四十三条；《劳动保障监察条例》第十六条"),
                gettext_noop("准予以前已经送到的内容仍在记录中；还没有送到的可以下载保存，交检查组其他人员"),
            )
        )
    scanned = inspection.evidence.filter(kind=Evidence.Kind.SCAN, attachment__isnull=False)
    if actor.has(Role.COORDINATOR) and scanned.exists():
        return
    raise Refused(
        Refusal(
            "form.not_yours",
            gettext_noop("检查表由检查组成员填写；手写笔录由综合经办上传扫描件后代录"),
            _BASIS,
            gettext_noop("请检查组成员填写，或先上传手写笔录的扫描件"),
        )
    )


class _Writing:
    """A batch that is being taken: what stands already in the fields it touches, and what is added."""

    def __init__(
        self, actor: Officer, inspection: Inspection, layout: Layout, ops: Sequence[Written]
    ) -> None:
        self._actor, self._inspection, self._layout = actor, inspection, layout
        self._known: Mapping[str, Field] = fields_of(layout)
        clients = {op.client for op in ops}
        rows = ops_of(inspection)
        self._stands = {(row.client, row.seq): row for row in rows}
        self._written = Counter(row.client for row in rows)
        foreign = inspection.form_ops.filter(client__in=clients - {DESK}).exclude(author=actor.id)
        self._foreign = set(foreign.values_list("client", flat=True).distinct())
        self._now = clock.now()
        self.fresh: list[FormOp] = []

    def take(self, op: Written) -> Outcome:
        """Whether this change can stand; then it is among the fresh ones."""
        earlier = self._stands.get(op.id)
        if earlier is not None:
            return Outcome(*op.id, None if _same(earlier, op) else _reused())
        refusal = self._refusal(op)
        if refusal is None:
            row = self._row(op)
            self.fresh.append(row)
            self._stands[op.id] = row
            self._written[op.client] += 1
        return Outcome(*op.id, refusal)

    def _refusal(self, op: Written) -> Refusal | None:
        named = op.client == DESK or _CLIENT.fullmatch(op.client) is not None
        counted = 1 <= op.seq < 2**31 and len(op.parents) <= _MOST_PARENTS and op.id not in op.parents
        if not named or not counted or op.client in self._foreign:
            return _malformed()
        return check(self._known, op.field, op.value) or self._too_many(op) or self._unsettled(op)

    def _too_many(self, op: Written) -> Refusal | None:
        """A device that writes without end would make every reading of the form slow; others write on."""
        try:
            limits.check("form_changes", self._written[op.client] + 1)
        except Refused as refused:
            return refused.refusals[0]
        return None

    def _unsettled(self, op: Written) -> Refusal | None:
        """Where two values stand, the lead decides: whoever else writes adds to them."""
        lead = self._layout.lead
        if lead is not None and lead.user_id == self._actor.id:
            return None
        if not op.parents:
            return None
        stands = merge(as_ops(row for row in self._stands.values() if row.field == op.field))
        # Whoever writes also writes over what the same device wrote before.
        over = [one for one in stands.heads(op.field) if one.id in op.parents or one.client == op.client]
        values = {spelled(one.value) for one in over}
        if len(values) < 2:
            return None
        return Refusal(
            "form.lead_decides",
            gettext_noop("“%(label)s”两人填写的不一样，由主检选定"),
            gettext_noop("本局方案二（三）3：事实清楚；检查组由主检负责"),
            gettext_noop("请主检选定；您的意见可以写在事实里"),
            {"label": self._known[op.field].label},
        )

    def _row(self, op: Written) -> FormOp:
        return FormOp(
            inspection=self._inspection,
            author_id=self._actor.id,
            client=op.client,
            seq=op.seq,
            field=op.field,
            value=spelled(op.value),
            parents=_plain(op.parents),
            at=op.at,
            received_at=self._now,
        )


def _plain(parents: Iterable[OpId]) -> list[list[str | int]]:
    return [list(parent) for parent in sorted(parents)]


def _same(row: FormOp, op: Written) -> bool:
    """Whether what stands is what was sent again; the device's clock may have been set since."""
    same_value = spelled(json.loads(row.value)) == spelled(op.value)
    return row.field == op.field and same_value and row.parents == _plain(op.parents)


def _reused() -> Refusal:
    return Refusal(
        "form.reused",
        gettext_noop("这一笔的次序号已经用过，内容却不同"),
        _BASIS,
        gettext_noop("请重新打开检查表，核对这一栏后再填一次"),
    )


def _malformed() -> Refusal:
    return Refusal(
        "form.malformed",
        gettext_noop("这一笔的编号不符合要求，没有收下"),
        _BASIS,
        gettext_noop("请重新打开检查表再填一次；原来填写的内容可以下载保存"),
    )

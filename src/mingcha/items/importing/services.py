"""The verbs of a superior's list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext

from mingcha.base import clock, limits
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role, required_text, user_id_of
from mingcha.items.content import Content
from mingcha.items.events import SuperiorCancelled, SuperiorConfirmed, SuperiorReceived
from mingcha.items.importing.drafting import content_from
from mingcha.items.importing.reading import ReadItem, read_items
from mingcha.items.importing.suggesting import Suggester
from mingcha.items.lifecycle import KEEPERS
from mingcha.items.models import Item, SuperiorList, SuperiorRow
from mingcha.items.services.versions import create_item
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

_PLAN = gettext_noop("本局监管工作实施方案二（二）1：依法建立并动态调整抽查事项清单")
_Decision = SuperiorRow.Decision


@service
def receive(
    *, actor: Viewer, authority: str, title: str, file: File[Any], published_on: date | None = None
) -> SuperiorList:
    """Read a superior's list. Refused for a file that cannot be read or is no such list."""
    require_role(actor, KEEPERS, gettext_noop("读入上级清单"))
    limits.check("upload_bytes", file.size or 0)
    name = (file.name or "").rsplit("/", 1)[-1][:200]
    digest, rows = read_items(file, name, on=clock.today())
    superior = SuperiorList.objects.create(
        authority=required_text(authority, gettext_noop("发布机关"))[:100],
        title=required_text(title, gettext_noop("清单名称"))[:200],
        published_on=published_on,
        file_name=name,
        sha256=digest,
        received_at=clock.now(),
        received_by_id=user_id_of(actor),
    )
    suggester = Suggester(Item.objects.visible_to(actor).select_related("face"))
    SuperiorRow.objects.bulk_create(_row(superior, row, suggester) for row in rows)
    emit(
        SuperiorReceived(
            thing=Thing.of(superior), after={"rows": len(rows), "file_name": name, "sha256": digest}
        )
    )
    return superior


@service
def decide(
    *, actor: Viewer, row_id: int, decision: str, item_id: int | None = None, reason: str = ""
) -> SuperiorRow:
    """Say what becomes of a row. It can be said again until the list is confirmed."""
    require_role(actor, KEEPERS, gettext_noop("处理上级清单"))
    row = SuperiorRow.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=row_id)
    _open_list(row.superior_id, actor)
    _check(row, decision, item_id, reason)
    row.decision = decision
    row.item = Item.objects.visible_to(actor).get(pk=item_id) if decision == _Decision.LINK else None
    row.reason = reason.strip()[:300]
    row.save(update_fields=["decision", "item", "reason"])
    return row


@service
def accept_suggestions(*, actor: Viewer, superior_id: int) -> int:
    """Link every row that is still open to the item that was suggested for it; gives how many."""
    require_role(actor, KEEPERS, gettext_noop("处理上级清单"))
    superior = _open_list(superior_id, actor)
    rows = superior.rows.filter(decision=_Decision.PENDING, suggested__isnull=False)
    count = 0
    for row in rows.exclude(verdict=SuperiorRow.Verdict.REFUSED):
        decide(actor=actor, row_id=row.pk, decision=_Decision.LINK, item_id=row.suggested_id)
        count += 1
    return count


@service
def confirm(*, actor: Viewer, superior_id: int) -> SuperiorList:
    """Carry out what was decided: draft the new items. Refused while a row is undecided."""
    require_role(actor, KEEPERS, gettext_noop("确认上级清单"))
    superior = _open_list(superior_id, actor)
    pending = superior.rows.filter(decision=_Decision.PENDING).count()
    if pending:
        raise Refused(_undecided(pending))
    for row in superior.rows.filter(decision=_Decision.DRAFT).order_by("id"):
        _draft(row, superior, actor)
    _settle(superior, SuperiorList.State.CONFIRMED, actor)
    decisions = list(superior.rows.values_list("decision", flat=True))
    emit(
        SuperiorConfirmed(
            thing=Thing.of(superior),
            after={
                "rows": len(decisions),
                "linked": decisions.count(_Decision.LINK),
                "drafted": decisions.count(_Decision.DRAFT),
                "ignored": decisions.count(_Decision.IGNORE),
            },
        )
    )
    return superior


@service
def cancel(*, actor: Viewer, superior_id: int, reason: str) -> SuperiorList:
    """Give a list up; its rows stay to be read, nothing of ours has changed."""
    require_role(actor, KEEPERS, gettext_noop("取消上级清单"))
    superior = _open_list(superior_id, actor)
    why = required_text(reason, gettext_noop("理由"))
    _settle(superior, SuperiorList.State.CANCELLED, actor)
    emit(SuperiorCancelled(thing=Thing.of(superior), why=why))
    return superior


def _row(superior: SuperiorList, row: ReadItem, suggester: Suggester) -> SuperiorRow:
    values = row.values
    item, score = suggester.best(
        str(values.get("name", "")), str(values.get("family", "")), str(values.get("bases", ""))
    )
    return SuperiorRow(
        superior=superior,
        sheet=row.sheet[:100],
        row=row.row,
        values=values,
        problems=row.problems,
        verdict=row.verdict,
        suggested_id=item,
        score=score,
    )


def _open_list(superior_id: int, actor: Viewer) -> SuperiorList:
    superior: SuperiorList = (
        SuperiorList.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=superior_id)
    )
    if superior.state != SuperiorList.State.OPEN:
        raise Refused(
            Refusal(
                "item.superior_settled",
                gettext_noop("这份上级清单%(state)s，不能再处理"),
                _PLAN,
                gettext_noop("需要重新对照的，请再上传一次"),
                {"state": str(superior.get_state_display())},
            )
        )
    return superior


def _check(row: SuperiorRow, decision: str, item_id: int | None, reason: str) -> None:
    refused = row.verdict == SuperiorRow.Verdict.REFUSED
    if refused and decision in (_Decision.LINK, _Decision.DRAFT):
        raise Refused(
            Refusal(
                "item.superior_refused_row",
                gettext_noop("第 %(row)s 行没有读懂，不能采用"),
                _PLAN,
                gettext_noop("请改正原文件后重新上传，或写明理由选择不采用"),
                {"row": row.row},
            )
        )
    if decision == _Decision.LINK and item_id is None:
        raise Refused(
            Refusal(
                "item.superior_no_item",
                gettext_noop("没有选择对应的本局事项"),
                _PLAN,
                gettext_noop("请选择一个本局事项，或选择拟定新事项、不采用"),
            )
        )
    if decision == _Decision.IGNORE and not reason.strip():
        raise Refused(
            Refusal(
                "item.superior_no_reason",
                gettext_noop("不采用上级清单的事项必须写明理由"),
                _PLAN,
                gettext_noop("请写明理由，例如：本省地方性法规，不适用于本地"),
            )
        )


def _draft(row: SuperiorRow, superior: SuperiorList, actor: Viewer) -> None:
    content: Content = content_from(row, on=clock.today())
    note = gettext("对照%(list)s第 %(row)d 行拟定") % {"list": superior, "row": row.row}
    row.item = create_item(actor=actor, content=content, change_note=note).item
    row.save(update_fields=["item"])


def _settle(superior: SuperiorList, state: str, actor: Viewer) -> None:
    superior.state, superior.settled_at, superior.settled_by_id = state, clock.now(), user_id_of(actor)
    superior.save(update_fields=["state", "settled_at", "settled_by"])


def _undecided(pending: int) -> Refusal:
    return Refusal(
        "item.superior_undecided",
        gettext_noop("还有 %(count)s 行没有处理，没有确认"),
        _PLAN,
        gettext_noop("请逐行选择：对应本局事项、拟定新事项，或写明理由不采用"),
        {"count": pending},
    )

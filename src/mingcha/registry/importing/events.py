"""What happens to lists, for the ledger: one record a list, never one a row."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event

_LABELS = {
    "source": _("来源"),
    "register": _("名录"),
    "sha256": _("文件摘要"),
    "rows": _("行数"),
    "created": _("新增"),
    "updated": _("更新"),
    "removed": _("移除"),
    "unchanged": _("没有变化"),
    "skipped": _("不导入"),
    "rows_digest": _("内容摘要"),
    "undoes": _("撤销的批次"),
}


@dataclass(frozen=True, kw_only=True)
class ListReceived(Event):
    code = "registry.import.received"
    label = _("上传名单")
    field_labels = _LABELS


@dataclass(frozen=True, kw_only=True)
class ListCancelled(Event):
    code = "registry.import.cancelled"
    label = _("取消导入")
    field_labels = _LABELS


@dataclass(frozen=True, kw_only=True)
class ListImported(Event):
    """`rows_digest` covers every row that was written, in order (`importing.digests`)."""

    code = "registry.import.done"
    label = _("导入名单")
    field_labels = _LABELS


@dataclass(frozen=True, kw_only=True)
class ListUndone(Event):
    code = "registry.import.undone"
    label = _("撤销导入")
    field_labels = _LABELS

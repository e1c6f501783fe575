"""What happens to what is handed over to the superior's platform. No firm is named."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event, Moved


@dataclass(frozen=True, kw_only=True)
class BlankReceived(Event):
    """A blank of the platform was uploaded for the first time."""

    code = "inspection.blank_received"
    label = _("上传省平台的回填模板")
    field_labels = {"sha256": _("SHA-256")}


@dataclass(frozen=True, kw_only=True)
class BlankMapped(Event):
    """Somebody said what its columns mean and how the platform says our results."""

    code = "inspection.blank_mapped"
    label = _("确认回填模板的列和用词")
    field_labels = {"columns": _("各列填什么"), "words": _("检查结果的用词")}


@dataclass(frozen=True, kw_only=True)
class ReturnMade(Event):
    """Reviewed inspections were put together to be handed over."""

    code = "inspection.return_made"
    label = _("列出回填清单")
    field_labels = {"rows": _("户数"), "template": _("回填模板")}


@dataclass(frozen=True, kw_only=True)
class ReturnRead(Event):
    """An export of the platform was read back; `after` counts what came of it."""

    code = "inspection.return_read"
    label = _("读回省平台的导出")
    field_labels = {
        "sha256": _("SHA-256"),
        "published": _("新公示的户数"),
        "differs": _("不一致的户数"),
        "missing": _("导出里没有的户数"),
        "strangers": _("不在清单里的行数"),
    }


@dataclass(frozen=True, kw_only=True)
class ReturnEnded(Moved):
    """Everything on a list was read back as published; the list was dropped; a correction opened it again."""

    code = "inspection.return_ended"
    label = _("办结、作废或重新打开回填清单")

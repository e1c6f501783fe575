"""What happens to static copies of the public site."""

from __future__ import annotations

from dataclasses import dataclass

from mingcha.base.events import Event
from mingcha.kernel.refusal import gettext_noop as _

FIELD_LABELS = {"files": _("文件数"), "pages": _("页数"), "sha256": _("压缩包摘要")}


class SiteExportEvent(Event):
    """An event of one copy."""

    field_labels = FIELD_LABELS


@dataclass(frozen=True, kw_only=True)
class SiteExportRequested(SiteExportEvent):
    code = "portal.export.requested"
    label = _("导出静态公示站点")


@dataclass(frozen=True, kw_only=True)
class SiteExported(SiteExportEvent):
    code = "portal.export.finished"
    label = _("静态公示站点导出完成")

"""Asking for a static copy of the public site, and keeping what came of it."""

from __future__ import annotations

from django.core.files.storage import default_storage

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.jobs import enqueue
from mingcha.base.jobs.models import UNFINISHED
from mingcha.base.service import after_commit, emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role, user_id_of
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.portal.events import SiteExported, SiteExportRequested
from mingcha.portal.models import EXPORTERS, SiteExport

#: How many zips are kept; older copies keep their line only.
KEPT = 3


@service
def request_export(*, actor: Viewer) -> SiteExport:
    """Put a copy of the public site into the queue. Refused while another one is being made."""
    require_role(actor, EXPORTERS, gettext_noop("导出静态公示站点"))
    if SiteExport.objects.filter(job__state__in=UNFINISHED).exists():
        raise Refused(
            Refusal(
                "portal.export_running",
                gettext_noop("已经有一次导出正在进行，没有再开始"),
                gettext_noop("一次只导出一份，避免拖慢公示网站"),
                gettext_noop("请等它完成后下载，或者先到“后台任务”中取消"),
            )
        )
    export = SiteExport.objects.create(requested_at=clock.now(), requested_by_id=user_id_of(actor))
    export.job = enqueue("portal.export-site", {"export_id": export.pk}, actor=actor)
    export.save(update_fields=["job"])
    emit(SiteExportRequested(thing=Thing.of(export)))
    return export


@service
def keep_export(
    *, actor: Viewer, export_id: int, file: str, files: int, pages: int, size: int, sha256: str
) -> SiteExport:
    """Record a finished copy and let go of the zips of older ones."""
    export = SiteExport.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=export_id)
    _forget(export)
    export.file, export.files, export.pages = file, files, pages
    export.size, export.sha256, export.finished_at = size, sha256, clock.now()
    export.save()
    for old in SiteExport.objects.exclude(file="").order_by("-finished_at", "-pk")[KEPT:]:
        _forget(old)
        old.save(update_fields=["file"])
    emit(SiteExported(thing=Thing.of(export), after={"files": files, "pages": pages, "sha256": sha256}))
    return export


def _forget(export: SiteExport) -> None:
    """Remove the zip once the transaction stands."""
    name = export.file
    if name:
        export.file = ""
        after_commit(lambda: default_storage.delete(name))

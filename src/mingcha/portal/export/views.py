"""The page on which a copy of the public site is started and fetched."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.base.jobs.models import UNFINISHED
from mingcha.portal import services
from mingcha.portal.models import EXPORTERS, SiteExport
from mingcha.web.access import officers
from mingcha.web.components import Action, Crumb
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer

#: How many copies the page lists.
LISTED = 20


@officers(*EXPORTERS)
@require_GET
def exports(request: Request) -> HttpResponse:
    """The last copies, and the button for a new one."""
    found = SiteExport.objects.visible_to(request.viewer).select_related("job", "requested_by")
    running = found.filter(job__state__in=UNFINISHED).first()
    start = Action(_("导出静态站点"), reverse("site:start-export"), "package", primary=True, post=True)
    values = {
        "exports": found[:LISTED],
        "running": running,
        "actions": [] if running else [start],
        "kept": services.KEPT,
        "crumbs": [Crumb(_("静态站点"))],
    }
    return render(request, "portal/exports.html", values)


@officers(*EXPORTERS)
@require_POST
def start(request: Request) -> HttpResponse:
    return perform(
        request,
        verb="portal.request_export",
        run=lambda: services.request_export(actor=officer(request)),
        outcome=lambda export: reverse("jobs:job-detail", args=[export.job_id]),
        done=_("已经开始导出。可以离开这一页，完成后到“静态站点”下载。"),
    )


@officers(*EXPORTERS)
@require_GET
def download(request: Request, pk: int) -> HttpResponseBase:
    """The zip of one copy; 404 once it was let go of."""
    export = get_object_or_404(SiteExport.objects.visible_to(request.viewer).exclude(file=""), pk=pk)
    if not default_storage.exists(export.file):
        raise Http404
    day = export.requested_at.strftime("%Y%m%d")
    return FileResponse(
        default_storage.open(export.file),
        as_attachment=True,
        filename=f"public-site-{day}-{export.pk}.zip",
        content_type="application/zip",
    )

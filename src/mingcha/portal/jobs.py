"""The background work of the public site."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mingcha.base.jobs import JobContext, job
from mingcha.portal import services
from mingcha.portal.export.site import write_site, zip_folder
from mingcha.portal.models import FOLDER


@job("portal.export-site", label=gettext_noop("导出静态公示站点"))
def export_site(ctx: JobContext, *, export_id: int) -> dict[str, Any]:
    """Copy the site, zip it, keep the zip. Done again, it replaces what the first attempt kept."""

    def report(done: int, left: int) -> None:
        ctx.check_cancelled()
        ctx.progress(done, done + left, _("正在导出页面和文件"))

    with tempfile.TemporaryDirectory(prefix="mingcha-site-") as room:
        folder, archive = Path(room) / "site", Path(room) / "site.zip"
        written = write_site(folder, report)
        with archive.open("wb") as target:
            zip_folder(folder, target)
        ctx.check_cancelled()
        with archive.open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
            source.seek(0)
            name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.zip", File(source))
        try:
            with transaction.atomic():
                ctx.confirm_lease()
                services.keep_export(
                    actor=ctx.actor,
                    export_id=export_id,
                    file=name,
                    files=written.files,
                    pages=written.pages,
                    size=archive.stat().st_size,
                    sha256=digest,
                )
        except BaseException:
            default_storage.delete(name)
            raise
    summary = _("已导出 %(pages)s 页、%(files)s 个文件") % {"pages": written.pages, "files": written.files}
    return {"summary": summary, "url": reverse("site:exports")}

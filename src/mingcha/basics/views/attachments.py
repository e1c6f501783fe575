"""Serving attachments: never by their place on disk, only to whom they are visible."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from mingcha.basics import media
from mingcha.basics.models import Attachment
from mingcha.basics.services.attachments import opened
from mingcha.web import access

#: Whatever a file holds, a browser runs nothing of it, and nothing of ours is reached from it.
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'"


@access.public
@require_GET
def download(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """One file; 404 for whoever may not see it, refused when it is not what was kept.

    Pictures and PDFs may be shown in the browser.
    """
    viewer = request.viewer  # type: ignore[attr-defined]
    attachment = Attachment.objects.visible_to(viewer).filter(key=key).first()
    if attachment is None:
        raise Http404
    known = media.KNOWN[attachment.media_type]
    response = FileResponse(
        opened(attachment),
        as_attachment=not (known.inline and "inline" in request.GET),
        filename=attachment.original_name,
        content_type=attachment.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SANDBOX
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

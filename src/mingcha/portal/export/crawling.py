"""Asking our own site for its public pages, as anybody would, without a network.

Every request goes through the whole of Django, middleware too, and carries no session: what comes back is
what the public sees. Pages learn through `page.exporting` that no server will answer in the copy.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.portal.export import rewriting
from mingcha.portal.export.addresses import Place, absolute, place_of, relative
from mingcha.web.context import EXPORTING


class ExportError(RuntimeError):
    """The public site could not be copied; the text says why, in plain Chinese."""


@dataclass(frozen=True)
class CopiedFile:
    """One file of the copy. `kind` is its media type without parameters."""

    file: str
    kind: str
    content: bytes


class PublicSite:
    """Our own site, asked from inside as the public."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()
        self.host = _own_host()
        self.origin = f"https://{self.host}"
        self.static_root = str(settings.STATIC_URL)

    def fetch(self, address: str) -> tuple[str, bytes]:
        """Media type and bytes of an address; ExportError for anything but 200."""
        path, _mark, query = address.partition("?")
        # Never closed: that would end the request for Django and take the caller's database connection along.
        response = self._handler.get_response(self._request(path, query))
        if response.status_code != 200:
            raise ExportError(
                _("公示站点上的 %(address)s 打不开（%(status)s），没有导出；请先排除故障")
                % {"address": address, "status": response.status_code}
            )
        return response.headers.get("Content-Type", "").partition(";")[0].strip(), b"".join(response)

    def _request(self, path: str, query: str) -> WSGIRequest:
        return WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "SCRIPT_NAME": "",
                "SERVER_NAME": self.host,
                "SERVER_PORT": "443",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_HOST": self.host,
                "HTTP_X_FORWARDED_PROTO": "https",
                "REMOTE_ADDR": "127.0.0.1",
                "wsgi.url_scheme": "https",
                "wsgi.input": io.BytesIO(),
                EXPORTING: True,
            }
        )


def crawl() -> Iterator[tuple[CopiedFile, int]]:
    """Every file of the copy, one at a time, with how many are known to be still missing.

    Memory holds the addresses and one file, however large the site is.
    """
    site = PublicSite()
    start = place_of(reverse("portal:home"), static_root=site.static_root)
    assert start is not None  # noqa: S101  the home page is public
    waiting, known = deque([start]), {start.file}
    while waiting:
        place = waiting.popleft()
        copied, found = _copy(site, place)
        for one in found:
            if one.file not in known:
                known.add(one.file)
                waiting.append(one)
        yield copied, len(waiting)


def _copy(site: PublicSite, place: Place) -> tuple[CopiedFile, list[Place]]:
    kind, content = _static(site, place) if place.is_static else site.fetch(place.address)
    found: list[Place] = []

    def rewrite(link: str) -> str | None:
        address = absolute(link, on=place.address)
        if address is None or not link or link.startswith("#"):
            return link
        target = place_of(address, static_root=site.static_root)
        if target is None:
            return None
        found.append(target)
        mark = link.partition("#")
        return relative(target.file, seen_from=place.file) + mark[1] + mark[2]

    if kind == "text/html":
        content = rewriting.html(content.decode(), rewrite).encode()
    elif kind == "application/atom+xml":
        content = rewriting.feed(content.decode(), rewrite, origin=site.origin).encode()
    elif kind == "text/css":
        for link in rewriting.css_links(content.decode()):
            rewrite(link)
    return CopiedFile(place.file, kind, content), found


def _static(site: PublicSite, place: Place) -> tuple[str, bytes]:
    """A file beside the pages: from where collectstatic put it, else from where it is developed."""
    name = place.address.removeprefix(site.static_root)
    kind = "text/css" if name.endswith(".css") else ""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return kind, file.read()
    path = finders.find(name)
    if not isinstance(path, str):
        raise ExportError(_("缺少静态文件 %(name)s，没有导出；请运行 mingcha collectstatic") % {"name": name})
    with open(path, "rb") as source:
        return kind, source.read()


def _own_host() -> str:
    """A name under which Django answers; it never appears in the copy."""
    named = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    return named[0] if named else "localhost"

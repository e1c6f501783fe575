"""The one address of this platform that leaves the building: in codes, on papers, in what is signed.

An officer may reach the platform by an internal name that no firm and no citizen can open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

MISSING, PLAIN, MALFORMED = "mingcha.W001", "mingcha.W002", "mingcha.E001"
_HINT: Final = "MINGCHA_PUBLIC_URL=https://mc.example.gov.cn"


def public_site(request: HttpRequest) -> str:
    """Scheme and host that the public reaches (`https://…`): what is configured; in a demo, as this request
    has come. Refused where nothing is configured: a code that nobody outside can open is worth nothing."""
    if settings.PUBLIC_URL:
        return str(settings.PUBLIC_URL)
    if settings.DEMO or settings.DEBUG:
        return f"{request.scheme}://{request.get_host()}"
    raise Refused(
        Refusal(
            "site.no_public_url",
            gettext_noop("平台还没有配置对外公开的地址，不能生成二维码和对外的文书"),
            gettext_noop("国办发〔2024〕54号九：企业能够扫码核验；部署说明“设置”"),
            gettext_noop("请系统管理员设置 MINGCHA_PUBLIC_URL（企业和公众打开的地址）后重新启动"),
        )
    )


def public_address(request: HttpRequest, path: str) -> str:
    """A path of this platform as the public opens it."""
    return f"{public_site(request)}{path}"


def check_public_url(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """For `check --deploy`: whether the address is there, is one, and is safe."""
    return list(_faults(settings.PUBLIC_URL))


def _faults(address: str) -> Iterator[checks.CheckMessage]:
    if not address:
        yield checks.Warning(_("没有设置对外公开的地址 MINGCHA_PUBLIC_URL"), hint=_HINT, id=MISSING)
        return
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
        said = _("MINGCHA_PUBLIC_URL 不是“协议://主机”：%(address)s") % {"address": address}
        yield checks.Error(said, hint=_HINT, id=MALFORMED)
    elif parts.scheme != "https":
        yield checks.Warning(_("对外公开的地址不是 HTTPS"), hint=_HINT, id=PLAIN)

"""Papers as PDF: black and white on A4, nothing fetched from anywhere."""

from __future__ import annotations

from pathlib import Path

from mingcha.kernel.refusal import Refusal, Refused, gettext_noop


def typeset(html: str) -> bytes:
    """The page as a PDF. Refused where the typesetter is not installed."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise Refused(_no_typesetter()) from error
    # Everything is in the text itself: a typesetter that fetched addresses could be sent anywhere.
    own = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    style = CSS(string=Path(__file__).with_name("papers.css").read_text("utf-8"), url_fetcher=own)
    made: bytes = HTML(string=html, url_fetcher=own).write_pdf(stylesheets=[style])
    return made


def _no_typesetter() -> Refusal:
    return Refusal(
        "paper.no_typesetter",
        gettext_noop("这台服务器还没有装好生成 PDF 的组件"),
        gettext_noop("部署说明：WeasyPrint 和 libpango"),
        gettext_noop("请系统管理员重新运行安装脚本；现在可以打开页面，用浏览器打印"),
    )

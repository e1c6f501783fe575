"""The text of an uploaded file: plain text, Markdown, a web page or a Word document, told by its content."""

from __future__ import annotations

import re
import zipfile
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from mingcha.base import limits
from mingcha.basics import media
from mingcha.kernel.refusal import gettext_noop
from mingcha.laws.rules import refuse

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGE = re.compile(
    rb"^[\s\xef\xbb\xbf]*<(!doctype html|html|\?xml[^>]*>\s*<(!doctype html|html))", re.IGNORECASE
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(gb2312|gbk|gb18030)", re.IGNORECASE)
#: Elements that begin a new line.
_BLOCKS = frozenset(
    ("p", "div", "br", "tr", "td", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article")
)
_UNSEEN = frozenset(("script", "style", "head", "nav", "footer", "noscript"))


def text_of_file(file: Any) -> str:
    """What is printed in the file, one paragraph a line; Refused for a file that holds no readable text."""
    limits.check("upload_bytes", file.size)
    content = file.read()
    file.seek(0)
    if _PAGE.match(content):
        return _of_page(content)
    found = media.recognise(file, str(file.name))
    if found == _DOCX:
        return _of_word(content_of(file))
    if found not in media.TEXTS:
        raise refuse(
            "file",
            gettext_noop("“%(name)s”不是能读出文字的文件，没有读取"),
            gettext_noop("请上传 .txt、.md、.html 或 .docx 文件，或把全文粘贴到文本框"),
            name=str(file.name)[:80],
        )
    return _decoded(content)


def content_of(file: Any) -> bytes:
    """`word/document.xml` of a Word file whose directory `media` has looked at.

    Unpacked it is no longer than an uploaded text may be, whatever the directory says of it.
    """
    most = limits.limit("upload_bytes")
    with zipfile.ZipFile(file) as archive, archive.open("word/document.xml") as document:
        content = document.read(most + 1)
    limits.check("upload_bytes", len(content))
    return content


def _of_word(document: bytes) -> str:
    # Word writes no document type; one that has some would only be there to expand entities.
    if b"<!DOCTYPE" in document:
        raise refuse(
            "file_type",
            gettext_noop("这个 Word 文件的内部格式不对，没有读取"),
            gettext_noop("请用 Word 或 WPS 打开后另存，或把全文粘贴到文本框"),
        )
    root = ElementTree.fromstring(document)  # noqa: S314  without a document type there is nothing to expand
    return "\n".join("".join(_run(part) for part in paragraph.iter()) for paragraph in root.iter(f"{_WORD}p"))


def _run(part: ElementTree.Element) -> str:
    if part.tag == f"{_WORD}t":
        return part.text or ""
    return {f"{_WORD}tab": " ", f"{_WORD}br": "\n"}.get(part.tag, "")


class _Page(HTMLParser):
    """Collects the text of a page that is printed, a new line for every block."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            # Lines of the source mean nothing on a page.
            self.pieces.append(re.sub(r"[\r\n]+", "", data))


def _of_page(content: bytes) -> str:
    page = _Page()
    page.feed(content.decode("gb18030", "replace") if _CHARSET.search(content[:2048]) else _decoded(content))
    page.close()
    return "".join(page.pieces)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")

"""What a file is, from its bytes: names lie, and old systems call everything .xls."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final, Literal

from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.sheets.refusals import SAVE_AS_XLSX, refused

Format = Literal["xlsx", "xls", "csv", "html"]

_HEAD: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACK: Final = gettext_noop("请先解压，再上传里面的 .xlsx、.xls 或 .csv 文件")
_EXPORT: Final = gettext_noop("请向来源系统索取 Excel 或 CSV 格式的名单")
_FOREIGN: Final = (
    (b"%PDF", gettext_noop("PDF 文件"), _EXPORT),
    (b"Rar!", gettext_noop("RAR 压缩包"), _UNPACK),
    (b"7z\xbc\xaf", gettext_noop("7z 压缩包"), _UNPACK),
    (b"\x1f\x8b", gettext_noop("gz 压缩包"), _UNPACK),
    (b"BZh", gettext_noop("bz2 压缩包"), _UNPACK),
    (b"\xff\xd8\xff", gettext_noop("图片"), _EXPORT),
    (b"\x89PNG", gettext_noop("图片"), _EXPORT),
    (b"GIF8", gettext_noop("图片"), _EXPORT),
    (b"{\\rtf", gettext_noop("RTF 文档"), _EXPORT),
    (b"MZ", gettext_noop("可执行程序"), _EXPORT),
    (b"\x7fELF", gettext_noop("可执行程序"), _EXPORT),
    (b"SQLite format 3", gettext_noop("数据库文件"), _EXPORT),
    (b"\x09\x08\x06\x00", gettext_noop("Excel 4.0 以前的旧格式"), SAVE_AS_XLSX),
    (b"\x09\x04\x06\x00", gettext_noop("Excel 4.0 以前的旧格式"), SAVE_AS_XLSX),
    (b"\x09\x02\x06\x00", gettext_noop("Excel 4.0 以前的旧格式"), SAVE_AS_XLSX),
)
_NOT_A_LIST: Final = gettext_noop("文件“%(name)s”的内容是%(what)s，不是名单表格")


def format_of(path: str, name: str) -> Format:
    """Which reader a file needs. Raises Refused for files that are no lists."""
    with Path(path).open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise refused(
            "empty", gettext_noop("文件“%(name)s”是空的，没有任何内容"),
            gettext_noop("请检查文件是否保存成功，重新导出后上传"), name=name,
        )  # fmt: skip
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise refused("foreign", _NOT_A_LIST, remedy, name=name, what=what)
    if head.startswith(b"PK"):
        return _zipped(path, name)
    if head.startswith(_OLE):
        return "xls"
    return _text(head, name)


def _zipped(path: str, name: str) -> Format:
    """What a zip file holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:  # the last: a version too new
        raise refused(
            "truncated", gettext_noop("文件“%(name)s”不完整或已损坏，打不开"),
            gettext_noop("可能没有下载或上传完，请从来源重新取得该文件后上传"), name=name,
        ) from error  # fmt: skip
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "[Content_Types].xml" in names and any(entry.startswith("xl/") for entry in names):
        if "xl/workbook.bin" in names:
            raise refused(
                "foreign", _NOT_A_LIST, name=name, what=gettext_noop("二进制 Excel 工作簿（.xlsb）")
            )
        return "xlsx"
    if any(entry.startswith("word/") for entry in names):
        raise refused("foreign", _NOT_A_LIST, _EXPORT, name=name, what=gettext_noop("Word 文档"))
    if any(entry.startswith("ppt/") for entry in names):
        raise refused("foreign", _NOT_A_LIST, _EXPORT, name=name, what=gettext_noop("演示文稿"))
    if "content.xml" in names and "mimetype" in names:
        raise refused("foreign", _NOT_A_LIST, name=name, what=gettext_noop("OpenDocument 文件（.ods 等）"))
    raise refused("foreign", _NOT_A_LIST, _UNPACK, name=name, what=gettext_noop("zip 压缩包"))


def _text(head: bytes, name: str) -> Format:
    """Which kind of text it is: markup that old systems call .xls, or separated values."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:2048].lower()
    if start.startswith(b"<"):
        if b"<workbook" in start or b"office:spreadsheet" in start:
            raise refused(
                "xml", _NOT_A_LIST, name=name, what=gettext_noop("“XML 表格”，只是后缀名写成了 .xls")
            )
        if b"<html" in start or b"<table" in start or b"<!doctype html" in start or b"<meta" in start:
            return "html"
        raise refused("xml", _NOT_A_LIST, name=name, what=gettext_noop("XML 文本"))
    return "csv"

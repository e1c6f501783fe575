"""Lists that are read whole while a person waits: a superior's plan or items, some hundred rows at most."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from tempfile import NamedTemporaryFile
from typing import Final

from django.core.files.base import File
from django.utils.translation import gettext as _

from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.sheets.fields import FIELDS
from mingcha.registry.sheets.layout import guess_layout, missing
from mingcha.registry.sheets.model import ReadRow
from mingcha.registry.sheets.opening import open_book
from mingcha.registry.sheets.rows import read_rows

MOST_ROWS: Final = 2000
"""Lists of this kind that are published have one or two hundred rows."""


def read_short_list(file: File[bytes], name: str, register: str) -> tuple[str, list[ReadRow]]:
    """SHA-256 of the file and every row of it.

    Refused for what is no such list (columns that the register cannot do without, or any row, are missing)
    and for one that is longer than MOST_ROWS.
    """
    made = hashlib.sha256()
    with NamedTemporaryFile(prefix="mingcha-list-") as copy:
        for chunk in file.chunks():
            made.update(chunk)
            copy.write(chunk)
        copy.flush()
        return made.hexdigest(), _rows(copy.name, name, register)


def _rows(path: str, name: str, register: str) -> list[ReadRow]:
    book = open_book(path, name)
    layout = guess_layout(book, register, remembered={})
    used = any(sheet.used for sheet in layout.sheets)
    lacking = missing(layout, register) if used else []
    if lacking or not used:
        raise Refused(_no_list(name, register, lacking))
    found: list[ReadRow] = []
    for row in read_rows(book, layout, register, defaults={}):
        if len(found) == MOST_ROWS:
            raise Refused(_too_long(name, register))
        found.append(row)
    if not found:
        raise Refused(_no_list(name, register, []))
    return found


def _labels(register: str, *, required: bool) -> Sequence[str]:
    return [str(spec.label) for spec in FIELDS[register].fields if spec.required or not required]


def _no_list(name: str, register: str, lacking: list[str]) -> Refusal:
    needed = lacking or _labels(register, required=True)
    return Refusal(
        "list.columns",
        gettext_noop("在“%(name)s”里没有找到%(lacking)s，或者下面没有内容，看不出这是%(kind)s"),
        gettext_noop("%(kind)s的通行格式：%(usual)s"),
        gettext_noop("请检查文件：表头应写明%(needed)s，表头下面是各行；扫描件或图片请先转成表格"),
        {
            "name": name,
            "kind": str(FIELDS[register].label),
            "lacking": _("、").join(needed),
            "usual": _("、").join(_labels(register, required=False)),
            "needed": _("、").join(_labels(register, required=True)),
        },
    )


def _too_long(name: str, register: str) -> Refusal:
    return Refusal(
        "list.length",
        gettext_noop("“%(name)s”多于 %(most)s 行，没有读入"),
        gettext_noop("系统限额：一份%(kind)s最多 %(most)s 行"),
        gettext_noop("请只保留人力资源社会保障领域的内容，再上传"),
        {"name": name, "most": MOST_ROWS, "kind": str(FIELDS[register].label)},
    )

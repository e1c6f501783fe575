"""The rows of a superior's list as they were understood, with what is doubtful about their articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mingcha.items.importing.fields import REGISTER
from mingcha.kernel.citations import parse
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.laws import selectors as library
from mingcha.registry.sheets import Problem, guess_layout, missing, open_book, read_rows, verdict_of

#: The longest list that is read while somebody waits; published lists have one or two hundred rows.
MOST_ROWS = 2000


@dataclass(frozen=True)
class ReadItem:
    """One row: where it stood, its values by field, what is doubtful, the verdict."""

    sheet: str
    row: int
    values: dict[str, Any]
    problems: list[dict[str, str]]
    verdict: str


def read_items(path: str, name: str, *, on: date) -> list[ReadItem]:
    """Every row of the file. Refused for a file that is no such list or is far too long."""
    book = open_book(path, name)
    layout = guess_layout(book, REGISTER, remembered={})
    lacking = missing(layout, REGISTER) if any(sheet.used for sheet in layout.sheets) else []
    if lacking or not any(sheet.used for sheet in layout.sheets):
        raise Refused(_no_list(name, lacking))
    found: list[ReadItem] = []
    for row in read_rows(book, layout, REGISTER, defaults={}):
        if len(found) == MOST_ROWS:
            raise Refused(_too_long(name))
        problems = [*row.problems, *_doubtful_articles(str(row.values.get("bases", "")), on)]
        found.append(
            ReadItem(
                row.sheet,
                row.row,
                row.values,
                [problem.to_json() for problem in problems],
                verdict_of(problems),
            )
        )
    if not found:
        raise Refused(_no_list(name, []))
    return found


def _doubtful_articles(bases: str, on: date) -> Iterator[Problem]:
    """A warning for each article that the library does not know, with the library's own words."""
    if not bases:
        return
    column, field = _("检查依据"), "bases"
    cited = list(dict.fromkeys(parse(bases)))
    if not cited:
        yield Problem(column, bases[:200], _("看不出是哪部法律的哪一条"), "warning", field)
    for citation in cited:
        try:
            library.passage(library.resolve(citation, on), citation)
        except Refused as refused:
            reason = refused.refusals[0].shown("message")
            yield Problem(column, str(citation), reason, "warning", field)


def _no_list(name: str, lacking: list[str]) -> Refusal:
    return Refusal(
        "item.superior_columns",
        gettext_noop("在“%(name)s”里没有找到%(lacking)s，看不出这是事项清单"),
        gettext_noop(
            "事项清单的通行格式：抽查类别、抽查事项、检查对象、事项类别、检查方式、检查主体、检查依据"
        ),
        gettext_noop("请检查文件：表头应写明抽查事项和检查依据，表头下面是各个事项"),
        {"name": name, "lacking": "、".join(lacking) or _("抽查事项和检查依据两列")},
    )


def _too_long(name: str) -> Refusal:
    return Refusal(
        "item.superior_length",
        gettext_noop("“%(name)s”多于 %(most)s 行，没有读入"),
        gettext_noop("系统限额：一份事项清单最多 %(most)s 行"),
        gettext_noop("请只保留人力资源社会保障领域的事项，再上传"),
        {"name": name, "most": MOST_ROWS},
    )

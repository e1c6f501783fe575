"""A superior's draw as a list: each row matched with our registers, with what is to be done about the rest.

Nothing is written here. A row says which firm was drawn and perhaps who goes there; what it says of the task
as a whole (its number, when it was dispatched) is the same in every row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.items.models import ItemVersion
from mingcha.items.selectors import on_the_list
from mingcha.registry.importing.subject_matching import forms_of_name
from mingcha.registry.models import Inspector, Subject
from mingcha.registry.sheets import (
    FIELDS,
    Problem,
    RegisterFields,
    name_form,
    read_short_list,
    verdict_of,
)
from mingcha.registry.sheets.dates import read_day
from mingcha.registry.sheets.model import Severity
from mingcha.registry.sheets.model import plain_field as _field

REGISTER: Final = "superior_draw"
#: The least team: fewer named inspectors are none (N3).
LEAST: Final = 2
_ASKING = System(purpose="superior's draw")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")
_SPLIT = re.compile(r"[、；;，,\s/]+")
#: Usual length of the visits, where the list does not say it.
_WINDOW = timedelta(days=30)


#: Columns that the platform's lists share, whatever else they say of an inspection.
TASK_COLUMN: Final = _field("task", gettext_lazy("任务名称"), "抽查任务名称 任务名称 抽查任务 批次名称")
CODE_COLUMN: Final = _field(
    "code",
    gettext_lazy("统一社会信用代码"),
    "统一社会信用代码 信用代码 社会信用代码 统一代码 注册号/统一社会信用代码 代码",
)
NAME_COLUMN: Final = _field(
    "name",
    gettext_lazy("检查对象"),
    "检查对象名称 检查对象 企业名称 市场主体名称 抽查对象 主体名称 单位名称 对象名称 名称",
    required=True,
)
#: Columns of the export of 河北省双随机执法监管平台 as counties describe it (domain §2.2); names vary.
SUPERIOR_DRAW: Final = RegisterFields(
    REGISTER,
    gettext_lazy("上级抽取名单"),
    (
        _field("number", gettext_lazy("任务编号"), "抽查任务编号 任务编号 抽查批次号 批次号 抽查编号"),
        TASK_COLUMN,
        CODE_COLUMN,
        NAME_COLUMN,
        _field("inspectors", gettext_lazy("检查人员"), "检查人员 执法人员 执法检查人员 检查人 抽取人员"),
        _field("dispatched", gettext_lazy("派发时间"), "派发时间 派发日期 下发时间 任务派发时间 接收时间"),
        _field("items", gettext_lazy("抽查事项"), "抽查事项 检查事项 事项名称 事项"),
        _field("last_day", gettext_lazy("截止日期"), "截止日期 结束日期 完成时限 任务截止时间 检查截止日期"),
    ),
    lambda values, known: [],
    lambda values: str(values.get("code") or values.get("name", "")),
)


@dataclass
class Row:
    """One firm of the list: what it said, whom it means, what is wrong or doubtful."""

    sheet: str
    row: int
    raw: dict[str, str]
    subject_id: int | None = None
    subject: str = ""
    inspector_ids: list[int] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)
    verdict: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def say(self, name: str, reason: str, severity: Severity = "warning") -> None:
        """Add what is doubtful ("warning") or wrong ("error") about a field."""
        column = str(SUPERIOR_DRAW[name].label)
        self.problems.append(Problem(column, self.raw.get(name, ""), reason, severity, name).to_json())


def register() -> None:
    """Let the readers of lists know these columns; called once at start-up."""
    FIELDS[REGISTER] = SUPERIOR_DRAW


def read(file: File[Any], name: str) -> tuple[str, list[Row]]:
    """SHA-256 of the file and its rows, matched. Refused for a file that is no such list."""
    digest, rows = read_short_list(file, name, REGISTER)
    return digest, match([Row(row.sheet, row.row, row.raw) for row in rows])


def match(rows: Sequence[Row]) -> list[Row]:
    """Find the firm and the people of each row, by code, else by name; a few queries for all."""
    known = _Known(rows)
    taken: dict[int, Row] = {}
    for row in rows:
        row.problems, row.inspector_ids, row.subject_id, row.subject = [], [], None, ""
        _subject(row, known, taken)
        _people(row, known)
        row.verdict = verdict_of([Problem(**problem) for problem in row.problems])  # type: ignore[arg-type]
    return list(rows)


class _Known:
    """What our registers hold of the firms and people that the rows name."""

    def __init__(self, rows: Sequence[Row]) -> None:
        codes = {_code(row) for row in rows} - {""}
        names = {form for row in rows for form in forms_of_name(row.raw.get("name", ""))}
        subjects = Subject.objects.visible_to(_ASKING).current()
        self.by_code = {one.credit_code: one for one in subjects.filter(credit_code__in=codes)}
        self.by_name: dict[str, list[Subject]] = {}
        for one in subjects.filter(name__in=names):
            self.by_name.setdefault(name_form(one.name), []).append(one)
        wanted = {name for row in rows for name in _named(row)}
        self.people: dict[str, list[Inspector]] = {}
        self.helpers: set[str] = set()
        for person in Inspector.objects.visible_to(_ASKING).filter(name__in=wanted):
            if person.kind == Inspector.Kind.CERTIFIED:
                self.people.setdefault(person.name, []).append(person)
            else:
                self.helpers.add(person.name)


def _subject(row: Row, known: _Known, taken: dict[int, Row]) -> None:
    found = known.by_code.get(_code(row))
    if found is None:
        same = known.by_name.get(name_form(row.raw.get("name", "")), [])
        if len(same) > 1:
            row.say("name", _("名录库里有几户同名，请先在名录库中补全代码，再重新核对"), "error")
            return
        found = same[0] if same else None
        if found is not None and _code(row) and found.credit_code:
            row.say("code", _("名称对上了，但名录库里的代码是 %(code)s") % {"code": found.credit_code})
    if found is None:
        row.say("name", _("名录库里没有这一户：请先在“检查对象”中录入，再点“重新核对”"), "error")
    elif found.pk in taken:
        row.say("name", _("与第 %(row)d 行是同一户") % {"row": taken[found.pk].row}, "error")
    else:
        taken[found.pk] = row
        row.subject_id, row.subject = found.pk, found.name


def _people(row: Row, known: _Known) -> None:
    named = _named(row)
    found = []
    for name in named:
        people = known.people.get(name, [])
        if len(people) == 1:
            found.append(people[0].pk)
        else:
            row.say("inspectors", f"{name}：{_unmatched(name, people, known)}")
    if named and len(found) < LEAST:
        row.say("inspectors", _("对上的不足 2 人，检查人员由本局抽取"))
        found = []
    row.inspector_ids = found


def _unmatched(name: str, people: Sequence[Inspector], known: _Known) -> str:
    if people:
        return _("有几位同名的执法人员")
    if name in known.helpers:
        return _("是协助人员或专家，不能作检查组成员（国办发〔2024〕54号五）")
    return _("执法人员名录库里没有这个人")


def _code(row: Row) -> str:
    return row.raw.get("code", "").replace(" ", "").upper()


def _named(row: Row) -> list[str]:
    return [part for part in _SPLIT.split(row.raw.get("inspectors", "")) if part]


def said_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What the list says of the task as a whole: the values with which the form begins."""
    raws = [row["raw"] for row in rows]
    number, title = _first(raws, "number"), _first(raws, "task")
    tomorrow = clock.today() + timedelta(days=1)
    last = read_day(_first(raws, "last_day"))[0] if _first(raws, "last_day") else None
    return {
        "superior_number": number[:60],
        "title": (title or _("上级抽取派发的任务"))[:100],
        "superior_at": _moment(_first(raws, "dispatched")),
        "visit_from": tomorrow,
        "visit_until": max(tomorrow, last or tomorrow + _WINDOW),
        "item_versions": [version.pk for version in items_named(_first(raws, "items"))],
    }


def items_named(text: str) -> list[ItemVersion]:
    """Our published items whose name stands in the text, or in whose name a part of the text stands (N2)."""
    parts = [part for part in _SPLIT.split(text) if len(part) > 1]
    offered = on_the_list().select_related("item")
    return [one for one in offered if text and (one.name in text or any(part in one.name for part in parts))]


def _first(raws: Iterable[Mapping[str, str]], name: str) -> str:
    return next((raw[name] for raw in raws if raw.get(name)), "")


def _moment(text: str) -> datetime | None:
    """The moment that a text names; a bare day begins at midnight."""
    day: date | None = read_day(text)[0] if text else None
    if day is None:
        return None
    clocked = _TIME.search(text)
    at = time(int(clocked[1]) % 24, int(clocked[2]) % 60) if clocked else time()
    return datetime.combine(day, at, clock.SHANGHAI)

"""A superior's plan as a list: headings and cells of domain §2.4 become lines, with what is doubtful said.

Nothing is written here. What a row says is kept as plain values (`Understood`), so that the person who
confirms sees exactly what would become of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.models import Unit
from mingcha.basics.selectors import parameters
from mingcha.items.models import ItemVersion
from mingcha.kernel.ratios import share_text
from mingcha.planning.models import AnnualPlan, PlanLine
from mingcha.planning.plans.arithmetic import FLOOR
from mingcha.registry.models import Licence, Subject
from mingcha.registry.sheets import (
    FIELDS,
    Problem,
    RegisterFields,
    read_short_list,
    verdict_of,
)
from mingcha.registry.sheets.model import Severity
from mingcha.registry.sheets.model import plain_field as _field

REGISTER: Final = "superior_plan"


#: The columns of domain §2.4. What their words mean depends on the plan, so it is said in `read`.
SUPERIOR_PLAN: Final = RegisterFields(
    REGISTER,
    gettext_lazy("上级计划"),
    (
        _field("number", gettext_lazy("抽查计划编号"), "抽查计划编号 计划编号 任务编号 编号"),
        _field(
            "name",
            gettext_lazy("任务名称"),
            "任务名称 抽查任务名称 计划名称 抽查任务 抽查类别",
            required=True,
        ),
        _field("directed", gettext_lazy("抽查类型"), "抽查类型 抽查类型定向/不定向"),
        _field("subjects", gettext_lazy("抽查对象"), "抽查对象 检查对象 对象"),
        _field("lead", gettext_lazy("发起部门"), "发起部门 牵头部门 责任股室"),
        _field("joining", gettext_lazy("参与部门"), "参与部门 配合部门 联合部门"),
        _field("ratio", gettext_lazy("抽查比例（数量）"), "抽查比例数量 抽查比例 抽查数量 比例 数量 户数"),
        _field("manner", gettext_lazy("检查方式"), "检查方式 抽查方式"),
        _field("period", gettext_lazy("起止时间"), "起止时间 抽查时间 检查时间 实施时间 时间"),
        _field("items", gettext_lazy("抽查事项"), "抽查事项 检查事项 检查内容 事项"),
    ),
    lambda values, known: [],
    lambda values: str(values.get("number", "")),
)

_DAY = re.compile(r"(?:(\d{4})[年/.-])?(\d{1,2})[月/.-](\d{1,2})日?")
_MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月?\s*(?:至|到|—+|-+|~|～)\s*(?:(\d{4})年)?(\d{1,2})月")
_ONE_MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")
_SPLIT = re.compile(r"[、；;，,\n]+")

_KINDS: Final = (
    ("个体", Subject.Kind.HOUSEHOLD),
    ("合作社", Subject.Kind.COOPERATIVE),
    ("民办", Subject.Kind.NON_ENTERPRISE),
    ("机关", Subject.Kind.PUBLIC_BODY),
    ("事业单位", Subject.Kind.PUBLIC_BODY),
    ("工程", Subject.Kind.PROJECT),
    ("项目", Subject.Kind.PROJECT),
    ("企业", Subject.Kind.ENTERPRISE),
    ("公司", Subject.Kind.ENTERPRISE),
)
_EMPLOYERS = (Subject.Kind.ENTERPRISE, Subject.Kind.HOUSEHOLD, Subject.Kind.NON_ENTERPRISE)
_LICENCES: Final = (
    ("劳务派遣", (Licence.Kind.DISPATCH,)),
    ("人力资源", (Licence.Kind.HR_SERVICE, Licence.Kind.PLACEMENT)),
    ("职业介绍", (Licence.Kind.HR_SERVICE, Licence.Kind.PLACEMENT)),
    ("培训", (Licence.Kind.TRAINING,)),
)
_OFF_SITE = ("书面", "网络", "非现场", "线上", "数据")
_ON_SITE = ("现场", "实地", "入企")


@dataclass
class Understood:
    """One row: where it stood, what it said, what it means, and what is wrong or doubtful about it."""

    sheet: str
    row: int
    raw: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    item_ids: list[int] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)
    verdict: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def say(self, name: str, reason: str, severity: Severity = "warning") -> None:
        """Add what is doubtful ("warning") or wrong ("error") about a field."""
        column = str(SUPERIOR_PLAN[name].label)
        self.problems.append(Problem(column, self.raw.get(name, ""), reason, severity, name).to_json())


def register() -> None:
    """Let the readers of lists know these columns; called once at start-up."""
    FIELDS[REGISTER] = SUPERIOR_PLAN


def read(
    file: File[Any], name: str, plan: AnnualPlan, versions: Sequence[ItemVersion]
) -> tuple[str, list[Understood]]:
    """SHA-256 of the file and its rows as understood. Refused for a file that is no such list."""
    digest, rows = read_short_list(file, name, REGISTER)
    units = {unit.name: unit.pk for unit in Unit.objects.open()}
    taken = set(plan.lines.exclude(superior_number="").values_list("superior_number", flat=True))
    found = []
    for row in rows:
        said = [problem.to_json() for problem in row.problems]
        start = Understood(row.sheet, row.row, row.raw, problems=said)
        understood = _understand(start, plan, versions, units, taken)
        found.append(understood)
        taken.add(understood.values["superior_number"])
    return digest, found


def _understand(
    row: Understood,
    plan: AnnualPlan,
    versions: Sequence[ItemVersion],
    units: dict[str, int],
    taken: set[str],
) -> Understood:
    number = row.raw.get("number", "")[:60] or _("上级第%(row)d行") % {"row": row.row}
    if number in taken:
        row.say("number", _("计划里已经有这个编号的任务"), "error")
    row.values |= {
        "name": row.raw.get("name", "")[:100],
        "source": PlanLine.Source.SUPERIOR.value,
        "superior_number": number,
        "superior_items": row.raw.get("items", "")[:300],
        "directed": "定向" in row.raw.get("directed", "") and "不定向" not in row.raw.get("directed", ""),
    }
    _subjects(row)
    _ratio(row)
    _manner(row)
    _period(row, plan.year)
    _lead(row, units)
    _items(row, versions)
    row.verdict = verdict_of([Problem(**problem) for problem in row.problems])  # type: ignore[arg-type]
    return row


def _subjects(row: Understood) -> None:
    text = row.raw.get("subjects", "")
    kinds = [kind for word, kind in _KINDS if word in text]
    if "用人单位" in text:
        kinds += _EMPLOYERS
    licences = [kind for word, found in _LICENCES if word in text for kind in found]
    if licences and not kinds:
        kinds = [Subject.Kind.ENTERPRISE, Subject.Kind.NON_ENTERPRISE]
    if not kinds:
        row.say("subjects", _("看不出对象的类型，先按“企业”"))
        kinds = [Subject.Kind.ENTERPRISE]
    row.values["kinds"] = ",".join(kind for kind in Subject.Kind.values if kind in kinds)
    row.values["licences"] = ",".join(kind for kind in Licence.Kind.values if kind in licences)


def _ratio(row: Understood) -> None:
    text = row.raw.get("ratio", "")
    floor = parameters.value(FLOOR).as_int()
    row.values |= {"quota_mode": PlanLine.QuotaMode.RATE.value, "rate_bp": floor, "total": 0}
    percent, number = _PERCENT.search(text), _NUMBER.search(text)
    if percent:
        row.values["rate_bp"] = _basis_points(row, float(percent[1]))
    elif number and float(number[1]) < 1:
        row.values["rate_bp"] = _basis_points(row, float(number[1]) * 100)
    elif number:
        row.values |= {"quota_mode": PlanLine.QuotaMode.NUMBER.value, "total": int(float(number[1]))}
    else:
        row.say("ratio", _("看不出比例或户数，先按 %(share)s") % {"share": share_text(floor)})


def _basis_points(row: Understood, percent: float) -> int:
    points = round(percent * 100)
    if points > 10_000:
        row.say("ratio", _("比例超过 100%，按 100%"))
    return min(points, 10_000)


def _manner(row: Understood) -> None:
    text = row.raw.get("manner", "")
    off_site = any(word in text for word in _OFF_SITE)
    on_site = any(word in text.replace("非现场", "") for word in _ON_SITE)
    row.values["manner"] = (
        PlanLine.Manner.OFF_SITE if off_site and not on_site else PlanLine.Manner.ON_SITE
    ).value
    if off_site and on_site:
        row.say("manner", _("既有现场又有非现场，先按现场检查；能非现场的请改"))
    elif not off_site and not on_site:
        row.say("manner", _("看不出检查方式，先按现场检查"))


def _period(row: Understood, year: int) -> None:
    text = row.raw.get("period", "").replace(" ", "")
    found = _days(text, year)
    if found is None or found[1] < found[0]:
        row.say("period", _("看不出起止时间，先按全年"))
        found = (date(year, 1, 1), date(year, 12, 31))
    if {found[0].year, found[1].year} != {year}:
        row.say("period", _("起止时间不在计划年度内"))
    row.values |= {"first_day": found[0].isoformat(), "last_day": found[1].isoformat()}


def _days(text: str, year: int) -> tuple[date, date] | None:
    """First and last day of a text such as 1月至11月 or 2026年3月1日—10月31日; None when it says neither."""
    try:
        days = [date(int(y or year), int(m), int(d)) for y, m, d in _DAY.findall(text)]
        if len(days) >= 2:
            return days[0], days[-1]
        months = _MONTH.search(text)
        if months:
            first, last = int(months[1] or year), int(months[3] or months[1] or year)
            return date(first, int(months[2]), 1), _month_end(last, int(months[4]))
        one = _ONE_MONTH.search(text)
        if one:
            return date(int(one[1] or year), int(one[2]), 1), _month_end(int(one[1] or year), int(one[2]))
    except ValueError:
        return None
    return None


def _month_end(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _lead(row: Understood, units: dict[str, int]) -> None:
    named = row.raw.get("lead", "")
    unit = units.get(named)
    row.values["lead_unit_id"] = unit
    if unit is None:
        row.say("lead", _("发起部门不是本局的股室，导入后请选牵头股室"))
    said = [part for part in _SPLIT.split(row.raw.get("joining", "")) if part]
    row.values["joining_ids"] = [units[part] for part in said if part in units]
    unknown = [part for part in said if part not in units]
    if unknown:
        row.say("joining", _("“机构”里没有：%(names)s") % {"names": "、".join(unknown)})


def _items(row: Understood, versions: Sequence[ItemVersion]) -> None:
    """Our items whose name stands in the text, or in whose name a part of the text stands (N2)."""
    text = row.raw.get("items", "")
    parts = [part for part in _SPLIT.split(text) if len(part) > 1]
    first, last = (date.fromisoformat(row.values[name]) for name in ("first_day", "last_day"))
    found = [one for one in versions if one.name in text or any(part in one.name for part in parts)]
    held = [one for one in found if one.in_force(first, last)]
    row.item_ids, row.items = [one.pk for one in held], [str(one) for one in held]
    if not held:
        row.say("items", _("没有对应的已公布事项，导入后请补选；选好以前不能提请审批"))

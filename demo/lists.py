"""The lists a bureau brings in: written as CSV, read, compared, confirmed and written as any other list.

So the 37,000 of the demo county take the way that real ones take, with their batches in the ledger.
"""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.county import BUREAU, COUNTY, DIVISION, PARTNERS, SECTIONS, SEED, TOWNS, Size
from demo.firms import HEADINGS, INDUSTRIES, Firm, arrivals, firms, households

_LICENCES = {
    "7263": ("劳务派遣经营许可", "派"),
    "7269": ("人力资源服务许可", "人"),
    "8391": ("民办职业培训学校办学许可", "培"),
}
#: Licences and firms to visit that a province-sized demo keeps in mind; small registers take lists of these.
_KEPT = 15_000
_WHO = ("单位名称", "统一社会信用代码")
_FINDINGS = (
    "未发现问题",
    "未发现问题",
    "未发现问题",
    "未发现问题",
    "发现问题已责令改正",
    "通过登记的住所无法联系",
)


@dataclass
class Noted:
    """What the other lists need of the firms, gathered while the first one is written."""

    licensed: list[Firm] = field(default_factory=list)
    working: list[Firm] = field(default_factory=list)

    def note(self, firm: Firm) -> None:
        """Remember a firm that holds a licence or has people."""
        if firm.trade.industry in _LICENCES and len(self.licensed) < _KEPT:
            self.licensed.append(firm)
        if firm.active and firm.workers and firm.row[2] == "企业" and len(self.working) < _KEPT:
            self.working.append(firm)


def reference(actor: Any) -> None:
    """The county with its towns, and the names of the classes that its firms belong to."""
    places = [(DIVISION, COUNTY, "130100", "虚构")]
    places += [
        (f"{DIVISION}{place:03d}", name, DIVISION, "虚构") for place, name in enumerate(TOWNS, start=100)
    ]
    bring(
        actor, "divisions", "示范县区划.csv", ("区划代码", "名称", "上级代码", "来源"), places, "区划代码表"
    )
    classes = [(code, name, section) for code, name, section in INDUSTRIES]
    bring(actor, "industries", "行业大类.csv", ("行业代码", "行业名称", "门类"), classes, "GB/T 4754")


def subjects(actor: Any, size: Size, until: date) -> Noted:
    """The register of subjects as it stood on a day: two lists of market supervision."""
    noted = Noted()

    def rows(made: Iterable[Firm]) -> Iterator[Sequence[str]]:
        for firm in made:
            noted.note(firm)
            yield firm.row

    for name, made in (("企业名录.csv", firms(size, until)), ("个体工商户名录.csv", households(size, until))):
        bring(actor, "subjects", name, HEADINGS, rows(made), "市场主体登记库", division_code=DIVISION)
    return noted


def licences(actor: Any, noted: Noted, on: date) -> None:
    """Who may send workers out, place them or train them."""
    headings = (
        "单位名称",
        "统一社会信用代码",
        "许可种类",
        "证号",
        "发证机关",
        "有效期自",
        "有效期至",
        "状态",
    )
    rows = []
    for place, firm in enumerate(noted.licensed):
        kind, mark = _LICENCES[firm.trade.industry]
        begun = on - timedelta(days=60 + place * 37 % 660)
        ends = begun + timedelta(days=3 * 365)
        number = f"示{mark}证{firm.number:06d}号"
        row = (firm.name, firm.code, kind, number, BUREAU, begun.isoformat(), ends.isoformat(), "有效")
        rows.append(row)
    bring(actor, "licences", "许可备案台账.csv", headings, rows, "许可台账")


def cases(actor: Any, size: Size, noted: Noted, until: date) -> None:
    """Labour disputes and complaints of twelve months, as the court of arbitration and the section count."""
    chance = random.Random(SEED + 2)
    counted = noted.working[: size.share(20, least=12, most=600)]
    headings = (*_WHO, "劳动争议案件数", "投诉举报件数", "统计截至", "来源")
    rows = [
        (
            firm.name,
            firm.code,
            str(chance.choices((0, 1, 2, 5), (70, 18, 9, 3))[0]),
            str(chance.choices((0, 1, 2, 3, 6), (50, 25, 12, 9, 4))[0]),
            until.isoformat(),
            "仲裁院、监察大队台账",
        )
        for firm in counted
    ]
    bring(actor, "cases", "争议投诉统计.csv", headings, rows, "仲裁院、监察大队")


def visits(actor: Any, size: Size, noted: Noted, until: date) -> None:
    """Visits of this year up to a day: for the plan, for complaints, together, by another department."""
    headings = (
        *_WHO,
        "日期",
        "检查类型",
        "检查方式",
        "检查部门",
        "本局检查",
        "联合检查编号",
        "计划任务",
        "检查事项",
        "检查结果",
        "不计入频次上限的理由",
    )
    spring = date(until.year, 3, 2)
    if until <= spring or not noted.working:
        return
    chance, rows = random.Random(SEED + 3), []
    seen = chance.sample(noted.working, min(len(noted.working), size.share(40, least=8, most=400)))
    for place, firm in enumerate(seen):
        day = (spring + timedelta(days=chance.randrange((until - spring).days))).isoformat()
        outcome = chance.choice(_FINDINGS)
        rows += _visits_of(firm, place, day, outcome)
    bring(actor, "visits", "入企检查台账.csv", headings, rows, "各股室入企台账")


def _visits_of(firm: Firm, place: int, day: str, outcome: str) -> Iterator[tuple[str, ...]]:
    who = (firm.name, firm.code, day)
    task = f"{day[:4]}-RS-01"
    if place % 6 == 0:
        yield (*who, "个案检查", "现场", SECTIONS[0], "是", "", "", "工资支付", outcome, "投诉举报")
    elif place % 6 == 1:
        joint = f"联合-{place:03d}"
        yield (*who, "日常检查", "现场", SECTIONS[0], "是", joint, task, "劳动用工", outcome, "")
        yield (*who, "日常检查", "现场", PARTNERS[0], "否", joint, "", "登记事项", "未发现问题", "")
    elif place % 6 == 2:
        yield (*who, "日常检查", "非现场", SECTIONS[1], "是", "", "", "参保缴费比对", outcome, "")
    else:
        yield (*who, "日常检查", "现场", SECTIONS[0], "是", "", task, "工资支付", outcome, "")


def newcomers(actor: Any, size: Size, on: date) -> list[str]:
    """Enterprises registered in the last weeks, on the list of arrivals; gives their codes."""
    new = list(arrivals(size, 24, on))
    rows = [firm.row for firm in new]
    bring(
        actor,
        "subjects",
        "新设立企业.csv",
        HEADINGS,
        rows,
        "市场监管新设推送",
        division_code=DIVISION,
        claim=True,
    )
    return [firm.code for firm in new]


def bring(
    actor: Any,
    register: str,
    file_name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    source: str,
    division_code: str = "",
    **options: Any,
) -> None:
    """Upload one list, let the jobs read and compare it, confirm it, let them write it.

    RuntimeError where a row is refused or doubted: the demo's own lists are clean.
    """
    from django.core.files.base import File

    from mingcha.registry.importing import services
    from mingcha.registry.importing.facts import expectation

    with tempfile.TemporaryDirectory(prefix="mingcha-demo-") as folder:
        path = Path(folder) / file_name
        with path.open("w", encoding="utf-8", newline="") as written:
            writer = csv.writer(written)
            writer.writerow(headings)
            writer.writerows(rows)
        with path.open("rb") as opened:
            batch = services.receive(
                actor=actor,
                register=register,
                source_name=source,
                file=File(opened, name=file_name),
                division_code=division_code,
                options=options,
            )
    _work(batch, "ready")
    if batch.refused or batch.warned:
        raise RuntimeError(f"{file_name}: {batch.refused} refused, {batch.warned} doubtful")
    services.confirm(actor=actor, batch_id=batch.pk, seen=expectation(batch))
    _work(batch, "done")


def _work(batch: Any, state: str) -> None:
    """Do what waits; at its end the batch is in this state."""
    from mingcha.base.jobs.models import Job
    from mingcha.base.jobs.testing import run_waiting

    run_waiting()
    batch.refresh_from_db()
    if batch.state != state:
        said = Job.objects.latest("pk").error_message
        raise RuntimeError(f"{batch.file_name}: {batch.state} {batch.message} {said}")

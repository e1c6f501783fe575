"""100,000 inspections: home pages, lists, what waits to be published, the public search; whole on the server.

They come as five years of drawn lists, nearly all published; some hundreds are at each other point of their
life, as on any day of a large bureau.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import Any

from benchmarks.measuring import Bench, alone, one_site, table
from benchmarks.registers import most, page
from benchmarks.registers_data import COLUMNS, subjects

SIZE, QUICK = 100_000, 400
RUNS = 15
#: Milliseconds on the server, 95 of 100 pages.
GOAL = 300
#: Of every thousand inspections, how many are at each point; the rest is published.
WAITING = (("ready", 4), ("recording", 3), ("to_review", 3), ("reviewed", 3))
BATCHES, MEMBERS = 20, 2
#: Of the lists, how many are still being visited.
OPEN = 2
#: What a task is while its inspection stands there; else it has begun.
TASKS = {"ready": "confirmed", "published": "done"}
_BATCH = 2_000
_RESULTS = ("1", "1", "1", "1", "5", "6", "4", "14")
#: Long enough ago for T24 to be over for none of the last ones.
TODAY = datetime.date(2026, 11, 24)
PUBLIC = {
    "检查结果：全部": "/open/results/",
    "检查结果：名称里的两个字": "/open/results/?q=恒泰",
    "检查结果：名称里的四个字": "/open/results/?q=石家庄恒",
    "检查结果：没有的名称": "/open/results/?q=没有这家",
    "检查结果：统一社会信用代码": "/open/results/?q={code}",
    "检查结果：代码的前几位": "/open/results/?q={code:.9}",
    "检查结果：年度＋结果": "/open/results/?year=2024&result=6",
    "检查结果：抽查任务": "/open/results/?campaign=第 7 批",
    "检查结果：第 40 页": "/open/results/?page=40",
    "一个年度": "/open/results/2024/",
    "一家企业": "/open/results/firms/{code}/",
    "公示首页": "/open/",
    "公示内容：检查结果": "/open/published/inspection-result/",
}
OFFICERS = {
    "首页": "/",
    "现场检查：全部": "/inspection/inspections/",
    "现场检查：待审核": "/inspection/inspections/?state=to_review",
    "现场检查：有问题的": "/inspection/inspections/?result=6",
    "现场检查：名称": "/inspection/inspections/?q=恒泰",
    "现场检查：第 50 页": "/inspection/inspections/?page=50",
    "待公示的检查结果": "/inspection/results/",
    "一次检查": "/inspection/inspections/{pk}/",
}


def measure(bench: Bench) -> dict[str, Any]:
    """Fill an empty database and measure."""
    from mingcha.base import clock

    morning = datetime.datetime.combine(TODAY, datetime.time(9, 30), clock.SHANGHAI)
    with one_site(), clock.using(clock.FixedClock(morning)):
        return _measure(bench)


def _measure(bench: Bench) -> dict[str, Any]:
    from django.test import Client

    from mingcha.accounts.models import User
    from mingcha.accounts.testing import sign_in
    from mingcha.base import clock
    from mingcha.inspection.models import Inspection, PublishedResult
    from mingcha.inspection.testing import goes
    from mingcha.planning.testing import make_county
    from mingcha.project.serving.web import settle

    size = QUICK if bench.quick else SIZE
    fixed = clock.FixedClock(clock.now() - datetime.timedelta(days=1))
    with clock.using(fixed):
        county = make_county(fixed)
        fill(county, size)
    code = PublishedResult.objects.order_by("pk")[0].credit_code
    words = {"code": code, "pk": Inspection.objects.order_by("pk")[0].pk}
    going = goes(Inspection.objects.filter(state="ready").order_by("pk")[0])
    who = {
        "综合经办": (county.coordinator, OFFICERS),
        "股室负责人": (county.head, OFFICERS),
        "局领导": (county.leader, OFFICERS),
        "督导员": (county.overseer, {"首页": OFFICERS["首页"]}),
        "检查人员": (going, {"首页": OFFICERS["首页"], "手机上的路线": "/inspection/phone/"}),
    }
    found: dict[str, Any] = {"size": size, "cases": []}
    settle()
    with alone(bench.lock) as breathe:
        for name, (officer, pages) in who.items():
            client = sign_in(Client(), User.objects.get(pk=officer.id))
            for what, address in pages.items():
                if name == "综合经办" and address == OFFICERS["待公示的检查结果"]:
                    continue
                measured = page(client, address.format(**words), 2 if bench.quick else RUNS)
                found["cases"].append({"who": name, "name": what, **measured})
            breathe()
        for what, address in PUBLIC.items():
            measured = page(Client(), address.format(**words), 2 if bench.quick else RUNS)
            found["cases"].append({"who": "公众", "name": what, **measured})
            breathe()
    return found


def fill(county: Any, size: int) -> None:
    """Firms, drawn lists, inspections with their terms, answers and publications."""
    from mingcha.base import statistics
    from mingcha.basics.models import Deadline, DeadlineRule
    from mingcha.inspection.models import Inspection, InspectionItem, PublishedResult
    from mingcha.items.testing import published_item
    from mingcha.planning.models import Dispatch, Task, TaskMember
    from mingcha.planning.testing import approved_campaign
    from mingcha.publication.models import Publication
    from mingcha.registry.importing import sets
    from mingcha.registry.models import Licence, Subject

    first = 1_000
    sets.insert_rows(Subject, COLUMNS, subjects(first, first + size - 1))
    kept(
        Licence,
        (
            Licence(
                subject_id=first + pk,
                kind=Licence.Kind.DISPATCH,
                number=f"派遣{pk}",
                valid_until=TODAY + datetime.timedelta(days=pk % 1_000),
            )
            for pk in range(0, size, 100)
        ),
    )
    firms = dict(Subject.objects.filter(pk__gte=first).values_list("pk", "name"))
    codes = dict(Subject.objects.filter(pk__gte=first).values_list("pk", "credit_code"))
    version = published_item("工资支付与最低工资")
    campaigns = [approved_campaign(county, item_versions=[version]) for _number in range(BATCHES)]
    campaign = campaigns[0]
    now = datetime.datetime.combine(TODAY, datetime.time(9), datetime.UTC)
    batches = [
        Dispatch.objects.create(
            campaign=one,
            unit=campaign.lead_unit,
            visit_from=TODAY - datetime.timedelta(days=10 if place < OPEN else 400),
            visit_until=TODAY + datetime.timedelta(days=30 if place < OPEN else -370),
            state="confirmed",
            prepared_at=now,
            sent_at=now,
            confirmed_at=now,
        )
        for place, one in enumerate(campaigns)
    ]
    kept(
        Task,
        (
            Task(
                pk=pk,
                dispatch=batches[_batch(pk)],
                seq=pk,
                subject_id=pk,
                name=name,
                visit_from=_day(pk) if _state(pk) == "published" else TODAY,
                visit_until=_until(pk),
                known_from=TODAY - datetime.timedelta(days=30),
                state=TASKS.get(_state(pk), "begun"),
            )
            for pk, name in firms.items()
        ),
    )
    kept(
        TaskMember,
        (
            TaskMember(
                task_id=pk,
                inspector=county.inspectors[(pk + place) % len(county.inspectors)],
                position=place,
                joined_at=now,
            )
            for pk in firms
            for place in range(1, MEMBERS + 1)
        ),
    )
    kept(Inspection, _inspections(firms, campaign.lead_unit, now))
    kept(
        InspectionItem,
        (
            InspectionItem(
                inspection_id=pk,
                version=version,
                unit=campaign.lead_unit,
                result=_result(pk) if _state(pk) in ("to_review", "reviewed", "published") else "",
            )
            for pk in firms
        ),
    )
    rule = DeadlineRule.objects.get(code="T24")
    kept(
        Deadline,
        (
            Deadline(
                rule=rule,
                thing_type="inspection.inspection",
                thing_id=pk,
                started_on=TODAY,
                due_on=TODAY + datetime.timedelta(days=pk % 40),
                state="met" if _state(pk) == "published" else "running",
                owner_unit=campaign.lead_unit,
                created_at=now,
            )
            for pk in firms
            if _state(pk) not in ("ready",)
        ),
    )
    kept(Publication, _publications(firms, codes))
    kept(
        PublishedResult,
        (
            PublishedResult(
                inspection_id=pk,
                publication_id=pk,
                firm=codes[pk],
                name=name,
                credit_code=codes[pk],
                year=_day(pk).year,
                campaign=_campaign(pk),
                result=_result(pk),
                inspected_on=_day(pk),
                from_day=_day(pk),
            )
            for pk, name in firms.items()
            if _state(pk) == "published"
        ),
    )
    statistics.refresh()


def _inspections(firms: dict[int, str], unit: Any, now: datetime.datetime) -> Iterator[Any]:
    from mingcha.inspection.models import Inspection

    for pk, name in firms.items():
        state = _state(pk)
        there = state != "ready"
        done = state in ("to_review", "reviewed", "published")
        yield Inspection(
            pk=pk,
            subject_id=pk,
            name=name,
            task_id=pk,
            unit=unit,
            purpose=_campaign(pk),
            visit_from=_day(pk) if state == "published" else TODAY,
            visit_until=_until(pk),
            state=state,
            entered_at=now if there else None,
            left_at=now if there else None,
            result=_result(pk) if done else "",
            submitted_at=now if done else None,
            reviewed_at=now if state in ("reviewed", "published") else None,
            published_on=_day(pk) if state == "published" else None,
            told_on=_day(pk) if state == "published" else None,
            created_at=now - datetime.timedelta(minutes=pk % 500_000),
        )


def _publications(firms: dict[int, str], codes: dict[int, str]) -> Iterator[Any]:
    from mingcha.inspection.results.publishing import TYPE
    from mingcha.publication.models import Publication

    fields = [
        {
            "name": field.name,
            "label": str(field.label),
            "basis": str(field.basis),
            "kind": field.kind,
            "masked": False,
        }
        for field in TYPE.fields
    ]
    for pk, name in firms.items():
        state = _state(pk)
        if state not in ("reviewed", "published"):
            continue
        row = {
            "number": f"2026-{pk}",
            "campaign": _campaign(pk),
            "subject": name,
            "code": codes[pk],
            "items": ["工资支付与最低工资"],
            "inspected_on": _day(pk).isoformat(),
            "authority": "示范县人力资源和社会保障局",
            "result": _result(pk),
            "item_results": [],
            "handling": "",
        }
        public = state == "published"
        yield Publication(
            pk=pk,
            type=TYPE.code,
            thing_type="inspection.inspection",
            thing_id=pk,
            title=f"{_campaign(pk)}：检查结果 2026-{pk}",
            fields=fields,
            rows=[row],
            row_count=1,
            digest="0" * 64,
            state="published" if public else "prepared",
            number=f"公示{pk}" if public else "",
            version=1 if public else None,
            prepared_at=datetime.datetime.combine(_day(pk), datetime.time(9), datetime.UTC),
            from_day=_day(pk) if public else None,
        )


def kept(model: Any, rows: Iterator[Any]) -> None:
    """Write rows in batches, however many there are."""
    while block := list(islice(rows, _BATCH)):
        model.objects.bulk_create(block)


def _state(pk: int) -> str:
    place = pk % 1_000
    for state, many in WAITING:
        if place < many:
            return state
        place -= many
    return "published"


def _batch(pk: int) -> int:
    """What is under way stands in the newest lists, what is published in the older ones."""
    return OPEN + pk % (BATCHES - OPEN) if _state(pk) == "published" else pk % OPEN


def _until(pk: int) -> datetime.date:
    return _day(pk) if _state(pk) == "published" else TODAY + datetime.timedelta(days=30)


def _result(pk: int) -> str:
    return _RESULTS[pk % len(_RESULTS)]


def _day(pk: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=pk % 1_800)


def _campaign(pk: int) -> str:
    return f"{_day(pk).year} 年工资支付随机抽查第 {pk % BATCHES} 批"


def text(data: dict[str, Any]) -> str:
    """The part of the document."""
    cases = data["cases"]
    slowest = max(cases, key=lambda case: case["p95"])
    whole = most([one for case in cases for one in case["took"]])
    lines = [
        [case["who"], case["name"], f"{case['p50']:.0f} / {case['p95']:.0f}", str(case["queries"])]
        for case in cases
    ]
    return "\n\n".join(
        [
            f"{data['size']:,} 次检查，整页在服务器上的毫秒数：中位数 / 第 95 百分位。全部页面合在一起的"
            f"第 95 百分位是 {whole:.0f}（要求 {GOAL}），最慢的一种是{slowest['who']}的“{slowest['name']}”，"
            f"{slowest['p95']:.0f}。",
            table(["谁", "页面", "毫秒", "查询数据库"], lines),
        ]
    )

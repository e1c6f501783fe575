"""The register of subjects at 10,000, 100,000 and 1,000,000 rows: pages and searches, whole on the server.

Each page is asked for through Django's test client as a signed-in clerk would: session, roles, filters,
count, rows, template. Beside a search stands its peer: the same words by `icontains` over the same columns,
counted and its first twenty sorted, without any page around.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.measuring import Bench, alone, one_site, table
from benchmarks.registers_data import COLUMNS, subjects

SIZES = (10_000, 100_000, 1_000_000)
#: Times a page is asked for: at the largest size, and at the others.
RUNS, FEWER_RUNS = 40, 15
#: Milliseconds on the server, 95 of 100 pages; and questions to the database, a page.
PAGE_GOAL, SEARCH_GOAL, QUERIES_GOAL = 150, 300, 12
PAGES = {
    "全部": "",
    "最后能翻到的一页": "?page=50",
    "按名称排序": "?sort=name",
    "按名称倒序": "?sort=-name",
    "类型：企业": "?kind=enterprise",
    "登记状态：吊销": "?registration=revoked",
    "属地": "?division=130183",
    "乡镇": "?town=窦妪镇",
    "行业：门类 C": "?industry=C",
    "行业：大类 72": "?industry=72",
    "守法诚信等级 C": "?grade_hrss=C",
    "用工 300 人以上": "?workers=300-",
    "没有违法记录": "?violation=no",
    "代码有提示": "?warning=yes",
    "乡镇＋类型": "?town=窦妪镇&kind=household",
    "等级＋登记状态": "?grade_market=D&registration=suspended",
    "派遣业＋排序": "?industry=72&town=冶河镇&sort=-workers",
}
SEARCHES = (
    "公司",
    "有限",
    "石家庄",
    "恒泰",
    "恒泰建筑",
    "石家庄 恒泰",
    "没有这家",
    "冀",
    "a",
    "91",
    "914",
    "htjz",
    "yxgs",
    "0012",
)
SEARCHES_WITH_FILTER = {"公司＋乡镇": "?q=公司&town=窦妪镇", "恒泰＋吊销": "?q=恒泰&registration=revoked"}


def measure(bench: Bench) -> dict[str, Any]:
    """Fill an empty database step by step and measure at each size."""
    with one_site():
        return _measure(bench)


def _measure(bench: Bench) -> dict[str, Any]:
    from django.test import Client

    from mingcha.accounts.testing import make_officer, sign_in
    from mingcha.base.roles import Role
    from mingcha.project.serving.web import settle

    client = sign_in(Client(), make_officer(Role.COORDINATOR, reach="bureau"))
    sizes = (2_000, 4_000) if bench.quick else SIZES
    found: dict[str, Any] = {"sizes": list(sizes), "fill": [], "cases": []}
    start = 1
    client.get("/registry/subjects/")
    settle()
    with alone(bench.lock) as breathe:
        for size in sizes:
            found["fill"].append(fill(start, size))
            start = size + 1
            runs = 2 if bench.quick else RUNS if size == sizes[-1] else FEWER_RUNS
            breathe()
            for group, cases in _cases().items():
                for name, address in cases.items():
                    measured = page(client, f"/registry/subjects/{address}", runs)
                    measured["peer"] = peer(name, runs) if group == "search" else None
                    found["cases"].append({"size": size, "group": group, "name": name, **measured})
                breathe()
    return found


def _cases() -> dict[str, dict[str, str]]:
    return {
        "page": PAGES,
        "search": {word: f"?q={word}" for word in SEARCHES},
        "both": SEARCHES_WITH_FILTER,
    }


def fill(first: int, last: int) -> dict[str, Any]:
    """Bring subjects in and index them; seconds of each, and the longest transaction of the index."""
    from django.db import connection, transaction

    from mingcha.registry import search
    from mingcha.registry.importing import sets
    from mingcha.registry.models import Subject

    began = time.perf_counter()
    for chunk in range(first, last + 1, 50_000):
        with transaction.atomic():
            sets.insert_rows(Subject, COLUMNS, subjects(chunk, min(chunk + 49_999, last)))
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO registry_pendingsubject (subject_id)"
                    " SELECT id FROM registry_subject WHERE id >= %s",
                    [chunk],
                )
    wrote = time.perf_counter()
    moments = [wrote]
    search.index_pending(lambda done: moments.append(time.perf_counter()))
    steps = [after - before for before, after in zip(moments, moments[1:], strict=False)]
    indexed = sum(steps)
    search.refresh_statistics()
    return {
        "rows": last - first + 1,
        "write": wrote - began,
        "index": indexed,
        "longest": max(steps),
        "rate": (last - first + 1) / indexed,
    }


def page(client: Any, address: str, runs: int) -> dict[str, Any]:
    """One page: median, 95th of 100, questions to the database: as a rule, and when the state of the
    installation, which is kept for a while, was looked at along with it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> None:
        status = client.get(address).status_code
        if status != 200:
            raise RuntimeError(f"{address}: {status}")

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            asked()
        return len(queries)

    asked()
    questions = sorted(counted() for _turn in range(3))
    return {**spread(asked, runs), "queries": questions[1], "most_queries": questions[-1]}


def peer(words: str, runs: int) -> float:
    """Median milliseconds of the plain way: every word by icontains, counted, first twenty by name."""
    from django.db.models import Q

    from mingcha.registry.models import Subject

    def asked() -> None:
        rows = Subject.objects.order_by("name", "pk")
        for word in words.split():
            rows = rows.filter(
                Q(name__icontains=word)
                | Q(initials__icontains=word)
                | Q(credit_code__icontains=word)
                | Q(old_number__icontains=word)
            )
        rows.count()
        list(rows[:20])

    return spread(asked, min(3, runs))["p50"]


def spread(run: Callable[[], None], runs: int) -> dict[str, Any]:
    """Some runs in milliseconds, their median and their 95th percentile."""
    took = []
    for _turn in range(runs):
        began = time.perf_counter()
        run()
        took.append((time.perf_counter() - began) * 1000)
    return {"took": took, "p50": statistics.median(took), "p95": most(took)}


def most(took: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(took)[min(len(took) - 1, round(len(took) * 0.95))]


def text(data: dict[str, Any]) -> str:
    """The part of the document: filling, pages, searches."""
    filled = table(
        ["户数", "编入索引（户/秒）", "最长一次写锁（秒）"],
        [[f"+{row['rows']:,}", f"{row['rate']:,.0f}", f"{row['longest']:.2f}"] for row in data["fill"]],
    )
    largest = data["sizes"][-1]
    last = [case for case in data["cases"] if case["size"] == largest]
    groups = {group: [case for case in last if case["group"] == group] for group in ("page", "search")}
    worst = {group: max(case["p95"] for case in cases) for group, cases in groups.items()}
    whole = {group: most([one for case in cases for one in case["took"]]) for group, cases in groups.items()}
    queries, most_queries = (
        max(case[name] for case in data["cases"]) for name in ("queries", "most_queries")
    )
    return "\n\n".join(
        [
            f"整页在服务器上的毫秒数：中位数 / 第 95 百分位。{largest:,} 户时，全部列表页合在一起的"
            f"第 95 百分位是 {whole['page']:.0f}（要求 {PAGE_GOAL}，最慢的一种 {worst['page']:.0f}），"
            f"全部搜索是 {whole['search']:.0f}（要求 {SEARCH_GOAL}，最慢的一种 {worst['search']:.0f}）；"
            f"一页最多查询数据库 {queries} 次（要求 {QUERIES_GOAL}；系统状态隔一会儿查一次，"
            f"赶上的那一页最多 {most_queries} 次）。",
            filled,
            _growth(data, "page", "列表"),
            _growth(data, "search", "搜索"),
            _growth(data, "both", "搜索加筛选"),
        ]
    )


def _growth(data: dict[str, Any], group: str, title: str) -> str:
    """One table: a case a line, a size a column, the peer last."""
    cases = [case for case in data["cases"] if case["group"] == group]
    names = list(dict.fromkeys(case["name"] for case in cases))
    heads = [title, *(f"{size:,} 户" for size in data["sizes"])]
    if group == "search":
        heads.append(f"icontains，{data['sizes'][-1]:,} 户")
    rows = []
    for name in names:
        own = [case for case in cases if case["name"] == name]
        row = [name, *(f"{case['p50']:.0f} / {case['p95']:.0f}" for case in own)]
        if group == "search":
            row.append(f"{own[-1]['peer']:.0f}")
        rows.append(row)
    return table(heads, rows)

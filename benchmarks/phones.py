"""Fifty phones that come back to the network at the same moment, each with a day's form to bring home.

Twenty-five visits of two inspectors; each phone sends what a visit of twelve check points makes (`CHANGES`
single changes), all at once, through the whole stack: session, roles, rules, lock of the visit, ledger.
Beside it stands the plainest view that one could write for it: session, JSON, one row a change, nothing
merged, nothing checked, nothing recorded. Sent again, everything is known already.
"""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from benchmarks.measuring import Bench, alone, one_site, table

VISITS, POINTS, CHANGES = 25, 12, 60
TABLE = "benchmark_note"
#: Seconds within which the last of fifty phones is to know that everything is home.
GOAL = 20


@dataclass(frozen=True)
class Sending:
    """One phone's request."""

    cookies: dict[str, str]
    visit: int
    body: str


def plain(request: HttpRequest, pk: int) -> HttpResponse:
    """The peer: whoever is signed in puts rows into a table."""
    from django.db import connection, transaction

    if not request.user.is_authenticated:  # type: ignore[attr-defined]
        return JsonResponse({}, status=401)
    batch = json.loads(request.body)
    rows = [[pk, batch["client"], op["seq"], op["field"], json.dumps(op["value"])] for op in batch["ops"]]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (visit, client, seq, field, value) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            rows,
        )
    return JsonResponse({"taken": len(rows)})


urlpatterns = [path("", include("mingcha.project.urls")), path("benchmark/plain/<int:pk>/", plain)]


def measure(bench: Bench) -> dict[str, Any]:
    """Set the county up and let the phones send; milliseconds and seconds by way."""
    with one_site(ROOT_URLCONF=__name__):
        sendings = prepared(4 if bench.quick else VISITS)
        with alone(bench.lock) as breathe, notes():
            ways = {}
            for name, address in (("plain", "/benchmark/plain/{}/"), ("ours", "/inspection/phone/api/{}/")):
                breathe()
                ways[name] = {"first": together(sendings, address), "again": together(sendings, address)}
            return {"phones": len(sendings), "changes": CHANGES, "queries": queries(sendings[0]), **ways}


@contextmanager
def notes() -> Any:
    """The peer's table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {TABLE} (visit bigint, client varchar(40), seq integer, field varchar(60),"
            " value text, PRIMARY KEY (visit, client, seq))"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def prepared(visits: int) -> list[Sending]:
    """Visits that were entered, and what their two phones have written."""
    from mingcha.base import clock
    from mingcha.inspection.models import Inspection
    from mingcha.inspection.testing import entered, ready, team_of
    from mingcha.items.testing import make_point, published_item
    from mingcha.planning.testing import MORNING, make_county

    points = tuple(make_point(question=f"第{number}个要点查过吗？") for number in range(1, POINTS + 1))
    # Set up in the county's own time; afterwards the clock is the machine's again.
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        county = make_county(fixed, subjects=2 * visits, inspectors=10)
        item = published_item("工资支付与最低工资", points=points)
        first = ready(county, item_versions=[item], total=visits, capacity=visits)
        rows = [entered(county, one) for one in Inspection.objects.filter(task__dispatch=first.task.dispatch)]
    asked = [point.pk for point in item.points.order_by("position")]
    pairs = [(row, officer) for row in rows for officer in team_of(row)]
    cookies = {officer.id: _signed_in(officer.id) for _row, officer in pairs}
    return [_sending(row.pk, officer.id, cookies[officer.id], asked) for row, officer in pairs]


def _signed_in(officer: int) -> dict[str, str]:
    """Once a person: nobody has more than two sign-ins."""
    from django.test import Client

    from mingcha.accounts.models import User
    from mingcha.accounts.testing import sign_in

    client = sign_in(Client(), User.objects.get(pk=officer))
    return {name: one.value for name, one in client.cookies.items()}


def _sending(visit: int, officer: int, cookies: dict[str, str], points: list[int]) -> Sending:
    from mingcha.base import clock

    now = clock.now().isoformat()
    names = [f"point:{pk}:{part}" for pk in points for part in ("answer", "facts", "persons", "amount")]
    names += [f"firm:statement:{n}" for n in range(CHANGES - len(names))]
    ops = [
        {"seq": seq, "field": _name(name), "value": _value(name), "parents": [], "at": now}
        for seq, name in enumerate(names[:CHANGES], start=1)
    ]
    body = {"client": f"phone-{officer:08d}", "after": 0, "ops": ops}
    return Sending(cookies, visit, json.dumps(body))


def _name(name: str) -> str:
    return "firm:statement" if name.startswith("firm") else name


def _value(name: str) -> Any:
    values = {
        "answer": "bad",
        "facts": "上月工资没有按时支付，涉及装配车间",
        "persons": 3,
        "amount": "1234.50",
    }
    return values.get(name.rpartition(":")[2], "情况属实，已在核对")


def together(sendings: list[Sending], address: str) -> dict[str, Any]:
    """All send at the same moment; how long each waited, and all of them."""
    took: list[float] = [0.0] * len(sendings)
    wrong: list[str] = []
    start = threading.Barrier(len(sendings) + 1)
    threads = [
        threading.Thread(target=_send, args=(one, address, start, took, place, wrong))
        for place, one in enumerate(sendings)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - began
    if wrong:
        raise RuntimeError(wrong[0])
    took.sort()
    return {"whole": whole, "p50": statistics.median(took), "most": took[-1]}


def _send(
    sending: Sending,
    address: str,
    start: threading.Barrier,
    took: list[float],
    place: int,
    wrong: list[str],
) -> None:
    from django.db import connection, connections

    try:
        connection.ensure_connection()
        start.wait()
        began = time.perf_counter()
        answer = _post(sending, address)
        took[place] = time.perf_counter() - began
        if answer.status_code != 200 or any(one["refusal"] for one in answer.json().get("outcomes", ())):
            wrong.append(f"{address} {answer.status_code} {answer.content[:300]!r}")
    finally:
        connections.close_all()


def _post(sending: Sending, address: str) -> Any:
    from django.test import Client

    client = Client()
    client.cookies.load(sending.cookies)
    return client.post(address.format(sending.visit), sending.body, content_type="application/json")


def queries(sending: Sending) -> int:
    """Questions to the database for one sending that is known already, everything included."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        _post(sending, "/inspection/phone/api/{}/")
    return len(seen)


def text(data: dict[str, Any]) -> str:
    """The part of the document."""
    words: dict[str, str] = {
        "plain": "最简单的视图（只存行，不合并、不核对、不留痕）",
        "ours": "**检查表（本系统）**",
    }
    turns: dict[str, str] = {"first": "第一次送", "again": "再送一次"}
    shown: Callable[[float], str] = "{:.2f}".format
    lines = [
        [f"{words[way]}，{turns[turn]}", *(shown(data[way][turn][name]) for name in ("p50", "most", "whole"))]
        for way in words
        for turn in turns
    ]
    last = data["ours"]["first"]["whole"]
    return "\n\n".join(
        [
            f"{data['phones']} 部手机在同一刻恢复网络，每部送出 {data['changes']} 处改动，两部填同一张表。"
            f"秒数；一个进程，{data['phones']} 个线程。{last:.1f} 秒内全部收妥（要求 {GOAL}）；"
            f"再送一次时查询数据库 {data['queries']} 次，与改动的多少无关。",
            table(["做法", "一部手机的中位数", "最慢的一部", "全部"], lines),
        ]
    )

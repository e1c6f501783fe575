"""Bringing lists in: rows a second from the uploaded file to the written register, memory, longest lock.

Each case runs as the worker does it, in a process of its own: `python -m benchmarks.imports FILE`. Beside it
another process asks for the write lock the whole time; the longest that it ever had to wait is what
everybody else would have felt.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.measuring import Bench, alone, seconds, table

if TYPE_CHECKING:
    from mingcha.registry.models import ImportBatch

DISTRICT, PROVINCE = 20_491, 1_000_000
HEADINGS = (
    "企业名称",
    "统一社会信用代码",
    "注册日期",
    "企业类型",
    "注册资金",
    "经营范围",
    "属地区划代码",
    "乡镇街道",
    "行业代码",
    "注册地址",
)
_WORDS = ("恒信", "华通", "利民", "永安", "金泰", "瑞丰", "新源", "中正", "广聚", "德胜")
_TRADES = ("商贸", "建材", "餐饮管理", "机械制造", "物流运输", "科技", "劳务", "装饰工程")
_SCOPE = "五金交电、建筑材料、日用百货的批发与零售；道路普通货物运输；机械设备租赁（依法须经批准的项目除外）"


def firms(count: int) -> Iterator[tuple[str, ...]]:
    """Synthetic firms with codes that verify, as a province's platform would export them."""
    from mingcha.kernel.credit_code import synthetic

    chance = random.Random(2026)  # noqa: S311  a benchmark's data, the same every time
    numbers = chance.sample(range(min(count * 3, 1_000_000)), count)
    for place, number in enumerate(numbers):
        yield (
            f"示范{chance.choice(_WORDS)}{chance.choice(_TRADES)}有限公司第{place}店",
            synthetic(number),
            f"{chance.randint(1990, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            "有限责任公司（自然人投资或控股）",
            f"{chance.choice((50, 100, 500, 1000))}万人民币",
            _SCOPE,
            "130111",
            f"示范{chance.randint(1, 8)}镇",
            chance.choice(("5211", "6210", "3311", "7263")),
            f"示范县示范{chance.randint(1, 8)}镇第{place % 977}号",
        )


def write_csv(path: Path, count: int) -> Path:
    """A list as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(firms(count))
    return path


def write_xlsx(path: Path, count: int) -> Path:
    """The same list as a workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("名单")
    for number, row in enumerate((HEADINGS, *firms(count))):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()
    return path


def measure(bench: Bench) -> list[dict[str, Any]]:
    """Bring every case in on the configured database, each after the last was undone by emptying it."""
    district, province = (200, 2_000) if bench.quick else (DISTRICT, PROVINCE)
    cases = [
        ("CSV", write_csv(bench.folder / "district.csv", district)),
        ("XLSX", write_xlsx(bench.folder / "district.xlsx", district)),
        ("CSV", write_csv(bench.folder / "province.csv", province)),
    ]
    found = []
    with alone(bench.lock) as breathe:
        for kind, path in cases:
            found.append({"kind": kind, **_run(path)})
            breathe()
    return found


def _run(path: Path) -> dict[str, Any]:
    """One case in a process of its own, with the probe beside it."""
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "MINGCHA_DATABASE_URL": database_url()}
    environment["PYTHONPATH"] = f"{root / 'src'}{os.pathsep}{root}"
    probe = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.lock_probe"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.imports", str(path)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            cwd=root,
        )
    finally:
        waited, _errors = probe.communicate("stop\n")
    if done.returncode:
        raise RuntimeError(f"{path.name}: {done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    waits = json.loads(waited)
    return {**found, **{step: _longest(waits, *found[step]) for step in ("brought", "taken_back")}}


def _longest(waits: list[tuple[float, float]], began: float, ended: float) -> float:
    """Seconds of the longest wait that reaches into a time."""
    return max((wait for at, wait in waits if at < ended and at + wait > began), default=0.0)


def database_url() -> str:
    """The address of the database that this process uses."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["MINGCHA_DATABASE_URL"])._replace(path=f"/{name}").geturl()


def text(results: list[dict[str, Any]]) -> str:
    """The table of the document."""
    lines = [
        [
            f"{result['rows']:,} 行 {result['kind']}",
            seconds(result["staged"]),
            seconds(result["written"]),
            f"{result['rows'] / (result['staged'] + result['written']):,.0f}",
            seconds(result["followed"]),
            seconds(result["undone"]),
            seconds(result["brought"]),
            seconds(result["taken_back"]),
            f"{result['peak']:.0f}",
        ]
        for result in results
    ]
    header = (
        "名单",
        "读取与核对（秒）",
        "写入（秒）",
        "全程（行/秒）",
        "之后编入搜索、清理（秒）",
        "撤销（秒）",
        "导入时别人写入最长等待（秒）",
        "撤销时最长等待（秒）",
        "内存峰值（MiB）",
    )
    said = "从上传到写完（含重建列表索引），和后台任务的做法完全一样；名录库开始时是空的。"
    said += "撤销从核对能撤销的行算到写完。"
    said += "要达到：全程 8,000 行/秒，最长等待 10 秒。"
    return f"{table(header, lines)}\n\n{said}"


def bring_in(path: Path) -> dict[str, Any]:
    """Upload, compare, confirm and write one list in this process, then undo it."""
    from django.core.files.base import File

    from benchmarks.worker import peak_mib
    from mingcha.accounts.testing import as_officer, make_officer
    from mingcha.base.jobs.models import Job
    from mingcha.base.jobs.worker import Worker
    from mingcha.base.roles import Role
    from mingcha.registry.importing import services
    from mingcha.registry.importing.facts import expectation
    from mingcha.registry.models import Subject

    officer = as_officer(make_officer(Role.COORDINATOR, username=path.name))
    worker = Worker()

    def work(batch: ImportBatch, state: str) -> float:
        """One job, at whose end the batch is in this state; its seconds."""
        began = time.perf_counter()
        worker.run_one()
        took = time.perf_counter() - began
        batch.refresh_from_db()
        if batch.state != state:
            message = Job.objects.latest("pk").error_message
            raise RuntimeError(f"{path.name}: {batch.state} {batch.message} {message}")
        return took

    def follow() -> float:
        began = time.perf_counter()
        while worker.run_one():
            pass
        return time.perf_counter() - began

    began, moments = time.perf_counter(), [time.monotonic()]
    with path.open("rb") as file:
        batch = services.receive(
            actor=officer, register="subjects", source_name="示范来源", file=File(file, name=path.name)
        )
    received = time.perf_counter() - began
    staged = received + work(batch, "ready")
    services.confirm(actor=officer, batch_id=batch.pk, seen=expectation(batch))
    written = work(batch, "done")
    if Subject.objects.count() != batch.rows:
        raise RuntimeError(f"{path.name}: {Subject.objects.count()} subjects")
    moments.append(time.monotonic())
    peak, followed = peak_mib(), follow()
    moments.append(time.monotonic())
    inverse = services.undo(actor=officer, batch_id=batch.pk)
    undone = work(inverse, "ready")
    services.confirm(actor=officer, batch_id=inverse.pk, seen=expectation(inverse))
    undone += work(inverse, "done")
    if Subject.objects.exists():
        raise RuntimeError(f"{path.name}: {Subject.objects.count()} subjects after it was undone")
    moments.append(time.monotonic())
    follow()
    clear()
    times = {"staged": staged, "written": written, "followed": followed, "undone": undone}
    return {**times, "rows": batch.rows, "peak": peak, "brought": moments[:2], "taken_back": moments[2:]}


def clear() -> None:
    """Leave nothing of one case behind for the next."""
    from mingcha.registry.models import PendingSubject, StagedSubject, Subject, SubjectText
    from mingcha.registry.search.engines import engine

    engine().clear()
    for model in (PendingSubject, SubjectText, StagedSubject, Subject):
        model._default_manager.all()._raw_delete("default")


def main() -> int:
    """One case: prints its figures as JSON."""
    import django

    django.setup()
    sys.stdout.write(json.dumps(bring_in(Path(sys.argv[1]))) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

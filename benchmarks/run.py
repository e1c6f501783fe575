"""`make bench`: measure on a throw-away database of the configured kind, write docs/benchmarks.md.

The part about the other kind of database stays as it was measured last.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = """# 测量（由 `make bench` 写成）

数字随机器而变；要看的是同一台机器上、同一次运行中几种做法的比例。在 PostgreSQL 上测量：
`bash scripts/with_postgres.sh .venv/bin/python -m benchmarks.run`（临时启动的数据库，不等待写盘）。
要和 `consistent_sampler` 比较，先自行安装它；它不是本系统的依赖。
"""
PARTS = {
    "sqlite": "存证链的代价：SQLite",
    "postgresql": "存证链的代价：PostgreSQL",
    "draw": "抽取",
}


@contextmanager
def throw_away_database() -> Iterator[None]:
    """A fresh database beside the configured one, migrated, and removed afterwards."""
    from django.db import connection

    if connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["NAME"] = "mingcha_benchmark"
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def circumstances() -> str:
    """When and on what was measured, as far as it bears on the numbers."""
    from django.db import connection

    from mingcha.base import clock

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = str(cursor.fetchone()[0]).split()[0]
    return (
        f"{clock.today():%Y-%m-%d}，{os.cpu_count()} 核，{platform.machine()}，"
        f"Python {platform.python_version()}，{connection.display_name} {version}。"
    )


def written(part: str, text: str) -> None:
    """Put one part into the document, in its place."""
    old = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    found = dict(re.findall(r"<!-- part: (\w+) -->\n(.*?)<!-- end -->", old, re.S))
    found[part] = f"\n## {PARTS[part]}\n\n{text}\n\n"
    parts = [f"<!-- part: {name} -->\n{found[name]}<!-- end -->\n" for name in PARTS if name in found]
    DOCUMENT.write_text("\n".join([HEAD, *parts]), encoding="utf-8")


def main() -> int:
    """Measure everything; about forty seconds."""
    with tempfile.TemporaryDirectory(prefix="mingcha-benchmark-") as folder:
        # Never the installation's own files, whatever the environment says.
        os.environ["MINGCHA_HOME"] = folder
        os.environ["MINGCHA_TEST_SQLITE"] = str(Path(folder) / "benchmark.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.project.settings")
        django.setup()
        from django.db import connection

        from benchmarks import draw, ledger

        with throw_away_database():
            where = circumstances()
            for part, text in (
                (connection.vendor, ledger.table(ledger.measure())),
                ("draw", draw.table(draw.measure())),
            ):
                written(part, f"{where}\n\n{text}")
                sys.stdout.write(f"\n{PARTS[part]}\n{text}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

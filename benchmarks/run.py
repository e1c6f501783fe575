"""`make bench`: measure, keep the figures in docs/benchmarks/, write docs/benchmarks.md.

The ledger is measured on a throw-away database of the configured kind; the part about the other kind of
database stays as it was measured last.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import django

from benchmarks import draw, pairing
from benchmarks.document import DOCS, Document
from benchmarks.measuring import Bench

PARTS = ("ledger", "draw", "pairing", "imports", "registers", "phones", "results")
#: Those that are measured on a throw-away database of the configured kind, each a module of its own.
ON_DATABASE = ("registers", "phones", "results")


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


def circumstances(*packages: str) -> str:
    """When and on what was measured, as far as it bears on the numbers."""
    from mingcha.base import clock

    described = [f"{clock.today():%Y-%m-%d}", f"{os.cpu_count()} 核", platform.machine()]
    described.append(f"Python {platform.python_version()}")
    described.append(f"开始时每核负载 {os.getloadavg()[0] / (os.cpu_count() or 1):.1f}")
    for package in packages:
        try:
            described.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return "，".join(described) + "。"


def measure_ledger() -> tuple[str, str]:
    """The part of the ledger: its name, which is the kind of database, and its text."""
    from django.db import connection

    from benchmarks import ledger

    with throw_away_database():
        with connection.cursor() as cursor:
            sqlite = connection.vendor == "sqlite"
            cursor.execute("SELECT sqlite_version()" if sqlite else "SHOW server_version")
            number = str(cursor.fetchone()[0]).split()[0]
        where = circumstances().removesuffix("。") + f"，{connection.display_name} {number}。"
        return connection.vendor, f"{where}\n\n{ledger.table(ledger.measure())}"


def measure_imports(bench: Bench) -> tuple[str, str]:
    """The part of lists brought in, on the configured kind of database: its name and its text."""
    from django.db import connection

    from benchmarks import imports

    with throw_away_database():
        where = (
            f"{circumstances('django', 'python-calamine').removesuffix('。')}，{connection.display_name}。"
        )
        return f"imports_{connection.vendor}", f"{where}\n\n{imports.text(imports.measure(bench))}"


def measure_on_database(part: str, bench: Bench) -> tuple[str, str]:
    """A part of `ON_DATABASE`: its name, with the kind of database, and its text."""
    from django.db import connection

    module = importlib.import_module(f"benchmarks.{part}")
    with throw_away_database():
        where = f"{circumstances('django').removesuffix('。')}，{connection.display_name}。"
        return f"{part}_{connection.vendor}", f"{where}\n\n{module.text(module.measure(bench))}"


def main() -> int:
    """Measure what is asked for; all of it in full takes about eight minutes on two cores."""
    options = parsed()
    with tempfile.TemporaryDirectory(prefix="mingcha-benchmark-") as folder:
        # Never the installation's own files, whatever the environment says.
        os.environ["MINGCHA_HOME"] = folder
        os.environ["MINGCHA_TEST_SQLITE"] = str(Path(folder) / "benchmark.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.project.settings")
        django.setup()
        bench = Bench(Path(folder), options.quick, options.lock)
        document = Document(options.docs)
        texts: dict[str, str] = {}
        for part in options.part or PARTS:
            if part == "ledger":
                name, texts[name] = measure_ledger()
            elif part == "imports":
                name, texts[name] = measure_imports(bench)
            elif part in ON_DATABASE:
                name, texts[name] = measure_on_database(part, bench)
            elif part == "draw":
                where = circumstances("duckdb", "consistent-sampler", "cryptorandom")
                document.keep(part, {"where": where, **draw.measure(bench)})
            else:
                document.keep(part, {"where": circumstances(), **pairing.measure(bench)})
            document.write(texts)
    sys.stdout.write(document.path.read_text(encoding="utf-8"))
    return 0


def parsed() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--quick", action="store_true", help="small cases once: proves that it works")
    parser.add_argument("--docs", type=Path, help="where benchmarks.md is written; docs/ by default")
    parser.add_argument("--lock", type=Path, help="hold this file locked around each measurement")
    options = parser.parse_args()
    if options.quick and options.docs is None:
        parser.error("--quick measures too little for docs/: say --docs FOLDER")
    options.docs = options.docs or DOCS
    options.docs.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    raise SystemExit(main())

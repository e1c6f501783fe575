"""Real processes for tests, on the test's own database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

SOURCES = Path(__file__).resolve().parents[4]
START_WORKER = str(Path(__file__).with_name("start_worker.py"))


def environment(home: Path, **settings_of_test: object) -> dict[str, str]:
    """This process's environment with the test's database, a home of its own and quick timings."""
    values = {
        "MINGCHA_HOME": str(home),
        "MINGCHA_DATABASE_URL": _database_url(),
        "MINGCHA_JOB_LEASE_SECONDS": "2",
        "MINGCHA_JOB_POLL_SECONDS": "0.1",
        "MINGCHA_JOB_RETRY_SECONDS": "0.1",
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "mingcha.project.settings"),
    }
    values.update({name: str(value) for name, value in settings_of_test.items()})
    paths = [str(SOURCES), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {**os.environ, **values, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def _database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["MINGCHA_DATABASE_URL"])._replace(path=f"/{name}").geturl()


def start_worker(env: dict[str, str]) -> subprocess.Popen[str]:
    """Start a worker process that knows the tests' handlers."""
    return subprocess.Popen([sys.executable, START_WORKER], env=env, cwd=env["MINGCHA_HOME"])


def wait_for(condition: Callable[[], object], seconds: float = 15) -> None:
    """Wait until the condition is true; AssertionError when it does not become so in time."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def is_alive(pid: int) -> bool:
    """Whether the process still runs (one that ended but was not yet waited for does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"

"""`mingcha serve` as real processes: it answers, keeps its children alive, and stops them all."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mingcha.base.jobs.models import Beat
from mingcha.base.jobs.tests.processes import environment, is_alive, wait_for
from mingcha.project.serving import readiness, supervisor

# The static files that the first test collects are those of the second: one worker runs both.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("serve")]

#: Seconds in which an empty installation is prepared and answers, on a machine that is busy with other tests.
STARTS_IN = 180
_BOOT = "from mingcha.project.cli import main; main()"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    """A running `mingcha serve` and what it writes."""

    def __init__(self, home: Path, *options: str) -> None:
        self.port = _free_port()
        self.log = home / "serve.log"
        self.home = home
        env = environment(home, MINGCHA_STOP_SECONDS=3, MINGCHA_LOG_LEVEL="INFO", PYTHONUNBUFFERED=1)
        env["MINGCHA_HOSTS"] = "127.0.0.1"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, "serve", "--port", str(self.port), *options],
                env=env,
                cwd=home,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def health(self) -> int:
        """The status of /healthz; 0 while nothing answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=3) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def pids(self) -> set[int]:
        """The processes that beat now."""
        return set(Beat.objects.values_list("pid", flat=True))

    def children(self) -> set[int]:
        """Every process that this one started, and what those started."""
        found, waiting = set(), [self.process.pid]
        while waiting:
            parent = waiting.pop()
            for path in Path(f"/proc/{parent}/task").glob("*/children"):
                started = {int(pid) for pid in path.read_text().split()} - found
                found |= started
                waiting.extend(started)
        return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the installation has its files; the first that runs `--prepare` collects them."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[..., Served]]:
    started: list[Served] = []

    def run(*options: str) -> Served:
        started.append(Served(home, *options))
        return started[-1]

    yield run
    for served in started:
        for pid in {served.process.pid, *served.children(), *served.pids()}:
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        served.process.wait()


def test_one_command_runs_all_restarts_what_dies_and_stops_all(serve):
    served = serve("--prepare")
    try:
        wait_for(lambda: served.health() == 200, seconds=STARTS_IN)
    except AssertionError:
        raise AssertionError(served.log.read_text()) from None
    assert set(Beat.objects.values_list("kind", flat=True)) == {"web", "worker", "clock"}
    wait_for(lambda: "明查已启动" in served.log.read_text())

    killed = Beat.objects.get(kind="worker").pid
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: Beat.objects.filter(kind="worker").exclude(pid=killed).exists(), seconds=15)
    died = next(line for line in served.log.read_text().splitlines() if "process_died" in line)
    assert "后台任务意外退出" in died
    assert "work-1" in died
    assert "SIGKILL" in died

    everything = served.children() | served.pids()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(15) == 0
    assert [pid for pid in everything if is_alive(pid)] == []
    assert not Beat.objects.exclude(pid=killed).exists()
    assert served.health() == 0


def test_when_the_supervisor_is_killed_its_children_stop_by_themselves(serve, home):
    # Collecting the static files takes longest, and once is enough, whichever test comes first.
    collected = (home / "static" / "staticfiles.json").is_file()
    served = serve(*([] if collected else ["--prepare"]))
    wait_for(lambda: served.health() == 200, seconds=STARTS_IN)
    everything = served.children()
    assert len(everything) >= 4
    served.process.kill()
    served.process.wait()
    wait_for(lambda: not any(is_alive(pid) for pid in everything), seconds=12)


def test_a_port_in_use_is_one_clear_sentence(monkeypatch):
    monkeypatch.setattr(readiness, "static_files_collected", lambda: True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            call_command("serve", port=port)
    assert str(refused.value) == (
        f"端口 {port} 已被别的程序占用：请停掉那个程序，或换一个端口，例如 mingcha serve --port 8001。"
    )
    assert refused.value.returncode == 1


def test_a_foreign_address_is_one_clear_sentence(monkeypatch):
    monkeypatch.setattr(readiness, "static_files_collected", lambda: True)
    with pytest.raises(CommandError, match="不能在地址 192.0.2.1 上监听"):
        call_command("serve", host="192.0.2.1", port=_free_port())


def test_without_preparation_it_says_what_to_run(monkeypatch):
    newest = readiness._newest_migrations() | {("base", "9999_from_tomorrow")}
    monkeypatch.setattr(readiness, "_newest_migrations", lambda: newest)
    monkeypatch.setattr(readiness, "static_files_collected", lambda: False)
    with pytest.raises(CommandError) as refused:
        call_command("serve", port=_free_port())
    migrations, static = str(refused.value).splitlines()
    assert "（base）：请先运行 mingcha migrate" in migrations
    assert "请先运行 mingcha collectstatic" in static


def test_static_files_that_were_never_or_not_all_collected_are_noticed(settings, tmp_path, monkeypatch):
    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

    settings.STATIC_ROOT = tmp_path
    storage = ManifestStaticFilesStorage(location=tmp_path)
    monkeypatch.setattr(readiness, "staticfiles_storage", storage)
    monkeypatch.setattr(readiness, "_shipped_files", lambda: iter([("a.css", 1.0), ("b.css", 1.0)]))
    assert not readiness.static_files_collected()
    (tmp_path / "staticfiles.json").write_text(json.dumps({"version": "1.1", "paths": {}}))
    storage.hashed_files = {"a.css": "a.1.css"}
    assert not readiness.static_files_collected()
    storage.hashed_files["b.css"] = "b.1.css"
    assert readiness.static_files_collected()
    monkeypatch.setattr(readiness, "_shipped_files", lambda: iter([("a.css", 9e9)]))
    assert not readiness.static_files_collected()


def test_why_a_process_died_is_said_in_words():
    assert supervisor.reason(3) == "自行退出，退出码 3"
    assert supervisor.reason(-signal.SIGSEGV) == "被信号 SIGSEGV 终止"
    assert "内存不足" in supervisor.reason(-signal.SIGKILL)

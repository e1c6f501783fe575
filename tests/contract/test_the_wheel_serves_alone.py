"""The wheel, installed by itself, serves pages and their files without Node and without the source tree."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.assets import STAMP, copy_list

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

ROOT = Path(__file__).resolve().parents[2]
STARTED_WITHIN = 60.0


def uv() -> str:
    found = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert found, "uv is missing: make setup"
    return found


def run(*command: str | Path, **more: object) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return str(done.stdout)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(uv(), "build", "--wheel", "--out-dir", folder, cwd=ROOT)
    (found,) = folder.glob("*.whl")
    return found


@dataclass(frozen=True)
class Installed:
    """The wheel in a virtual environment of its own, on a machine without Node."""

    home: Path
    bin: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name.startswith("MINGCHA_")}
        # Nothing but this folder: neither node nor npm nor git can be found, and no PYTHONPATH is left.
        return {
            **kept,
            "PATH": str(self.bin),
            "MINGCHA_HOME": str(self.home),
            "MINGCHA_DATABASE_URL": f"sqlite:///{self.home / 'mingcha.sqlite3'}",
            "MINGCHA_HOSTS": "127.0.0.1",
            "MINGCHA_STOP_SECONDS": "3",
            "LANG": "C.UTF-8",
        }

    def mingcha(self, *words: str) -> str:
        return run(self.bin / "mingcha", *words, env=self.environment, cwd=self.home)

    def python(self, program: str) -> str:
        return run(self.bin / "python", "-c", program, env=self.environment, cwd=self.home)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("installed")
    run(uv(), "venv", "--python", sys.executable, place / "venv")
    run(uv(), "pip", "install", "--python", place / "venv" / "bin" / "python", wheel)
    (place / "home").mkdir()
    return Installed(place / "home", place / "venv" / "bin")


@dataclass(frozen=True)
class Served:
    """A running `mingcha serve`."""

    port: int

    def get(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body; status 0 while nothing answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, "", error.read()
        except OSError:
            return 0, "", b""


@pytest.fixture(scope="module")
def served(installed: Installed) -> Iterator[Served]:
    installed.mingcha("migrate", "--verbosity", "0")
    installed.mingcha("load-initial")
    installed.mingcha("collectstatic", "--noinput", "--verbosity", "0")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = installed.home / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [str(installed.bin / "mingcha"), "serve", "--port", str(port)],
            env=installed.environment,
            cwd=installed.home,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        running = Served(port)
        limit = time.monotonic() + STARTED_WITHIN
        while running.get("/healthz")[0] != 200:
            assert process.poll() is None and time.monotonic() < limit, log.read_text()
            time.sleep(0.2)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def test_the_wheel_carries_what_it_serves_and_nothing_for_developers(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    vendor, files = copy_list(ROOT)
    inside = vendor.relative_to(ROOT / "src").as_posix()
    assert [name for name in (*files.values(), STAMP) if f"{inside}/{name}" not in names] == []
    templates = {p.relative_to(ROOT / "src").as_posix() for p in (ROOT / "src").rglob("templates/**/*.html")}
    assert templates - set(names) == set()
    assert len(templates) > 30
    foreign = [name for name in names if not name.startswith(("mingcha/", "mingcha-"))]
    assert foreign == []
    assert [name for name in names if "/tests/" in name or name.endswith((".po", ".pyc", ".map"))] == []


def test_what_is_installed_is_the_wheel_and_no_tool_of_developers(installed: Installed) -> None:
    assert str(installed.bin.parent) in installed.python("import mingcha; print(mingcha.__file__)")
    found = installed.python("import shutil; print(shutil.which('node'), shutil.which('npm'))")
    assert found.split() == ["None", "None"]


def test_it_is_well_and_shows_the_public_page(served: Served) -> None:
    status, kind, body = served.get("/open/")
    assert (status, kind) == (200, "text/html")
    assert "双随机".encode() in body


def test_every_file_that_the_public_page_names_is_served(served: Served) -> None:
    page = served.get("/open/")[2].decode("utf-8")
    named = sorted({part.split('"')[0] for part in page.split('"/static/')[1:]})
    assert any("vendor/tabler/" in name and name.endswith(".css") for name in named)
    for name in named:
        status, kind, body = served.get(f"/static/{name}")
        assert status == 200, name
        assert body
        assert kind != "text/html", name

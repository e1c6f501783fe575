"""docs/deployment.md "备份和恢复", command by command, from one installation to an empty one."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

# The installations that it makes take a minute: one worker makes them for all.
pytestmark = pytest.mark.xdist_group("backup")
#: What differs from database to database; what is wrong with a folder is found before any is asked.
of_the_database = pytest.mark.database
SOURCES = Path(__file__).resolve().parents[3]
BOOT = "from mingcha.project.cli import main; main()"
PHONE = "13800138000"
SCAN = b"%PDF-1.7\n1 0 obj <</Type /Page>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
#: What a test does inside an installation, as a person would by the pages.
SETUP = "import django; django.setup()\n"
FILL = f"""
from django.core.files.base import ContentFile
from mingcha.accounts.models import User
from mingcha.accounts.services import create_user
from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.basics.services import attachments
system = System("test")
person = create_user(actor=system, username="lixiaoyu", name="李晓雨", phone="{PHONE}")
scan = ContentFile({SCAN!r}, name="封存表.pdf")
attachments.add(actor=system, file=scan, thing=Thing.of(person), purpose="signed-paper")
"""
ASK = """
import json, sys
from django.contrib.auth import authenticate
from django.http import HttpRequest
from mingcha.accounts.models import User
from mingcha.base.viewers import System
from mingcha.basics.models import Attachment
from mingcha.ledger.models import Record
from mingcha.project.serving.readiness import apps_behind
system = System("test")
scan = Attachment.objects.visible_to(system).get()
person = User.objects.visible_to(system).get(username="lixiaoyu")
request = HttpRequest()
request.META["REMOTE_ADDR"] = "127.0.0.1"
print(json.dumps({
    "phone": person.phone,
    "file_name": scan.original_name,
    "scan": scan.file.read().decode("ascii"),
    "admin": getattr(authenticate(request, username="admin", password=sys.argv[1]), "name", None),
    "last": list(Record.objects.visible_to(system).order_by("seq").values_list("event", "why").last()),
    "behind": apps_behind(),
}))
"""


@dataclass(frozen=True)
class Installation:
    """A home of its own with a database of its own."""

    home: Path
    database_url: str

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`mingcha <words>` as a process, whatever comes out of it."""
        return self._process(BOOT, *words)

    def mingcha(self, *words: str) -> str:
        """What a command that succeeds writes."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def inside(self, program: str, *words: str) -> str:
        done = self._process(SETUP + program, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        """The rows of one statement, past the application."""
        scheme, _, rest = self.database_url.partition(":///")
        if scheme == "sqlite":
            self.home.mkdir(exist_ok=True)
            with contextlib.closing(sqlite3.connect(f"/{rest.lstrip('/')}")) as database:
                return database.execute(statement).fetchall()
        return _postgresql(self.database_url, statement)

    def tables(self) -> set[object]:
        """The names of its tables."""
        names = "SELECT name FROM sqlite_master WHERE type = 'table'"
        if not self.database_url.startswith("sqlite"):
            names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        return {name for (name,) in self.sql(names)}

    def _process(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        self.home.mkdir(exist_ok=True)
        env = {
            **os.environ,
            "MINGCHA_HOME": str(self.home),
            "MINGCHA_DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "mingcha.project.settings",
            "PYTHONPATH": str(SOURCES),
        }
        command = [sys.executable, "-c", program, *words]
        return subprocess.run(command, env=env, cwd=self.home, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], Installation]]:
    """Makes empty installations on the kind of database that the suite runs on."""
    homes = tmp_path_factory.mktemp("installations")
    made: list[str] = []

    def make(name: str) -> Installation:
        if connection.vendor == "sqlite":
            return Installation(homes / name, f"sqlite:///{homes / name / 'mingcha.sqlite3'}")
        made.append(f"mingcha_{name}_{uuid.uuid4().hex[:8]}")
        _postgresql(
            _server("postgres"),
            f"CREATE DATABASE {made[-1]} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0",
        )
        return Installation(homes / name, _server(made[-1]))

    yield make
    for name in made:
        _postgresql(_server("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


def _server(database: str) -> str:
    return urlsplit(os.environ["MINGCHA_DATABASE_URL"])._replace(path=f"/{database}").geturl()


def _postgresql(server: str, statement: str) -> list[tuple[object, ...]]:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connected:
        done = connected.execute(statement)  # type: ignore[call-overload]
        return done.fetchall() if done.description else []


@dataclass(frozen=True)
class Backup:
    """A backup, the installation it is of, and its administrator's password."""

    folder: Path
    of: Installation
    password: str

    def copy(self, folder: Path) -> Path:
        """A copy that a test may spoil."""
        return Path(shutil.copytree(self.folder, folder))


@pytest.fixture(scope="module")
def backup(installation: Callable[[str], Installation], tmp_path_factory: pytest.TempPathFactory) -> Backup:
    old = installation("old")
    old.mingcha("migrate", "--verbosity", "0")
    old.mingcha("load-initial")
    shown = old.mingcha("create-admin", "--username", "admin", "--name", "管理员")
    old.inside(FILL)
    folder = tmp_path_factory.mktemp("backups") / "2026-11-23"
    old.mingcha("backup", str(folder))
    return Backup(folder, old, re.findall(r"：(\S+)$", shown, re.M)[-1])


@pytest.fixture(scope="module")
def restored(backup: Backup, installation: Callable[[str], Installation]) -> Installation:
    new = installation("new")
    new.mingcha("restore", str(backup.folder), "--why", "服务器更换")
    return new


@of_the_database
def test_what_was_backed_up_is_there_again_and_the_chain_says_so(
    backup: Backup, restored: Installation
) -> None:
    restored.mingcha("ledger", "verify")
    assert json.loads(restored.inside(ASK, backup.password)) == {
        "phone": PHONE,
        "file_name": "封存表.pdf",
        "scan": SCAN.decode("ascii"),
        "admin": "管理员",
        "last": ["ledger.restored", "服务器更换"],
        # What `mingcha serve` asks before it starts.
        "behind": [],
    }
    assert _head(restored)[0] == _head(backup.of)[0] + 1


@of_the_database
def test_the_restored_chain_is_still_protected_by_the_database(restored: Installation) -> None:
    with pytest.raises(Exception, match="append-only"):
        restored.sql("DELETE FROM ledger_record")


@of_the_database
def test_a_backup_holds_neither_keys_nor_readable_phone_numbers(backup: Backup) -> None:
    content = b"".join(path.read_bytes() for path in backup.folder.rglob("*") if path.is_file())
    for name in ("MINGCHA_SECRET_KEY", "MINGCHA_FIELD_KEYS", "MINGCHA_INDEX_KEYS"):
        key = os.environ[name].rpartition(":")[2]
        assert len(key) > 20
        assert key.encode() not in content
    assert PHONE.encode() not in content
    assert backup.folder.stat().st_mode & 0o077 == 0


def _head(at: Installation) -> tuple[int, str]:
    found = re.search(r"第 (\d+) 条 \S+ ([0-9a-f]{64})", at.mingcha("ledger", "head"))
    assert found
    return int(found[1]), found[2]


def _refused(at: Installation, folder: Path, text: str) -> None:
    """The restore is refused in a sentence, and the installation stays empty."""
    done = at.run("restore", str(folder), "--why", "演练")
    assert done.returncode != 0
    assert text in done.stderr
    assert "Traceback" not in done.stderr
    assert at.tables() == set()
    assert not any((at.home / "media").glob("**/*"))


@pytest.fixture(scope="module")
def empty(installation: Callable[[str], Installation]) -> Installation:
    return installation("empty")


def test_a_changed_file_is_refused(backup: Backup, empty: Installation, tmp_path: Path) -> None:
    folder = backup.copy(tmp_path / "changed")
    (scan,) = (path for path in (folder / "media").rglob("*") if path.is_file())
    scan.write_bytes(scan.read_bytes().replace(b"Root 1", b"Root 2"))
    _refused(empty, folder, f"备份中的文件被改动过：{scan.relative_to(folder)}")


def test_a_missing_or_surplus_file_is_refused(backup: Backup, empty: Installation, tmp_path: Path) -> None:
    folder = backup.copy(tmp_path / "other")
    (scan,) = (path for path in (folder / "media").rglob("*") if path.is_file())
    scan.rename(folder / "media" / "other.pdf")
    _refused(empty, folder, "备份的文件与清单不符")


def test_a_folder_without_a_manifest_is_no_backup(
    backup: Backup, empty: Installation, tmp_path: Path
) -> None:
    folder = backup.copy(tmp_path / "bare")
    (folder / "manifest.json").unlink()
    _refused(empty, folder, "不是一个备份")


@of_the_database
def test_a_backup_of_another_kind_of_database_is_refused(
    backup: Backup, empty: Installation, tmp_path: Path
) -> None:
    folder = backup.copy(tmp_path / "kind")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["database"] == connection.vendor
    manifest["database"] = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    _refused(empty, folder, f"现在设置的数据库是 {connection.vendor}")


def test_no_reason_no_restore(backup: Backup, empty: Installation) -> None:
    done = empty.run("restore", str(backup.folder), "--why", " ")
    assert done.returncode != 0
    assert "没有填写理由" in done.stderr
    assert empty.tables() == set()


@of_the_database
def test_what_is_there_already_is_never_overwritten(backup: Backup) -> None:
    before = _head(backup.of)
    done = backup.of.run("restore", str(backup.folder), "--why", "演练")
    assert done.returncode != 0
    assert "不是空的" in done.stderr
    (backup.of.home / "media").rename(backup.of.home / "elsewhere")
    try:
        done = backup.of.run("restore", str(backup.folder), "--why", "演练")
    finally:
        (backup.of.home / "elsewhere").rename(backup.of.home / "media")
    assert done.returncode != 0
    assert "数据库里已经有表" in done.stderr
    assert _head(backup.of) == before


def test_a_backup_is_written_into_an_empty_place_outside_the_attachments(
    backup: Backup, empty: Installation, tmp_path: Path
) -> None:
    again = backup.of.run("backup", str(backup.folder))
    assert again.returncode != 0
    assert "不是空目录" in again.stderr
    inside = backup.of.run("backup", str(backup.of.home / "media" / "backup"))
    assert inside.returncode != 0
    assert "在附件目录里面" in inside.stderr
    nothing = empty.run("backup", str(tmp_path / "nothing"))
    assert nothing.returncode != 0
    assert "没有可备份的内容" in nothing.stderr
    assert not (tmp_path / "nothing").exists()

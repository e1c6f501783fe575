"""A consistent copy of database and attachments, and the way back (docs/deployment.md).

A backup is a folder: the database in its own tool's format, the attachments as they are, and a manifest
with the SHA-256 of every file. Keys are not in it: they live in the environment and are kept elsewhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from mingcha import __version__
from mingcha.base import clock

MANIFEST = "manifest.json"
SQLITE_FILE = "database.sqlite3"
POSTGRES_FILE = "database.pgdump"
MEDIA = "media"


class BackupError(RuntimeError):
    """A backup cannot be made or used; the text says why, in plain Chinese."""


def make_backup(folder: Path) -> dict[str, Any]:
    """Write a backup into a new folder and return its manifest."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} 不是空目录：备份要写进一个新的目录")
    media = Path(settings.MEDIA_ROOT)
    if folder.resolve().is_relative_to(media.resolve()):
        raise BackupError(f"{folder} 在附件目录里面：请备份到别的地方")
    if not connection.introspection.table_names():
        raise BackupError("数据库里没有表，没有可备份的内容：请核对 MINGCHA_HOME 和 MINGCHA_DATABASE_URL")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), folder / SQLITE_FILE)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={folder / POSTGRES_FILE}", _pg_name())
    # After the database: a file that comes in meanwhile is surplus, never missing.
    if media.is_dir():
        shutil.copytree(media, folder / MEDIA)
    manifest = {
        "version": __version__,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "files": {name: _sha256(folder / name) for name in _files(folder)},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def check_backup(folder: Path) -> dict[str, Any]:
    """The manifest of a whole and unchanged backup. Raises BackupError naming what is wrong."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} 里没有可用的 {MANIFEST}，不是一个备份") from error
    present = set(_files(folder)) - {MANIFEST}
    missing = sorted(set(manifest["files"]) - present)
    surplus = sorted(present - set(manifest["files"]))
    if missing or surplus:
        raise BackupError(f"备份的文件与清单不符：缺少 {missing or '无'}，多出 {surplus or '无'}")
    changed = [name for name, digest in manifest["files"].items() if _sha256(folder / name) != digest]
    if changed:
        raise BackupError(f"备份中的文件被改动过：{'、'.join(sorted(changed))}")
    if manifest["database"] != connection.vendor:
        raise BackupError(f"备份来自 {manifest['database']}，现在设置的数据库是 {connection.vendor}")
    return manifest


def restore_backup(folder: Path) -> dict[str, Any]:
    """Put a checked backup into an empty installation and return its manifest."""
    manifest = check_backup(folder)
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(media.iterdir()):
        raise BackupError(f"附件目录 {media} 不是空的：请恢复到一个新装的环境")
    if connection.introspection.table_names():
        raise BackupError("数据库里已经有表：请恢复到一个空的数据库")
    if connection.vendor == "sqlite":
        connections.close_all()
        target = Path(connection.settings_dict["NAME"])
        target.parent.mkdir(parents=True, exist_ok=True)
        for leftover in (
            target,
            target.with_name(f"{target.name}-wal"),
            target.with_name(f"{target.name}-shm"),
        ):
            leftover.unlink(missing_ok=True)
        shutil.copyfile(folder / SQLITE_FILE, target)
    else:
        # All or nothing: a half restored database would have to be emptied by hand before the next try.
        options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _run("pg_restore", *options, "--dbname", _pg_name(), str(folder / POSTGRES_FILE))
    if (folder / MEDIA).is_dir():
        shutil.copytree(folder / MEDIA, media, dirs_exist_ok=True)
    return manifest


def _copy_sqlite(source: Path, target: Path) -> None:
    # SQLite's own backup API: consistent while others write, and the WAL is folded in.
    with (
        contextlib.closing(sqlite3.connect(source)) as live,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)


def _pg_name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """Run a PostgreSQL tool; the password goes by the environment, never by the command line."""
    found = shutil.which(program) or _debian_tool(program)
    if found is None:
        raise BackupError(f"找不到 {program}：请安装 postgresql-client")
    at = connection.settings_dict
    environment = {
        **os.environ,
        "PGHOST": at["HOST"] or "",
        "PGPORT": str(at["PORT"] or ""),
        "PGUSER": at["USER"] or "",
        "PGPASSWORD": at["PASSWORD"] or "",
    }
    environment = {name: value for name, value in environment.items() if value}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BackupError(f"{program} 失败：{done.stderr.strip()}")


def _debian_tool(program: str) -> str | None:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(places[-1]) if places else None


def _files(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file())


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            digest.update(chunk)
    return digest.hexdigest()

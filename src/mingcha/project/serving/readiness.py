"""Whether this installation can be started: database reachable and up to date, files collected, port free."""

from __future__ import annotations

import errno
import functools
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.db import Error as DatabaseFault
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _


@functools.cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of every app, as shipped; it does not change while a process runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def apps_behind() -> list[str]:
    """Labels of the apps whose newest migration is not applied. Two small queries."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(label for label, name in _newest_migrations() if (label, name) not in applied)


def problems(host: str, port: int) -> list[str]:
    """Everything that keeps the platform from starting, each as one sentence that says what to do."""
    return [*_database(), *_static(), *_port(host, port)]


def prepare() -> None:
    """Create the home folder, bring the database up to date, collect the static files."""
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def _database() -> Iterator[str]:
    try:
        behind = apps_behind()
    except DatabaseFault:
        yield _("连不上数据库：请检查 MINGCHA_DATABASE_URL 和 MINGCHA_HOME，并确认数据库已经启动。")
        return
    if behind:
        yield _(
            "数据库结构还没有更新（%(apps)s）：请先运行 mingcha migrate，或改用 mingcha serve --prepare。"
        ) % {"apps": "、".join(behind)}


def _static() -> Iterator[str]:
    if not static_files_collected():
        yield _("页面文件还没有收集：请先运行 mingcha collectstatic，或改用 mingcha serve --prepare。")


def static_files_collected() -> bool:
    """Whether every static file that is shipped now is among the collected ones."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return True
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.is_file():
        return False
    collected_at = manifest.stat().st_mtime
    known = staticfiles_storage.hashed_files
    return all(name in known and changed <= collected_at for name, changed in _shipped_files())


def _shipped_files() -> Iterator[tuple[str, float]]:
    """Name and time of change of every static file, where several have one name the one that is served."""
    seen: set[str] = set()
    ignored = apps.get_app_config("staticfiles").ignore_patterns  # type: ignore[attr-defined]
    for finder in get_finders():
        for path, storage in finder.list(ignored):
            name = os.path.join(getattr(storage, "prefix", None) or "", path).replace("\\", "/")
            if name not in seen:
                seen.add(name)
                yield name, os.path.getmtime(storage.path(path))


def _port(host: str, port: int) -> Iterator[str]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            yield _port_sentence(error, host, port)


def _port_sentence(error: OSError, host: str, port: int) -> str:
    values = {"host": host, "port": port}
    if error.errno == errno.EADDRINUSE:
        return _(
            "端口 %(port)d 已被别的程序占用：请停掉那个程序，或换一个端口，例如 mingcha serve --port 8001。"
        ) % {**values}
    if error.errno == errno.EACCES:
        return _("没有权限使用端口 %(port)d：请换用 1024 以上的端口，或由反向代理转发。") % values
    return _("不能在地址 %(host)s 上监听：请检查 --host 是否是本机的地址。") % values

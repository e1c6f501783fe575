"""The web process: granian with the WSGI application, a heartbeat in each of its workers."""

from __future__ import annotations

import gc
import os
import threading
import time
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

#: Requests that one web process works on at the same time; each may hold one database connection.
THREADS = 8

#: granian's own lines go to the root logger, so that all logs have one form.
_LOGS: dict[str, Any] = {
    "loggers": {
        "_granian": {"level": "INFO", "handlers": [], "propagate": True},
        "granian.access": {"level": "INFO", "handlers": [], "propagate": True},
    }
}


def run(
    *,
    host: str,
    port: int,
    workers: int,
    stop_seconds: float,
    certificate: Path | None = None,
    key: Path | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; requests under way may end within `stop_seconds`.

    With a certificate and its key (PEM, the key PKCS#8) it speaks HTTPS itself, where no proxy does.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        target="mingcha.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=max(1, int(stop_seconds)),
        log_level=LogLevels.error,
        log_dictconfig=_LOGS,
        ssl_cert=certificate,
        ssl_key=key,
    )
    server.serve(target_loader=load, wrap_loader=False)


def load() -> Any:
    """In each worker of granian: watch the parent, beat, give the application."""
    from mingcha.base.jobs import timing
    from mingcha.base.jobs.beats import Process
    from mingcha.base.jobs.models import ProcessKind
    from mingcha.base.management.signals import stop_with_parent
    from mingcha.project.wsgi import application

    stop_with_parent(os.getppid(), grace=timing.stop_seconds())
    settle()
    process = Process(ProcessKind.WEB)
    threading.Thread(target=_beat, args=(process,), name="mingcha-beat", daemon=True).start()
    Finalize(None, _leave, args=(process,), exitpriority=10)
    return application


def settle() -> None:
    """Load every page's code and keep it out of the search for garbage.

    Otherwise one page in thirty waits 0.1–0.2 s while Python looks through what never goes.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


def _beat(process: Any) -> None:
    from django.db import Error as DatabaseFault
    from django.db import connection

    from mingcha.base.jobs import timing

    while True:
        try:
            process.beat()
        except DatabaseFault:
            # The page that needs the database says so; a missed beat of the web stops nothing.
            connection.close()
        time.sleep(timing.beat_seconds())


def _leave(process: Any) -> None:
    from django.db import Error as DatabaseFault

    try:
        process.leave()
    except DatabaseFault:
        return  # the row is forgotten after a day

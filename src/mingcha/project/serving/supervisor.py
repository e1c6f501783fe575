"""Keeps the platform's processes running, and stops them together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.utils.translation import gettext as _

import mingcha
from mingcha.base.management.signals import SUPERVISOR, on_stop

log = structlog.get_logger("mingcha.serve")

#: The pauses before a crashed process is started again (seconds); the last one stays.
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
#: A process that ran this long starts again with the first pause (seconds).
STEADY = 60.0
#: What a child may take beyond the time its work was given to end (seconds).
MARGIN = 8.0
_STEP = 0.2

_BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from mingcha.project.cli import main; main()"


@dataclass
class Child:
    """One process to keep running: a `mingcha` command with its arguments."""

    name: str
    label: str
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    crashes: int = 0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl+C reaches the supervisor only."""
        sources = str(Path(mingcha.__file__).resolve().parent.parent)
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BOOT, sources, *self.arguments],
            env={**os.environ, SUPERVISOR: str(os.getpid())},
            start_new_session=True,
        )
        self.started_at = time.monotonic()
        log.info("process_started", process=self.name, pid=self.process.pid)

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process and everything it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


class Supervisor:
    """Runs the children until it is told to stop."""

    def __init__(
        self, children: Sequence[Child], *, stop_seconds: float, address: tuple[str, int] | None = None
    ) -> None:
        self._children = children
        self._stop_seconds = stop_seconds
        self._address = address
        self._asked = 0

    def stop(self) -> None:
        """Ask to stop; asked twice, the children are not waited for."""
        self._asked += 1

    def run(self, announce: Callable[[], None]) -> None:
        """Start all, start again what crashes, stop all on SIGTERM or SIGINT.

        `announce` is called once, when the web answers.
        """
        on_stop(self.stop)
        announced = self._address is None
        try:
            while not self._asked:
                for child in self._children:
                    self._look_after(child)
                if not announced and self._answers():
                    announced = True
                    announce()
                time.sleep(_STEP)
        finally:
            self._end()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.is_alive():
            return
        if child.process is not None:
            self._mourn(child, now)
        if now >= child.start_at:
            child.start()

    def _mourn(self, child: Child, now: float) -> None:
        """Say what died and of what, and set when it comes back."""
        process = child.process
        if process is None:
            return
        child.signal(signal.SIGTERM)  # what it had started itself
        child.process = None
        child.crashes = 0 if now - child.started_at >= STEADY else child.crashes
        pause = PAUSES[min(child.crashes, len(PAUSES) - 1)]
        child.crashes += 1
        child.start_at = now + pause
        log.error(
            "process_died",
            process=child.name,
            pid=process.pid,
            meaning=_("%(what)s意外退出：%(why)s；%(pause)d 秒后重新启动")
            % {"what": child.label, "why": reason(process.returncode), "pause": pause},
        )

    def _answers(self) -> bool:
        host, port = self._address or ("", 0)
        try:
            with socket.create_connection((_reachable(host), port), timeout=0.2):
                return True
        except OSError:
            return False

    def _end(self) -> None:
        """Stop all children within a bounded time; the last means is SIGKILL."""
        log.info("stopping", seconds_at_most=self._stop_seconds + MARGIN)
        for child in self._children:
            if child.process is not None:
                child.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + self._stop_seconds + MARGIN
        while any(child.is_alive() for child in self._children):
            if time.monotonic() >= deadline or self._asked > 1:
                break
            time.sleep(_STEP)
        for child in self._children:
            if child.is_alive():
                log.warning("process_killed", process=child.name, meaning=_("没有按时停下，强行终止"))
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
        log.info("stopped")


def reason(code: int) -> str:
    """Why a process ended, in plain words."""
    if code >= 0:
        return _("自行退出，退出码 %(code)d") % {"code": code}
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    if -code == signal.SIGKILL:
        return _("被信号 %(name)s 终止（可能是内存不足，或有人强行结束）") % {"name": name}
    return _("被信号 %(name)s 终止") % {"name": name}


def _reachable(host: str) -> str:
    """The address under which a listener on all addresses answers on this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104  compared only

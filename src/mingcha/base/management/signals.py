"""What every long-running command does with the signals of the operating system."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

#: `mingcha serve` tells its children here which process they belong to.
SUPERVISOR = "MINGCHA_SUPERVISOR"


def on_stop(stop: Callable[[], None]) -> None:
    """Call `stop` on SIGTERM and SIGINT; it must only set a value (it runs between two instructions)."""

    def handle(_signum: int, _frame: object) -> None:
        stop()

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)


def stop_with_parent(parent: int, *, grace: float) -> threading.Thread:
    """End this process when the process `parent`, which started it, is gone.

    A supervisor that was killed cannot tell its children; they look for themselves once a second. The
    process gets SIGTERM and, after `grace` seconds, SIGKILL.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace)
        os.kill(os.getpid(), signal.SIGKILL)

    thread = threading.Thread(target=watch, name="mingcha-parent", daemon=True)
    thread.start()
    return thread


def stop_with_supervisor(*, grace: float) -> None:
    """`stop_with_parent` where `mingcha serve` started this process; nothing otherwise."""
    parent = os.environ.get(SUPERVISOR, "")
    if parent.isdigit():
        stop_with_parent(int(parent), grace=grace)

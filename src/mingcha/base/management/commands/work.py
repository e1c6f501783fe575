"""`mingcha work`: a worker process, also without `mingcha serve`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from mingcha.base.jobs import timing
from mingcha.base.jobs.worker import Worker
from mingcha.base.management.signals import on_stop, stop_with_supervisor


class Command(BaseCommand):
    help = _("运行后台任务进程：逐个执行排队的任务，收到停止信号后交还手上的任务再退出")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("把现在该做的任务做完就退出"))

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        worker = Worker()
        on_stop(worker.stop)
        stop_with_supervisor(grace=timing.stop_seconds() + 5)
        worker.run(until_idle=once)

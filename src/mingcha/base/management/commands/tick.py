"""`mingcha tick`: the clock process, also without `mingcha serve`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from mingcha.base.jobs import timing
from mingcha.base.jobs.ticker import Ticker, synchronise
from mingcha.base.management.signals import on_stop, stop_with_supervisor


class Command(BaseCommand):
    help = _("运行时钟进程：按时启动定时任务，收回中断的任务")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("只检查一次就退出"))

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        ticker = Ticker()
        if once:
            synchronise()
            started = ticker.tick()
            self.stdout.write(_("启动了 %(count)d 项定时任务") % {"count": len(started)})
            return
        on_stop(ticker.stop)
        stop_with_supervisor(grace=timing.stop_seconds())
        ticker.run()

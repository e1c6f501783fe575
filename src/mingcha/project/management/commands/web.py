"""`mingcha web`: the web process alone; `mingcha serve` starts it together with the others."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.translation import gettext as _

from mingcha.base.management.signals import stop_with_supervisor
from mingcha.project.serving import web


class Command(BaseCommand):
    help = _("只运行网页服务（不含后台任务和时钟）")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("监听的地址"))
        parser.add_argument("--port", type=int, default=8000, help=_("监听的端口"))
        parser.add_argument("--workers", type=int, default=1, help=_("进程数"))

        parser.add_argument("--certificate", type=Path, help=_("HTTPS 证书（PEM），没有反向代理时用"))
        parser.add_argument("--key", type=Path, help=_("证书的私钥（PEM，PKCS#8）"))

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        connections.close_all()  # the workers are forked and must not share one
        stop_with_supervisor(grace=settings.STOP_SECONDS + 5)
        web.run(
            host=host,
            port=port,
            workers=workers,
            stop_seconds=settings.STOP_SECONDS,
            certificate=options["certificate"],
            key=options["key"],
        )

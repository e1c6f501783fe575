"""`mingcha serve`: web, workers and clock in one command."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _

from mingcha.project.serving import readiness
from mingcha.project.serving.supervisor import Child, Supervisor


def _at_least_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(_("应为 1 以上的整数"))
    return int(text)


class Command(BaseCommand):
    help = _("运行整个平台：网页服务、后台任务和时钟；任何一个意外退出都会自动重新启动")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("监听的地址"))
        parser.add_argument("--port", type=int, default=8000, help=_("监听的端口"))
        parser.add_argument("--workers-web", type=_at_least_one, default=1, help=_("网页服务的进程数"))
        parser.add_argument("--workers-jobs", type=_at_least_one, default=1, help=_("后台任务的进程数"))
        parser.add_argument("--certificate", type=Path, help=_("HTTPS 证书（PEM），没有反向代理时用"))
        parser.add_argument("--key", type=Path, help=_("证书的私钥（PEM，PKCS#8）"))
        parser.add_argument("--prepare", action="store_true", help=_("启动前先更新数据库结构并收集页面文件"))

    def handle(
        self,
        *args: Any,
        host: str,
        port: int,
        workers_web: int,
        workers_jobs: int,
        prepare: bool,
        **options: Any,
    ) -> None:
        if prepare:
            readiness.prepare()
        problems = readiness.problems(host, port)
        if problems:
            raise CommandError("\n".join(problems))
        connections.close_all()
        web: tuple[str, ...] = ("web", "--host", host, "--port", str(port), "--workers", str(workers_web))
        certificate, key = options["certificate"], options["key"]
        if (certificate is None) != (key is None):
            raise CommandError(_("--certificate 和 --key 要一起给。"))
        if certificate is not None:
            web = (*web, "--certificate", str(certificate), "--key", str(key))
        children = [
            Child("web", _("网页服务"), web),
            *(Child(f"work-{n}", _("后台任务"), ("work",)) for n in range(1, workers_jobs + 1)),
            Child("tick", _("时钟"), ("tick",)),
        ]
        shown = f"[{host}]" if ":" in host else host

        def announce() -> None:
            address = f"{'https' if certificate else 'http'}://{shown}:{port}/"
            self.stdout.write(_("明查已启动：%(address)s（按 Ctrl+C 停止）") % {"address": address})
            self.stdout.flush()

        supervisor = Supervisor(children, stop_seconds=settings.STOP_SECONDS, address=(host, port))
        supervisor.run(announce)

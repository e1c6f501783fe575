"""`mingcha export-site --to DIR`: the whole public site as plain files that need no server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mingcha.portal.export.crawling import ExportError
from mingcha.portal.export.site import SUMS, write_site


class Command(BaseCommand):
    help = "把整个公示站点导出成静态文件（HTML、CSV、JSON、复算包），不需要服务器，可以挂到政府门户网站上"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, type=Path, help="导出到哪个目录；必须是新的或空的")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = write_site(options["to"].absolute())
        except ExportError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"已导出 {written.pages} 页、共 {written.files} 个文件（{written.size:,} 字节）到 {options['to']}"
        )
        self.stdout.write(f"{SUMS} 的 SHA-256：{written.sums_digest}")

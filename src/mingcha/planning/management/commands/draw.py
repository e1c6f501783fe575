"""`mingcha draw …`: the commands of the kernel, with DuckDB for `verify` and `replay` of large rosters."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mingcha.kernel.draw.cli import COMMANDS
from mingcha.planning.large_roster import EngineMissing
from mingcha.planning.repeating import ENGINES, run


class Command(BaseCommand):
    help = f"重算和核验一次抽取：verify 目录 [plan=摘要]、replay 目录；全部命令：{'、'.join(COMMANDS)}"
    # Files are looked at, not the database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "verb",
            metavar="命令",
            help="、".join(COMMANDS),
        )
        parser.add_argument("arguments", nargs="*", metavar="参数")
        parser.add_argument(
            "--engine",
            choices=ENGINES,
            default="auto",
            help="verify 和 replay 用什么算：auto（名录很大且装有 DuckDB 时用它）、kernel、duckdb；结果相同",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            status = run([options["verb"], *options["arguments"]], options["engine"])
        except EngineMissing as missing:
            raise CommandError(str(missing), returncode=2) from missing
        if status:
            sys.exit(status)

"""`mingcha backup FOLDER`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mingcha.project.backup import BackupError, make_backup


class Command(BaseCommand):
    help = "把数据库和附件备份到一个新的目录，带摘要清单。密钥不在其中，请另行保管。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = make_backup(options["folder"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已备份 {len(manifest['files'])} 个文件到 {options['folder']}。密钥请另行保管。")

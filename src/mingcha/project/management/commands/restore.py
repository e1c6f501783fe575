"""`mingcha restore FOLDER --why …`: into an empty installation; the restore is recorded in the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mingcha.base.viewers import System
from mingcha.ledger.services import record_restore
from mingcha.project.backup import BackupError, restore_backup


class Command(BaseCommand):
    help = "把备份恢复到一个空的环境，核对摘要清单，并把恢复这件事记入存证链。"
    # The tables are not there before the restore, so no check may look at them.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--why", required=True, help="为什么恢复")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["why"].strip():
            raise CommandError("没有填写理由：请用 --why 写明为什么恢复")
        try:
            manifest = restore_backup(options["folder"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        # Later migrations, and the ledger's triggers anew.
        call_command("migrate", verbosity=0)
        # A sign-in that was ended after the backup must not come back to life.
        Session.objects.all().delete()
        record_restore(actor=System(purpose="restore"), why=options["why"])
        self.stdout.write(f"已恢复 {manifest['made_at']} 的备份。请运行 mingcha ledger verify 核对存证链。")

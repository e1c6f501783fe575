"""`mingcha rotate-keys`: bring every encrypted row to the newest key version."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mingcha.base.crypto import rotation
from mingcha.base.viewers import System


class Command(BaseCommand):
    help = "把加密数据全部改用最新一版密钥；可中断后重新运行 / bring encrypted rows to the newest keys"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只统计，不改动 / count only")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            reports = [rotation.survey(column) for column in rotation.columns()]
        else:
            reports = rotation.rotate(actor=System("rotate_keys"), progress=self._progress)
        for report in reports:
            self._print(report)
        if not options["dry_run"]:
            self._conclude(reports)

    def _progress(self, report: rotation.ColumnReport) -> None:
        self.stdout.write(f"{report.column}: 已处理 {report.rewritten} 行 / rows rewritten")

    def _print(self, report: rotation.ColumnReport) -> None:
        counts = ", ".join(f"v{version}: {count}" for version, count in sorted(report.versions.items()))
        self.stdout.write(f"{report.column}  {counts}  → v{report.newest}")
        for line in report.unreadable:
            self.stderr.write(line)

    def _conclude(self, reports: list[rotation.ColumnReport]) -> None:
        left = sum(report.outdated for report in reports)
        if left:
            raise CommandError(
                f"还有 {left} 行不是最新密钥，旧密钥不能删除；请处理上面列出的行后重新运行。"
                f" {left} rows are not under the newest key: keep the old keys and run this again."
            )
        self.stdout.write(
            "全部数据已使用最新密钥，旧密钥可以从环境变量中删除（备份仍需要旧密钥，请随备份保存）。"
            " No row uses an old key: it may leave the environment; backups still need it."
        )

"""`mingcha search rebuild` makes the index of subjects anew; `check` compares it with the register."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mingcha.registry import search
from mingcha.registry.models import Subject


class Command(BaseCommand):
    help = _("检查对象的搜索索引：rebuild 重建，index 补上还没有建的，check 核对")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=["rebuild", "index", "check"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "check":
            self._check()
            return
        total = Subject.objects.count()

        def tell(done: int) -> None:
            self.stdout.write(f"{done:,} / {total:,}")

        done = (search.rebuild if what == "rebuild" else search.index_pending)(tell)
        self.stdout.write(_("完成：%(done)s 户已编入索引。") % {"done": f"{done:,}"})

    def _check(self) -> None:
        health = search.check()
        self.stdout.write(
            _("检查对象 %(all)s 户，其中 %(waiting)s 户等待编入索引。")
            % {"all": f"{health.subjects:,}", "waiting": f"{health.pending:,}"}
        )
        if health.sound:
            self.stdout.write(_("索引与名录库一致。"))
            return
        for label, found in (
            (_("索引中没有"), health.missing),
            (_("内容不一致"), health.different),
            (_("查不到"), health.unfindable),
            (_("名录库中已经没有"), health.orphans),
        ):
            if found:
                self.stderr.write(f"{label}：{'、'.join(map(str, found))}")
        raise CommandError(_("索引与名录库不一致，请运行 mingcha search rebuild 重建。"))

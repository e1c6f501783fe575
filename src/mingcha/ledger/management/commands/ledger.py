"""`mingcha ledger …`: verify, head, export, erase, restored, protect."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mingcha.base.viewers import System
from mingcha.kernel.refusal import Refused
from mingcha.ledger import selectors, services
from mingcha.ledger.canonical import line
from mingcha.ledger.models import Record
from mingcha.ledger.verification import Known, Report, verify

#: Gaps printed one by one; a chain rewritten from the middle has as many as it has records.
_PRINTED_GAPS = 100


class Command(BaseCommand):
    help = "存证链：核对、查看链尾、导出、删除个人信息、登记恢复、修复保护"
    # The checks warn of what `protect` is there to repair.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        self._add_verify(verbs)
        verbs.add_parser("head", help="显示链尾与最近的日终摘要")
        export = verbs.add_parser("export", help="导出为规范 JSON 行，格式见 FORMAT.md")
        _add_range(export)
        export.add_argument("--output", type=Path, help="写入文件；不填则写到标准输出")
        erase = verbs.add_parser("erase", help="删除某主体的个人信息（销毁其密钥，不可恢复）")
        erase.add_argument("subject", help="主体标识，如 accounts.user:7")
        erase.add_argument("--why", required=True, help="理由")
        restored = verbs.add_parser("restored", help="登记：系统已从备份恢复")
        restored.add_argument("--why", required=True, help="缘由，写明用的是哪一份备份")
        protect = verbs.add_parser("protect", help="恢复缺失的数据库保护")
        protect.add_argument("--why", required=True, help="缺失的原因")

    def _add_verify(self, verbs: Any) -> None:
        parser = verbs.add_parser("verify", help="逐条核对，指出每一处缺口；有缺口时退出码为 1")
        _add_range(parser)
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            type=_known,
            metavar="[序号:]摘要",
            help="从外部得知的摘要（证书、公示栏），可多次给出",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verbs: dict[str, Callable[[dict[str, Any]], None]] = {
            "verify": self._verify,
            "head": self._head,
            "export": self._export,
            "erase": self._erase,
            "restored": self._restored,
            "protect": self._protect,
        }
        try:
            verbs[options["verb"]](options)
        except Refused as refused:
            raise CommandError(refused.text(_)) from refused

    def _verify(self, options: dict[str, Any]) -> None:
        report = verify(first=options["first"], last=options["last"], known=options["head"])
        for gap in report.gaps[:_PRINTED_GAPS]:
            self.stderr.write(self.style.ERROR(gap.text))
        if report.gap_count > _PRINTED_GAPS:
            rest = report.gap_count - _PRINTED_GAPS
            self.stderr.write(_("另有 %(count)s 处未列出") % {"count": rest})
        self.stdout.write(_summary(report))
        if not report.intact:
            raise CommandError(_("存证链不完整：发现 %(count)s 处问题") % {"count": report.gap_count})

    def _head(self, options: dict[str, Any]) -> None:
        seq, digest, algorithm = selectors.tail()
        self.stdout.write(
            _("链尾：第 %(n)s 条 %(algorithm)s %(digest)s")
            % {"n": seq, "algorithm": algorithm, "digest": digest}
        )
        head = selectors.latest_head()
        if head is not None:
            self.stdout.write(
                _("日终：%(day)s 第 %(n)s 条 %(algorithm)s %(digest)s")
                % {"day": head.day, "n": head.seq, "algorithm": head.algorithm, "digest": head.digest}
            )

    def _export(self, options: dict[str, Any]) -> None:
        if options["output"]:
            with options["output"].open("wb") as file:
                count = _write(file, options["first"], options["last"])
            self.stdout.write(_("已导出 %(count)s 条") % {"count": count})
        else:
            _write(getattr(self.stdout, "buffer", sys.stdout.buffer), options["first"], options["last"])

    def _erase(self, options: dict[str, Any]) -> None:
        actor = System("ledger-command")
        key = services.erase_subject(actor=actor, subject=options["subject"], why=options["why"])
        self.stdout.write(_("已删除 %(subject)s 的个人信息；备份到期前仍含旧密钥") % {"subject": key.subject})

    def _restored(self, options: dict[str, Any]) -> None:
        services.record_restore(actor=System("ledger-command"), why=options["why"])
        self.stdout.write(_("已登记。备份之后作出的个人信息删除须重新办理；"))
        self.stdout.write(_("再用备份之后公布的日终摘要核对：mingcha ledger verify --head 序号:摘要"))

    def _protect(self, options: dict[str, Any]) -> None:
        gone = services.repair_protection(actor=System("ledger-command"), why=options["why"])
        if gone:
            self.stdout.write(
                _("已恢复：%(names)s。请运行 mingcha ledger verify") % {"names": "、".join(gone)}
            )
        else:
            self.stdout.write(_("数据库保护完好，无需恢复"))


def _add_range(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", type=int, default=1, metavar="N", help="从第几条起")
    parser.add_argument("--to", dest="last", type=int, default=None, metavar="N", help="到第几条止")


def _known(text: str) -> Known:
    try:
        return Known.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("应为 64 位十六进制摘要，或 序号:摘要")) from None


def _summary(report: Report) -> str:
    return _(
        "已核对 %(count)s 条（第 %(first)s 至 %(last)s 条）、日终摘要 %(heads)s 个，"
        "用时 %(seconds).1f 秒（%(rate)s 条/秒）；末条摘要 %(digest)s"
    ) % {
        "count": report.count,
        "first": report.first,
        "last": report.last,
        "heads": report.heads,
        "seconds": report.seconds,
        "rate": report.rate,
        "digest": report.digest,
    }


def _write(file: BinaryIO, first: int, last: int | None) -> int:
    records = Record.objects.visible_to(System("ledger-export")).filter(seq__gte=first).order_by("seq")
    if last is not None:
        records = records.filter(seq__lte=last)
    count = 0
    for record in records.iterator(chunk_size=2000):
        file.write(line(record.content(), record.prev, record.digest) + b"\n")
        count += 1
    return count

"""`mingcha jobs`: what is waiting, running and failed, what the clock starts next; cancel, retry."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from mingcha.base.clock import SHANGHAI
from mingcha.base.jobs import services
from mingcha.base.jobs.models import UNFINISHED, Beat, Job, JobState, PeriodicTask
from mingcha.base.jobs.registry import label_of
from mingcha.base.viewers import System
from mingcha.kernel.refusal import Refused

COMMAND = System(purpose="command:jobs")
VERBS = {"cancel": services.cancel, "retry": services.retry, "acknowledge": services.acknowledge}


class Command(BaseCommand):
    help = _("查看后台任务、定时任务和进程；取消、重新运行任务，或确认其失败")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", nargs="?", choices=["list", *VERBS], default="list")
        parser.add_argument("ids", nargs="*", type=int, help=_("任务编号"))

    def handle(self, *args: Any, verb: str, ids: list[int], **options: Any) -> None:
        if verb == "list":
            self._list()
            return
        if not ids:
            raise CommandError(_("请给出任务编号，例如：mingcha jobs %(verb)s 12") % {"verb": verb})
        for job_id in ids:
            try:
                job = VERBS[verb](actor=COMMAND, job_id=job_id)
            except Job.DoesNotExist as error:
                raise CommandError(_("没有编号为 %(id)d 的任务") % {"id": job_id}) from error
            except Refused as refused:
                raise CommandError(refused.text(_)) from refused
            self.stdout.write(self._line(job))

    def _list(self) -> None:
        shown = Q(state__in=UNFINISHED) | Q(state=JobState.FAILED, acknowledged_at=None)
        self._section(_("任务（未结束、失败未确认）"), [self._line(j) for j in Job.objects.filter(shown)])
        tasks = [
            f"{_moment(task.next_due)}  {label_of(task.name)}（{task.rule}）{task.last_error}"
            for task in PeriodicTask.objects.order_by("next_due")
        ]
        self._section(_("定时任务（下次运行）"), tasks)
        beats = [
            f"{_moment(beat.beaten_at)}  {beat.get_kind_display()}  {beat.host}  {beat.pid}"
            for beat in Beat.objects.all()
        ]
        self._section(_("进程（最近心跳）"), beats)

    def _section(self, title: str, lines: list[str]) -> None:
        self.stdout.write(title)
        for line in lines or [_("（无）")]:
            self.stdout.write(f"  {line}")

    def _line(self, job: Job) -> str:
        percent = "" if job.percent is None else f" {job.percent}%"
        return (
            f"#{job.pk}  {job.get_state_display()}{percent}  {job.label}  {_moment(job.created_at)}"
            f"  {job.error_message}".rstrip()
        )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"

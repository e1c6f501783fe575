"""What is wrong with the installation now: signals for the pages, and `/healthz` for machines.

`/healthz` runs the very providers that the home page shows, so that a fault which people see is one that
monitoring sees too. It reveals codes only.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator

import structlog
from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import mingcha
from mingcha.base.jobs.beats import silent_kinds
from mingcha.base.jobs.models import Job, ProcessKind
from mingcha.project.serving import readiness
from mingcha.web.access import public
from mingcha.web.providers import Signal, signals

log = structlog.get_logger("mingcha.health")

#: Below this much free space the database may stop in the middle of a day's work.
LEAST_FREE_BYTES = 1024**3


@signals.register("project.processes")
def silent_processes() -> Iterator[Signal]:
    """Worker or clock has not been heard of for a minute: everybody must know."""
    for kind in silent_kinds():
        if kind == ProcessKind.WORKER:
            message = _("后台任务进程没有运行：导入、通知、生成文书等后台任务都会停下")
        else:
            message = _("时钟进程没有运行：到期提醒、每日封账等定时任务都会停下")
        yield Signal(
            code=f"project.{kind.value}_silent",
            message=message,
            remedy=_("请系统管理员在服务器上运行 mingcha serve，并查看它的日志"),
            for_everyone=True,
        )


@signals.register("project.disk")
def disk_nearly_full() -> Iterator[Signal]:
    """The disk with the installation's files is nearly full."""
    free = shutil.disk_usage(settings.HOME).free
    if free < LEAST_FREE_BYTES:
        yield Signal(
            code="project.disk_full",
            message=_("磁盘空间只剩 %(mib)d MiB，不足 1 GiB，数据可能无法保存") % {"mib": free // 1024**2},
            remedy=_("请清理磁盘或扩容，并把旧备份移到别处"),
        )


@signals.register("project.migrations")
def database_behind() -> Iterator[Signal]:
    """The program is newer than the database."""
    behind = readiness.apps_behind()
    if behind:
        yield Signal(
            code="project.migrations_unapplied",
            message=_("数据库结构还没有更新（%(apps)s），部分页面会出错") % {"apps": "、".join(behind)},
            remedy=_("请先备份，再运行 mingcha migrate，然后重新启动"),
        )


@signals.register("project.jobs")
def failed_jobs() -> Iterator[Signal]:
    """Jobs failed for good and nobody has looked at them yet."""
    count = Job.objects.unacknowledged_failures().count()
    if count:
        yield Signal(
            code="project.jobs_failed",
            message=_("%(count)d 项后台任务失败，还没有人处理") % {"count": count},
            remedy=_("请在“后台任务”页面查看原因，重新运行或确认"),
            tone="warning",
        )


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when nothing is wrong, 503 otherwise; `ok` or `fail` for each check."""
    checks = {"database": _database_answers()}
    if checks["database"]:
        checks.update({code: _is_well(code, provider) for code, provider in signals.items()})
    well = all(checks.values())
    body = {
        "status": _word(well),
        "version": mingcha.__version__,
        "checks": {code: _word(passed) for code, passed in checks.items()},
    }
    response = JsonResponse(body, status=200 if well else 503)
    response["Cache-Control"] = "no-store"
    return response


def _word(passed: bool) -> str:
    return "ok" if passed else "fail"


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseFault:
        return False
    return True


def _is_well(code: str, provider: Callable[[], Iterable[Signal]]) -> bool:
    """Whether a provider has nothing dangerous to say; one that breaks is itself a fault."""
    try:
        return all(signal.tone != "danger" for signal in provider())
    except Exception as error:
        log.error("check_broke", check=code, error_class=type(error).__name__)
        return False

"""The register of background jobs: people see their own, administrators all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.jobs.lifecycle import JOB, roles_of
from mingcha.base.jobs.models import Job, JobState
from mingcha.base.jobs.services import facts_of
from mingcha.base.viewers import Viewer
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section

_TONES: dict[str, Tone] = {
    JobState.QUEUED: "secondary",
    JobState.RUNNING: "info",
    JobState.SUCCEEDED: "success",
    JobState.FAILED: "danger",
    JobState.CANCELLED: "secondary",
}
_ICONS = {"cancel": "circle-x", "retry": "rotate-ccw", "acknowledge": "bell-off"}


def state_of(job: Job) -> tuple[str, Tone]:
    """What the badge says: a running job that was cancelled is stopping."""
    if job.state == JobState.RUNNING and job.cancel_requested:
        return _("正在停止"), "warning"
    return str(job.get_state_display()), _TONES[job.state]


def result_of(job: Job) -> dict[str, str]:
    """The parts of a job's result that people are shown: a sentence, and where to go on."""
    result: Mapping[str, Any] = job.result if isinstance(job.result, dict) else {}
    url = str(result.get("url", ""))
    is_ours = url.startswith("/") and not url.startswith(("//", "/\\"))
    return {"summary": str(result.get("summary", "")), "url": url if is_ours else ""}


def _badge(job: Job) -> str:
    label, tone = state_of(job)
    return format_html(
        '<span class="mc-status mc-tone-{}"><span class="mc-status-dot"></span>{}</span>', tone, label
    )


def _percent(job: Job) -> str:
    return "" if job.percent is None else f"{job.percent}%"


class JobRegister(Register):
    """Background jobs: how far they are, what came of them, cancel and run again."""

    model = Job
    namespace = "jobs"
    slug = "job"
    prefix = ""
    title = gettext_lazy("后台任务")
    description = gettext_lazy("导入、生成文书等费时的工作在后台进行；离开页面不影响它们，随时可以回来查看。")
    columns = (
        Column("name", gettext_lazy("任务"), render=lambda job: str(job), sortable=False),
        Column("state", render=_badge),
        Column("percent", gettext_lazy("进度"), render=_percent, sortable=False, numeric=True),
        Column("created_at"),
        Column("finished_at", gettext_lazy("结束时间")),
        Column("starter", gettext_lazy("提交人"), render=lambda job: job.starter, sortable=False),
    )
    filters = ("state",)
    ordering = ("-created_at",)
    exportable = False
    empty_title = gettext_lazy("没有后台任务")
    empty_text = gettext_lazy("您提交的导入、导出、生成文书等任务会列在这里。")
    detail_sections = (
        Section(title=gettext_lazy("进展"), icon="activity", template="jobs/progress.html"),
        Section(
            title=gettext_lazy("任务信息"),
            fields=(
                Column("starter", gettext_lazy("提交人"), render=lambda job: job.starter),
                Column("created_at"),
                Column("started_at", gettext_lazy("开始时间")),
                Column("finished_at", gettext_lazy("结束时间")),
                Column("attempts", gettext_lazy("已尝试次数")),
                Column("correlation_id", gettext_lazy("日志编号")),
            ),
        ),
    )

    def queryset(self, viewer: Viewer) -> QuerySet[Any]:
        """The jobs, each with the name of the person who started it."""
        reference = Concat(Value("officer:"), Cast("pk", CharField()), output_field=CharField())
        person = get_user_model().objects.visible_to(viewer).annotate(reference=reference)
        name = Subquery(person.filter(reference=OuterRef("started_by")).values("name")[:1])
        jobs: QuerySet[Any] = super().queryset(viewer).annotate(starter=Coalesce(name, Value(_("系统"))))
        return jobs

    def status(self, instance: Any) -> tuple[str, Tone]:
        return state_of(instance)

    def extra_actions(self, viewer: Viewer, instance: Any) -> Sequence[Action]:
        return verb_actions(
            JOB,
            state=instance.state,
            roles=roles_of(viewer),
            facts=facts_of(instance),
            url_for=lambda row: reverse(f"jobs:job-{row.verb}", args=[instance.pk]),
            icons=_ICONS,
            danger=("cancel",),
        )

    def detail_values(self, viewer: Viewer, instance: Any) -> Mapping[str, Any]:
        return progress_values(instance)


def progress_values(job: Job) -> dict[str, Any]:
    """What the progress fragment shows."""
    label, tone = state_of(job)
    return {"job": job, "state_label": label, "state_tone": tone, "result": result_of(job)}

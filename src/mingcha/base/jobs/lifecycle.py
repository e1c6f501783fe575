"""The ways of a job. People use `cancel`, `retry` and `acknowledge`; the rest is done by the workers."""

from __future__ import annotations

from dataclasses import dataclass

from mingcha.base.jobs.models import JobState
from mingcha.base.roles import Role, role_labels
from mingcha.base.viewers import System, Viewer
from mingcha.kernel.lifecycle import SYSTEM, Guard, Lifecycle, State, Transition
from mingcha.kernel.refusal import Refusal, gettext_noop


@dataclass(frozen=True)
class JobFacts:
    """What the guards look at."""

    cancel_requested: bool = False
    acknowledged: bool = False


def _not_yet_requested(facts: JobFacts) -> Refusal | None:
    if not facts.cancel_requested:
        return None
    return Refusal(
        code="jobs.already_cancelling",
        message=gettext_noop("已经要求取消这项任务"),
        basis=gettext_noop("后台任务运行规则"),
        remedy=gettext_noop("请稍候，任务会在下一个可以停下的地方停止"),
    )


def _not_yet_acknowledged(facts: JobFacts) -> Refusal | None:
    if not facts.acknowledged:
        return None
    return Refusal(
        code="jobs.already_acknowledged",
        message=gettext_noop("这次失败已经确认过"),
        basis=gettext_noop("后台任务运行规则"),
        remedy=gettext_noop("无需再次确认；需要时可以重新运行"),
    )


_EVERY_ROLE = frozenset(str(role.value) for role in Role)


def _worker(verb: str, label: str, source: JobState, target: JobState) -> Transition[JobFacts]:
    return Transition(verb, label, (source.value,), target.value, frozenset(), by_system=True)


def _person(
    verb: str, label: str, source: JobState, target: JobState, *guards: Guard[JobFacts]
) -> Transition[JobFacts]:
    return Transition(verb, label, (source.value,), target.value, _EVERY_ROLE, guards, by_system=True)


JOB: Lifecycle[JobFacts] = Lifecycle(
    name="job",
    label=gettext_noop("后台任务"),
    states=tuple(
        State(state.value, str(state.label), final=state in (JobState.SUCCEEDED, JobState.CANCELLED))
        for state in JobState
    ),
    initial=JobState.QUEUED.value,
    transitions=(
        _worker("claim", gettext_noop("开始"), JobState.QUEUED, JobState.RUNNING),
        _worker("succeed", gettext_noop("完成"), JobState.RUNNING, JobState.SUCCEEDED),
        _worker("requeue", gettext_noop("重新排队"), JobState.RUNNING, JobState.QUEUED),
        _worker("fail", gettext_noop("失败"), JobState.RUNNING, JobState.FAILED),
        _worker("stop", gettext_noop("停下"), JobState.RUNNING, JobState.CANCELLED),
        _person("cancel", gettext_noop("取消"), JobState.QUEUED, JobState.CANCELLED),
        _person(
            "cancel",
            gettext_noop("取消"),
            JobState.RUNNING,
            JobState.RUNNING,
            Guard("not yet requested", _not_yet_requested),
        ),
        _person("retry", gettext_noop("重新运行"), JobState.FAILED, JobState.QUEUED),
        _person(
            "acknowledge",
            gettext_noop("不再提示"),
            JobState.FAILED,
            JobState.FAILED,
            Guard("not yet acknowledged", _not_yet_acknowledged),
        ),
    ),
    role_labels=role_labels(),
)


def roles_of(viewer: Viewer) -> frozenset[str]:
    """The viewer's roles as the table names them."""
    return frozenset({SYSTEM}) if isinstance(viewer, System) else viewer.roles

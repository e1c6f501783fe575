import io

import pytest
from django.core.management import CommandError, call_command

from mingcha.base.jobs import enqueue
from mingcha.base.jobs.models import Job
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.jobs.tests import handlers  # noqa: F401  registers the tests' jobs
from mingcha.base.viewers import System

pytestmark = pytest.mark.django_db
SYSTEM = System("test")


def _run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_list_shows_what_is_waiting_and_what_comes_next():
    waiting = enqueue("test.note", actor=SYSTEM)
    done = enqueue("test.note", actor=SYSTEM, priority=1)
    Job.objects.filter(pk=done.pk).update(state="succeeded")
    _run("tick", "--once")
    shown = _run("jobs")
    assert f"#{waiting.pk}  排队中  记一笔" in shown
    assert f"#{done.pk} " not in shown
    assert "每天一次" in shown


def test_jobs_are_cancelled_and_run_again_by_number():
    waiting = enqueue("test.note", actor=SYSTEM)
    failing = enqueue("test.hopeless", actor=SYSTEM, priority=1)
    assert "已取消" in _run("jobs", "cancel", str(waiting.pk))
    run_waiting()
    assert "排队中" in _run("jobs", "retry", str(failing.pk))


def test_what_cannot_be_done_is_said():
    with pytest.raises(CommandError, match="没有编号为 999 的任务"):
        _run("jobs", "cancel", "999")
    with pytest.raises(CommandError, match="请给出任务编号"):
        _run("jobs", "cancel")
    waiting = enqueue("test.note", actor=SYSTEM)
    with pytest.raises(CommandError, match="目前为“排队中”"):
        _run("jobs", "retry", str(waiting.pk))

import pytest

from mingcha.base import clock
from mingcha.base.jobs import enqueue
from mingcha.base.jobs.models import Job
from mingcha.base.jobs.services import acknowledge, retry
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.jobs.tests import handlers
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def _failed(owner) -> Job:
    queued = enqueue("test.hopeless", actor=owner)
    run_waiting()
    return Job.objects.get(pk=queued.pk)


def test_a_fault_is_retried_after_pauses_that_grow(owner, at, settings):
    settings.JOB_RETRY_SECONDS = 5
    queued = enqueue("test.fault", actor=owner)
    for pause in (5, 15):
        assert run_waiting() == 1
        waiting = Job.objects.get(pk=queued.pk)
        assert waiting.state == "queued"
        assert (waiting.run_after - clock.now()).total_seconds() == pause
        at.advance(seconds=pause - 1)
        assert run_waiting() == 0
        at.advance(seconds=1)
    assert run_waiting() == 1
    ended = Job.objects.get(pk=queued.pk)
    assert (ended.state, ended.attempts) == ("failed", 3)
    assert "已经试了 3 次" in ended.error_message
    assert handlers.done == [("fault", 1), ("fault", 2), ("fault", 3)]


def test_what_an_exception_says_is_not_kept(owner, at):
    queued = enqueue("test.fault", actor=owner, max_attempts=1)
    run_waiting()
    ended = Job.objects.get(pk=queued.pk)
    assert ended.error_class == "builtins.ZeroDivisionError"
    assert "王小明" not in ended.error_message


def test_a_stated_failure_is_final_and_shows_its_reason(owner):
    ended = _failed(owner)
    assert (ended.state, ended.attempts) == ("failed", 1)
    assert ended.error_message == "文件里没有“名称”一列，请补上后重新导入"


def test_a_refusal_is_final_and_keeps_its_text_only_where_nothing_was_filled_in(owner):
    plain = enqueue("test.refused", {"filled": False}, actor=owner)
    filled = enqueue("test.refused", {"filled": True}, actor=owner)
    run_waiting()
    plain.refresh_from_db()
    filled.refresh_from_db()
    assert plain.state == filled.state == "failed"
    assert "检查人员没有资格（依据：条例第九条）" in plain.error_message
    assert "test.no" in filled.error_message
    assert "王小明" not in filled.error_message


def test_a_result_that_cannot_be_stored_is_a_fault(owner):
    queued = enqueue("test.unstorable", actor=owner, max_attempts=1)
    run_waiting()
    queued.refresh_from_db()
    assert (queued.state, queued.error_class) == ("failed", "builtins.TypeError")


def test_a_failed_job_can_be_run_again_by_its_owner(owner):
    ended = _failed(owner)
    again = retry(actor=owner, job_id=ended.pk)
    assert (again.state, again.attempts, again.error_message) == ("queued", 0, "")
    assert run_waiting() == 1


def test_a_job_that_has_not_failed_is_not_run_again(owner):
    queued = enqueue("test.note", actor=owner)
    with pytest.raises(Refused) as refused:
        retry(actor=owner, job_id=queued.pk)
    assert refused.value.codes == ("lifecycle.not_here",)


def test_a_failure_is_acknowledged_once(owner):
    ended = _failed(owner)
    assert Job.objects.unacknowledged_failures().count() == 1
    acknowledge(actor=owner, job_id=ended.pk)
    assert Job.objects.unacknowledged_failures().count() == 0
    with pytest.raises(Refused) as refused:
        acknowledge(actor=owner, job_id=ended.pk)
    assert refused.value.codes == ("jobs.already_acknowledged",)

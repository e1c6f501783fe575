import threading

import pytest
from django.db import connection

from mingcha.base.jobs import enqueue
from mingcha.base.jobs.models import Job
from mingcha.base.jobs.tests import handlers
from mingcha.base.jobs.worker import Worker


@pytest.mark.django_db(transaction=True)
def test_four_workers_do_forty_jobs_once_each(owner):
    for value in range(40):
        enqueue("test.note", {"value": value}, actor=owner)
    faults: list[BaseException] = []
    ready = threading.Barrier(4)

    def work() -> None:
        try:
            ready.wait()
            worker = Worker()
            while worker.run_one():
                pass
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert sorted(value for _what, value in handlers.done) == list(range(40))
    assert set(Job.objects.values_list("state", "attempts")) == {("succeeded", 1)}

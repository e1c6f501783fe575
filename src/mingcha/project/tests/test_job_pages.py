import re

import pytest
from django.urls import reverse

from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base.jobs import enqueue, queue
from mingcha.base.jobs.context import Progress
from mingcha.base.jobs.models import Job
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.jobs.tests import handlers  # noqa: F401  registers the tests' jobs
from mingcha.base.roles import Role
from mingcha.project.jobs.providers import own_failed_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person():
    return make_officer(Role.COORDINATOR, name="李经办")


@pytest.fixture
def mine(client, person):
    sign_in(client, person)
    return enqueue("test.note", {"value": 1}, actor=as_officer(person))


def _url(page: str, job: Job) -> str:
    return reverse(f"jobs:job-{page}", args=[job.pk])


def _press(client, page: str, job: Job):
    """Press a button of the job's page, with the token that the page carries."""
    html = client.get(_url("detail", job)).content.decode()
    form = html[html.index(f'action="{_url(page, job)}"') :]
    token = re.search(r'name="_once" value="([^"]+)"', form)[1]
    return client.post(_url(page, job), {"_once": token}, follow=True)


def test_the_list_shows_own_jobs_only(client, mine):
    theirs = enqueue("test.note", actor=as_officer(make_officer(Role.COORDINATOR)))
    html = client.get(reverse("jobs:job-list")).content.decode()
    assert f"记一笔 #{mine.pk}" in html
    assert f"#{theirs.pk}" not in html
    for page in ("detail", "progress"):
        assert client.get(_url(page, theirs)).status_code == 404
    assert client.post(_url("cancel", theirs), {"_once": "x" * 20}).status_code == 404
    assert Job.objects.get(pk=theirs.pk).state == "queued"


def test_an_administrator_sees_all_jobs_and_who_started_them(client, mine):
    sign_in(client, make_officer(Role.ADMINISTRATOR))
    html = client.get(reverse("jobs:job-list")).content.decode()
    assert f"记一笔 #{mine.pk}" in html
    assert "李经办" in html


def test_a_running_job_asks_for_its_progress_every_two_seconds_until_it_ends(client, mine):
    held = queue.claim("worker-1")
    queue.renew(queue.lease_of(held), Progress(3, 4, "第三步"))
    html = client.get(_url("detail", mine)).content.decode()
    assert 'hx-trigger="every 2s"' in html
    assert f'hx-get="{_url("progress", mine)}"' in html
    fragment = client.get(_url("progress", mine), headers={"HX-Request": "true"})
    assert "第三步" in fragment.content.decode()
    assert "75%" in fragment.content.decode()
    assert "HX-Refresh" not in fragment

    queue.succeed(queue.lease_of(held), Progress(4, 4), {"summary": "都做好了", "url": "/registry/"})
    ended = client.get(_url("progress", mine), headers={"HX-Request": "true"})
    assert "hx-trigger" not in ended.content.decode()
    assert ended["HX-Refresh"] == "true"
    page = client.get(_url("detail", mine)).content.decode()
    assert 'hx-trigger="every 2s"' not in page
    assert "都做好了" in page
    assert 'href="/registry/"' in page


def test_a_result_leads_to_this_site_only(client, mine):
    held = queue.claim("worker-1")
    queue.succeed(queue.lease_of(held), Progress(), {"url": "//elsewhere.example/"})
    assert "elsewhere" not in client.get(_url("detail", mine)).content.decode()


def test_cancel_is_a_button_and_not_a_link(client, mine):
    assert client.get(_url("cancel", mine)).status_code == 405
    assert Job.objects.get(pk=mine.pk).state == "queued"
    page = _press(client, "cancel", mine)
    assert "已取消" in page.content.decode()
    assert Job.objects.get(pk=mine.pk).state == "cancelled"


def test_a_running_job_shows_that_it_is_stopping(client, mine):
    queue.claim("worker-1")
    page = _press(client, "cancel", mine).content.decode()
    assert "正在停止" in page
    assert "已经要求取消这项任务" in page


def test_a_failed_job_is_a_next_step_until_it_is_dealt_with(client, person):
    sign_in(client, person)
    failed = enqueue("test.hopeless", actor=as_officer(person))
    run_waiting()
    (step,) = own_failed_jobs(as_officer(person))
    assert step.url == _url("detail", failed)
    assert "没有“名称”一列" in step.detail
    assert "没有“名称”一列" in client.get(step.url).content.decode()
    _press(client, "acknowledge", failed)
    assert list(own_failed_jobs(as_officer(person))) == []
    _press(client, "retry", failed)
    assert Job.objects.get(pk=failed.pk).state == "queued"


def test_a_refused_button_answers_with_the_reason(client, mine):
    run_waiting()
    answer = client.post(_url("cancel", mine), {"_once": "y" * 20})
    assert answer.status_code == 409
    assert "流程已经结束" in answer.content.decode()

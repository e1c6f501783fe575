import pytest

from mingcha.base.jobs import enqueue
from mingcha.base.jobs.models import Job
from mingcha.base.viewers import PUBLIC, Capability, System


@pytest.mark.django_db
def test_a_person_sees_own_jobs_and_an_administrator_all(owner, colleague, administrator):
    mine = enqueue("test.note", actor=owner)
    theirs = enqueue("test.note", actor=colleague)
    assert list(Job.objects.visible_to(owner)) == [mine]
    assert set(Job.objects.visible_to(administrator)) == {mine, theirs}
    assert set(Job.objects.visible_to(System("test"))) == {mine, theirs}
    assert not Job.objects.visible_to(PUBLIC).exists()
    assert not Job.objects.visible_to(Capability("own", "registry.subject", 1)).exists()

"""The clerk starts a copy of the public site, follows it, and fetches the zip."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.idempotency import token
from mingcha.base.jobs.models import Job, JobState
from mingcha.base.jobs.testing import run_waiting
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.planning.testing import County
from mingcha.portal import services
from mingcha.portal.models import SiteExport
from mingcha.web.testing import response_bytes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path) -> Iterator[None]:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "media"
    yield


@pytest.fixture
def clerk(client: Client, county: County) -> Client:
    return sign_in(client, User.objects.get(pk=county.coordinator.id))


def test_one_press_one_copy_one_zip(clerk: Client) -> None:
    response = clerk.post("/site/exports/start/", {"_once": token()})
    export = SiteExport.objects.get()
    assert response["Location"] == f"/jobs/{export.job_id}/"
    assert run_waiting() == 1
    export.refresh_from_db()
    content = response_bytes(clerk.get(f"/site/exports/{export.pk}/site.zip"))
    assert hashlib.sha256(content).hexdigest() == export.sha256
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
    assert {"index.html", "SHA256SUMS", "export.json", "verify.py"} < names
    assert export.files == len(names) - 2
    page = clerk.get("/site/exports/").content.decode()
    assert export.sha256[:16] in page
    assert Record.objects.filter(event="portal.export.finished").count() == 1


def test_two_copies_are_not_made_at_once(county: County) -> None:
    services.request_export(actor=county.coordinator)
    with pytest.raises(Refused) as refused:
        services.request_export(actor=county.coordinator)
    assert refused.value.codes == ("portal.export_running",)


def test_only_the_last_zips_are_kept(county: County) -> None:
    for _round in range(services.KEPT + 1):
        services.request_export(actor=county.coordinator)
        run_waiting()
    exports = list(SiteExport.objects.order_by("pk"))
    assert [export.is_available for export in exports] == [False, True, True, True]
    stored = default_storage.listdir("site-exports")[1]
    assert len(stored) == services.KEPT


def test_doing_the_job_again_leaves_one_zip(county: County) -> None:
    export = services.request_export(actor=county.coordinator)
    run_waiting()
    Job.objects.filter(pk=export.job_id).update(state=JobState.QUEUED, finished_at=None)
    run_waiting()
    assert len(default_storage.listdir("site-exports")[1]) == 1


def test_others_cannot_start_it(county: County) -> None:
    with pytest.raises(Refused):
        services.request_export(actor=county.overseer)

"""A file is visible with its thing, and to who put it in; nobody else learns that it exists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Officer
from mingcha.basics import things
from mingcha.basics.models import Attachment
from mingcha.basics.selectors import attachments as reading
from mingcha.basics.services import attachments
from mingcha.basics.tests.factories import PDF, PNG, known_units, office_file
from mingcha.web.testing import response_bytes


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner(db: None, now) -> User:
    return make_officer(Role.INSPECTOR)


@pytest.fixture
def thing(owner: User) -> Thing:
    return Thing.of(make_unit("劳动监察股"))


def keep(owner: User, thing: Thing, name: str = "现场.png", content: bytes = PNG) -> Attachment:
    with known_units():
        return attachments.add(
            actor=as_officer(owner), file=SimpleUploadedFile(name, content), thing=thing, purpose="document"
        )


def sees(viewer: object, attachment: Attachment) -> bool:
    return Attachment.objects.visible_to(viewer).filter(pk=attachment.pk).exists()


def test_nobody_sees_the_files_of_a_kind_that_nobody_registered(owner: User, thing: Thing) -> None:
    attachment = keep(owner, thing)
    colleague = as_officer(make_officer(Role.COORDINATOR))
    assert not things.thing_visible(thing.type, colleague, thing.id)
    assert not sees(colleague, attachment)
    assert sees(as_officer(owner), attachment)


def test_who_sees_the_thing_sees_its_files(owner: User, thing: Thing) -> None:
    attachment = keep(owner, thing)
    friend, stranger = (as_officer(make_officer(Role.COORDINATOR)) for _ in range(2))
    with known_units(visible_to=[friend.id]):
        assert things.thing_visible(thing.type, friend, thing.id)
        assert sees(friend, attachment)
        assert not sees(stranger, attachment)
        assert not sees(PUBLIC, attachment)
        assert list(reading.of_thing(thing, friend)) == [attachment]
        assert list(reading.of_thing(thing, stranger)) == []


def url(attachment: Attachment) -> str:
    return reverse("basics:attachment", args=[attachment.key])


def test_a_stranger_and_a_visitor_get_a_404(client: Client, owner: User, thing: Thing) -> None:
    attachment = keep(owner, thing)
    assert client.get(url(attachment)).status_code == 404
    sign_in(client, make_officer(Role.COORDINATOR))
    assert client.get(url(attachment)).status_code == 404


def test_the_owner_gets_the_file_and_a_browser_runs_nothing_of_it(
    client: Client, owner: User, thing: Thing
) -> None:
    attachment = keep(owner, thing)
    sign_in(client, owner)
    response = client.get(url(attachment))
    assert response_bytes(response) == PNG
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        (lambda file: file.write_bytes(PNG + b"\0"), "已被改动"),
        (lambda file: file.unlink(), "在存储中找不到了"),
    ],
    ids=["changed", "gone"],
)
def test_a_file_that_was_changed_on_the_disk_is_not_shown_as_what_was_kept(
    client: Client, owner: User, thing: Thing, happened: Callable[[Path], object], said: str
) -> None:
    sign_in(client, owner)
    attachment = keep(owner, thing)
    happened(Path(attachment.file.path))

    response = client.get(url(attachment))

    page = response.content.decode()
    assert response.status_code == 409
    assert said in page and "从备份恢复原件" in page


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("通知.pdf", PDF, True),
        ("现场.png", PNG, True),
        ("方案.docx", office_file("word/document.xml"), False),
        ("工资.csv", b"a,b\n", False),
    ],
)
def test_only_pictures_and_pdf_open_in_the_browser(
    client: Client, owner: User, thing: Thing, name: str, content: bytes, shown: bool
) -> None:
    attachment = keep(owner, thing, name, content)
    sign_in(client, owner)
    response = client.get(url(attachment) + "?inline=1")
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")


def test_the_address_does_not_count(owner: User, thing: Thing) -> None:
    first, second = keep(owner, thing), keep(owner, thing, "再.png")
    assert first.key != second.key
    assert str(first.pk) not in url(first).split("/")


def test_files_are_not_served_by_their_place_on_disk(client: Client, owner: User, thing: Thing) -> None:
    attachment = keep(owner, thing)
    sign_in(client, owner)
    assert client.get(f"/media/{attachment.file.name}").status_code == 404


def test_the_uploader_is_an_officer_by_id_not_by_name(owner: User, thing: Thing) -> None:
    attachment = keep(owner, thing)
    other: Officer = as_officer(make_officer(Role.INSPECTOR, name=owner.name))
    assert not sees(other, attachment)

"""A file is kept only when its content is of a type that its purpose allows and its name agrees."""

from __future__ import annotations

import hashlib
import os
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import as_officer, make_officer, make_unit
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics.events import AttachmentAdded
from mingcha.basics.models import Attachment
from mingcha.basics.services import attachments
from mingcha.basics.tests.factories import PDF, PNG, heard, known_units, of, office_file
from mingcha.kernel.refusal import Refused


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with known_units():
        yield


@pytest.fixture
def unit(coordinator: Officer) -> Unit:
    return make_unit("劳动监察股")


def add(actor: Officer, unit: Unit, content: bytes, name: str, purpose: str = "document") -> Attachment:
    file = SimpleUploadedFile(name, content, content_type="application/octet-stream")
    return attachments.add(actor=actor, file=file, thing=Thing.of(unit), purpose=purpose)


WORD = office_file("word/document.xml")
EXCEL = office_file("xl/workbook.xml")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "通知书.pdf", "application/pdf"),
        (PNG, "现场.PNG", "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 64, "现场.jpeg", "image/jpeg"),
        (WORD, "方案.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (EXCEL, "名册.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (office_file("OFD.xml"), "公文.ofd", "application/ofd"),
        (OLD_WORD, "旧稿.doc", "application/msword"),
        ("姓名,金额\n张三,100\n".encode("gb18030"), "工资.csv", "text/csv"),
        ("说明\n".encode(), "说明.txt", "text/plain"),
        ("长".encode() * 5000, "长文.txt", "text/plain"),
    ],
)
def test_the_type_comes_from_the_content(
    coordinator: Officer, unit: Unit, content: bytes, name: str, media_type: str
) -> None:
    kept = add(coordinator, unit, content, name)
    assert kept.media_type == media_type
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.size == len(content)
    with kept.file.open("rb") as stored:
        assert stored.read() == content


BOMB = office_file("word/document.xml", content=b"0" * 30_000_000)
MACRO = office_file("word/document.xml", "word/vbaProject.bin")
ENCRYPTED = b"PK\x03\x04" + b"\x00" * 200


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "空.pdf", "basics.attachment.empty"),
        (b"MZ\x90\x00" + b"\x00" * 100, "程序.pdf", "basics.attachment.type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "图.svg", "basics.attachment.type"),
        (b"<svg onload='x()'/>", "图.png", "basics.attachment.type"),
        (b"<!DOCTYPE html><html></html>", "页.txt", "basics.attachment.type"),
        (b"hello <ScRiPt>alert(1)</script>", "页.txt", "basics.attachment.type"),
        (b"plain\x00binary", "文.txt", "basics.attachment.type"),
        (b"\xff\xfe\xff\xfa\x81", "文.txt", "basics.attachment.type"),
        (PDF, "通知书.png", "basics.attachment.extension"),
        (PNG, "图.pdf", "basics.attachment.extension"),
        (PNG, "无扩展名", "basics.attachment.extension"),
        (WORD, "名册.xlsx", "basics.attachment.extension"),
        (PDF, "通知书.pdf.exe", "basics.attachment.extension"),
        (office_file("a.txt"), "压缩包.zip", "basics.attachment.type"),
        (MACRO, "方案.docx", "basics.attachment.type"),
        (OLD_WORD + "_VBA_PROJECT".encode("utf-16-le"), "旧稿.doc", "basics.attachment.type"),
        (office_file("word/document.xml", "../../etc/passwd"), "方案.docx", "basics.attachment.type"),
        (ENCRYPTED, "方案.docx", "basics.attachment.type"),
        (BOMB, "方案.docx", "limit.zip_ratio"),
        (b"x" * 40 + PDF, "通知书.pdf", "basics.attachment.extension"),
    ],
)
def test_a_hostile_or_mistaken_file_is_refused(
    coordinator: Officer, unit: Unit, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        add(coordinator, unit, content, name)
    assert refused.value.codes == (code,)
    assert not Attachment.objects.exists()


def test_an_archive_that_lies_about_its_sizes_together_is_refused(
    coordinator: Officer, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_ZIP_BYTES", "10000")
    content = office_file("word/document.xml", content=b"0" * 6000, compress=False)
    with pytest.raises(Refused) as refused:
        add(coordinator, unit, content, "方案.docx")
    assert refused.value.codes == ("limit.zip_bytes",)


def test_nothing_in_an_archive_is_unpacked(
    coordinator: Officer, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpacked(*args: object, **kwargs: object) -> None:
        raise AssertionError("an archive was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpacked)
    add(coordinator, unit, WORD, "方案.docx")


def test_a_file_beyond_the_limit_is_refused(
    coordinator: Officer, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_UPLOAD_BYTES", "20")
    with pytest.raises(Refused) as refused:
        add(coordinator, unit, PDF, "通知书.pdf")
    assert refused.value.codes == ("limit.upload_bytes",)


def test_a_purpose_takes_only_its_types(coordinator: Officer, unit: Unit) -> None:
    with pytest.raises(Refused) as refused:
        add(coordinator, unit, EXCEL, "名册.xlsx", purpose="photo")
    assert refused.value.codes == ("basics.attachment.type",)
    assert "PNG" in refused.value.text()
    with pytest.raises(ValueError, match="unknown purpose"):
        add(coordinator, unit, PNG, "图.png", purpose="anything")


def test_a_thing_carries_only_so_many_files(
    coordinator: Officer, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_ATTACHMENTS", "1")
    add(coordinator, unit, PNG, "图.png")
    with pytest.raises(Refused) as refused:
        add(coordinator, unit, PDF, "通知书.pdf")
    assert refused.value.codes == ("limit.attachments",)


def test_the_name_on_disk_tells_nothing_and_a_path_in_the_name_leads_nowhere(
    coordinator: Officer, unit: Unit, tmp_path
) -> None:
    first = add(coordinator, unit, PNG, "..\\..\\张三身份证.png")
    second = add(coordinator, unit, PNG, "张三身份证.png")
    assert first.original_name == "张三身份证.png"
    assert "张三" not in first.file.name and "png" not in first.file.name
    assert first.file.name != second.file.name
    assert (tmp_path / first.file.name).is_file()


def test_the_same_content_on_the_same_thing_is_flagged(coordinator: Officer, unit: Unit) -> None:
    first = add(coordinator, unit, PNG, "图.png")
    again = add(coordinator, unit, PNG, "另一个名字.png")
    elsewhere = attachments.add(
        actor=coordinator,
        file=SimpleUploadedFile("图.png", PNG),
        thing=Thing.of(make_unit("社保股")),
        purpose="photo",
    )
    assert (first.duplicate_of, again.duplicate_of, elsewhere.duplicate_of) == (None, first, None)


def test_the_ledger_learns_the_digest_and_not_the_name(coordinator: Officer, unit: Unit) -> None:
    with heard() as events:
        kept = add(coordinator, unit, PNG, "张三身份证.png")
    (event,) = of(events, AttachmentAdded)
    assert event.after["sha256"] == kept.sha256
    assert "张三" not in repr(event)


def test_a_name_is_not_readable_in_the_database(coordinator: Officer, unit: Unit) -> None:
    from django.db import connection

    add(coordinator, unit, PNG, "张三身份证.png")
    with connection.cursor() as cursor:
        cursor.execute("SELECT original_name FROM basics_attachment")
        assert "张三" not in cursor.fetchone()[0]


def test_who_cannot_see_the_thing_cannot_add_to_it(coordinator: Officer, unit: Unit) -> None:
    stranger = as_officer(make_officer(Role.INSPECTOR))
    with known_units(visible_to=[coordinator.id]), pytest.raises(Refused) as refused:
        add(stranger, unit, PNG, "图.png")
    assert refused.value.codes == ("basics.attachment.thing",)


def test_a_row_that_cannot_be_saved_leaves_no_file(
    coordinator: Officer, unit: Unit, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise DatabaseError("no")

    monkeypatch.setattr(Attachment, "save", broken)
    with pytest.raises(DatabaseError):
        add(coordinator, unit, PNG, "图.png")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_whose_upload_was_rolled_back_is_removed_after_a_day(
    coordinator: Officer, unit: Unit, system: System, tmp_path, now
) -> None:
    kept = add(coordinator, unit, PNG, "图.png")
    orphan, fresh = (tmp_path / kept.file.name).with_name("orphan"), tmp_path / "attachments/aa/fresh"
    orphan.write_bytes(PNG)
    fresh.parent.mkdir(exist_ok=True)
    fresh.write_bytes(PNG)
    moment = now.now().timestamp()
    for path in (orphan, tmp_path / kept.file.name):
        os.utime(path, (moment - 2 * 86400,) * 2)
    os.utime(fresh, (moment, moment))
    assert attachments.forget_orphans(actor=system) == 1
    assert not orphan.exists()
    assert fresh.exists() and (tmp_path / kept.file.name).exists()


def test_before_the_first_upload_there_is_nothing_to_remove(system: System, db: None, now) -> None:
    assert attachments.forget_orphans(actor=system) == 0

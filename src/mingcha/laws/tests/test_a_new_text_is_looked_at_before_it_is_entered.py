"""A new text is pasted or uploaded; its differences and oddities are seen before anything changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mingcha.base import idempotency
from mingcha.base.roles import Role
from mingcha.basics.models import Trust
from mingcha.laws.models import Law, LawText
from mingcha.laws.selectors import text_in_force
from mingcha.laws.tests.samples import FIRST, SECOND, make_law, make_text

pytestmark = pytest.mark.usefixtures("now", "db")
SignIn = Callable[..., None]
BEGINS = "2027-03-01"


@pytest.fixture
def law(now: None, db: None) -> Law:
    law = make_law()
    make_text(law)
    return law


@pytest.fixture
def clerk(client: Client, sign_in_as: SignIn) -> Client:
    sign_in_as(client, Role.COORDINATOR)
    return client


def send(client: Client, law: Law, content: Any = SECOND, **more: Any) -> Any:
    values = {
        "label": "2027年修订",
        "effective_from": BEGINS,
        "source": "示例机关令第2号",
        "content": content,
        "_once": idempotency.token(),
        **more,
    }
    return client.post(reverse("laws:text-add", args=[law.pk]), values)


def test_looking_shows_every_difference_and_changes_nothing(clerk: Client, law: Law) -> None:
    shown = send(clerk, law).content.decode()
    assert "与“2010年公布”相比的变化" in shown and "变动 2 条" in shown
    assert '<ins class="lw-new">自用工之日起</ins>' in shown and "第二条之一" in shown
    assert LawText.objects.count() == 1


def test_confirming_enters_the_text_and_shows_what_it_changed(clerk: Client, law: Law) -> None:
    former = law.texts.get()
    response = send(clerk, law, confirm="1", former=former.pk)
    text = text_in_force(law, date(2027, 3, 1))
    assert text is not None and response["Location"] == reverse("laws:text", args=[text.pk])
    former.refresh_from_db()
    assert former.effective_to == date(2027, 2, 28)
    page = clerk.get(response["Location"]).content.decode()
    assert "2027年修订" in page and "自用工之日起" in page
    assert "2027年修订" in clerk.get(reverse("laws:versions", args=[law.pk])).content.decode()
    assert "录入法规文本" in clerk.get(reverse("laws:laws-history", args=[law.pk])).content.decode()


def test_oddities_are_named_by_line_and_do_not_forbid(clerk: Client, law: Law) -> None:
    odd = SECOND.replace("示例用工条例", "另一部条例").replace("第三条", "第四条")
    shown = send(clerk, law, odd).content.decode()
    assert "文本的标题是“另一部条例”" in shown and "此处应为第三条，却是第四条" in shown
    assert 'name="confirm"' in shown


def test_a_text_without_articles_cannot_be_confirmed(clerk: Client, law: Law) -> None:
    shown = send(clerk, law, "示例用工条例\n只有一段话。").content.decode()
    assert "没有找到条文" in shown and 'name="confirm"' not in shown
    refused = send(clerk, law, "示例用工条例\n只有一段话。", confirm="1", former=law.texts.get().pk)
    assert refused.status_code == 409 and LawText.objects.count() == 1


def test_a_refusal_keeps_everything_that_was_typed(clerk: Client, law: Law) -> None:
    response = send(clerk, law, effective_from="2026-01-01", confirm="1", former=law.texts.get().pk)
    shown = response.content.decode()
    assert response.status_code == 409 and "必须写明理由" in shown
    assert "示例机关令第2号" in shown and "名册保存三年。" in shown and LawText.objects.count() == 1
    back = send(clerk, law, effective_from="2026-01-01", back="1").content.decode()
    assert "名册保存三年。" in back and "2026-01-01" in back


def test_what_was_entered_meanwhile_is_looked_at_again(clerk: Client, law: Law) -> None:
    seen = law.texts.get().pk
    make_text(law, SECOND, date(2027, 1, 1))
    response = send(clerk, law, confirm="1", former=seen)
    assert response.status_code == 409 and "文本已有变动" in response.content.decode()
    assert LawText.objects.count() == 2


def test_a_wrong_text_is_corrected_on_its_own_day(clerk: Client, law: Law) -> None:
    wrong = make_text(law, FIRST, date(2027, 3, 1))
    assert "更正同日施行的文本" in send(clerk, law).content.decode()
    send(clerk, law, confirm="1", former=wrong.pk, why="漏录第二条之一")
    wrong.refresh_from_db()
    assert wrong.withdrawn_at is not None
    assert "已被更正" in clerk.get(reverse("laws:text", args=[wrong.pk])).content.decode()


def word_file(text: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>'
        )
    return made.getvalue()


def page_of(text: str) -> str:
    lines = "".join(f"<p>{line}</p>\n" for line in text.splitlines())
    return (
        f"<!DOCTYPE html><html><head><title>x</title><style>p{{}}</style></head><body>{lines}</body></html>"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.txt", SECOND.encode()),
        ("law.txt", SECOND.encode("gb18030")),
        ("law.md", ("# " + SECOND).encode()),
        ("law.html", page_of(SECOND).encode()),
        ("law.htm", page_of(SECOND).replace("<head>", '<head><meta charset="gb2312">').encode("gb18030")),
        ("law.docx", word_file(SECOND)),
    ],
    ids=["utf-8", "gb18030", "markdown", "page", "old page", "word"],
)
def test_a_file_is_read_like_the_pasted_text(clerk: Client, law: Law, name: str, content: bytes) -> None:
    shown = send(clerk, law, "", file=SimpleUploadedFile(name, content)).content.decode()
    assert "变动 2 条" in shown and "请对照原件看一看" not in shown


@pytest.mark.parametrize(
    ("name", "content"),
    [("law.txt", b"\x89PNG\r\n\x1a\n" + bytes(100)), ("law.docx", b"PK\x03\x04not an archive")],
)
def test_what_holds_no_text_is_refused_and_nothing_typed_is_lost(
    clerk: Client, law: Law, name: str, content: bytes
) -> None:
    response = send(clerk, law, "", file=SimpleUploadedFile(name, content))
    shown = response.content.decode()
    assert response.status_code == 422
    assert "不是能读出文字的文件" in shown and "示例机关令第2号" in shown


def test_a_word_file_that_unpacks_into_far_too_much_is_refused(
    clerk: Client, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_LIMIT_UPLOAD_BYTES", "4000")
    made = io.BytesIO(word_file(SECOND))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:document>" + b" " * 40_000)
    assert len(made.getvalue()) < 4000
    response = send(clerk, law, "", file=SimpleUploadedFile("law.docx", made.getvalue()))
    assert response.status_code in (409, 422)
    assert "上传文件大小" in response.content.decode() and "示例机关令第2号" in response.content.decode()


def test_neither_text_nor_file_is_told(clerk: Client, law: Law) -> None:
    response = send(clerk, law, "")
    assert response.status_code == 422 and "请粘贴全文，或选择一个文件" in response.content.decode()


def test_a_law_is_registered_and_repealed_on_its_pages(clerk: Client) -> None:
    values = {
        "title": "《示例办法》",
        "rank": "4",
        "aliases": "示发〔2026〕1号",
        "_once": idempotency.token(),
    }
    response = clerk.post(reverse("laws:laws-create"), values)
    law = Law.objects.get(title="示例办法")
    assert response["Location"] == reverse("laws:laws-detail", args=[law.pk])
    assert "还没有文本" in clerk.get(response["Location"]).content.decode()
    make_text(law)
    repealed = clerk.post(
        reverse("laws:repeal", args=[law.pk]),
        {"last_day": "2026-10-31", "basis": "示例机关令第8号", "_once": idempotency.token()},
    )
    assert "已废止" in clerk.get(repealed["Location"]).content.decode()


def test_a_text_that_awaits_confirmation_is_on_the_list_of_those_who_may(
    client: Client, sign_in_as: SignIn
) -> None:
    text = make_text(make_law(), trust=Trust.PARTLY, note="已有修订，待取得")
    sign_in_as(client, Role.SECTION_HEAD)
    assert "核对法规文本" in client.get("/").content.decode()
    client.post(
        reverse("laws:text-confirm", args=[text.pk]), {"reason": "与公报核对", "_once": idempotency.token()}
    )
    text.refresh_from_db()
    assert text.confirmed
    assert "核对法规文本" not in client.get("/").content.decode()


def test_an_inspector_enters_nothing(client: Client, sign_in_as: SignIn, law: Law) -> None:
    sign_in_as(client, Role.INSPECTOR)
    assert send(client, law, confirm="1").status_code == 403
    assert LawText.objects.count() == 1

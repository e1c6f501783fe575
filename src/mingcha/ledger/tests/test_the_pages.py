from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.ledger.models import Head, Record
from mingcha.ledger.services import seal_yesterday
from mingcha.ledger.tests.happenings import LEADER, note, phone
from mingcha.web import navigation
from mingcha.web.tests.viewer import sign_in

pytestmark = pytest.mark.django_db

LIST = "/ledger/records/"
READERS = (Role.OVERSEER, Role.BUREAU_LEADER, Role.ADMINISTRATOR)


@pytest.fixture
def overseer(client):
    sign_in(client, Role.OVERSEER)
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", READERS)
def test_those_who_oversee_open_the_ledger(client, role):
    note()
    sign_in(client, role)
    assert "记一笔" in page(client, LIST)
    assert client.get("/ledger/").url == LIST


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
def test_others_do_not(client, role):
    note()
    sign_in(client, role)
    for address in ("/ledger/", LIST, f"{LIST}1/", f"{LIST}1/history/", f"{LIST}export/"):
        assert client.get(address).status_code == 403


def test_strangers_are_asked_to_sign_in(client):
    assert "sign-in" in client.get(LIST).url


def test_the_menu_shows_the_ledger_to_those_who_may_open_it(client):
    entry = next(entry for entry in navigation.entries_for(LEADER) if entry.code == "ledger")
    assert (entry.url, entry.group) == (LIST, "oversight")


def test_the_latest_record_comes_first(overseer):
    note(after={"n": 1}, thing=Thing("ledger.head", 1, "先前的事"))
    note(after={"n": 2}, thing=Thing("ledger.head", 1, "后来的事"))
    text = page(overseer, LIST)
    assert text.index("后来的事") < text.index("先前的事")


def test_the_list_can_be_filtered_by_event_and_day_and_searched(overseer):
    with clock.using(clock.FixedClock(datetime(2026, 3, 2, 0, 30, tzinfo=clock.SHANGHAI))) as time:
        note(thing=Thing("ledger.head", 1, "甲事"))
        time.advance(days=1)
        note(thing=Thing("ledger.head", 1, "乙事"), why="因为")
        seal_yesterday()

    assert "甲事" in page(overseer, f"{LIST}?until=2026-03-02")
    assert "乙事" not in page(overseer, f"{LIST}?until=2026-03-02")
    assert "甲事" not in page(overseer, f"{LIST}?since=2026-03-03")
    assert "乙事" not in page(overseer, f"{LIST}?event=ledger.day_sealed")
    assert "甲事" not in page(overseer, f"{LIST}?q=因为")
    assert "乙事" in page(overseer, f"{LIST}?q=因为")


def test_a_record_shows_its_changes_and_its_place_in_the_chain(overseer):
    note(before={"colour": "红"}, after={"colour": "绿"}, why="换了")
    note()
    first, second = Record.objects.order_by("seq")

    text = page(overseer, f"{LIST}1/")
    for expected in ("颜色", "红", "绿", "换了", f'data-value="{first.digest}"', f"{LIST}2/"):
        assert expected in text
    assert f'data-value="{first.digest}"' in page(overseer, f"{LIST}2/")
    assert f'data-value="{second.digest}"' in page(overseer, f"{LIST}2/")


def test_personal_values_are_readable_on_the_page_of_the_overseer_only(client):
    note(personal=phone())
    sign_in(client, Role.OVERSEER)
    assert "13800138000" in page(client, f"{LIST}1/")
    sign_in(client, Role.ADMINISTRATOR)
    text = page(client, f"{LIST}1/")
    assert "13800138000" not in text
    assert "个人信息（已加密）" in text


def test_what_a_record_says_is_never_markup(overseer):
    note(thing=Thing("ledger.head", 1, "<script>x"), after={"colour": "<img>"}, why="<b>")
    text = page(overseer, LIST) + page(overseer, f"{LIST}1/")
    assert not any(markup in text for markup in ("<script>x", "<img>", "<b>"))


def test_taking_the_ledger_out_asks_why_and_is_recorded(overseer):
    note(thing=Thing("ledger.head", 1, "某件事"))
    assert "用途" in page(overseer, f"{LIST}export/")

    response = overseer.post(f"{LIST}export/", {"reason": "审计"})

    with ZipFile(BytesIO(b"".join(response.streaming_content))) as book:
        sheet = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "某件事" in sheet
    last = Record.objects.order_by("-seq").first()
    assert (last.event, last.why) == ("web.personal_data_exported", "审计")


def test_anyone_reads_the_daily_heads(client):
    note()
    head = seal_yesterday()[0]
    text = page(client, "/ledger/heads/")
    assert f'data-value="{head.digest}"' in text
    assert "SHA-256" in text


def test_the_heads_page_says_when_there_is_none_yet(client):
    assert "还没有日终摘要" in page(client, "/ledger/heads/")


def test_the_heads_are_paged_latest_first(client):
    start = datetime(2026, 1, 1, tzinfo=clock.SHANGHAI).date()
    for number in range(40):
        Head.objects.create(
            day=start + timedelta(days=number),
            seq=number,
            digest=f"{number:064x}",
            algorithm="sm3",
            sealed_at=clock.now(),
        )
    first, second = page(client, "/ledger/heads/"), page(client, "/ledger/heads/?page=2")
    assert f"{39:064x}" in first
    assert f"{0:064x}" not in first
    assert f"{0:064x}" in second
    assert "SM3" in second


def test_a_page_changes_nothing(overseer):
    note()
    count = Record.objects.count()
    for address in (LIST, f"{LIST}1/", f"{LIST}1/history/", f"{LIST}export/", "/ledger/heads/"):
        page(overseer, address)
    assert Record.objects.count() == count
    assert overseer.post("/ledger/heads/").status_code == 405

"""The notice is pasted; the calendar and every deadline that moves are seen before anything changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.base import idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.basics.models import Deadline, WorkDay
from mingcha.basics.selectors import workdays as reading
from mingcha.basics.selectors.moving import would_move
from mingcha.basics.services import deadlines
from mingcha.basics.tests.factories import thing
from mingcha.kernel.holiday_notice import read_notice

pytestmark = pytest.mark.usefixtures("loaded")
SignIn = Callable[..., None]
SYSTEM = System(purpose="tests")
#: Made up, in the words of such notices; it keeps the law.
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。2月14日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
"""


@pytest.fixture
def deadline(loaded: None) -> Deadline:
    return deadlines.start(
        actor=SYSTEM,
        rule="T04",
        thing=thing("某公司立案"),
        started_on=date(2026, 11, 23),
        owner=deadlines.Owner(role=Role.COORDINATOR),
    )


def paste(client: Client, text: str = NOTICE, **pressed: str) -> Any:
    values = {"notice": text, "_once": idempotency.token(), **pressed}
    return client.post(reverse("basics:workdays-notice"), values)


def test_looking_changes_nothing_and_shows_what_would_move(
    client: Client, sign_in_as: SignIn, deadline: Deadline
) -> None:
    sign_in_as(client, Role.COORDINATOR)
    before = list(WorkDay.objects.values_list("date", "is_workday", "source"))
    shown = paste(client).content.decode()
    assert "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕9号）" in shown
    assert "将变动的期限：1 个" in shown
    assert "2027年2月18日" in shown and "2027年2月22日" in shown
    assert "确认发布" in shown and NOTICE.splitlines()[3] in shown
    assert list(WorkDay.objects.values_list("date", "is_workday", "source")) == before
    deadline.refresh_from_db()
    assert deadline.due_on == date(2027, 2, 18)


def test_confirming_publishes_the_year_and_lists_what_moved(
    client: Client, sign_in_as: SignIn, deadline: Deadline
) -> None:
    sign_in_as(client, Role.COORDINATOR)
    response = paste(client, confirm="1")
    assert response.status_code == 302
    assert 2027 in reading.known_years()
    assert WorkDay.objects.get(date=date(2027, 2, 20)).name == "春节补班"
    deadline.refresh_from_db()
    assert (deadline.due_on, deadline.provisional) == (date(2027, 2, 22), False)
    page = client.get(response["Location"]).content.decode()
    assert "因此变动的期限" in page and "2027-02-18" in page and "2027-02-22" in page


def test_what_is_foreseen_is_what_happens(client: Client, sign_in_as: SignIn, deadline: Deadline) -> None:
    for rule, started in (
        ("T24", date(2026, 12, 25)),
        ("T07", date(2026, 11, 10)),
        ("T01", date(2027, 2, 3)),
    ):
        deadlines.start(
            actor=SYSTEM, rule=rule, thing=thing(), started_on=started,
            owner=deadlines.Owner(role=Role.COORDINATOR),
        )  # fmt: skip
    days = read_notice(NOTICE).days_of(2027)
    foreseen = {
        found.deadline.pk: found.end.date
        for found in would_move(2027, reading.calendar_with(2027, days), SYSTEM)
    }
    before = dict(Deadline.objects.values_list("pk", "due_on"))
    sign_in_as(client, Role.COORDINATOR)
    paste(client, confirm="1")
    after = dict(Deadline.objects.values_list("pk", "due_on"))
    assert foreseen == {pk: day for pk, day in after.items() if day != before[pk]}
    assert len(foreseen) >= 2


def test_a_notice_that_contradicts_itself_cannot_be_confirmed(client: Client, sign_in_as: SignIn) -> None:
    sign_in_as(client, Role.COORDINATOR)
    wrong = NOTICE.replace("共8天", "共9天").replace("4月3日（周六）", "4月3日（周日）")
    for pressed in ({}, {"confirm": "1"}):
        shown = paste(client, wrong, **pressed).content.decode()
        assert "“春节”写作共9天，起止日期却是8天" in shown
        assert "2027-04-03 写作周日，实际是周六" in shown
        assert "确认发布" not in shown and "共9天" in shown
    assert 2027 not in reading.known_years()


def test_a_notice_that_works_on_a_statutory_day_is_refused_with_the_law(
    client: Client, sign_in_as: SignIn
) -> None:
    sign_in_as(client, Role.COORDINATOR)
    moved = NOTICE.replace("9月15日（周三）", "9月16日（周四）")
    response = paste(client, moved, confirm="1")
    shown = response.content.decode()
    assert response.status_code == 409
    assert "2027-09-15" in shown and "全国年节及纪念日放假办法" in shown and "9月16日（周四）" in shown
    assert 2027 not in reading.known_years()


def test_going_back_keeps_what_was_pasted(client: Client, sign_in_as: SignIn) -> None:
    sign_in_as(client, Role.COORDINATOR)
    response = paste(client, "随便写的一段文字", back="1")
    assert response.status_code == 200 and "随便写的一段文字" in response.content.decode()
    empty = paste(client, "")
    assert empty.status_code == 422


def test_a_year_far_away_is_not_published(client: Client, sign_in_as: SignIn) -> None:
    sign_in_as(client, Role.COORDINATOR)
    shown = paste(client, NOTICE.replace("2027年", "1999年"), confirm="1").content.decode()
    assert "1999 年离现在太远" in shown


def test_pressing_twice_publishes_once(client: Client, sign_in_as: SignIn) -> None:
    sign_in_as(client, Role.COORDINATOR)
    token = idempotency.token()
    first, second = (paste(client, confirm="1", _once=token) for _press in range(2))
    assert first["Location"] == second["Location"]


def test_an_inspector_has_no_such_page(client: Client, sign_in_as: SignIn) -> None:
    sign_in_as(client, Role.INSPECTOR)
    assert client.get(reverse("basics:workdays-notice")).status_code == 403

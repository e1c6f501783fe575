"""The reviewer sees exactly what the public will see, what changed, and decides with one press."""

from __future__ import annotations

import re

from django.test import Client

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base import clock
from mingcha.base.idempotency import token
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.publication import lifecycle, services
from mingcha.publication.models import Publication
from mingcha.publication.testing import RESULTS, Bureau, prepared, published, row
from mingcha.web.views import steps_for


def enter(client: Client, officer: Officer) -> Client:
    return sign_in(client, User.objects.get(pk=officer.id))


def table_of(html: str) -> str:
    found = re.search(r"<table class=\"table mc-cards-on-phone mc-published\".*?</table>", html, re.S)
    assert found is not None
    return found.group(0)


def page_of(publication: Publication) -> str:
    return f"/publication/{publication.pk}/"


def test_the_table_is_the_public_one_to_the_letter(client: Client, bureau: Bureau) -> None:
    waiting = prepared(bureau)
    reviewed = table_of(enter(client, bureau.head).get(page_of(waiting)).content.decode())
    services.publish(actor=bureau.head, publication_id=waiting.pk)
    client.logout()
    public = client.get(f"/open/published/{RESULTS.slug}/{waiting.pk}/").content.decode()
    assert table_of(public) == reviewed


def test_it_shows_what_changed_since_the_version_that_stands(client: Client, bureau: Bureau) -> None:
    published(bureau)
    waiting = prepared(bureau, rows=[row(1), row(2, result="发现问题")], change_note="更正")
    html = enter(client, bureau.head).get(page_of(waiting)).content.decode()
    assert "<del>未发现问题</del> → <ins>发现问题</ins>" in html
    assert "<del>003 示范企业03有限公司</del>" in html


def test_one_press_publishes_and_a_second_does_nothing_more(client: Client, bureau: Bureau) -> None:
    waiting = prepared(bureau)
    enter(client, bureau.head)
    values = {"_once": token()}
    for _press in range(2):
        response = client.post(f"{page_of(waiting)}publish/", values)
        assert response["Location"] == page_of(waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.version) == (lifecycle.PUBLISHED, 1)


def test_it_is_returned_and_withdrawn_with_a_reason(client: Client, bureau: Bureau) -> None:
    waiting = prepared(bureau)
    enter(client, bureau.head)
    refused = client.post(f"{page_of(waiting)}return/", {"_once": token(), "reason": ""})
    assert refused.status_code == 409
    client.post(f"{page_of(waiting)}return/", {"_once": token(), "reason": "人数不符"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.ended_why) == (lifecycle.RETURNED, "人数不符")
    standing = published(bureau)
    client.post(f"{page_of(standing)}withdraw/", {"_once": token(), "reason": "误公开"})
    standing.refresh_from_db()
    assert standing.state == lifecycle.WITHDRAWN


def test_the_preparer_is_told_why_the_button_is_shut(client: Client, bureau: Bureau) -> None:
    both = as_officer(make_officer(Role.COORDINATOR, Role.SECTION_HEAD))
    waiting = prepared(Bureau(clerk=both, head=bureau.head, leader=bureau.leader))
    html = enter(client, both).get(page_of(waiting)).content.decode()
    assert "同一人不能再办理" in html
    assert f"{page_of(waiting)}publish/" not in html


def steps(officer: Officer) -> list[tuple[str, int]]:
    found = steps_for(officer)
    return [(str(step.title), step.count) for step in found if "公示" in str(step.title)]


def test_the_reviewer_s_home_page_says_that_it_waits(bureau: Bureau) -> None:
    assert steps(bureau.head) == []
    prepared(bureau)
    assert steps(bureau.head) == [("审核公示：示范抽查结果", 1)]
    assert steps(bureau.clerk) == []


def test_the_clerk_s_home_page_says_what_comes_down_soon(bureau: Bureau, now: clock.FixedClock) -> None:
    published(bureau, term_parameter="PUBLIC_YEARS_PERSON")
    assert steps(bureau.clerk) == []
    now.advance(days=366 + 365 - 7)
    assert steps(bureau.clerk) == [("公示期将满", 1)]


def test_the_table_of_fields_says_what_may_be_public_and_why(client: Client, bureau: Bureau) -> None:
    html = enter(client, bureau.head).get("/publication/types/").content.decode()
    for text in ("示范检查结果", "《个人信息保护法》第十三条", "隐去一部分", "5年（待确认）", "不能是提交人"):
        assert text in html

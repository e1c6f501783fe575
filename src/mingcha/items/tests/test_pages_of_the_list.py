"""The pages of the list: registers, one item, differences, print, sheet, approval, the public list."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock, idempotency
from mingcha.base.viewers import Officer
from mingcha.basics.services import approvals
from mingcha.items import services
from mingcha.items.content import Exemption, Material
from mingcha.items.differences import differences
from mingcha.items.models import ListRevision
from mingcha.items.registers import ItemRegister
from mingcha.items.storing import content_of
from mingcha.items.testing import LAW, make_content, make_point, published_item
from mingcha.items.tests.conftest import House
from mingcha.laws.models import Law
from mingcha.publication.selectors import current
from mingcha.web.testing import RegisterContract, response_bytes, workbook_sheets


class TestItemRegister(RegisterContract):
    register = ItemRegister
    everybody_sees_all = True

    def make(self, number: int) -> Any:
        return published_item(f"事项{number}", code=f"T{number:03d}").item


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def enter(client: Client, officer: Officer) -> Client:
    sign_in(client, User.objects.get(pk=officer.id))
    return client


@pytest.fixture
def clerk(house: House, client: Client) -> Client:
    return enter(client, house.coordinator)


def test_an_item_shows_points_with_the_words_of_their_articles(clerk: Client) -> None:
    version = published_item(
        materials=(Material("工资台账", "核对"), Material("参保登记", "比对", True, "社会保险系统")),
        exemptions=(Exemption("首次且及时改正", (f"《{LAW}》第三条",), "使用童工的"),),
    )
    shown = page(clerk, "items:items-detail", version.item_id)
    assert "用人单位应当按时足额支付工资。" in shown
    assert "上月工资按时支付了吗？" in shown
    assert "使用童工的" in shown
    asked, held = shown.split("需要企业出示")[1].split("本局已掌握，不向企业索取")[:2]
    assert "工资台账" in asked
    assert "参保登记" not in asked
    assert "参保登记" in held


def test_the_list_is_filtered_by_manner_and_found_by_law(clerk: Client) -> None:
    published_item("只书面", manners=("paper",))
    published_item("只现场", manners=("on_site",))
    found = clerk.get(reverse("items:items-list"), {"manner": "paper"}).content.decode()
    assert "只书面" in found
    assert "只现场" not in found
    assert "只现场" in clerk.get(reverse("items:items-list"), {"q": LAW}).content.decode()
    assert "没有符合条件" in clerk.get(reverse("items:items-list"), {"q": "没有这个词"}).content.decode()


def test_a_new_version_shows_what_it_changes(house: House, clerk: Client) -> None:
    former = published_item()
    draft = services.draft_next(actor=house.coordinator, item_id=former.item_id)
    changed = make_content(
        code="T01", points=(make_point(standard="有银行流水"), make_point(question="有清单吗？"))
    )
    services.change_draft(actor=house.coordinator, version_id=draft.pk, content=changed)
    shown = page(clerk, "items:version", draft.pk)
    assert "与第1版的差别" in shown
    assert "有清单吗？" in shown
    found = differences(content_of(former), changed)
    assert [(one.what, bool(one.before), bool(one.after)) for one in found] == [
        ("检查要点", True, True),
        ("检查要点", False, True),
    ]


def test_whoever_approves_sees_what_would_change(house: House, client: Client) -> None:
    former = published_item()
    draft = services.draft_next(actor=house.coordinator, item_id=former.item_id)
    services.change_draft(
        actor=house.coordinator, version_id=draft.pk, content=make_content(name="改过的名称")
    )
    enter(client, house.coordinator)
    answer = client.post(
        reverse("items:propose"),
        {
            "_once": idempotency.token(),
            "title": "第一次调整",
            "effective_from": clock.today().isoformat(),
            "versions": [draft.pk],
        },
    )
    revision = ListRevision.objects.get()
    assert answer["Location"] == reverse("items:revisions-detail", args=[revision.pk])
    enter(client, house.leader)
    shown = page(client, "basics:approvals-detail", revision.approval_id)
    assert "改过的名称" in shown
    approvals.approve(actor=house.leader, approval_id=revision.approval_id or 0)
    history = page(client, "items:revisions-list")
    assert "第一次调整" in history
    assert "改过的名称" in page(client, "items:items-detail", former.item_id)


def test_the_leader_stops_an_item_with_a_reason_and_the_clerk_has_no_such_button(
    house: House, client: Client
) -> None:
    version = published_item()
    stop = reverse("items:stop", args=[version.pk])
    enter(client, house.coordinator)
    assert stop not in page(client, "items:items-detail", version.item_id)
    enter(client, house.leader)
    assert stop in page(client, "items:items-detail", version.item_id)
    client.post(stop, {"_once": idempotency.token(), "reason": "没有法定依据"})
    version.refresh_from_db()
    assert (version.state, version.stop_reason) == ("stopped", "没有法定依据")


def test_the_print_and_the_sheet_hold_the_columns_of_published_lists(clerk: Client) -> None:
    published_item("工资支付")
    shown = page(clerk, "items:print")
    assert "抽查类别名称" in shown
    (rows,) = workbook_sheets(response_bytes(clerk.get(reverse("items:sheet"))))
    assert rows[0][:5] == ["单位名称", "序号", "抽查类别名称", "事项名称", "事项类别"]
    assert rows[1][3] == "T01 工资支付"
    assert rows[1][6] == f"《{LAW}》第一条"


def test_citizens_read_the_list_with_every_article_as_a_link(house: House, client: Client) -> None:
    version = published_item(unverified=("《某某办法》",))
    services.stop(actor=house.leader, version_id=published_item("清理的").pk, reason="清理")
    public = current("item-list")
    assert public is not None
    shown = page(client, "portal:publication", "items", public.pk)
    law = reverse("portal:law", args=[Law.objects.get(title=LAW).pk])
    assert f'<a href="{law}#a1">《{LAW}》第一条</a>' in shown
    assert version.name in shown
    assert "清理的" not in shown
    assert "《某某办法》：原文未入库，待确认" in shown


def test_a_search_of_many_words_joins_nothing_more_for_each(house: House) -> None:
    published_item("工资支付与最低工资")
    register = ItemRegister()
    rows = register.queryset(house.coordinator)
    assert [item.face.name for item in register.search(rows, "工资 上月 示范劳动条例")] == [
        "工资支付与最低工资"
    ]
    assert not register.search(rows, "工资 火星").exists()
    one, many = (str(register.search(rows, "工" + " 资" * words).query) for words in (0, 5))
    joined = " JOIN "
    assert one.split("WHERE")[0].count(joined) == many.split("WHERE")[0].count(joined)

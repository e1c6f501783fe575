"""待确认 goes when somebody of the bureau has compared an item with its sources and says with which."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import idempotency
from mingcha.base.viewers import Officer, System
from mingcha.basics.models.common import Trust
from mingcha.items import selectors, services
from mingcha.items.content import Content
from mingcha.items.initial import START
from mingcha.items.models import BasisFlag, ItemVersion
from mingcha.items.providers import _items_to_confirm
from mingcha.items.services.releases import take_over
from mingcha.items.testing import LAW, TEXT, make_content, make_point, published_item
from mingcha.items.tests.conftest import House
from mingcha.kernel.testing import refused
from mingcha.laws.models import Law
from mingcha.laws.services.library import add_text
from mingcha.ledger.models import Record
from mingcha.publication.selectors import current

AGAINST = "《示范劳动条例》2020年文本"


def release(*contents: Content) -> list[ItemVersion]:
    """Items that the platform brings: awaiting confirmation."""
    take_over(actor=System(purpose="load-initial"), contents=contents, begins=START)
    return list(ItemVersion.objects.order_by("item__code"))


def confirm(actor: Officer, *versions: ItemVersion, basis: str = AGAINST) -> None:
    services.confirm(actor=actor, version_ids=[version.pk for version in versions], basis=basis)


def remarks() -> dict[str, list[str]]:
    """Code → the remarks that the public reads."""
    public = current("item-list")
    assert public is not None
    return {row["code"]: row["remarks"] for row in public.rows}


def enter(client: Client, officer: Officer) -> Client:
    return sign_in(client, User.objects.get(pk=officer.id))


def test_several_are_confirmed_at_once_with_who_when_and_against_what(house: House) -> None:
    first, second, third = release(*(make_content(code=f"RS0{n}") for n in (1, 2, 3)))
    confirm(house.head, first, second)
    for version in (first, second, third):
        version.refresh_from_db()
    assert [version.awaits_confirmation for version in (first, second, third)] == [False, False, True]
    assert first.confirmed_by is not None
    assert (first.confirmed_by.name, first.confirmed_at, first.confirmed_basis) == (
        "吴股长",
        house.clock.now(),
        AGAINST,
    )
    told = Record.objects.filter(event="items.item.confirmed").values_list("after", flat=True)
    assert [after["confirmed_basis"] for after in told] == [AGAINST, AGAINST]


def test_the_mark_goes_from_the_public_list(house: House) -> None:
    (version, other) = release(
        make_content(code="RS01", unverified=("《某某办法》",)), make_content(code="RS02")
    )
    assert remarks() == {
        "RS01": ["《某某办法》：原文未入库，待确认"],
        "RS02": ["按法律法规条文整理，本局正在核对，待确认"],
    }
    confirm(house.leader, version, other)
    assert remarks() == {"RS01": ["《某某办法》：原文未入库，本局已核对"], "RS02": []}
    public = current("item-list")
    assert public is not None
    assert AGAINST in public.change_note


def test_what_itself_says_that_it_is_to_be_confirmed_has_to_be_worded_anew(house: House) -> None:
    unread = make_point(standard="在规定期限内（期限待确认）", trust=Trust.MEMORY)
    good, bad = release(make_content(code="RS01"), make_content(code="RS02", points=(make_point(), unread)))
    with refused("item.unread_points"):
        confirm(house.head, good, bad)
    good.refresh_from_db()
    assert good.awaits_confirmation
    assert list(selectors.confirmable()) == [good]
    ((version, why),) = selectors.not_confirmable()
    assert (version, [refusal.code for refusal in why]) == (bad, ["item.unread_points"])


def test_an_article_that_has_changed_is_reviewed_first(house: House) -> None:
    (version,) = release(make_content())
    law = Law.objects.get(title=LAW)
    add_text(
        actor=System(purpose="tests"),
        law_id=law.pk,
        label="修订",
        effective_from=house.clock.now().date(),
        source="测试",
        content=TEXT.replace("按时", "按月"),
    )
    with refused("item.changed_basis"):
        confirm(house.head, version)
    for flag in BasisFlag.objects.open():
        services.review(actor=house.coordinator, flag_id=flag.pk, verdict="still", reason="要求未变")
    confirm(house.head, version)


def test_nothing_is_confirmed_twice_or_without_naming_the_documents(house: House) -> None:
    (version,) = release(make_content())
    with refused("basics.reason"):
        confirm(house.head, version, basis="  ")
    confirm(house.head, version)
    with refused("item.confirmed"):
        confirm(house.head, version)
    with refused("item.nothing_to_confirm"):
        confirm(house.head)


def test_only_those_who_decide_confirm_and_nobody_what_they_have_drafted(house: House) -> None:
    (version,) = release(make_content())
    with refused("lifecycle.role"):
        confirm(house.coordinator, version)
    ItemVersion.objects.update(created_by=house.head.id)
    with refused("item.confirm_own"):
        confirm(house.head, version)
    confirm(house.leader, version)


def test_the_bureaus_own_text_needs_no_confirming(house: House) -> None:
    own = published_item(trust=Trust.BUREAU)
    assert not own.awaits_confirmation
    with refused("item.confirmed"):
        confirm(house.head, own)


def test_a_new_version_is_another_text_and_awaits_confirmation_anew(house: House) -> None:
    (version,) = release(make_content())
    confirm(house.head, version)
    draft = services.draft_next(actor=house.coordinator, item_id=version.item_id)
    assert draft.confirmed_at is None
    assert draft.awaits_confirmation


@pytest.mark.parametrize("trust", list(Trust))
@pytest.mark.parametrize("unverified", [(), ("《某某办法》",)])
def test_the_database_and_the_version_agree_on_what_awaits(
    house: House, trust: Trust, unverified: tuple[str, ...]
) -> None:
    version = published_item(trust=trust, unverified=unverified)
    assert selectors.awaiting_confirmation().filter(pk=version.pk).exists() == version.awaits_confirmation


def test_the_page_offers_it_to_those_who_may_and_shows_it_afterwards(house: House, client: Client) -> None:
    first, second = release(make_content(code="RS01"), make_content(code="RS02"))
    address = f"{reverse('items:confirm')}?version={first.pk}"
    item = reverse("items:items-detail", args=[first.item_id])
    assert address not in enter(client, house.coordinator).get(item).content.decode()
    assert client.get(address).status_code == 403
    enter(client, house.head)
    assert address in client.get(item).content.decode()
    (step,) = _items_to_confirm(house.head)
    assert step.count == 2
    assert client.get(address).context["form"].initial["versions"] == [str(first.pk)]
    given: dict[str, Any] = {"_once": idempotency.token(), "versions": [first.pk], "basis": AGAINST}
    answer = client.post(address, given)
    assert answer["Location"] == item
    shown = client.get(item).content.decode()
    assert AGAINST in shown
    assert address not in shown
    history = client.get(reverse("items:items-history", args=[first.item_id])).content.decode()
    assert "核对确认抽查事项" in history
    assert AGAINST in history
    waiting = client.get(reverse("items:items-list"), {"checked": "no"}).content.decode()
    assert ("RS01" in waiting, "RS02" in waiting) == (False, True)
    assert second.awaits_confirmation


def test_the_page_says_what_cannot_be_confirmed_yet_and_why(house: House, client: Client) -> None:
    release(make_content(points=(make_point(trust=Trust.MEMORY),)))
    shown = enter(client, house.head).get(reverse("items:confirm")).content.decode()
    assert "第 1 项要点，文字里写着待确认。请拟定新版本" in shown
    assert "现在没有可以确认的事项" in shown


def test_what_was_typed_stays_when_it_is_refused(house: House, client: Client) -> None:
    (version,) = release(make_content())
    enter(client, house.head)
    given = {"_once": idempotency.token(), "basis": AGAINST, "note": "逐条对照"}
    shown = client.post(reverse("items:confirm"), given).content.decode()
    assert "请至少选择一个事项" in shown
    assert AGAINST in shown
    assert "逐条对照" in shown
    version.refresh_from_db()
    assert version.awaits_confirmation

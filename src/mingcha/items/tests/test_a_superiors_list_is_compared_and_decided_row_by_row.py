"""上级清单: read, compared with ours, decided row by row; ours changes only by confirming."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import idempotency
from mingcha.items.importing import services
from mingcha.items.importing.comparing import compared
from mingcha.items.models import Item, SuperiorList, SuperiorRow
from mingcha.items.testing import LAW, make_point, published_item
from mingcha.items.tests.conftest import House
from mingcha.kernel.refusal import Refused

HEADINGS = "抽查类别,抽查事项,检查对象,事项类别,检查方式,检查主体,检查依据"
ROWS = (
    f"工资支付,用人单位工资支付情况,各类用人单位,重点检查事项,现场检查、书面检查,人社部门,{LAW}第1条、第3条",
    f"证件,是否扣押劳动者证件,各类用人单位,一般检查事项,网络检查,人社部门,《{LAW}》第二条第（二）项",
    "船员,船员服务机构管理,船员服务机构,一般检查事项,现场检查,人社部门,《海外条例》第六十三条",
    "其他,没有依据的一行,各类用人单位,一般检查事项,现场检查,人社部门,",
)
Decision = SuperiorRow.Decision


def file(*rows: str, headings: str = HEADINGS) -> ContentFile:
    return ContentFile("\n".join((headings, *(rows or ROWS))).encode("utf-8-sig"), name="清单.csv")


def received(house: House, *rows: str) -> SuperiorList:
    return services.receive(actor=house.coordinator, authority="省厅", title="2026年清单", file=file(*rows))


def row_of(superior: SuperiorList, place: int) -> SuperiorRow:
    return list(superior.rows.order_by("id"))[place]


def test_each_row_is_understood_warned_about_or_refused_with_column_value_and_reason(house: House) -> None:
    published_item()
    superior = received(house)
    assert list(superior.rows.order_by("id").values_list("verdict", flat=True)) == [
        "understood",
        "understood",
        "warned",
        "refused",
    ]
    (warning,) = row_of(superior, 2).problems
    assert warning["column"] == "检查依据"
    assert warning["value"] == "《海外条例》第六十三条"
    assert "法规库里没有" in warning["reason"]
    assert row_of(superior, 3).problems[0]["reason"] == "没有填写检查依据"


def test_an_item_is_suggested_by_its_articles_and_words(house: House) -> None:
    ours = published_item()
    superior = received(house)
    assert row_of(superior, 0).suggested == ours.item
    assert row_of(superior, 2).suggested is None


def test_what_either_list_has_alone_and_articles_that_ours_lacks_are_told(house: House) -> None:
    ours = published_item()
    alone = published_item(
        "只有本局有",
        bases=(f"《{LAW}》第二条",),
        points=(make_point(bases=(f"《{LAW}》第二条",), consequence_bases=()),),
    )
    superior = received(house, ROWS[0], ROWS[2])
    found = compared(superior)
    assert [str(one.row) for one in found.theirs_alone] == ["船员服务机构管理"]
    assert found.ours_alone == [alone.item]
    assert found.rows[0].item == ours.item
    assert found.rows[0].lacking == ()
    superior = received(house, ROWS[0].replace("第3条", "第2条"))
    assert compared(superior).rows[0].lacking == (f"《{LAW}》第二条",)


def test_nothing_of_ours_changes_before_confirming(house: House) -> None:
    published_item()
    superior = received(house)
    services.decide(actor=house.coordinator, row_id=row_of(superior, 1).pk, decision=Decision.DRAFT)
    assert Item.objects.count() == 1


def test_confirming_drafts_the_new_items_with_the_articles_that_are_known(house: House) -> None:
    ours = published_item()
    superior = received(house)
    decide = {
        0: {"decision": Decision.LINK, "item_id": ours.item_id},
        1: {"decision": Decision.DRAFT},
        2: {"decision": Decision.DRAFT},
        3: {"decision": Decision.IGNORE, "reason": "没有依据"},
    }
    for place, values in decide.items():
        services.decide(actor=house.coordinator, row_id=row_of(superior, place).pk, **values)
    services.confirm(actor=house.coordinator, superior_id=superior.pk)
    drafted = Item.objects.get(code="XS01").face
    assert drafted is not None
    assert (drafted.state, drafted.name, drafted.manner_codes) == (
        "draft",
        "是否扣押劳动者证件",
        ("network",),
    )
    assert [basis.cited for basis in drafted.all_bases.all()] == [f"《{LAW}》第二条第（二）项"]
    other = Item.objects.get(code="XS02").face
    assert other is not None
    assert other.unverified_lines == ("《海外条例》第六十三条",)
    assert row_of(superior, 1).item == drafted.item


def test_confirming_is_refused_while_a_row_is_undecided(house: House) -> None:
    superior = received(house)
    with pytest.raises(Refused) as raised:
        services.confirm(actor=house.coordinator, superior_id=superior.pk)
    assert raised.value.codes == ("item.superior_undecided",)


def test_all_suggestions_are_taken_at_once_and_the_rest_stays_open(house: House) -> None:
    ours = published_item()
    superior = received(house)
    count = services.accept_suggestions(actor=house.coordinator, superior_id=superior.pk)
    assert count == superior.rows.filter(decision=Decision.LINK, item=ours.item).count() >= 1
    assert row_of(superior, 2).decision == Decision.PENDING


@pytest.mark.parametrize(
    ("place", "values", "code"),
    [
        (2, {"decision": Decision.IGNORE, "reason": " "}, "item.superior_no_reason"),
        (0, {"decision": Decision.LINK}, "item.superior_no_item"),
        (3, {"decision": Decision.DRAFT}, "item.superior_refused_row"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(
    house: House, place: int, values: dict[str, object], code: str
) -> None:
    superior = received(house)
    with pytest.raises(Refused) as raised:
        services.decide(actor=house.coordinator, row_id=row_of(superior, place).pk, **values)
    assert raised.value.codes == (code,)


def test_a_settled_list_is_not_decided_again(house: House) -> None:
    superior = received(house)
    services.cancel(actor=house.coordinator, superior_id=superior.pk, reason="传错了")
    with pytest.raises(Refused):
        services.decide(actor=house.coordinator, row_id=row_of(superior, 1).pk, decision=Decision.DRAFT)
    assert not Item.objects.exists()


def test_a_file_without_the_columns_is_refused_in_plain_words(house: House) -> None:
    wrong = file("甲,1", headings="企业名称,统一社会信用代码")
    with pytest.raises(Refused) as raised:
        services.receive(actor=house.coordinator, authority="省厅", title="清单", file=wrong)
    assert "看不出这是上级事项清单" in raised.value.text()


def test_a_clerk_uploads_decides_and_confirms_on_the_pages(house: House, client: Client) -> None:
    published_item()
    sign_in(client, User.objects.get(pk=house.coordinator.id))
    answer = client.post(
        reverse("items:superiors-create"),
        {"_once": idempotency.token(), "authority": "省厅", "title": "清单", "file": file(ROWS[0], ROWS[2])},
    )
    superior = SuperiorList.objects.get()
    detail = reverse("items:superiors-detail", args=[superior.pk])
    assert answer["Location"] == detail
    assert "上级有、本局没有（1 行）" in client.get(detail).content.decode()
    client.post(reverse("items:superior-accept", args=[superior.pk]), {"_once": idempotency.token()})
    page = reverse("items:superior-row", args=[row_of(superior, 1).pk])
    refused = client.post(page, {"_once": idempotency.token(), "decision": "ignore", "reason": ""})
    assert "必须写明理由" in refused.content.decode()
    client.post(page, {"_once": idempotency.token(), "decision": "ignore", "reason": "不在本局职责内"})
    client.post(reverse("items:superior-confirm", args=[superior.pk]), {"_once": idempotency.token()})
    superior.refresh_from_db()
    assert superior.state == "confirmed"

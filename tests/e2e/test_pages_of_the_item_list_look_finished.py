"""The pages of the item list at both sizes: accessible, nothing cut off, nothing complaining."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.items import services
from mingcha.items.content import Exemption, Material, Outcome
from mingcha.items.importing import services as importing
from mingcha.items.models import BasisFlag
from mingcha.items.testing import LAW, TEXT, make_content, make_point, published_item
from mingcha.laws.models import Law
from mingcha.laws.services.library import add_text
from mingcha.planning.testing import MORNING, make_county
from mingcha.publication.initial import load as load_publication
from mingcha.publication.selectors import current
from tests.e2e.looking import AT_DESKS, overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield fixed


def addresses() -> list[str]:
    """One page of each kind, with everything that it can show."""
    county = make_county(clock.FixedClock(MORNING), subjects=1, inspectors=1)
    load_publication(actor=System(purpose="tests"))
    version = published_item(
        materials=(Material("工资台账", "核对"), Material("参保登记", "比对", True, "社会保险系统")),
        outcomes=(Outcome("1", ("none",)), Outcome("14", ("order", "case"), "逾期不改")),
        exemptions=(Exemption("首次且及时改正", (f"《{LAW}》第三条",), "使用童工的"),),
        unverified=("《某某办法》",),
    )
    add_text(
        actor=System(purpose="tests"),
        law_id=Law.objects.get(title=LAW).pk,
        label="修订",
        effective_from=date(2027, 1, 1),
        source="测试",
        content=TEXT.replace("按时", "按月"),
    )
    draft = services.draft_next(actor=county.coordinator, item_id=version.item_id)
    changed = make_content(points=(make_point(), make_point(question="有工资清单吗？")))
    services.change_draft(actor=county.coordinator, version_id=draft.pk, content=changed)
    services.stop(actor=county.leader, version_id=published_item("清理的").pk, reason="没有法定依据")
    lists = f"抽查类别,抽查事项,检查依据\n工资,工资支付情况,{LAW}第1条\n其他,海外,《海外条例》第六十三条"
    superior = importing.receive(
        actor=county.coordinator,
        authority="省厅",
        title="2026年清单",
        file=ContentFile(lists.encode(), name="清单.csv"),
    )
    public = current("item-list")
    flag = BasisFlag.objects.filter(kind=BasisFlag.Kind.CHANGED).first()
    assert public is not None
    assert flag is not None
    named = (
        ("items:items-list",),
        ("items:items-detail", version.item_id),
        ("items:version", draft.pk),
        ("items:version-edit", draft.pk),
        ("items:create",),
        ("items:propose",),
        ("items:print",),
        ("items:revisions-list",),
        ("items:flags-list",),
        ("items:flags-detail", flag.pk),
        ("items:flag-review", flag.pk),
        ("items:superiors-create",),
        ("items:superiors-detail", superior.pk),
        ("items:superior-row", superior.rows.all()[0].pk),
        ("portal:publication", "items", public.pk),
    )
    return [reverse(name, args=args) for name, *args in named]


@pytest.mark.parametrize("size", AT_DESKS)
def test_every_page_of_the_item_list_looks_finished(
    live_server: Any,
    request: pytest.FixtureRequest,
    now: clock.FixedClock,
    enter: Callable[..., None],
    console: Callable[[Page], list[str]],
    axe: Callable[[Page], list[str]],
    size: str,
) -> None:
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    pages = addresses()
    enter(page, User.objects.get(name="周经办"))
    for address in pages:
        page.goto(f"{live_server.url}{address}")
        assert axe(page) == [], address
        assert overflow(page) == 0, address
    assert complaints == []


def test_a_clerk_drafts_a_version_reads_the_article_beside_it_and_proposes_it(
    live_server: Any, desktop: Page, now: clock.FixedClock, enter: Callable[..., None]
) -> None:
    make_county(now, subjects=1, inspectors=1)
    version = published_item()
    enter(desktop, User.objects.get(name="周经办"))
    desktop.goto(live_server.url + reverse("items:items-detail", args=[version.item_id]))
    desktop.get_by_text(f"《{LAW}》第一条", exact=True).first.click()
    expect(desktop.get_by_text("用人单位应当按时足额支付工资。").first).to_be_visible()
    desktop.get_by_role("button", name="拟定新版本").click()
    desktop.get_by_role("button", name="再加一个要点").click()
    desktop.locator("#id_points-2-question").fill("有工资清单吗？")
    desktop.locator("#id_points-2-standard").fill("每月有本人签收的清单")
    desktop.locator("#id_points-2-bases").fill(f"{LAW}第99条")
    desktop.locator("#id_points-2-consequence").fill("责令改正")
    desktop.get_by_role("button", name="保存草稿").last.click()
    expect(desktop.get_by_text("没有第九十九条")).to_be_visible()
    expect(desktop.locator("#id_points-2-standard")).to_have_value("每月有本人签收的清单")
    desktop.locator("#id_points-2-bases").fill(f"{LAW}第1条第2款")
    desktop.get_by_role("button", name="保存草稿").last.click()
    expect(desktop.get_by_role("heading", name="与第1版的差别")).to_be_visible()
    desktop.get_by_role("link", name="提请公布").click()
    desktop.get_by_label("这次调整的名称").fill("增加工资清单要点")
    desktop.get_by_role("button", name="提请审批").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("增加工资清单要点")

"""初始清单: published at the start, never touched again; a later release only drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mingcha.base.viewers import System
from mingcha.items import selectors, services
from mingcha.items.models import ItemVersion
from mingcha.items.services.releases import take_over
from mingcha.items.testing import make_content
from mingcha.items.tests.conftest import House
from mingcha.publication.selectors import current

RELEASE = System(purpose="load-initial")
START = date(2024, 1, 1)


def release(*contents: object) -> int:
    return take_over(actor=RELEASE, contents=contents, begins=START)  # type: ignore[arg-type]


def test_an_installation_starts_with_the_items_published_and_awaiting_confirmation(house: House) -> None:
    assert release(make_content(code="RS01"), make_content(code="RS02")) == 2
    versions = list(selectors.in_force(START))
    assert [version.item.code for version in versions] == ["RS01", "RS02"]
    assert all(version.awaits_confirmation for version in versions)
    public = current("item-list")
    assert public is not None
    assert len(public.rows) == 2


def test_loading_again_changes_nothing(house: House) -> None:
    release(make_content())
    before = list(ItemVersion.objects.values_list("pk", "state"))
    assert release(make_content()) == 0
    assert list(ItemVersion.objects.values_list("pk", "state")) == before


def test_a_release_that_words_an_item_anew_makes_a_draft_once(house: House) -> None:
    release(make_content())
    anew = make_content(name="工资支付与清单")
    assert release(anew) == 1
    assert release(anew) == 0
    draft = selectors.drafts().get()
    assert (draft.number, draft.name) == (2, "工资支付与清单")
    services.discard_draft(actor=house.coordinator, version_id=draft.pk, reason="不采用")
    assert release(anew) == 0


def test_a_draft_of_the_bureau_is_left_alone(house: House) -> None:
    release(make_content())
    item = ItemVersion.objects.get().item
    draft = services.draft_next(actor=house.coordinator, item_id=item.pk)
    own = replace(make_content(), name="本局自己的写法")
    services.change_draft(actor=house.coordinator, version_id=draft.pk, content=own)
    assert release(make_content(name="新的写法")) == 0
    draft.refresh_from_db()
    assert draft.name == "本局自己的写法"


def test_only_the_platform_takes_a_release_over(house: House) -> None:
    with pytest.raises(TypeError):
        take_over(actor=house.coordinator, contents=[make_content()], begins=START)

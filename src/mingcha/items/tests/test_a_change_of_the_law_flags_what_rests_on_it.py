"""依据已变动，待复核: a new text of a law flags the bindings it touches, and nothing else changes."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.base.viewers import System
from mingcha.items import services
from mingcha.items.models import BasisFlag, ItemVersion
from mingcha.items.providers import _flags_to_review
from mingcha.items.testing import LAW, TEXT, make_content, make_point, published_item
from mingcha.items.tests.conftest import House
from mingcha.kernel.refusal import Refused
from mingcha.laws.models import Law
from mingcha.laws.services.library import add_text, repeal

KIND = BasisFlag.Kind
NEW_DAY = date(2027, 1, 1)


def new_text(text: str, day: date = NEW_DAY) -> None:
    add_text(
        actor=System(purpose="tests"),
        law_id=Law.objects.get(title=LAW).pk,
        label="修订",
        effective_from=day,
        source="测试",
        content=text,
    )


def kinds(version: ItemVersion) -> dict[str, str]:
    rows = BasisFlag.objects.filter(basis__version=version, basis__point=None)
    return {flag.basis.cited: flag.kind for flag in rows}


@pytest.fixture
def version(house: House) -> ItemVersion:
    bases = tuple(f"《{LAW}》第{number}条" for number in "一二三")
    return published_item(bases=bases, points=(make_point(bases=(f"《{LAW}》第二条第（一）项",)),))


def test_a_changed_article_a_vanished_one_and_an_unchanged_one_are_told_apart(version: ItemVersion) -> None:
    changed = TEXT.replace("按时足额支付工资", "按月足额支付工资").split("第三条")[0]
    new_text(changed)
    assert kinds(version) == {
        f"《{LAW}》第一条": KIND.CHANGED,
        f"《{LAW}》第二条": KIND.NEW_TEXT,
        f"《{LAW}》第三条": KIND.VANISHED,
    }


def test_the_published_version_stays_as_it_was(version: ItemVersion) -> None:
    before = [(basis.pk, basis.law_text_id, basis.cited) for basis in version.all_bases.all()]
    new_text(TEXT.replace("工资", "劳动报酬"))
    assert [(basis.pk, basis.law_text_id, basis.cited) for basis in version.all_bases.all()] == before
    version.refresh_from_db()
    assert version.state == "published"


def test_only_items_that_rest_on_the_law_are_flagged(version: ItemVersion) -> None:
    other_law = "另一条例"
    from mingcha.items.testing import a_law

    a_law(other_law, TEXT)
    other = published_item(
        "别的",
        bases=(f"《{other_law}》第一条",),
        points=(make_point(bases=(f"《{other_law}》第一条",), consequence_bases=()),),
    )
    new_text(TEXT.replace("按时", "按月"))
    assert not BasisFlag.objects.filter(basis__version=other).exists()


def test_a_repealed_law_flags_everything_that_rests_on_it(version: ItemVersion) -> None:
    law = Law.objects.get(title=LAW)
    repeal(actor=System(purpose="tests"), law_id=law.pk, last_day=date(2026, 12, 31), basis="国务院令第999号")
    assert set(kinds(version).values()) == {KIND.VANISHED}


def test_a_repeal_outweighs_what_was_found_about_the_last_text(house: House, version: ItemVersion) -> None:
    new_text(TEXT.replace("按时", "按月"), day=date(2026, 11, 23))
    for flag in BasisFlag.objects.all():
        services.review(actor=house.coordinator, flag_id=flag.pk, verdict="still", reason="要求未变")
    assert list(_flags_to_review(house.coordinator)) == []
    law = Law.objects.get(title=LAW)
    repeal(actor=System(purpose="tests"), law_id=law.pk, last_day=date(2026, 12, 31), basis="国务院令第999号")
    open_flags = BasisFlag.objects.open()
    assert {flag.kind for flag in open_flags} == {KIND.VANISHED}
    assert open_flags.count() == BasisFlag.objects.count() > 0
    assert {(flag.verdict, flag.reason) for flag in open_flags} == {("", "")}
    (step,) = _flags_to_review(house.coordinator)
    assert step.count == open_flags.count()


def test_those_who_keep_the_list_are_told_what_to_review(house: House, version: ItemVersion) -> None:
    assert list(_flags_to_review(house.coordinator)) == []
    new_text(TEXT.replace("按时", "按月"))
    (step,) = _flags_to_review(house.coordinator)
    assert "1 个事项的依据已变动" in str(step.title)
    assert list(_flags_to_review(house.inspector)) == []


def test_finding_that_it_still_applies_is_a_record_with_a_reason(house: House, version: ItemVersion) -> None:
    new_text(TEXT.replace("按时", "按月"))
    for flag in BasisFlag.objects.filter(kind=KIND.CHANGED):
        services.review(
            actor=house.coordinator, flag_id=flag.pk, verdict="still", reason="只改了一个词，要求未变"
        )
    assert not BasisFlag.objects.open().filter(kind=KIND.CHANGED).exists()
    with pytest.raises(Refused):
        services.review(actor=house.coordinator, flag_id=flag.pk, verdict="still", reason="再来一次")


def test_what_has_vanished_does_not_still_apply(house: House, version: ItemVersion) -> None:
    new_text(TEXT.split("第三条")[0])
    flag = BasisFlag.objects.filter(kind=KIND.VANISHED).first()
    assert flag is not None
    with pytest.raises(Refused) as raised:
        services.review(actor=house.coordinator, flag_id=flag.pk, verdict="still", reason="照旧")
    assert raised.value.codes == ("item.flag_vanished",)


def test_a_flag_is_settled_by_the_next_version_once_that_is_drafted(
    house: House, version: ItemVersion
) -> None:
    new_text(TEXT.split("第三条")[0])
    flag = BasisFlag.objects.filter(kind=KIND.VANISHED).first()
    assert flag is not None
    with pytest.raises(Refused) as raised:
        services.review(actor=house.coordinator, flag_id=flag.pk, verdict="replaced", reason="改写")
    assert raised.value.codes == ("item.flag_no_version",)
    services.draft_next(actor=house.coordinator, item_id=version.item_id)
    services.review(actor=house.coordinator, flag_id=flag.pk, verdict="replaced", reason="改写")


def test_a_draft_with_a_changed_article_is_not_proposed_until_it_is_saved_again(house: House) -> None:
    draft = services.create_item(actor=house.coordinator, content=make_content())
    new_text(TEXT.replace("按时", "按月"), day=date(2026, 11, 23))

    def propose() -> None:
        services.propose(
            actor=house.coordinator, version_ids=[draft.pk], title="调整", effective_from=NEW_DAY
        )

    with pytest.raises(Refused) as raised:
        propose()
    assert raised.value.codes == ("item.stale_basis",)
    services.change_draft(actor=house.coordinator, version_id=draft.pk, content=make_content())
    propose()

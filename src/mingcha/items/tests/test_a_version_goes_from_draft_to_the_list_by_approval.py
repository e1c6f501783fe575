"""草稿 → 待审 → 已公布: one approval takes any number of drafts onto the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mingcha.base import clock
from mingcha.basics.models import Approval
from mingcha.basics.services import approvals
from mingcha.items import lifecycle, selectors, services
from mingcha.items.models import ItemVersion, ListRevision
from mingcha.items.testing import make_content, make_point, published_item
from mingcha.items.tests.conftest import House
from mingcha.kernel.refusal import Refused
from mingcha.publication.selectors import current

IN_TEN_DAYS = timedelta(days=10)


def proposed(house: House, *versions: ItemVersion, day: date | None = None) -> ListRevision:
    return services.propose(
        actor=house.coordinator,
        version_ids=[version.pk for version in versions],
        title="2026年第一次调整",
        effective_from=day or clock.today() + IN_TEN_DAYS,
        summary="按新条例调整",
    )


def approval_of(revision: ListRevision) -> Approval:
    return Approval.objects.get(pk=revision.approval_id)


def test_one_approval_publishes_every_version_of_a_change(house: House) -> None:
    drafts = [
        services.create_item(actor=house.coordinator, content=make_content(code=c)) for c in ("T01", "T02")
    ]
    revision = proposed(house, *drafts)
    approvals.approve(actor=house.leader, approval_id=approval_of(revision).pk, opinion="同意")
    for draft in drafts:
        draft.refresh_from_db()
        assert (draft.state, draft.effective_from) == (lifecycle.PUBLISHED, clock.today() + IN_TEN_DAYS)
    revision.refresh_from_db()
    assert (revision.state, revision.number) == (lifecycle.ISSUED, 1)


def test_the_former_version_ends_the_day_before_the_new_one_begins(house: House) -> None:
    former = published_item()
    draft = services.draft_next(actor=house.coordinator, item_id=former.item_id)
    revision = proposed(house, draft)
    approvals.approve(actor=house.leader, approval_id=approval_of(revision).pk)
    former.refresh_from_db()
    assert former.effective_until == clock.today() + IN_TEN_DAYS - timedelta(days=1)
    assert former.state == lifecycle.PUBLISHED


def test_an_approval_that_comes_late_moves_the_first_day(house: House) -> None:
    draft = services.create_item(actor=house.coordinator, content=make_content())
    revision = proposed(house, draft, day=clock.today())
    house.clock.advance(days=3)
    approvals.approve(actor=house.leader, approval_id=approval_of(revision).pk)
    draft.refresh_from_db()
    assert draft.effective_from == clock.today()


def test_the_published_list_is_public_as_soon_as_it_is_approved(house: House) -> None:
    draft = services.create_item(actor=house.coordinator, content=make_content())
    approvals.approve(actor=house.leader, approval_id=approval_of(proposed(house, draft)).pk)
    first = current("item-list")
    assert first is not None
    assert [row["code"] for row in first.rows] == ["T01"]
    other = services.create_item(actor=house.coordinator, content=make_content(code="T02"))
    approvals.approve(actor=house.leader, approval_id=approval_of(proposed(house, other)).pk)
    second = current("item-list")
    assert second is not None
    assert (second.version, [row["code"] for row in second.rows]) == (2, ["T01", "T02"])
    assert "2026年第一次调整" in second.change_note


def test_a_returned_change_gives_the_drafts_back_and_can_be_submitted_again(house: House) -> None:
    draft = services.create_item(actor=house.coordinator, content=make_content())
    revision = proposed(house, draft)
    approval = approval_of(revision)
    approvals.return_(actor=house.leader, approval_id=approval.pk, reason="依据不全")
    draft.refresh_from_db()
    revision.refresh_from_db()
    assert (draft.state, revision.state) == (lifecycle.DRAFT, lifecycle.SENT_BACK)
    services.change_draft(
        actor=house.coordinator, version_id=draft.pk, content=make_content(name="工资按时支付")
    )
    approvals.submit(actor=house.coordinator, approval_id=approval.pk)
    approvals.approve(actor=house.leader, approval_id=approval.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.name) == (lifecycle.PUBLISHED, "工资按时支付")


def test_a_withdrawn_proposal_sets_its_drafts_free(house: House) -> None:
    draft = services.create_item(actor=house.coordinator, content=make_content())
    revision = proposed(house, draft)
    approvals.withdraw(actor=house.coordinator, approval_id=approval_of(revision).pk, reason="再研究")
    draft.refresh_from_db()
    assert draft.state == lifecycle.DRAFT
    proposed(house, draft)


def test_whoever_drafted_cannot_publish(house: House) -> None:
    draft = services.create_item(actor=house.head, content=make_content())
    with pytest.raises(Refused):
        services.publish(actor=house.head, revision_id=proposed(house, draft).pk)
    draft.refresh_from_db()
    assert draft.state == lifecycle.PROPOSED


def test_a_published_version_never_changes(house: House) -> None:
    version = published_item()
    with pytest.raises(Refused) as raised:
        services.change_draft(actor=house.coordinator, version_id=version.pk, content=make_content())
    assert raised.value.codes == ("item.not_draft",)


def test_a_version_waiting_for_approval_cannot_be_changed(house: House) -> None:
    draft = services.create_item(actor=house.coordinator, content=make_content())
    proposed(house, draft)
    with pytest.raises(Refused):
        services.change_draft(actor=house.coordinator, version_id=draft.pk, content=make_content())


def test_an_item_has_one_open_version_at_a_time(house: House) -> None:
    version = published_item()
    services.draft_next(actor=house.coordinator, item_id=version.item_id)
    with pytest.raises(Refused) as raised:
        services.draft_next(actor=house.coordinator, item_id=version.item_id)
    assert raised.value.codes == ("item.open_version",)


def test_all_that_a_change_lacks_is_said_at_once(house: House) -> None:
    bare = make_content(bases=(), points=())
    drafts = [
        services.create_item(actor=house.coordinator, content=replace(bare, code=c)) for c in ("T01", "T02")
    ]
    with pytest.raises(Refused) as raised:
        proposed(house, *drafts)
    assert raised.value.codes == ("item.no_basis", "item.no_points") * 2


def test_a_point_that_rests_on_nothing_is_not_published(house: House) -> None:
    content = make_content(points=(make_point(), make_point(bases=())))
    draft = services.create_item(actor=house.coordinator, content=content)
    with pytest.raises(Refused) as raised:
        proposed(house, draft)
    assert raised.value.codes == ("item.point_without_basis",)
    assert "第 2 项" in raised.value.text()


def test_a_first_day_in_the_past_is_refused(house: House) -> None:
    draft = services.create_item(actor=house.coordinator, content=make_content())
    with pytest.raises(Refused) as raised:
        proposed(house, draft, day=clock.today() - timedelta(days=1))
    assert raised.value.codes == ("item.past_day",)


def test_a_stop_takes_the_item_off_the_public_list(house: House) -> None:
    kept, stopped = published_item("留下的"), published_item("清理的")
    services.stop(actor=house.leader, version_id=stopped.pk, reason="近五年未实施")
    public = current("item-list")
    assert public is not None
    assert [row["name"] for row in public.rows] == [kept.name]
    stopped.refresh_from_db()
    assert stopped.effective_until == clock.today() - timedelta(days=1)
    assert [row.title for row in selectors.issued_revisions()] == [f"停用 {stopped.item.code} 清理的"]


def test_a_draft_given_up_leaves_its_number_used(house: House) -> None:
    version = published_item()
    draft = services.draft_next(actor=house.coordinator, item_id=version.item_id)
    services.discard_draft(actor=house.coordinator, version_id=draft.pk, reason="不改了")
    assert services.draft_next(actor=house.coordinator, item_id=version.item_id).number == 3


def test_inspectors_see_what_is_published_and_no_drafts(house: House) -> None:
    version = published_item()
    services.draft_next(actor=house.coordinator, item_id=version.item_id)
    services.create_item(actor=house.coordinator, content=make_content(code="T09"))
    assert [row.number for row in ItemVersion.objects.visible_to(house.inspector)] == [1]
    assert ItemVersion.objects.visible_to(house.coordinator).count() == 3

"""Preparing and reviewing are two people's work; nothing is public before both have done theirs."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.base.service import service
from mingcha.base.viewers import PUBLIC, System, Viewer
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.publication import lifecycle, services
from mingcha.publication.models import Publication
from mingcha.publication.testing import Bureau, prepared, published


def visible() -> list[Publication]:
    return list(Publication.objects.visible_to(PUBLIC))


def test_what_is_prepared_is_not_public(bureau: Bureau) -> None:
    prepared(bureau)
    assert visible() == []


def test_another_person_publishes_it(bureau: Bureau) -> None:
    found = published(bureau)
    assert visible() == [found]
    assert (found.state, found.version, found.reviewed_by_id) == (lifecycle.PUBLISHED, 1, bureau.head.id)
    assert found.number == "公示〔2026〕0001号"
    assert Record.objects.filter(event="publication.published", why="").count() == 1


def test_whoever_prepared_it_cannot_publish_it(bureau: Bureau) -> None:
    both = as_officer(make_officer(Role.COORDINATOR, Role.SECTION_HEAD))
    waiting = prepared(Bureau(clerk=both, head=bureau.head, leader=bureau.leader))
    with pytest.raises(Refused) as refused:
        services.publish(actor=both, publication_id=waiting.pk)
    assert refused.value.codes == ("accounts.duty_conflict",)
    assert visible() == []


def test_a_role_that_does_not_review_the_type_cannot_publish_it(bureau: Bureau) -> None:
    waiting = prepared(bureau)
    other = as_officer(make_officer(Role.COORDINATOR))
    with pytest.raises(Refused) as refused:
        services.publish(actor=other, publication_id=waiting.pk)
    assert refused.value.codes == ("publication.reviewer",)


def test_it_is_returned_with_a_reason_and_stays_inside(bureau: Bureau) -> None:
    waiting = prepared(bureau)
    with pytest.raises(Refused):
        services.return_(actor=bureau.head, publication_id=waiting.pk, reason=" ")
    found = services.return_(actor=bureau.head, publication_id=waiting.pk, reason="人数与检查表不符")
    assert (found.state, found.ended_why) == (lifecycle.RETURNED, "人数与检查表不符")
    assert visible() == []


def test_preparing_again_replaces_what_waited(bureau: Bureau) -> None:
    first = prepared(bureau)
    second = prepared(bureau, title="示范抽查结果（改）")
    first.refresh_from_db()
    assert (first.state, second.state) == (lifecycle.RETURNED, lifecycle.PREPARED)
    assert first.ended_why


def test_a_snapshot_that_somebody_altered_is_not_published(bureau: Bureau) -> None:
    waiting = prepared(bureau)
    rows = [*waiting.rows[:-1], {**waiting.rows[-1], "result": "发现问题"}]
    Publication.objects.filter(pk=waiting.pk).update(rows=rows)
    with pytest.raises(Refused) as refused:
        services.publish(actor=bureau.head, publication_id=waiting.pk)
    assert refused.value.codes == ("publication.digest",)


def test_the_platform_may_publish_what_its_own_services_prepared(bureau: Bureau) -> None:
    @service
    def both(*, actor: Viewer) -> Publication:
        waiting = prepared(bureau)
        return services.publish(actor=actor, publication_id=waiting.pk)

    assert both(actor=System(purpose="tests")).state == lifecycle.PUBLISHED


def test_nothing_is_published_for_a_day_that_has_not_come(bureau: Bureau) -> None:
    waiting = prepared(bureau)
    with pytest.raises(Refused) as refused:
        services.publish(actor=bureau.head, publication_id=waiting.pk, from_day=date(2026, 11, 24))
    assert refused.value.codes == ("publication.from_day",)

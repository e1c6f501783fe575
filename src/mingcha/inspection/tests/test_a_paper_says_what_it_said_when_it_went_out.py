"""一号一文: what was approved and what was issued to the firm reads the same whatever happens afterwards."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.basics.services.approvals import withdraw
from mingcha.inspection import services
from mingcha.inspection.counted import cap_for
from mingcha.inspection.models import Inspection, InspectionItem, KeptPaper
from mingcha.inspection.sheets import approval_of
from mingcha.inspection.testing import drafted, goes, proposed, single
from mingcha.items.testing import published_item
from mingcha.planning.testing import County
from mingcha.registry.models import Subject, Visit


def text(client: Client, page: str, inspection: Inspection) -> str:
    return client.get(reverse(f"inspection:{page}", args=[inspection.pk])).content.decode()


def somebody_comes(subject: Subject) -> None:
    """Another section visits the firm meanwhile."""
    Visit.objects.create(
        subject=subject, visited_on=clock.today(), unit_name="社保股", recorded_at=clock.now()
    )


def test_the_sheet_is_what_the_leader_approved(client: Client, here: County) -> None:
    made = single(here)
    sign_in(client, User.objects.get(pk=here.coordinator.id))
    gone = made.team[1]

    made.members.filter(inspector=gone).update(left_at=clock.now())
    somebody_comes(made.subject)

    page = text(client, "sheet", made)
    assert gone.name in page
    assert "已查 0 次，上限 1 次" in page


def test_a_sheet_that_was_given_back_and_says_something_else_is_another_version(here: County) -> None:
    made = proposed(here, drafted(here))
    for purpose, versions in ((made.purpose, [1]), ("换了事由", [1, 2])):
        approval = approval_of(made)
        assert approval is not None
        withdraw(actor=here.coordinator, approval_id=approval.pk, reason="再改一改")
        Inspection.objects.filter(pk=made.pk).update(purpose=purpose)
        made = services.propose(actor=here.coordinator, inspection=Inspection.objects.get(pk=made.pk))
        assert list(KeptPaper.objects.filter(kind="sheet").values_list("version", flat=True)) == versions


def test_the_notice_is_what_the_firm_was_given_until_what_is_looked_at_changes(
    client: Client, here: County, visit: Inspection
) -> None:
    services.issue_package(actor=goes(visit), inspection=visit)
    sign_in(client, User.objects.get(pk=here.coordinator.id))
    somebody_comes(visit.subject)
    added = published_item("后来的事项", code="S77")
    services.issue_package(actor=goes(visit), inspection=visit, anew=True)
    InspectionItem.objects.create(inspection=visit, version=added, unit=visit.unit)

    page = text(client, "notice", visit)
    assert "已入企检查 0 次，上限 1 次" in page
    assert "后来的事项" not in page

    services.issue_package(actor=goes(visit), inspection=visit)
    page = text(client, "notice", visit)
    assert "已入企检查 1 次，上限 1 次" in page
    assert "后来的事项" in page


def test_the_cap_is_that_of_the_day_on_which_the_visit_can_be_made(here: County, visit: Inspection) -> None:
    next_year = clock.today().replace(year=clock.today().year + 1, month=1, day=5)
    somebody_comes(visit.subject)
    assert cap_for(visit).visits == 1
    visit.visit_from, visit.visit_until = next_year, next_year + timedelta(days=5)
    assert cap_for(visit).visits == 0

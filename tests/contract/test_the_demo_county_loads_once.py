"""`make demo`: the county is made by the services, of any size, and loading it again changes nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from demo import campaigns
from demo.county import TOWNS, USUAL, Size
from demo.firms import firms, households
from demo.load import load, who_can_sign_in
from demo.people import PEOPLE, offered
from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer
from mingcha.base import clock, testing
from mingcha.inspection.lifecycle import INSPECTION
from mingcha.inspection.models import Inspection, Referral
from mingcha.kernel import credit_code
from mingcha.leads.models import Lead, NoticeService
from mingcha.leads.vocabulary import Kind
from mingcha.ledger.verification import verify
from mingcha.planning.models import AnnualPlan, Campaign, Draw, Task
from mingcha.publication.models import Publication
from mingcha.registry.models import Claim, Contact, ImportBatch, Inspector, Licence, Subject, Violation, Visit
from mingcha.web.providers import next_steps
from tests.contract.tables import rows

# Whoever begins with everything that an installation begins with shares what one worker entered.
pytestmark = pytest.mark.xdist_group("installed")
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=clock.SHANGHAI)
SMALL = Size.of(200)


def steps(text: str) -> None:
    """What the loader says while it works; nobody listens here."""


@pytest.fixture
def installed(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    with clock.using(clock.FixedClock(NOW)):
        testing.load_all_initial()


def titles(username: str) -> str:
    person = as_officer(User.objects.get(username=username))
    return "\n".join(step.title for step in next_steps.gather(person))


@pytest.mark.django_db
def test_a_small_county_is_made_by_the_services_and_a_second_time_changes_nothing(installed: None) -> None:
    with clock.using(clock.FixedClock(NOW)):
        assert load(SMALL, steps)
        loaded = rows()
        assert not load(SMALL, steps)
        assert rows() == loaded
        assert verify().intact

        kinds = {kind: Subject.objects.filter(kind=kind).count() for kind in ("enterprise", "household")}
        assert kinds == {"enterprise": SMALL.enterprises + 24, "household": SMALL.households}
        assert set(Subject.objects.values_list("town", flat=True)) <= set(TOWNS)
        assert all(map(credit_code.is_synthetic, Subject.objects.values_list("credit_code", flat=True)))
        assert set(ImportBatch.objects.values_list("state", flat=True)) == {"done"}
        assert Inspector.objects.filter(kind="certified").count() == 12
        assert Claim.objects.filter(state="pending").count() == 14
        for table in (Licence, Violation, Visit):
            assert table.objects.exists(), table

        done = Campaign.objects.get(title__startswith=campaigns.FINISHED)
        draw = Draw.objects.get(campaign=done)
        assert (done.state, draw.state) == ("dispatched", "drawn")
        assert "演示" in draw.title
        assert set(Task.objects.values_list("state", flat=True)) == {
            *("confirmed", "begun", "done", "unvisited")
        }
        assert set(Inspection.objects.values_list("state", flat=True)) == {
            *(state.code for state in INSPECTION.states if state.code != "draft")
        }
        assert {lead.kind for lead in Lead.objects.all()} == set(Kind.values)
        closed = Lead.objects.get(kind=Kind.COMPLAINT, closed_on__isnull=False)
        assert NoticeService.objects.filter(notice__lead=closed).count() == 1
        assert Publication.objects.filter(type="inspection-result", version=2).count() == 1
        assert Referral.objects.get().state == "sent"
        assert "补办审批" in titles("juzhang")
        assert AnnualPlan.objects.filter(state="published", year=2026).count() == 1
        assert f"拟定抽取：{campaigns.READY}" in titles("jingban")
        assert "审批" in titles("juzhang")
        assert "我的任务" in titles("zhifa1")
        to_call = Contact.objects.filter(subject__inspections__state="ready")
        assert {one.phone[:6] for one in to_call} == {"0311-0"}


@pytest.mark.django_db
def test_half_a_county_is_nobodys_county() -> None:
    from demo.people import enter_people

    enter_people()
    with pytest.raises(SystemExit, match="没有装完"):
        load(SMALL, steps)


def test_names_and_codes_of_the_usual_county_are_all_different() -> None:
    everybody = (*firms(USUAL, NOW.date()), *households(USUAL, NOW.date()))
    made = [(firm.name, firm.code) for firm in everybody]
    assert len(made) == 12_000 + 25_000 + USUAL.schools + USUAL.cooperatives
    for column in zip(*made, strict=True):
        assert len(set(column)) == len(made)


def test_the_same_size_gives_the_same_county() -> None:
    first, second = ([firm.row for firm in firms(SMALL, NOW.date())] for _turn in range(2))
    assert first == second


def test_everyone_who_can_sign_in_is_told_and_offered() -> None:
    for one in PEOPLE:
        assert one.username in who_can_sign_in()
        assert f"{one.username}={one.name}=" in offered()
    assert len({one.called for one in PEOPLE}) == len(PEOPLE)

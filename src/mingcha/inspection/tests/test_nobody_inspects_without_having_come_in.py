"""扫码入企 (54号九): who came in, by which code, when; lawful exceptions; what a phone says later."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from mingcha.accounts.models import DutyRecord
from mingcha.accounts.testing import make_unit
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.basics.selectors import deadlines
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.arriving import Place, number_of
from mingcha.inspection.models import Entry, Inspection, InspectionItem
from mingcha.inspection.testing import entered, goes, left
from mingcha.items.testing import published_item
from mingcha.kernel import credit_code
from mingcha.kernel.testing import refused
from mingcha.planning.testing import County
from mingcha.registry.models import Inspector, Visit
from mingcha.registry.selectors.visits import cap_of, visits_of

CODE, LICENCE, EMERGENCY, FAILURE = Entry.Via.CODE, Entry.Via.LICENCE, Entry.Via.EMERGENCY, Entry.Via.FAILURE


def both(visit: Inspection) -> list[int]:
    return [one.pk for one in visit.team]


def test_the_team_comes_in_and_everybody_of_it_has_inspected(here: County, visit: Inspection) -> None:
    place = Place(Decimal("37.8876543219"), Decimal("114.6512345"), 12)

    found = entered(here, visit, place=place, platform_number=" 石执备〔2026〕00123 ")

    assert found.state == states.ON_SITE
    assert found.entered_at == found.entry.received_at == clock.now()
    assert [one.inspector for one in found.entry.people.all()] == visit.team
    assert found.entry.latitude == Decimal("37.887654")
    assert found.entry.platform_number == "石执备〔2026〕00123"
    assert DutyRecord.objects.filter(thing_id=visit.pk, duty="inspection.inspect").count() == 2


def test_who_does_not_go_there_cannot_come_in(here: County, visit: Inspection) -> None:
    with refused("entry.not_of_the_team"):
        services.enter(actor=here.coordinator, inspection=visit, via=CODE)


def test_one_of_the_two_who_is_not_there_stops_the_visit(here: County, visit: Inspection) -> None:
    services.issue_package(actor=goes(visit), inspection=visit)
    with refused("inspection.two_go"):
        services.enter(actor=goes(visit), inspection=visit, via=CODE, people=[])


def test_a_certificate_that_has_run_out_counts_for_nobody(here: County, visit: Inspection) -> None:
    services.issue_package(actor=goes(visit), inspection=visit)
    Inspector.objects.filter(pk=visit.team[1].pk).update(valid_until=clock.today() - timedelta(days=1))

    with refused("inspection.two_go"):
        services.enter(actor=goes(visit), inspection=visit, via=CODE, people=both(visit))


def test_a_colleague_who_says_so_too_changes_nothing(here: County, visit: Inspection) -> None:
    first = entered(here, visit).entry
    here.clock.advance(minutes=5)

    again = services.enter(actor=goes(visit, 1), inspection=visit, via=CODE)

    assert again.pk == first.pk
    assert again.at == first.at
    assert again.people.count() == 2


def test_the_licence_must_be_the_firms_own(here: County, visit: Inspection) -> None:
    actor, own = goes(visit), visit.subject.credit_code
    another = credit_code.synthetic(4711)
    with refused("entry.licence_unreadable"):
        services.enter(actor=actor, inspection=visit, via=LICENCE, licence="https://example.invalid/?id=1")
    with refused("entry.licence_of_another"):
        services.enter(actor=actor, inspection=visit, via=LICENCE, licence=f"统一社会信用代码：{another}")

    shown = f"http://x/?uniscid={own.lower()}&v=2"
    services.enter(actor=actor, inspection=visit, via=LICENCE, licence=shown, people=both(visit))

    assert Inspection.objects.get(pk=visit.pk).state == states.ON_SITE


@pytest.mark.parametrize("number", ["=1+1", "<b>1</b>", "备\u202e案", "1\n2", "9" * 61, "';--"])
def test_a_platform_number_is_words_and_figures(number: str) -> None:
    with refused("entry.platform_number"):
        number_of(number)


def test_an_exception_has_its_reason(here: County, visit: Inspection) -> None:
    for via in (EMERGENCY, FAILURE):
        with refused("entry.reason"):
            services.enter(actor=goes(visit), inspection=visit, via=via, reason="  ")


def test_an_emergency_is_somebodys_until_the_code_was_shown(here: County, visit: Inspection) -> None:
    found = entered(here, visit, via=EMERGENCY, reason="有人正在转移考勤原始记录")
    about = Thing.nameless(visit)
    assert found.entry.awaits_scan
    assert "SCAN_LATE_ENTRY" in [one.rule.code for one in deadlines.open_for(about)]

    services.make_up(actor=goes(visit), inspection=visit, via=CODE)

    assert not Entry.objects.get(inspection=visit).awaits_scan
    assert "SCAN_LATE_ENTRY" not in [one.rule.code for one in deadlines.open_for(about)]


def test_what_was_registered_at_the_door_needs_no_making_up(here: County, visit: Inspection) -> None:
    entered(here, visit)
    with refused("entry.nothing_to_make_up"):
        services.make_up(actor=goes(visit), inspection=visit, via=CODE)


def test_a_failure_is_made_up_within_the_term_and_not_after(here: County, visit: Inspection) -> None:
    was = clock.now() + timedelta(hours=1)
    actor = goes(visit)
    here.clock.advance(days=11)
    with refused("entry.told_too_late"):
        services.enter(actor=actor, inspection=visit, via=FAILURE, at=was, reason="全天断网")
    here.clock.advance(days=-1)

    late = {"at": was, "reason": "全天断网", "people": both(visit)}
    entry = services.enter(actor=actor, inspection=visit, via=FAILURE, **late)

    assert entry.at == was
    assert entry.received_at == clock.now()


def test_a_phone_may_be_behind_but_not_ahead(here: County, visit: Inspection) -> None:
    actor, now = goes(visit), clock.now()
    services.issue_package(actor=actor, inspection=visit)
    with refused("entry.clock_ahead"):
        services.enter(actor=actor, inspection=visit, via=CODE, at=now + timedelta(minutes=11))
    with refused("entry.too_early"):
        services.enter(actor=actor, inspection=visit, via=CODE, at=visit.created_at - timedelta(minutes=11))

    ahead = now + timedelta(minutes=9)
    entry = services.enter(actor=actor, inspection=visit, via=CODE, at=ahead, people=both(visit))

    assert entry.at == now


def test_a_day_outside_the_approved_time_is_refused(here: County, visit: Inspection) -> None:
    actor = goes(visit)
    here.clock.advance(days=(visit.visit_until - clock.today()).days + 1)
    late = {"via": FAILURE, "reason": "断网", "people": both(visit)}
    with refused("inspection.in_time"):
        services.enter(actor=actor, inspection=visit, **late)

    in_time = clock.now() - timedelta(days=1)
    assert services.enter(actor=actor, inspection=visit, at=in_time, **late).at == in_time


def test_nobody_leaves_who_has_not_come_in_or_before_it(here: County, visit: Inspection) -> None:
    with refused("entry.none"):
        services.leave(actor=goes(visit), inspection=visit)
    came = entered(here, visit).entered_at
    assert came is not None
    with refused("entry.too_early"):
        services.leave(actor=goes(visit), inspection=visit, at=came - timedelta(minutes=11))


def test_the_terms_run_from_the_day_of_leaving(here: County, visit: Inspection) -> None:
    found = left(here, visit)
    services.leave(actor=goes(visit, 1), inspection=visit)

    assert found.state == states.RECORDING
    assert found.left_at == clock.now()
    running = {one.rule.code: one for one in deadlines.open_for(Thing.nameless(visit)).select_related("rule")}
    assert set(running) == {"RECORD_ENTRY", "T24"}
    assert running["T24"].started_on == date(2026, 11, 24)
    assert running["T24"].owner_unit_id == visit.unit_id


def test_the_visit_counts_once_for_the_cap(here: County, visit: Inspection) -> None:
    assert visits_of(visit.subject, 2026) == 0

    left(here, visit)

    counted = Visit.objects.visible_to(here.coordinator).get(subject=visit.subject)
    assert (counted.kind, counted.counts, counted.own_bureau) == ("routine", True, True)
    assert counted.items == visit.items.get().version.name
    assert visits_of(visit.subject, 2026) == 1


def test_what_is_no_inspection_ends_when_they_leave_and_is_counted_apart(
    here: County, visit: Inspection
) -> None:
    visit.kind = Visit.Kind.OTHER
    visit.save()

    assert left(here, visit).state == states.NOTED
    assert visits_of(visit.subject, 2026) == 0
    assert cap_of(visit.subject, clock.today()).entries == 1
    assert not deadlines.open_for(Thing.nameless(visit)).exists()


def test_each_task_of_the_plan_and_each_section_has_its_row_and_the_cap_counts_one(
    here: County, visit: Inspection
) -> None:
    partner = make_unit("劳动关系股")
    more = published_item("劳动合同管理")
    InspectionItem.objects.create(inspection=visit, version=more, unit=partner)

    left(here, visit)

    rows = Visit.objects.visible_to(here.coordinator).filter(subject=visit.subject)
    assert {one.unit_name for one in rows} == {visit.unit.name, partner.name}
    assert {one.together for one in rows} == {f"inspection-{visit.pk}"}
    assert visits_of(visit.subject, 2026) == 1

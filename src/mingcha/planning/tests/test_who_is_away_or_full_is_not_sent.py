"""Leave and the yearly limit bear on a draw: who is away throughout is not frozen, who is full gets less."""

from __future__ import annotations

from datetime import date

from mingcha.planning import selectors, services
from mingcha.planning.models import DrawPerson
from mingcha.planning.testing import County, draft, drawn, sealed
from mingcha.registry.models import Inspector
from mingcha.registry.selectors import availability
from mingcha.registry.services import enter_leave

FIRST, LAST = date(2026, 11, 24), date(2026, 12, 18)


def away(county: County, person: Inspector, first: date, last: date) -> None:
    days = {"inspector": person, "kind": "leave", "first_day": first, "last_day": last}
    enter_leave(actor=county.coordinator, values=days)


def sent(draw: object) -> set[int]:
    return set(DrawPerson.objects.filter(draw=draw).values_list("inspector_id", flat=True))


def test_who_is_away_on_every_day_of_the_visits_is_not_frozen(county: County) -> None:
    gone, partly = county.inspectors[:2]
    away(county, gone, FIRST, LAST)
    away(county, partly, FIRST, date(2026, 12, 1))
    found = sent(sealed(county))
    assert gone.pk not in found
    assert partly.pk in found


def test_the_yearly_limit_lowers_how_many_targets_a_person_may_take(county: County) -> None:
    limited = county.inspectors[0]
    Inspector.objects.filter(pk=limited.pk).update(yearly_limit=1)
    draw = sealed(county)
    code = DrawPerson.objects.get(draw=draw, inspector=limited).code
    lines = selectors.files_for(draw, county.overseer)["inspectors.csv"].decode().splitlines()
    capacities = {line.split(",")[0]: line.rsplit(",", 1)[1] for line in lines[1:]}
    assert capacities.pop(code) == "1"
    assert set(capacities.values()) == {"5"}


def test_what_was_drawn_counts_for_the_yearly_limit(county: County) -> None:
    drawn(county)
    found = {one.inspector.pk: one.assigned for one in availability(county.coordinator, FIRST, LAST)}
    assert sum(found.values()) == 6
    busiest = max(found, key=lambda pk: found[pk])
    Inspector.objects.filter(pk=busiest).update(yearly_limit=found[busiest])
    again = services.seal(actor=county.coordinator, draw=draft(county, items="另一事项"))
    assert busiest not in sent(again)

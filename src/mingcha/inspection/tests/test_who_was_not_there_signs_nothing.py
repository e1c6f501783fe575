"""The record is signed by those who inspected (行政处罚法第55条), not by whoever was on the list."""

from __future__ import annotations

from mingcha.inspection.form.reading import form_of
from mingcha.inspection.testing import entered, ready
from mingcha.planning.testing import County


def test_of_three_on_the_team_the_two_who_came_sign(county: County) -> None:
    inspection = ready(county, team_size=3)
    there = inspection.team[:2]

    entered(county, inspection, people=[one.pk for one in there])

    assert form_of(inspection).unsigned() == there

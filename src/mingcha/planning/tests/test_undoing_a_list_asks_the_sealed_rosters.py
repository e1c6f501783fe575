"""A list that brought firms in can be undone, but not those that stand on a sealed roster."""

from __future__ import annotations

import pytest

from mingcha.planning.roster import sealed_subjects
from mingcha.planning.testing import sealed
from mingcha.registry.importing.subject_undoing import sealed_rosters

pytestmark = pytest.mark.django_db


def test_before_the_seal_nothing_is_held(county):
    assert sealed_subjects() == set()


def test_every_firm_of_a_sealed_roster_is_held(county):
    sealed(county)
    assert sealed_subjects() == {subject.pk for subject in county.subjects}
    assert set(sealed_rosters.gather()) == sealed_subjects()

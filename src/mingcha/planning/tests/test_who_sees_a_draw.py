"""Inspectors and strangers learn of a draw only what is public (design §4.4, §6)."""

from __future__ import annotations

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC
from mingcha.planning.models import DigitsAttempt, Draw, DrawFile, DrawPerson, DrawTarget
from mingcha.planning.testing import County, draft, drawn, revealed


def test_a_draft_is_seen_inside_only(county: County) -> None:
    draft(county)
    inspector = as_officer(make_officer(Role.INSPECTOR))
    assert Draw.objects.visible_to(county.overseer).count() == 1
    assert Draw.objects.visible_to(inspector).count() == 0
    assert Draw.objects.visible_to(PUBLIC).count() == 0


def test_an_inspector_sees_no_confidential_file_of_a_sealed_list(county: County) -> None:
    revealed(county)
    inspector = as_officer(make_officer(Role.INSPECTOR))
    for viewer in (inspector, PUBLIC):
        names = set(DrawFile.objects.visible_to(viewer).values_list("name", flat=True))
        assert names == {"plan.json", "roster.csv", "evidence/names.csv"}
        assert not DrawPerson.objects.visible_to(viewer).exists()
        assert not DigitsAttempt.objects.visible_to(viewer).exists()


def test_results_are_public_once_drawn(county: County) -> None:
    draw = drawn(county)
    assert DrawTarget.objects.visible_to(PUBLIC).filter(draw=draw).count() == 5

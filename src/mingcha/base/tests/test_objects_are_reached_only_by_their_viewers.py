from typing import Any, Self

import pytest
from django.db.models import Q

from mingcha.base import clock
from mingcha.base.idempotency import IdempotencyKey
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import PUBLIC, Capability, Grant, Officer, System, Viewer
from mingcha.base.visibility import EVERYTHING, NOTHING, VisibleQuerySet, reach_filter

FIRM = Capability("door", "inspection.visit", 1)


def officer(*grants: Grant, id: int = 7) -> Officer:
    return Officer(id=id, name="王科长", grants=grants)


BUREAU = Grant(Role.COORDINATOR)
SECTION = Grant(Role.SECTION_HEAD, Reach.SECTION, unit_ids=frozenset({3, 4}))
OWN = Grant(Role.INSPECTOR, Reach.OWN)
ALL = (Role.COORDINATOR, Role.SECTION_HEAD, Role.INSPECTOR)


def reach(viewer: Officer, roles: tuple[Role, ...] = ALL, **fields: str) -> Q | None:
    return reach_filter(viewer, roles, **{"section": "unit_id", "own": "person_id", **fields})


class Open(VisibleQuerySet):
    """Opens a different row to each kind of viewer. Here `verb` says whom a row is for."""

    def for_officer(self, officer: Officer) -> Self:
        return self.filter(verb="officer")

    def for_capability(self, capability: Capability) -> Self:
        return self.filter(verb="capability")

    def for_public(self) -> Self:
        return self.filter(verb="public")


@pytest.fixture
def rows(db: None) -> None:
    for verb in ("officer", "capability", "public", "nobody"):
        IdempotencyKey.objects.create(key=verb, viewer="", verb=verb, at=clock.now())


def seen(queryset: Any, viewer: Viewer) -> list[str]:
    return sorted(queryset.visible_to(viewer).values_list("verb", flat=True))


@pytest.mark.parametrize("viewer", [officer(BUREAU), FIRM, PUBLIC])
def test_a_queryset_that_says_nothing_shows_nothing(rows: None, viewer: Viewer) -> None:
    assert seen(VisibleQuerySet(IdempotencyKey), viewer) == []


@pytest.mark.parametrize(
    ("viewer", "verbs"),
    [
        (officer(), ["officer"]),
        (FIRM, ["capability"]),
        (PUBLIC, ["public"]),
        (System("job"), ["capability", "nobody", "officer", "public"]),
    ],
)
def test_each_kind_of_viewer_has_its_own_door(rows: None, viewer: Viewer, verbs: list[str]) -> None:
    assert seen(Open(IdempotencyKey), viewer) == verbs


def test_a_narrower_list_stays_narrow(rows: None) -> None:
    assert seen(Open(IdempotencyKey).exclude(verb="officer"), officer()) == []
    assert seen(Open(IdempotencyKey).exclude(verb="public"), System("job")) == [
        "capability",
        "nobody",
        "officer",
    ]


@pytest.mark.parametrize("stranger", [None, "admin", object()])
def test_what_is_no_viewer_is_refused(stranger: Any) -> None:
    with pytest.raises(TypeError, match="not a viewer"):
        Open(IdempotencyKey).visible_to(stranger)


def test_no_grant_reaches_nothing() -> None:
    assert reach(officer()) == NOTHING
    assert reach(officer(BUREAU), roles=(Role.OVERSEER,)) == NOTHING


def test_a_bureau_grant_reaches_everything() -> None:
    assert reach(officer(BUREAU)) == EVERYTHING
    assert reach(officer(OWN, BUREAU, SECTION)) == EVERYTHING


def test_a_section_grant_reaches_its_units() -> None:
    assert reach(officer(SECTION)) == Q(unit_id__in=frozenset({3, 4}))


def test_an_own_grant_reaches_the_officers_own() -> None:
    assert reach(officer(OWN, id=9)) == Q(person_id=9)


def test_grants_add_up() -> None:
    assert reach(officer(SECTION, OWN)) == Q(unit_id__in=frozenset({3, 4})) | Q(person_id=7)


def test_a_reach_without_its_field_reaches_nothing() -> None:
    assert reach(officer(SECTION), section="") == NOTHING
    assert reach(officer(OWN), own="") == NOTHING
    assert reach(officer(SECTION, OWN), section="") == Q(person_id=7)


def test_a_division_bounds_a_grant_and_rows_without_place_belong_to_everyone() -> None:
    county = Grant(Role.COORDINATOR, division="130102")
    here = Q(division__startswith="130102") | Q(division="")

    assert reach(officer(county), division="division") == here
    assert reach(officer(county)) == EVERYTHING
    assert reach(officer(county, BUREAU), division="division") == EVERYTHING
    section = Grant(Role.SECTION_HEAD, Reach.SECTION, frozenset({3}), division="1301")
    assert reach(officer(section), division="division") == Q(unit_id__in=frozenset({3})) & (
        Q(division__startswith="1301") | Q(division="")
    )


def test_a_division_really_bounds_the_rows(db: None) -> None:
    for key, place in (("here", "130102001"), ("there", "130203001"), ("unknown", "")):
        IdempotencyKey.objects.create(key=key, viewer=place, verb="", at=clock.now())
    county = officer(Grant(Role.COORDINATOR, division="130102"))

    condition = reach_filter(county, ALL, division="viewer")

    found = IdempotencyKey.objects.filter(condition).values_list("key", flat=True)
    assert sorted(found) == ["here", "unknown"]


def test_reaching_everything_or_nothing_stays_so_beside_another_condition(rows: None) -> None:
    mine = Q(verb="officer")
    bureau = IdempotencyKey.objects.filter(reach_filter(officer(BUREAU), ALL) | mine)
    stranger = IdempotencyKey.objects.filter(reach_filter(officer(), ALL) | mine)

    assert bureau.count() == IdempotencyKey.objects.count() > 1
    assert [row.verb for row in stranger] == ["officer"]


def test_a_viewer_says_who_it_is_for_the_ledger() -> None:
    references = [viewer.reference for viewer in (officer(), FIRM, PUBLIC, System("clock"))]

    assert references == ["officer:7", "capability:door:inspection.visit:1", "public", "system:clock"]


def test_an_officer_has_the_roles_of_the_grants() -> None:
    head = officer(SECTION, OWN)

    assert head.has(Role.SECTION_HEAD)
    assert head.has("inspector", "overseer")
    assert not head.has(Role.OVERSEER, Role.BUREAU_LEADER)
    assert head.grants_of([Role.INSPECTOR]) == (OWN,)

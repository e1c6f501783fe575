from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test import Client

from mingcha.accounts.models import UnitKind
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.testing import load_initial
from mingcha.base.viewers import Officer, System

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)


@dataclass
class House:
    """Who works on the list."""

    coordinator: Officer
    head: Officer
    leader: Officer
    inspector: Officer
    clock: clock.FixedClock


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def house(db: None, now: clock.FixedClock) -> House:
    # Only what these rules touch: approval routes, duties that exclude each other, numbers of publications.
    load_initial("accounts.initial", "basics.initial.routes", "publication.initial")
    bureau = create_unit(
        actor=System(purpose="tests"),
        name="示范县人力资源和社会保障局",
        kind=UnitKind.BUREAU,
        division_code="130111",
    )

    def person(role: Role, name: str) -> Officer:
        return as_officer(make_officer(role, unit=bureau, name=name))

    return House(
        coordinator=person(Role.COORDINATOR, "周经办"),
        head=person(Role.SECTION_HEAD, "吴股长"),
        leader=person(Role.BUREAU_LEADER, "郑局长"),
        inspector=person(Role.INSPECTOR, "王执法"),
        clock=now,
    )


@pytest.fixture
def sign_in_as(db: None, now: clock.FixedClock) -> Callable[..., None]:
    """`sign_in_as(client, *roles)` makes the client an officer with the roles over the whole bureau."""

    def enter(client: Client, *roles: Role | str) -> None:
        sign_in(client, make_officer(*roles, reach="bureau"))

    return enter

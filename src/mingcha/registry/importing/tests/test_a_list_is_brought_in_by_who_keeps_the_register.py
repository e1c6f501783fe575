"""A list is no way round the keepers of a register: what one may not enter, one brings in by no list."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from mingcha.accounts.models import Unit, UnitKind
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Officer, System
from mingcha.kernel.testing import refused
from mingcha.registry.importing import services
from mingcha.registry.importing.pages.forms import UploadForm
from mingcha.registry.importing.pages.registers import ImportRegister
from mingcha.registry.importing.reach import KEEPERS
from mingcha.registry.importing.tests.conftest import csv_of
from mingcha.registry.models import ImportBatch, Inspector
from mingcha.web.forms import limit_choices

pytestmark = pytest.mark.django_db(transaction=True)

KEPT_BY_THE_COORDINATOR = ("inspectors", "recusals", "divisions", "industries")
DIVISIONS = (("code", "name", "parent"), ("130111999", "示范新镇", "130111"))


@pytest.fixture
def head(bureau: Unit) -> Officer:
    return as_officer(make_officer(Role.SECTION_HEAD, unit=bureau))


def upload(actor: Officer, register: str, rows: tuple[tuple[str, ...], ...] = DIVISIONS) -> ImportBatch:
    batch = services.receive(
        actor=actor, register=register, source_name="来源", file=ContentFile(csv_of(rows), name="名单.csv")
    )
    run_waiting()
    batch.refresh_from_db()
    return batch


def test_every_register_has_its_keepers() -> None:
    assert set(KEEPERS) == set(ImportBatch.Register.values)


@pytest.mark.parametrize("register", KEPT_BY_THE_COORDINATOR)
def test_a_head_brings_in_no_list_for_what_the_coordinator_keeps(head: Officer, register: str) -> None:
    with refused("basics.role"):
        upload(head, register)
    assert not ImportBatch.objects.exists()


def test_a_head_neither_confirms_nor_undoes_nor_cancels_such_a_list(
    head: Officer, coordinator: Officer
) -> None:
    batch = upload(coordinator, "divisions")
    seen = services.expectation(batch)
    with refused("basics.role"):
        services.confirm(actor=head, batch_id=batch.pk, seen=seen)
    with refused("basics.role"):
        services.cancel(actor=head, batch_id=batch.pk)
    services.confirm(actor=coordinator, batch_id=batch.pk, seen=seen)
    run_waiting()
    with refused("basics.role"):
        services.undo(actor=head, batch_id=batch.pk)


def test_the_pages_offer_a_head_only_what_the_head_keeps(head: Officer, coordinator: Officer) -> None:
    form = UploadForm()
    limit_choices(form, head)
    offered = {code for code, _label in form.fields["register"].choices}  # type: ignore[attr-defined]
    assert offered == set(ImportBatch.Register.values) - set(KEPT_BY_THE_COORDINATOR)
    batch, register = upload(coordinator, "divisions"), ImportRegister()
    assert register.extra_actions(coordinator, batch)
    assert not register.extra_actions(head, batch)


def test_a_head_confirms_no_leave_of_another_section(bureau: Unit, coordinator: Officer) -> None:
    here, there = (
        create_unit(actor=System(purpose="tests"), name=name, kind=UnitKind.SECTION, parent=bureau)
        for name in ("监察股", "仲裁股")
    )
    Inspector.objects.create(
        name="张三", unit=there, certificate_number="1", valid_from="2024-01-01", valid_until="2029-12-31"
    )
    heads = [
        as_officer(make_officer(Role.SECTION_HEAD, unit=unit, reach=Reach.SECTION)) for unit in (here, there)
    ]
    listed = (("姓名", "假别", "开始日期", "结束日期"), ("张三", "", "2026-12-01", "2026-12-05"))
    batch = upload(coordinator, "leaves", listed)
    seen = services.expectation(batch)
    with refused("import.other_section"):
        services.confirm(actor=heads[0], batch_id=batch.pk, seen=seen)
    assert services.confirm(actor=heads[1], batch_id=batch.pk, seen=seen).state == "confirming"
